"""Quantities: money, percents, durations, ordinals, fractions, ranges and counted things around a number."""

from __future__ import annotations

import re
from decimal import Decimal

from factpack import dates
from factpack.found import Found, Span
from factpack.numbers import Number, plain, scaled, share
from factpack.phrases import Reader

_DASHES = ("-", "–", "—", "‑", "−")


class Quantities:
    """Reads the quantity that begins at a token, with its comparator and unit."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand

    def read(self, index: int) -> Found | None:
        """The longest quantity at this token; None when there is none."""
        key = self.keys[index]
        if key not in self.language.quantity_words and not "0" <= key[0] <= "9":
            return None
        found = self._many(index) or self._magnitude(index) or self._fraction(index) or self._one_dollar(index)
        if found is None:
            found = self._prefixed_money(index) or self._numbered(index) or self._counted_unit(index)
        return self._compared(self._rated(found)) if found is not None else None

    # --- numbers that are not exact ---------------------------------------------------------

    def _many(self, index: int) -> Found | None:
        many = self.reader.slot("many", index)
        if many is None:
            return None
        unit = self._noun(many[1])
        if unit is None:
            return None
        return Found(index, many[1], "number", "", "unspecified_many", unit=self._words(unit), unit_span=unit)

    def _magnitude(self, index: int) -> Found | None:
        """ "millions of", "hundreds of thousands of", "tens of millions of dollars"."""
        first = self.reader.slot("magnitude", index)
        if first is None:
            return None
        value, end = Decimal(first[0]), first[1]
        while end + 1 < len(self.keys) and self.keys[end] in self.hand["of"]:
            more = self.reader.slot("magnitude", end + 1)
            if more is None:
                break
            value, end = value * more[0], more[1]
        of = end < len(self.keys) and self.keys[end] in self.hand["of"]
        currency = self._currency(end + 1 if of else end)
        if currency:
            code, span = currency
            return Found(
                index, span[1], "money", plain(value), "magnitude", unit=code[0], unit_span=span, readings=code[1]
            )
        if not of and self.language.hand.get("magnitude_needs_of", True):
            return None
        unit = self._noun(end + 1 if of and not self.hand["linkers"] else end)
        if unit is None:
            return None
        return Found(index, end, "number", plain(value), "magnitude", unit=self._words(unit), unit_span=unit)

    # --- fractions ---------------------------------------------------------------------------

    def _fraction(self, index: int) -> Found | None:
        return self._slashed(index) or self._worded_fraction(index)

    def _slashed(self, index: int) -> Found | None:
        keys = self.keys[index : index + 3]
        if len(keys) < 3 or keys[1] != "/" or not (keys[0].isdecimal() and keys[2].isdecimal()):
            return None
        if not (self.tokens.glued(index + 1) and self.tokens.glued(index + 2)) or self.tokens.glued(index):
            return None
        behind = self.keys[index + 3 : index + 4]
        if (
            int(keys[2]) == 0
            or int(keys[0]) >= int(keys[2])
            or len(keys[2]) > 3
            or (behind == ["/"] and self.tokens.glued(index + 3))
        ):
            return None
        return self._part_of(index, index + 3, Decimal(keys[0]), int(keys[2]))

    def _worded_fraction(self, index: int) -> Found | None:
        """ "two-thirds", "a quarter of", "half of"; "one second" and "a third country" are none."""
        if self.keys[index] in self.hand["half"]:
            if self.reader.number(index) is not None or self.hand["half"][self.keys[index]] != "0.5":
                return None
            noun = self._noun(index + 1)
            if index and self.keys[index - 1] in self.hand["shifts"] and noun:
                return self._part_of(index, index + 1, Decimal(1), 2)  # "the past half term"
            people = noun is not None and self._plural(self.keys[noun[1] - 1])
            if self._behind_ordinal(index) or not (people or self._of(index + 1, loose=True)):
                return None
            return self._part_of(index, index + 1, Decimal(1), 2)
        article = self.keys[index] in self.hand["one"]
        number = None if article else self.reader.number(index)
        if article:
            value, at = Decimal(1), index + 1
        elif (number is not None and not number.ordinal and number.whole) or (
            number is not None and number.words and not number.ordinal
        ):
            value, at = number.value, number.end
        else:
            return None
        if at < len(self.keys) and self.keys[at] in _DASHES and self.tokens.glued(at):
            at += 1
        if at >= len(self.keys):
            return None
        for form, end in self.language.forms_at(self.tokens, at, self.language.number_forms):
            if form.slot != "part" or not 0 < value < form.value * 10:
                continue
            if value == 1 and article and not self._of(end):
                return None
            if value != 1 and self.keys[at] in self.language.ordinals:
                continue  # "two third" is no fraction, "two thirds" is
            return self._part_of(index, end, value, form.value)
        return None

    def _behind_ordinal(self, index: int) -> bool:
        if index == 0:
            return False
        before = index - 2 if self.keys[index - 1] == "-" else index - 1
        return any(slot == "ordinal" for slot, _, end in self.reader.slots(before) if end >= index - 1)

    def _of(self, index: int, *, loose: bool = False) -> bool:
        if index >= len(self.keys):
            return False
        return self.keys[index] in self.hand["of"] or (loose and self.keys[index] in self.hand["half_of"])

    def _part_of(self, start: int, end: int, above: Decimal, below: int) -> Found:
        whole = scaled(self.tokens, end, share(above, below), self.language)
        if whole is not None:  # "three quarters of a million" is a number
            return self._to_upper(self._with_unit(start, whole), whole)
        value = plain(share(above, below))
        at = end + 1 if self._of(end) and not self.hand["linkers"] else end
        at += at < len(self.keys) and self.keys[at] in self.hand["half_of"]
        unit = self._noun(at)
        exact = f"{plain(above)}/{below}"
        return Found(start, end, "fraction", value, unit=self._words(unit), unit_span=unit, readings=(exact,))

    # --- money ------------------------------------------------------------------------------

    def _currency(self, index: int, *, written: bool = False) -> tuple[tuple[str, tuple[str, ...]], Span] | None:
        """The currency at this token: code, other candidates, and its span."""
        if index >= len(self.keys):
            return None
        found = self.reader.slot("currency", index)
        if found is None:
            return None
        code, end = found
        candidates = self.hand["ambiguous"].get(code)
        if candidates:
            return (candidates[0], tuple(candidates[1:])), (index, end)
        return (code, ()), (index, end)

    def _prefixed_money(self, index: int) -> Found | None:
        """ "US$6.5 million", "VND10 billion", "$ 20"."""
        currency = self._currency(index)
        if currency is None or not self._may_precede(currency[1]):
            return None
        (code, readings), span = currency
        number = self.reader.number(span[1])
        if number is None or number.ordinal:
            return None
        if self.tokens.text[self.tokens.starts[index] :][:3] in self.hand["word_codes"] and not self.tokens.glued(
            span[1]
        ):
            return None  # "ALL 5 solutions"
        number = self._money_suffix(number)
        cents = self._cents(number.end) if number.scale == 1 else None
        if cents is not None:
            number = Number(number.value + cents[0], cents[1], number.words)
        money = Found(index, number.end, "money", plain(number.value), unit=code, unit_span=span, readings=readings)
        return self._to_upper(money, number)

    def _may_precede(self, span: Span) -> bool:
        """Signs and codes stand before a number; of the names only a few do ("ringgit 42")."""
        sign = self.tokens.text[self.tokens.starts[span[0]] : self.tokens.ends[span[1] - 1]]
        return not sign.isalpha() or sign.isupper() or self.keys[span[0]] in self.hand["prefix_words"]

    def _money_suffix(self, number: Number) -> Number:
        end = number.end
        if (end < len(self.keys) and self.tokens.glued(end) and not self.tokens.glued(end + 1)) or (
            end < len(self.keys) and not self.tokens.word(end + 1)
        ):
            scale = self.hand["money_suffix"].get(self.keys[end])
            if scale and self.tokens.glued(end):
                return Number(number.value * scale, end + 1, number.words, scale, False, False)
        return number

    def _suffixed_money(self, index: int, number: Number) -> Found | None:
        at = number.end
        if at < len(self.keys) and self.keys[at] in _DASHES and self.tokens.glued(at):
            at += 1
        cent = self.reader.slot("cent", at)
        if cent is not None:
            value = plain(number.value / 100)
            return Found(index, cent[1], "money", value, unit=cent[0], unit_span=(at, cent[1]))
        millions = self.reader.slot("million_currency", at)
        if millions is not None:  # "120 MEUR"
            value = plain(number.value * 1_000_000)
            return Found(index, millions[1], "money", value, unit=millions[0], unit_span=(at, millions[1]))
        currency = self._currency(self._behind_linker(at))
        if currency is None or self._before_amount(currency[1]):
            return None
        (code, readings), span = currency
        value, end = number.value, span[1]
        millions = scaled(self.tokens, end, value, self.language) if number.scale == 1 else None
        if millions is not None and end < len(self.keys) and self.keys[end] not in self.hand["of"]:
            value, end = millions.value, millions.end  # "75 USD million"
        named = self.keys[span[1] - 1].isalpha()
        cents = self._cents(end) if number.scale == 1 and named else None
        if cents is not None:
            value, end = value + cents[0], cents[1]
        return Found(index, end, "money", plain(value), unit=code, unit_span=span, readings=readings)

    def _before_amount(self, span: Span) -> bool:
        """ "3 USD50 cards", "1 $10 bill": the sign belongs to the number behind it."""
        number = self.reader.number(span[1])
        if number is None:
            return False
        return self.tokens.glued(span[1]) or not (self.tokens.glued(span[0]) or self.keys[span[1] - 1].isalpha())

    def _one_dollar(self, index: int) -> Found | None:
        """ "a dollar", "a dollar and 42 cents"."""
        if (
            self.keys[index] not in self.hand["one"]
            or not self.tokens.word(index + 1)
            or self.reader.number(index) is not None
        ):
            return None
        currency = self._currency(index + 1)
        if (
            currency is None
            or not self.tokens.text[self.tokens.starts[index + 1] : self.tokens.ends[index + 1]].islower()
        ):
            return None
        return self._suffixed_money(index, Number(Decimal(1), index + 1, words=True))

    def _cents(self, index: int) -> tuple[Decimal, int] | None:
        """ "10 dollars and 20 cents", "15 dollars 50.": without the word only where nothing follows."""
        at = index + 1 if index < len(self.keys) and self.keys[index] in self.hand["list_and"] else index
        number = self.reader.number(at)
        if number is None or not 0 < number.value < 100:
            return None
        cent = self.reader.slot("cent", number.end)
        if cent is not None:
            return number.value / 100, cent[1]
        ends = number.end >= len(self.keys) or not (self.tokens.word(number.end) or self.keys[number.end] in "%-–/:")
        two_digits = number.words or (number.whole and len(self.keys[at]) == 2)
        if (
            not two_digits
            or not ends
            or number.ordinal
            or (number.end < len(self.keys) - 1 and self.tokens.glued(number.end + 1))
        ):
            return None
        return number.value / 100, number.end

    def _rated(self, found: Found) -> Found:
        """Add the rate behind it: "$230 million per year", "400 people a day"."""
        if found.kind not in ("number", "money", "percent", "range") or found.in_name:
            return found
        counted = found.kind in ("number", "range") and found.unit_span is not None
        at = found.unit_span[1] if counted and found.unit_span else found.end
        rate = self.reader.slot("per", at) if at < len(self.keys) else None
        if rate is None or (rate[1] < len(self.keys) and self.keys[rate[1]] in self.hand["not_rate_before"]):
            return found
        return found._replace(per=rate[0], done=rate[1])

    # --- what begins with a number --------------------------------------------------------------

    def _numbered(self, index: int) -> Found | None:
        between = self._between(index)
        if between is not None:
            return between
        number = self.reader.number(index)
        if number is None:
            return None
        if number.ordinal:
            return self._ordinal(index, number)
        found = self._to_upper(self._with_unit(index, number), number)
        return None if found.kind == "number" and self._weak(index, number) else found

    def _weak(self, index: int, number: Number) -> bool:
        """A number word that is mostly another one: Vietnamese "năm" is five and year, "một" one and a."""
        if number.end != index + 1 or self.keys[index] not in self.hand["weak_numbers"]:
            return False
        counts = number.end < len(self.keys) and self.keys[number.end] in self.hand["counted_after"]
        return not counts or number.value == 1

    def _with_unit(self, index: int, number: Number) -> Found:
        """The number with what stands behind it: a currency, a percent sign, a unit of time, a noun."""
        end = number.end
        percent = self.reader.slot("percent", end) if end < len(self.keys) else None
        if percent is None and end + 1 < len(self.keys) and self.keys[end] == "-":
            percent = self.reader.slot("percent", end + 1)
        if percent is not None:
            sign = (end, percent[1])
            return Found(index, percent[1], "percent", plain(number.value), unit=percent[0], unit_span=sign)
        money = self._suffixed_money(index, self._money_number(number))
        if money is not None:
            return money
        duration = self._duration(index, number)
        if duration is not None:
            return duration
        unit = self._noun(end)
        name = self._label(index, number)
        return Found(index, end, "number", plain(number.value), unit=self._words(unit), unit_span=unit, in_name=name)

    def _money_number(self, number: Number) -> Number:
        suffixed = self._money_suffix(number)
        return suffixed if self._currency(suffixed.end) else number

    def _duration(self, index: int, number: Number) -> Found | None:
        at = number.end
        if at < len(self.keys) and self.keys[at] in _DASHES and self.tokens.glued(at):
            at += 1
        unit = self.reader.slot("unit", at) if at < len(self.keys) else None
        if unit is None:
            return None
        if at == number.end and self.tokens.glued(at):
            return None
        value = dates.duration(plain(number.value), unit[0])
        if not value:
            return None
        return Found(index, unit[1], "duration", value, unit=self._words((at, unit[1])), unit_span=(at, unit[1]))

    def _counted_unit(self, index: int) -> Found | None:
        """ "a decade", "half a year": an article in place of the number."""
        if self.keys[index] not in self.hand["one"] or index + 1 >= len(self.keys):
            return None
        unit = self.reader.slot("unit", index + 1)
        if unit is None or unit[0] not in ("year", "decade", "century", "month", "week"):
            return None
        if index and self.keys[index - 1] in self.hand["times_a"]:
            return None
        return Found(
            index,
            unit[1],
            "duration",
            dates.duration("1", unit[0]),
            unit=self._words((index + 1, unit[1])),
            unit_span=(index + 1, unit[1]),
        )

    def _ordinal(self, index: int, number: Number) -> Found | None:
        end = number.end
        if end < len(self.keys) and self.keys[end] == "," and number.words and self._sentence_start(index):
            return None  # "Second, ..." counts the points of a speech
        in_name = self.tokens.word(end) and self.tokens.capital(end)
        unit = (end, end + 1) if not in_name and self._noun(end) else None
        return Found(
            index, end, "ordinal", plain(number.value), unit=self._words(unit), unit_span=unit, in_name=in_name
        )

    def _sentence_start(self, index: int) -> bool:
        return index == 0 or self.keys[index - 1][0] in '.!?:;\n"“”' or self._new_line(index)

    def _label(self, index: int, number: Number) -> bool:
        """A number that is part of a name: "Part 2", "COVID-19", "Ship 015", "Brigade 162"."""
        if index == 0 or number.words:
            return False
        before = index - 1
        if self.keys[before] in _DASHES and self.tokens.glued(before) and self.tokens.glued(index):
            return before > 0 and self.keys[before - 1].isalpha()
        if self.keys[before].isalpha() and self.tokens.glued(index):
            return True
        if not self.tokens.capital(before):
            return False
        return self.keys[before] in self.language.labels or self._numbered_name(before, number)

    def _numbered_name(self, before: int, number: Number) -> bool:
        """ "the Falcon 9 rocket": a small number behind a name, and nothing plural that it counts."""
        if number.value >= 1000 or number.scale != 1 or not self.tokens.text[self.tokens.starts[before]].isalpha():
            return False
        named = self.keys[before] not in self.language.stop_words and not self.reader.slots(before)
        noun = self._noun(number.end)
        counted = noun is not None and (not self.language.plurals or self._plural(self.keys[noun[1] - 1]))
        starts = before == 0 or self._sentence_start(before)
        return named and not counted and not starts and (number.end >= len(self.keys) or self.tokens.word(number.end))

    # --- ranges -----------------------------------------------------------------------------

    def _between(self, index: int) -> Found | None:
        """ "between 3 and 5", "from 10 to 15": the two numbers and what they count."""
        for words, joiners in self.hand["between"]:
            if self.keys[index] != words:
                continue
            first = self._plain_or_money(index + 1)
            if first is None or first.upper or first.end >= len(self.keys) or self.keys[first.end] not in joiners:
                continue
            last = self._plain_or_money(first.end + 1)
            if last is None or last.upper or self._change(index, words):
                continue
            joined = _joined(first, last, self._scale_at(first.end + 1), self._scale_at(index + 1))
            if joined is not None:
                return joined
        return None

    def _plain_or_money(self, index: int) -> Found | None:
        if index >= len(self.keys):
            return None
        money = self._prefixed_money(index)
        if money is not None:
            return money
        number = self.reader.number(index)
        if number is None or number.ordinal:
            return None
        return self._with_unit(index, number)

    def _change(self, index: int, word: str) -> bool:
        """ "rose from 3 to 5" gives two numbers and no range."""
        if word not in self.hand["from"]:
            return False
        before = self.keys[max(0, index - 6) : index]
        return any(verb in before for verb in self.hand["change_verbs"])

    def _scale_at(self, index: int) -> int:
        at = index
        while at < len(self.keys) and self.reader.number(at) is None and at < index + 3:
            at += 1
        number = self.reader.number(at)
        return number.scale if number else 1

    def _to_upper(self, found: Found, number: Number) -> Found:
        """ "10-15 million", "$10-$20", "3 to 5 percent": the upper end joined to what was read."""
        weak = self.keys[found.start] in self.hand["weak_numbers"]
        before = self.keys[found.start - 1] if found.start else ""
        if weak or self._change(found.start - 1, before):
            return found
        at = number.end if found.kind != "money" and found.unit_span is None else found.end
        for start in {number.end, found.end, at}:
            if start + 1 >= len(self.keys):
                continue
            dash = self.keys[start] in _DASHES and (self.tokens.glued(start) == self.tokens.glued(start + 1))
            if not dash and self.keys[start] not in self.hand["range_to"]:
                continue
            last = self._plain_or_money(start + 1)
            if last is None or (last.in_name and not dash) or last.upper:
                continue
            joined = _joined(found, last, self._scale_at(start + 1), number.scale)
            if joined is not None:
                return joined
        return found

    # --- comparators and units ------------------------------------------------------------------

    def _compared(self, found: Found) -> Found:
        """Add the comparator: "over", "nearly" before it, "or more" behind it."""
        if found.comparator not in ("eq",):
            return found
        after = self.reader.slot("after", found.end) if found.end < len(self.keys) else None
        if after is None and found.kind == "number" and found.unit_span:
            behind = found.unit_span[1]
            after = self.reader.slot("after", behind) if behind < len(self.keys) and self.keys[behind] != "+" else None
            place = (behind, after[1]) if after else None
        else:
            place = (found.end, after[1]) if after else None
        if after is not None and found.kind != "ordinal":
            return found._replace(comparator=after[0], qualifier=place)
        before = self._before(found.start)
        if before is None or found.kind == "ordinal" or found.in_name:
            return found
        if found.kind == "duration" and self._during(before[1]):
            return found
        return found._replace(comparator=before[0], qualifier=before[1])

    def _during(self, qualifier: Span) -> bool:
        """ "eighteen witnesses over six weeks" is no "more than"; "for over six weeks" is."""
        words = self.keys[qualifier[0] : qualifier[1]]
        if words not in self.hand["during"]:
            return False
        return qualifier[0] == 0 or self.keys[qualifier[0] - 1] not in self.hand["over_after"]

    def _before(self, index: int) -> tuple[str, Span] | None:
        places = [index]
        if index and self.keys[index - 1] in self.hand["before_number"]:
            places.append(index - 1)  # "over a hundred" has its article in the number, "over the 300" has it here
        for at in places:
            for words, comparator in self.language.comparators.get(self.keys[at - 1], ()) if at else ():
                start = at - 1 - len(words)
                if start >= 0 and tuple(self.keys[start : at - 1]) == words:
                    return comparator, (start, at)
        return None

    def _noun(self, index: int) -> Span | None:
        """The noun phrase behind a number: words up to the first plural, or one word."""
        keys, tokens = self.keys, self.tokens
        if index >= len(keys):
            return None
        index = self._behind_linker(index)
        if index >= len(keys):
            return None
        if keys[index] == "-" and tokens.glued(index) and tokens.word(index + 1) and tokens.glued(index + 1):
            return (index + 1, index + 2)
        at, last = index, None
        while (
            at < index + 6 and tokens.word(at) and keys[at] not in self.language.stop_words and not self._new_line(at)
        ):
            hyphen = at + 2 < len(keys) and keys[at + 1] == "-" and tokens.glued(at + 1) and tokens.word(at + 2)
            at += 1
            last = last or at
            if hyphen:
                at += 1
                continue
            if self._plural(keys[at - 1]):
                return index, at
        if last is None or self.language.hand.get("noun_words", 1) > 1:
            return (index, min(at, index + self.language.hand.get("noun_words", 1))) if last else None
        if keys[index].endswith(tuple(self.hand["not_nouns"])):
            return None
        return index, last

    def _behind_linker(self, index: int) -> int:
        """French puts "de" between a number and what it counts: "une dizaine de pays", "millions d'euros"."""
        if index < len(self.keys) and self.keys[index] in self.hand["linkers"]:
            index += 1
            if index < len(self.keys) and self.keys[index] in "'’":
                index += 1
        return index

    def _new_line(self, index: int) -> bool:
        return "\n" in self.tokens.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]

    def _plural(self, key: str) -> bool:
        if key in self.language.plurals:
            return True
        return bool(re.search(self.hand["plural_pattern"], key)) and key not in self.language.singulars

    def _words(self, span: Span | None) -> str:
        if span is None:
            return ""
        text = self.tokens.text[self.tokens.starts[span[0]] : self.tokens.ends[span[1] - 1]]
        return " ".join(text.split())


def _joined(first: Found, last: Found, last_scale: int, first_scale: int) -> Found | None:
    """Two quantities as one range; None when they do not fit or do not rise."""
    if first.unit_span and last.unit_span and first.kind != last.kind:
        return None
    if first.kind != last.kind and first.kind != "number" and last.kind != "number":
        return None
    if "P" in first.value:
        return None
    whole = last if (last.unit_span and last.kind != "number") or first.kind == "number" else first
    if whole.kind == "duration":
        return _joined_durations(first, last)
    low, high = Decimal(first.value), Decimal(last.value)
    if first_scale == 1 and last_scale > 1 and low * last_scale < high:
        low *= last_scale
    if high <= low:
        return None
    kind = "range" if whole.kind == "number" else whole.kind
    return whole._replace(
        start=first.start,
        end=last.end,
        kind=kind,
        value=plain(low),
        upper=plain(high),
        comparator="between",
        in_name=False,
    )


def _joined_durations(first: Found, last: Found) -> Found | None:
    """ "3 to 5 years"."""
    count = re.fullmatch(r"(PT?)([\d.]+)([A-Z])", last.value)
    if count is None or first.kind != "number" or Decimal(first.value) >= Decimal(count[2]):
        return None
    low = f"{count[1]}{first.value}{count[3]}"
    return last._replace(start=first.start, value=low, upper=last.value, comparator="between")
