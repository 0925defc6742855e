"""Quantities: a number with what stands around it: a currency, a unit, a noun, a second number."""

from __future__ import annotations

from decimal import Decimal

from factpack.mention import dates, ranges
from factpack.mention.comparators import Comparators
from factpack.mention.found import Found
from factpack.mention.fractions import Fractions
from factpack.mention.money import Money
from factpack.mention.nouns import Nouns
from factpack.mention.numbers import Number, digits, plain
from factpack.mention.phrases import Reader
from factpack.mention.tokens import DASHES

_LONG_UNITS = ("week", "month", "year", "decade", "century")


class Quantities:
    """Reads the quantities of one text."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand
        self.nouns = Nouns(reader)
        self.money = Money(reader, self.nouns)
        self.fractions = Fractions(reader, self.nouns)
        self.comparators = Comparators(reader)

    def read(self, index: int) -> Found | None:
        """The quantity that begins at this token, with its comparator and rate; None when there is none."""
        key = self.keys[index]
        if "0" <= key[0] <= "9":
            if self.reader.stands_alone(index):
                value = digits(key, self.language)
                whole = key.isdecimal()
                found = None if value is None else self._number(index, Number(value, index + 1, whole=whole))
            else:
                found = self._fraction(index) or self._amount_or_range(index)
        elif key not in self.language.quantity_words:
            return None
        else:
            roles = self.language.roles.get(key, ())
            found = self._many(index) if "many" in roles else None
            found = found or (self._magnitude(index) if "magnitude" in roles else None)
            if key in self.language.number_words:
                found = found or self._fraction(index) or self.money.one(index)
            found = found or self._between(index) or self._amount_or_range(index) or self._article(index)
        return self._behind_qualifier(self.comparators.compared(self.comparators.rated(found))) if found else None

    def _behind_qualifier(self, found: Found) -> Found:
        """With what stands behind a comparator that follows the number: "60 or more cranes", "100-plus wagons"."""
        if found.kind != "number" or found.qualifier is None or found.qualifier[0] != found.end:
            return found
        unit = self.nouns.phrase(found.qualifier[1])
        if not self.nouns.counted(unit):
            return found
        return found._replace(unit=self.nouns.words(unit), unit_span=unit)

    # --- numbers that are not exact ---------------------------------------------------------

    def _many(self, index: int) -> Found | None:
        """ "several", "a number of"; "several hundred", "several thousand" are magnitudes."""
        many = self.reader.slot("many", index)
        if many is not None and (scale := self._scale(many[1])):
            if money := self._rough_money(index, scale.value, self.nouns.behind_linker(scale.end)):
                return money
            unit = self.nouns.phrase(scale.end)
            words = self.nouns.words(unit)
            return Found(index, scale.end, "number", plain(scale.value), "magnitude", unit=words, unit_span=unit)
        unit = self.nouns.phrase(many[1]) if many else None
        if many is None or unit is None:
            return None
        return Found(index, many[1], "number", "", "unspecified_many", unit=self.nouns.words(unit), unit_span=unit)

    def _scale(self, index: int) -> Number | None:
        """ "hundred", "million", "hundred thousand" with no number before them."""
        words = self.hand["numbers"]
        if index >= len(self.keys) or not (self.keys[index] in words["times"] or self.keys[index] in words["scale"]):
            return None
        return self.reader.number(index)

    def _rough_money(self, index: int, value: Decimal, end: int) -> Found | None:
        currency = self.money.currency(end)
        if currency is None:
            return None
        return Found(
            index, currency.span[1], "money", plain(value), "magnitude",
            unit=currency.code, unit_span=currency.span, readings=currency.others,
        )  # fmt: skip

    def _magnitude(self, index: int) -> Found | None:
        """ "millions of", "hundreds of thousands of", "tens of millions of dollars"."""
        first = self.reader.slot("magnitude", index)
        if first is None:
            return None
        value, end = Decimal(first[0]), first[1]
        while self._of(end) and (more := self.reader.slot("magnitude", end + 1)):
            value, end = value * more[0], more[1]
        behind = end + self._of(end)
        if money := self._rough_money(index, value, behind):
            return money
        if behind == end and self.hand["magnitude_needs_of"]:
            return None
        unit = self.nouns.phrase(end if self.hand["linkers"] else behind)
        if unit is None:
            return None
        return Found(index, end, "number", plain(value), "magnitude", unit=self.nouns.words(unit), unit_span=unit)

    def _of(self, index: int) -> bool:
        return index < len(self.keys) and self.keys[index] in self.hand["of"]

    # --- a number and its unit -----------------------------------------------------------------

    def _fraction(self, index: int) -> Found | None:
        found = self.fractions.read(index)
        if isinstance(found, Number):
            return self._to_upper(self._with_unit(index, found), found)
        return found

    def _amount_or_range(self, index: int) -> Found | None:
        money = self.money.before(index)
        if money is not None:
            return self._to_upper(*money)
        number = self.reader.number(index)
        if number is None:
            return None
        if number.ordinal:
            return self._ordinal(index, number)
        found = self._to_upper(self._with_unit(index, number), number)
        return None if found.kind == "number" and self._weak(index, number) else found

    def _amount(self, index: int) -> tuple[Found, Number] | None:
        """One end of a range: money, or a number with its unit."""
        money = self.money.before(index)
        if money is not None:
            return money
        number = self.reader.number(index)
        return (self._with_unit(index, number), number) if number and not number.ordinal else None

    def _weak(self, index: int, number: Number) -> bool:
        """A number word that is mostly another one: Vietnamese "năm" is five and year, "một" one and a."""
        if number.end != index + 1 or self.keys[index] not in self.hand["weak_numbers"]:
            return False
        counts = number.end < len(self.keys) and self.keys[number.end] in self.hand["counted_after"]
        return not counts or number.value == 1

    def _with_unit(self, index: int, number: Number) -> Found:
        """The number with what stands behind it: a percent sign, a currency, a unit of time, a noun."""
        if self._measures(number.end):
            found = self._percent(index, number) or self.money.behind(index, number) or self._duration(index, number)
            if found is not None:
                return found
        return self._number(index, number)

    def _number(self, index: int, number: Number) -> Found:
        unit = self.nouns.phrase(number.end)
        words, name = self.nouns.words(unit), self._label(index, number)
        return Found(index, number.end, "number", plain(number.value), unit=words, unit_span=unit, in_name=name)

    def _measures(self, index: int) -> bool:
        """Whether a percent sign, a currency or a unit of time may stand here."""
        key = self.keys[index] if index < len(self.keys) else ""
        hand = self.hand
        return key in self.language.forms or key in DASHES or key in hand["money_suffix"] or key in hand["linkers"]

    def _percent(self, index: int, number: Number) -> Found | None:
        hyphen = number.end < len(self.keys) and self.keys[number.end] == "-"
        at = number.end + hyphen
        sign = self.reader.slot("percent", at)
        if sign is None:
            return None
        return Found(index, sign[1], "percent", plain(number.value), unit=sign[0], unit_span=(at, sign[1]))

    def _duration(self, index: int, number: Number) -> Found | None:
        at = self.tokens.behind_hyphen(number.end)
        if at == number.end and self.tokens.glued(at):
            return None
        return self._time(index, at, plain(number.value))

    def _article(self, index: int) -> Found | None:
        """ "a decade": an article in place of the number, but not "three times a week"."""
        if self.keys[index] not in self.hand["one"] or (index and self.keys[index - 1] in self.hand["times_a"]):
            return None
        unit = self.reader.slot("unit", index + 1)
        return self._time(index, index + 1, "1") if unit and unit[0] in _LONG_UNITS else None

    def _time(self, start: int, at: int, count: str) -> Found | None:
        unit = self.reader.slot("unit", at)
        value = dates.duration(count, unit[0]) if unit else ""
        if unit is None or not value:
            return None
        span = (at, unit[1])
        return Found(start, unit[1], "duration", value, unit=self.nouns.words(span), unit_span=span)

    def _ordinal(self, index: int, number: Number) -> Found | None:
        end = number.end
        if end < len(self.keys) and self.keys[end] == "," and number.words and self.tokens.sentence_start(index):
            return None  # "Second, ..." counts the points of a speech
        name = self.tokens.word(end) and self.tokens.capital(end)
        unit = (end, end + 1) if not name and self.nouns.phrase(end) else None
        words = self.nouns.words(unit)
        return Found(index, end, "ordinal", plain(number.value), unit=words, unit_span=unit, in_name=name)

    # --- numbers in names ---------------------------------------------------------------------

    def _label(self, index: int, number: Number) -> bool:
        """A number that is part of a name: "Part 2", "COVID-19", "Ship 015", "Brigade 162"."""
        before, tokens = index - 1, self.tokens
        if index == 0 or number.words:
            return False
        if self.keys[before] in DASHES and tokens.glued(before) and tokens.glued(index):
            return before > 0 and self.keys[before - 1].isalpha()
        if self.keys[before].isalpha() and tokens.glued(index):
            return True
        if not (tokens.word(before) and tokens.capital(before)):
            return False
        return self.keys[before] in self.language.labels or self._numbered_name(before, number)

    def _numbered_name(self, before: int, number: Number) -> bool:
        """ "the Falcon 9 rocket": a small number behind a name, and nothing plural that it counts."""
        if number.value >= 1000 or number.scale != 1 or self.tokens.sentence_start(before):
            return False
        if self.keys[before] in self.language.stop_words or self.reader.slots(before):
            return False
        ends = number.end >= len(self.keys) or self.keys[number.end] in ".,;)"
        return (ends or self.tokens.word(number.end)) and not self.nouns.counted(self.nouns.phrase(number.end))

    # --- ranges -----------------------------------------------------------------------------

    def _between(self, index: int) -> Found | None:
        """ "between 3 and 5", "from 10 to 15": the two numbers and what they count."""
        for word, joiners in self.hand["between"]:
            if self.keys[index] != word or self._change(index):
                continue
            first = self._amount(index + 1)
            if first is None or first[0].end >= len(self.keys) or self.keys[first[0].end] not in joiners:
                continue
            last = self._amount(first[0].end + 1)
            found = ranges.joined(first[0], last[0], first[1].scale, last[1].scale) if last else None
            if found is not None:
                return found
        return None

    def _change(self, index: int) -> bool:
        """ "rose from 3 to 5" gives two numbers and no range."""
        if index < 0 or self.keys[index] not in self.hand["from"]:
            return False
        before = self.keys[max(0, index - 6) : index]
        return any(verb in before for verb in self.hand["change_verbs"])

    def _to_upper(self, found: Found, number: Number) -> Found:
        """ "10-15 million", "$10-$20", "3 to 5 percent": the upper end joined to what was read."""
        if not (self._joins(number.end) or self._joins(found.end)):
            return found
        if self.keys[found.start] in self.hand["weak_numbers"] or self._change(found.start - 1):
            return found
        for at in dict.fromkeys((number.end, found.end)):
            dash = self._dash(at)
            if not dash and not (self._joins(at) and self.keys[at] in self.hand["range_to"]):
                continue
            last = self._amount(at + 1)
            if last is None or (last[0].in_name and not dash):
                continue
            whole = ranges.joined(found, last[0], number.scale, last[1].scale)
            if whole is not None:
                return whole
        return found

    def _joins(self, index: int) -> bool:
        """Whether a dash or a word stands here that may join two ends of a range."""
        return index < len(self.keys) and (self.keys[index] in DASHES or self.keys[index] in self.hand["range_to"])

    def _dash(self, index: int) -> bool:
        """A dash with a space on both sides or on neither."""
        if index + 1 >= len(self.keys) or self.keys[index] not in DASHES:
            return False
        return self.tokens.glued(index) == self.tokens.glued(index + 1)
