"""Numbers in words, read left to right: "three thousand two hundred", "hai mươi mốt nghìn"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from factpack.mention.digits import share
from factpack.mention.language import Language
from factpack.mention.tokens import DASHES, Tokens

_HALF = Decimal("0.5")


class Number(NamedTuple):
    """A number that was read: its value and the index of the token behind it."""

    value: Decimal
    end: int
    words: bool = False  # whether any of it is spelt out
    scale: int = 1  # the last scale word it was multiplied by, 1 without
    ordinal: bool = False  # "13th", "twenty-first"
    whole: bool = True  # written as a plain integer, without a separator


class Run:
    """A run of number words, read left to right.

    `group` is what stands before the next scale word ("two hundred and five" in "two hundred and five
    thousand"), `room` what may still be added to it: after "twenty" only something below ten.
    """

    def __init__(
        self, tokens: Tokens, language: Language, index: int, group: Decimal | None, *, whole: bool = False
    ) -> None:
        self.tokens, self.language, self.at = tokens, language, index
        self.group = group
        self.total = Decimal(0)
        self.room = Decimal(10**18) if group is None else Decimal(0)
        self.scale = 1
        self.ordinal = False
        self.closed = False
        self.words = 0
        self.whole = whole
        self.zero = False

    def number(self) -> Number | None:
        """Read as far as it goes."""
        while self.at < len(self.tokens.keys) and not (self.ordinal or self.closed) and self._step():
            pass
        if self.group is None and not self.total:
            return None
        value = self.total + (self.group or 0)
        return Number(value, self.at, self.words > 0, self.scale, self.ordinal, self.whole and not self.words)

    def _step(self) -> bool:
        index = self._behind_joiner()
        if index is None:
            return False
        if self._and_fraction():
            return True
        joined = index > self.at
        for form, end in self.language.forms_at(self.tokens, index, self.language.number_forms):
            if joined and form.slot in ("scale", "half") and self.tokens.keys[self.at] != "-":
                continue
            if joined and not self.words and self.tokens.keys[self.at] != "-":
                continue
            if self._take(form.slot, form.value, self.tokens.keys[index]):
                self.at = end
                self.words += 1
                return True
        return self._point() or self._smaller_digits()

    def _behind_joiner(self) -> int | None:
        """Where the next word is looked for: past a glued hyphen, past "and" within a number."""
        keys, at = self.tokens.keys, self.at
        begun = self.group is not None or self.total
        if begun and at + 1 < len(keys):
            if keys[at] in DASHES and self.tokens.glued(at) == self.tokens.glued(at + 1):
                return at + 1 if self.tokens.glued(at) or self.room == 10 else at
            if keys[at] in self.language.hand["joiners"] and (
                self.room >= 100 or (begun and self.language.hand["and_one"])
            ):
                return at + 1
        return at if at < len(keys) else None

    def _take(self, role: str, value: Any, key: str) -> bool:
        if role in ("add", "tens", "vigesimal", "ordinal"):
            return self._add(role, Decimal(value))
        if role in ("times", "ordinal_times"):
            return self._times(role, Decimal(value), key)
        if role == "scale":
            return self._scale(value, key)
        if role == "half_more":
            return self._half_more()
        return False

    def _add(self, role: str, value: Decimal) -> bool:
        if role == "ordinal" and self.group is None and self.total == 0 and self.words == 0:
            self.group, self.ordinal = value, True
            return True
        if value >= self.room or (role == "ordinal" and self.room > 100):
            return False
        self.group = (self.group or Decimal(0)) + value
        self.ordinal = role == "ordinal"
        self.zero = value == 0
        if role == "tens" or (role == "add" and value % 10 == 0 and value >= 20):
            self.room = Decimal(10)
        else:
            self.room = Decimal(20) if role == "vigesimal" else Decimal(0)
        return True

    def _times(self, role: str, value: Decimal, key: str) -> bool:
        if self.group is None and key in self.language.hand["tens"]:
            return False
        if self.zero:
            low = Decimal(0)
        elif self.group is None:
            low = Decimal(1)
        else:
            low = self.group % value if value < 100 else self.group
            if low == 0 or low >= 1000:
                return False
        if role == "ordinal_times" and value >= 1000:
            self.total = (self.total + (self.group if self.group is not None else 1)) * value
            self.group = Decimal(0)
        else:
            self.group = (self.group or Decimal(0)) - low + low * value if self.group else low * value
        self.ordinal = role == "ordinal_times"
        self.room, self.zero = value, False
        return True

    def _scale(self, value: int, key: str) -> bool:
        if self.group is None and (self.total == 0 or self.scale >= value) and key in self.language.hand["tens"]:
            return False
        if self.total and self.scale <= value:  # "three hundred thousand million"
            self.total = (self.total + (self.group or 0)) * value
        elif self.group is None and self.total:
            return False
        else:
            self.total += (self.group if self.group is not None else 1) * value
        self.group, self.scale, self.room = None, value, Decimal(value)
        return True

    def _half_more(self) -> bool:
        """Vietnamese "rưỡi": half of the last unit named."""
        if self.group is not None:
            self.group += _HALF
        elif self.total:
            self.total += _HALF * self.scale
        else:
            return False
        self.room = Decimal(0)
        return True

    def _point(self) -> bool:
        """ "two point five": digits one by one behind the word."""
        keys, language = self.tokens.keys, self.language
        if self.group is None or self.at + 1 >= len(keys) or keys[self.at] not in language.hand["point"]:
            return False
        decimals, at = "", self.at + 1
        if keys[at].isdecimal():
            decimals, at = keys[at], at + 1
        else:
            while at < len(keys) and (digit := self._single(at)) is not None:
                decimals, at = decimals + str(digit), at + 1
                if digit >= 20 and at + 1 < len(keys) and keys[at] == "-" and (unit := self._single(at + 1)):
                    decimals, at = str(int(decimals) + unit), at + 2  # "point seventy-one"
        if not decimals:
            return False
        self.group += Decimal(f"0.{decimals}")
        self.at, self.room, self.words, self.whole = at, Decimal(0), self.words + 1, False
        return True

    def _single(self, index: int) -> int | None:
        for form, end in self.language.forms_at(self.tokens, index, self.language.number_forms):
            if form.slot in ("add", "tens") and end == index + 1 and form.value < 100:
                return int(form.value)
        return None

    def _and_fraction(self) -> bool:
        """ "two and a half", "five and three quarters"."""
        keys, language, at = self.tokens.keys, self.language, self.at
        if at + 2 >= len(keys) or keys[at] not in language.hand["joiners"]:
            return False
        unit = 1 if self.group is not None else self.scale  # "one million and a half" is 1.5 million
        if unit == 1 and self.group is None:
            return False
        above = 1 if keys[at + 1] in language.hand["one"] else self._single(at + 1)
        if above is None:
            return False
        for form, end in language.forms_at(self.tokens, at + 2, language.number_forms):
            if form.slot == "part" and above < form.value and (above == 1 or keys[at + 2] not in language.ordinals):
                self.group = (self.group or Decimal(0)) + share(above, form.value) * unit
                self.at, self.room, self.words = end, Decimal(0), self.words + 1
                self.closed = unit != 1
                return True
        return False

    def _smaller_digits(self) -> bool:
        """Digits within a run: "3 million 200 thousand", "3 hundred and 21"; not "3 million and 21 others"."""
        keys, language = self.tokens.keys, self.language
        at = self.at + (keys[self.at] in language.hand["joiners"])
        if at >= len(keys) or not keys[at].isdecimal():
            return False
        if self.group is not None:
            if self.room != 100 or at == self.at or len(keys[at]) > 2 or not self.words:
                return False
            if at + 1 < len(keys) and keys[at + 1] in self.language.hand["numbers"].get("times", ()):
                return False  # "3 hundred and 2 hundred"
            self.group += int(keys[at])
        else:
            following = language.forms_at(self.tokens, at + 1, language.number_forms) if at + 1 < len(keys) else ()
            smaller = any(form.slot in ("scale", "times") and form.value < self.scale for form, _ in following)
            if not self.total or at > self.at or not smaller:
                return False
            self.group = Decimal(keys[at])
        self.at, self.room = at + 1, Decimal(0)
        return True
