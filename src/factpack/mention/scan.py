"""One pass over a text: where a mention can begin, the longest reading of the words wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count

from factpack.edtf import Edtf
from factpack.mention import dates, documents
from factpack.mention.context import Context
from factpack.mention.found import Found
from factpack.mention.language import Language
from factpack.mention.phrases import Match, Reader
from factpack.mention.quantities import Quantities
from factpack.mention.tokens import DASHES, Tokens
from factpack.mention.triggers import DIGITS

_JOINABLE = ("calendar", "numeric")  # dates that can be the end of a period


def candidates(keys: list[str], triggers: Mapping[str, frozenset[str]]) -> list[int]:
    """The indices of the tokens that a mention can begin with."""
    hits = {key: triggers.get(key) for key in set(keys) if key in triggers or "0" <= key[0] <= "9"}
    # Most tokens are passed over without a step of Python's own.
    places = compress(zip(count(), keys, chain(keys[1:], ("",))), map(hits.__contains__, keys))
    return [
        index
        for index, key, follower in places
        if not (followers := hits[key]) or follower in followers or ("0" <= follower[:1] <= "9" and DIGITS in followers)
    ]


def stated(tokens: Tokens, language: Language, date: Edtf | None, places: Sequence[int]) -> Iterator[Found]:
    """All that begins at some of a text's tokens, by place."""
    return Scan(tokens, language, date).found(places) if places else iter(())


class Scan:
    """One pass over the tokens: where a trigger stands, the longest reading wins."""

    def __init__(self, tokens: Tokens, language: Language, date: Edtf | None) -> None:
        self.tokens = tokens
        self.language = language
        self.hand = language.hand
        self.reader = Reader(tokens, language)
        self.quantities = Quantities(self.reader)
        self.context = Context(tokens, language, dates.Anchor.of(date).day)

    def found(self, places: Iterable[int]) -> Iterator[Found]:
        """What begins at these tokens."""
        keys = self.tokens.keys
        done = 0
        for index in places:
            if index < done:
                continue
            country = keys[index] in self.language.countries
            for one in self._country(index) if country else self._at(index):
                done = max(done, one.end, one.done)
                if one.kind:  # a time of day is read past and not told
                    yield one

    def _at(self, index: int) -> list[Found]:
        document = documents.read(self.reader, index)
        if document is not None:
            return [document]
        phrase = self.reader.phrase(index)
        if phrase is not None and self._goes_beyond(index, phrase) and (read := self._date(index, phrase, None)):
            return read
        quantity = None if phrase and not phrase.rule else self.quantities.read(index)
        if (
            phrase is not None
            and quantity is not None
            and phrase.end == quantity.end
            and self._counts(index, phrase, quantity)
        ):
            phrase = None
        if phrase is not None and (quantity is None or phrase.end >= quantity.end):
            read = self._date(index, phrase, quantity)
            if read:
                return read
        if quantity is not None and not self._pronoun(index, quantity):
            return [quantity]
        return self._country(index)

    def _goes_beyond(self, index: int, phrase: Match) -> bool:
        """Whether a date begins with digits that are no longer quantity, "15 January", so that none need be read."""
        digits = "0" <= self.tokens.keys[index][0] <= "9"
        return digits and phrase.rule != "" and phrase.end > index + 1 and self.reader.stands_alone(index)

    def _country(self, index: int) -> list[Found]:
        forms = self.language.forms_at(self.tokens, index, self.language.forms)
        form, end = next((found for found in forms if found[0].slot == "country"), (None, index))
        if form is None:
            return []
        if self.tokens.keys[index] in self.hand["person_like"] and end == index + 1 and self._person(index):
            return []
        return [Found(index, end, "country" if form.value else "", form.value)]

    def _counts(self, index: int, phrase: Match, quantity: Found) -> bool:
        """Where a date and a quantity read the same words: a fraction ("1/3 of"), an ordinal ("lần thứ tư")."""
        if phrase.rule == "numeric_no_year":
            return quantity.kind == "fraction"
        before = self.tokens.keys[index - 1] if index else ""
        return quantity.kind == "ordinal" and before in self.hand["ordinal_before"]

    def _person(self, index: int) -> bool:
        """Whether a country's name is one of a person, "Nguyễn Phương Nga", "chị Mỹ", or a pronoun, "Anh nói"."""
        tokens, behind = self.tokens, index + 1
        if tokens.sentence_start(index):
            if not tokens.word(behind):
                return False
            listed = tokens.keys[behind] in self.hand["list_and"]
            return tokens.capital(behind) or (tokens.keys[index] in self.hand["pronoun_like"] and not listed)
        if not tokens.word(index - 1):
            return False
        name = tokens.capital(index - 1) and not tokens.sentence_start(index - 1)
        return name or tokens.keys[index - 1] in self.hand["before_person"]

    # --- dates --------------------------------------------------------------------------------

    def _date(self, index: int, phrase: Match, quantity: Found | None) -> list[Found]:
        if phrase.rule in ("time", "nowadays"):
            return [Found(index, phrase.end, "", "")]
        if set(phrase.slots) == {"month"} and self._other_word(index):
            return []
        if set(phrase.slots) == {"year"} and not self._is_year(index, phrase, quantity):
            return []
        if "one_unit" in phrase.slots and self._title(index, phrase.end):
            return []
        if phrase.rule == "months_told":
            self.context.months()
        dated = dates.resolve(phrase.rule, phrase.slots, self.context.anchor(index, phrase.slots))
        if dated is None:
            return []
        self.context.told(index, phrase.rule, phrase.slots, dated)
        if dated.ends is not None:
            return self._with_ends(index, phrase, dated)
        first = _as_found(index, phrase.end, dated)
        if phrase.rule in ("later", "earlier") and quantity is not None:
            return [first, quantity]  # "two weeks later" is a date, and two weeks
        if self._header(index):
            first = first._replace(basis="header_line")
        return self._period(first, phrase)

    def _other_word(self, index: int) -> bool:
        """ "May God bless", "the annual March for peace", "Jan Kavan": a month's name that is mostly another word."""
        if self.tokens.keys[index] in self.hand["given_names"]:
            return self.tokens.word(index + 1) and self.tokens.capital(index + 1)
        if self.tokens.keys[index] not in self.hand["cased"]:
            return False
        return index == 0 or self.tokens.keys[index - 1] not in self.hand["before_month"]

    def _title(self, index: int, end: int) -> bool:
        """ABC News' "This Week": a quoted name."""
        return index > 0 and self.tokens.keys[index - 1] in self.hand["title_quotes"] and self.tokens.capital(end - 1)

    def _is_year(self, index: int, phrase: Match, quantity: Found | None) -> bool:
        """Four digits are a year unless they count something or stand behind "No."."""
        key = self.tokens.keys[index]
        if key in self.language.number_words and quantity is not None and quantity.end == phrase.end:
            before = self.tokens.keys[index - 1] if index else ""  # "in two thousand and ten", not "two thousand men"
            return before in self.hand["before_year"] and quantity.unit_span is None
        if phrase.end != index + 1:
            return True
        if not 1500 <= int(key) <= 2099:
            return False
        before = self.tokens.keys[index - 1] if index else ""
        if before in self.hand["not_year_before"] or (before == "." and self.tokens.keys[index - 2] in ("no", "rs")):
            return False
        if before in self.language.labels and self.tokens.capital(index - 1):
            return False
        if before in DASHES and index > 1 and self.tokens.keys[index - 2] in self.hand["year_prefixes"]:
            return True
        if quantity is None or quantity.kind != "number" or quantity.unit_span is None:
            return True
        last = self.tokens.keys[quantity.unit_span[1] - 1]
        counted = self.quantities.nouns.plural(last) and last not in self.hand["year_nouns"]
        return not counted or before in self.hand["before_year"]

    def _header(self, index: int) -> bool:
        """A date behind the word "date" at the very start of the text was put there by an archive."""
        return index == 1 and self.tokens.keys[0] == "date"

    def _with_ends(self, index: int, phrase: Match, dated: dates.Dated) -> list[Found]:
        """A span such as "May 3-5, 2022": its two ends and the whole."""
        whole = _as_found(index, phrase.end, dated)
        joiner = next(at for at in range(index + 1, phrase.end) if self.tokens.keys[at] in self.hand["span_joiners"])
        start = index + (self.tokens.keys[index] in self.hand["span_openers"])
        lower, upper = dated.ends or ("", "")
        precision = {4: "year", 7: "month"}.get(len(lower), "day")
        first = whole._replace(start=start, end=joiner, value=lower, precision=precision)
        last = whole._replace(start=joiner + 1, value=upper, precision=precision)
        return [whole._replace(start=start), first, last]

    def _period(self, first: Found, phrase: Match) -> list[Found]:
        """ "January 27, 1973 - January 27, 2023": two full dates joined are three mentions."""
        end, keys, hand = first.end, self.tokens.keys, self.hand
        if end + 1 >= len(keys) or keys[end] not in hand["span_joiners"] or not first.value:
            return [first]
        opened = first.start > 0 and keys[first.start - 1] in hand["span_openers"]
        if keys[end] in hand["list_and"] and not opened:
            return [first, *self._next_day(first, phrase)]
        joinable = (*_JOINABLE, "day", "shifted") if opened else _JOINABLE
        behind = end + 1 + (opened and keys[end + 1] in hand["before_number"])
        following = self.reader.phrase(behind)
        day_first = phrase.rule == "numeric_no_year" and following is not None and following.rule == "numeric"
        if following is None or ({following.rule, phrase.rule} - {*joinable} and not day_first):
            return [first]
        if set(following.slots) == {"year"} and first.precision != "year":
            return [first]
        dated = dates.resolve(following.rule, following.slots, self.context.anchor(behind, following.slots))
        sure = opened or keys[end] in hand["sure_joiners"]
        if dated is None or (dated.precision != first.precision and not sure) or dated.precision == "interval":
            return [first]
        value = first.value
        yearless = phrase.rule != "shifted" and not {"year", "y"} & set(phrase.slots)
        if value.startswith("XXXX") or (yearless and "year" in following.slots):
            value = dated.value[:4] + value[4:]
            first = first._replace(value=value)
        if ("weekday" in phrase.slots and "month" not in phrase.slots) or dated.value <= value:
            return [first]
        second = _as_found(behind, following.end, dated)
        basis = first.basis if first.basis == second.basis else "stated_partial"
        whole = Found(first.start, second.end, "date", f"{value}/{dated.value}", precision="interval", basis=basis)
        return [whole, first, second]

    def _next_day(self, first: Found, phrase: Match) -> list[Found]:
        """The 25th in "April 24 and 25": a day of the same month, unless the number counts something."""
        at = first.end + 1
        day = self.reader.slot("monthday", at)
        if day is None or not {"month", "monthday"} <= set(phrase.slots) or self._counted(day[1]):
            return []
        if first.precision != "day" or not phrase.slots["monthday"] < day[0]:
            return []
        try:
            value = first.value[:8] + f"{day[0]:02d}"
            Edtf.parse(value)
        except ValueError:
            return []
        return [first._replace(start=at, end=day[1], value=value)]

    def _counted(self, index: int) -> bool:
        """Whether a word stands here that a number before it can count."""
        return self.tokens.word(index) and self.tokens.keys[index] not in self.language.stop_words

    def _pronoun(self, index: int, quantity: Found) -> bool:
        """ "one of the pillars", "no one": the word counts nothing."""
        if quantity.kind != "number" or quantity.value != "1" or quantity.comparator != "eq":
            return False
        if "0" <= self.tokens.keys[index][0] <= "9":
            return False
        keys = self.tokens.keys
        behind = keys[quantity.end] if quantity.end < len(keys) else ""
        before = keys[index - 1] if index else ""
        return (
            not behind.isalpha()
            or behind in self.hand["one_pronoun_after"]
            or before in self.hand["one_pronoun_before"]
        )


def _as_found(start: int, end: int, dated: dates.Dated) -> Found:
    return Found(start, end, "date", dated.value, precision=dated.precision, basis=dated.basis, readings=dated.readings)
