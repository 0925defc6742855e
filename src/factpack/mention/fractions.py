"""Fractions: "two-thirds", "a quarter of", "half the members", "3/4"."""

from __future__ import annotations

from decimal import Decimal

from factpack.mention.found import Found
from factpack.mention.nouns import Nouns
from factpack.mention.numbers import Number, plain, scaled, share
from factpack.mention.phrases import Reader
from factpack.mention.tokens import DASHES


class Fractions:
    """Reads the fractions of one text."""

    def __init__(self, reader: Reader, nouns: Nouns) -> None:
        self.reader = reader
        self.nouns = nouns
        self.tokens = reader.tokens
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand

    def read(self, index: int) -> Found | Number | None:
        """The fraction at this token; a number where a scale follows ("three quarters of a million")."""
        if "0" <= self.keys[index][0] <= "9" and not self._goes_on(index):
            return None
        parts = self._slashed(index) or self._half(index) or self._worded(index)
        if parts is None:
            return None
        above, below, end = parts
        number = scaled(self.tokens, end, share(above, below), self.language)
        if number is not None:
            return number
        at = end + (self._of(end) and not self.hand["linkers"])
        at += at < len(self.keys) and self.keys[at] in self.hand["half_of"]
        unit = self.nouns.phrase(at)
        exact = f"{plain(above)}/{below}"
        words = self.nouns.words(unit)
        return Found(index, end, "fraction", plain(share(above, below)), unit=words, unit_span=unit, readings=(exact,))

    def _goes_on(self, index: int) -> bool:
        """Whether anything behind digits could make a fraction of them."""
        if index + 1 < len(self.keys) and self.keys[index + 1] == "/":
            return True
        number = self.reader.number(index)
        behind = self.keys[number.end] if number is not None and number.end < len(self.keys) else ""
        return behind in self.language.number_forms or behind in DASHES

    def _slashed(self, index: int) -> tuple[Decimal, int, int] | None:
        tokens = self.tokens
        if self.keys[index] in "-−" and not tokens.glued(index) and tokens.glued(index + 1):
            parts = self._ratio(index + 1)
            return (-parts[0], *parts[1:]) if parts else None
        return None if tokens.glued(index) else self._ratio(index)

    def _ratio(self, index: int) -> tuple[Decimal, int, int] | None:
        tokens = self.tokens
        if index + 2 >= len(self.keys) or self.keys[index + 1] != "/":
            return None
        above, below = self.keys[index], self.keys[index + 2]
        if not (above.isdecimal() and below.isdecimal()) or len(below) > 3:
            return None
        if not (tokens.glued(index + 1) and tokens.glued(index + 2)):
            return None
        date = self.keys[index + 3 : index + 4] == ["/"] and tokens.glued(index + 3)
        return (Decimal(above), int(below), index + 3) if not date and 0 < int(above) < int(below) else None

    def _half(self, index: int) -> tuple[Decimal, int, int] | None:
        if self.hand["half"].get(self.keys[index]) != "0.5" or self.reader.number(index) is not None:
            return None
        noun = self.nouns.phrase(index + 1)
        of = self._of(index + 1) or (index + 1 < len(self.keys) and self.keys[index + 1] in self.hand["half_of"])
        people = noun is not None and self.nouns.plural(self.keys[noun[1] - 1])
        past = index > 0 and self.keys[index - 1] in self.hand["shifts"] and noun  # "the past half term"
        if not past and (self._behind_ordinal(index) or not (of or people)):
            return None
        return Decimal(1), 2, index + 1

    def _behind_ordinal(self, index: int) -> bool:
        """ "the first half" is no 0.5."""
        if index == 0:
            return False
        before = index - 2 if self.keys[index - 1] == "-" else index - 1
        return any(slot == "ordinal" for slot, _, end in self.reader.slots(before) if end >= index - 1)

    def _worded(self, index: int) -> tuple[Decimal, int, int] | None:
        """ "two-thirds", "a quarter of"; "one second", "two third" and "a third country" are none."""
        article = self.keys[index] in self.hand["one"]
        number = None if article else self.reader.number(index)
        if not article and (number is None or number.ordinal or not (number.whole or number.words)):
            return None
        above, at = (number.value, number.end) if number else (Decimal(1), index + 1)
        at = self.tokens.behind_hyphen(at)
        if number is not None and number.words and at + 1 < len(self.keys) and self.keys[at] in DASHES:
            at += 1  # "five - eighths"
        if at >= len(self.keys):
            return None
        for form, end in self.language.forms_at(self.tokens, at, self.language.number_forms):
            if form.slot != "part" or not 0 < above < form.value * 10:
                continue
            if (article and not self._of(end)) or (above != 1 and self.keys[at] in self.language.ordinals):
                continue
            return above, form.value, end
        return None

    def _of(self, index: int) -> bool:
        return index < len(self.keys) and self.keys[index] in self.hand["of"]
