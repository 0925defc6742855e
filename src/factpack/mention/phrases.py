"""Reading the phrases of a language's grammar in a text: which slots stand at a word, which phrase is longest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from factpack.mention import numbers
from factpack.mention.language import Language, Node
from factpack.mention.tokens import Tokens

Slot = tuple[str, Any, int]  # name, value, index of the token behind it


class Match(NamedTuple):
    """A phrase that was read: the rule it falls under, its slots, the index of the token behind it."""

    rule: str
    slots: dict[str, Any]
    end: int


class Reader:
    """One text read in one language; what stands at a token is worked out once."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.language = language
        self._slots: dict[int, list[Slot]] = {}
        self._plain_slots: dict[int, list[Slot]] = {}
        self._numbers: dict[int, numbers.Number | None] = {}

    def number(self, index: int) -> numbers.Number | None:
        """The number that begins at this token."""
        if index >= len(self.tokens.keys):
            return None
        key = self.tokens.keys[index]
        if key not in self.language.number_words and not "0" <= key[0] <= "9":
            return None
        if index not in self._numbers:
            self._numbers[index] = numbers.read(self.tokens, index, self.language)
        return self._numbers[index]

    def phrase(self, index: int) -> Match | None:
        """The longest date phrase that begins at this token."""
        keys, language = self.tokens.keys, self.language
        key = keys[index] if index < len(keys) else ""
        if "0" <= key[:1] <= "9":
            behind = keys[index + 1] if index + 1 < len(keys) else ""
            if behind not in ("", ":") and behind not in language.after_digits and not behind[0].isnumeric():
                return self._year(index)
        elif key not in language.date_words:
            return None
        return self._longest(self.language.dates, index, self.slots)

    def _year(self, index: int) -> Match | None:
        """Digits alone are a date where they are a year."""
        key = self.tokens.keys[index]
        for name, node in self.language.dates.slots.get("year", ()):
            if len(key) == 4 and key.isdecimal() and 1000 <= int(key) <= 2999 and not _label(self.tokens, index):
                return Match(node.rule, {name: int(key)}, index + 1) if node.rule else None
        return None

    def slots(self, index: int) -> list[Slot]:
        """Everything that this token, or a run that begins with it, can be in a phrase."""
        found = self._slots.get(index)
        if found is None:
            key = self.tokens.keys[index] if index < len(self.tokens.keys) else ""
            if "0" <= key[:1] <= "9" and self._plainly_digits(key, index):
                found = [(slot, value, index + 1) for slot, value in _digits_alone(key)]
            elif key and self._known(key):
                found, composed = self._plain(index), self._composed(index)
                found = found + composed if composed else found
            else:
                found = []
            self._slots[index] = found
        return found

    def stands_alone(self, index: int) -> bool:
        """Whether these digits are all of a quantity: nothing stands around them that it could go on with."""
        keys = self.tokens.keys
        behind = keys[index + 1] if index + 1 < len(keys) else "\n"
        if behind in self.language.goes_on or behind[0].isnumeric():
            return False
        return index == 0 or keys[index - 1] != "."

    def _plainly_digits(self, key: str, index: int) -> bool:
        """Whether these are a few digits that are no part of anything else, as of a day or a year they mostly are."""
        if len(key) > 4 or not key.isdecimal() or self.tokens.glued(index) or not self.stands_alone(index):
            return False
        behind = self.tokens.keys[index + 1] if index + 1 < len(self.tokens.keys) else ""
        return behind != ":" and behind not in self.language.part_followers and key not in self.language.forms

    def _plain(self, index: int) -> list[Slot]:
        """The slots that are words or digits, and no phrases themselves."""
        found = self._plain_slots.get(index)
        if found is None:
            found = []
            key = self.tokens.keys[index] if index < len(self.tokens.keys) else ""
            if key and self._known(key):
                forms = self.language.forms_at(self.tokens, index, self.language.forms)
                found = [(form.slot, form.value, end) for form, end in forms]
                if key in self.language.number_words or "0" <= key[0] <= "9" or key[0] in "ivx":
                    found.extend(self._numeric(index))
            self._plain_slots[index] = found
        return found

    def _known(self, key: str) -> bool:
        return key in self.language.slot_words or "0" <= key[0] <= "9"

    def slot(self, name: str, index: int) -> tuple[Any, int] | None:
        """The longest reading of the token as this slot."""
        if name in _READ:
            return next(((value, end) for slot, value, end in self.slots(index) if slot == name), None)
        keys, language = self.tokens.keys, self.language
        if index >= len(keys) or name not in language.roles.get(keys[index], ()):
            return None
        forms = language.forms_at(self.tokens, index, language.forms)
        return next(((form.value, end) for form, end in forms if form.slot == name), None)

    def _longest(self, node: Node, index: int, slots: Callable[[int], list[Slot]]) -> Match | None:
        keys = self.tokens.keys
        best = Match(node.rule, {}, index) if node.rule else None
        if index >= len(keys):
            return best
        following = node.words.get(keys[index])
        if following is not None:
            best = _longer(best, self._longest(following, index + 1, slots))
        for slot, value, end in slots(index) if node.slots else ():
            for name, child in node.slots.get(slot, ()):
                behind = keys[end] if end < len(keys) else ""
                if behind in child.words or (child.slots and behind and self._known(behind)):
                    match = self._longest(child, end, slots)
                    if match is not None and (best is None or match.end > best.end):
                        best = Match(match.rule, {name: value, **match.slots}, match.end)
                elif child.rule and (best is None or end > best.end):
                    best = Match(child.rule, {name: value}, end)
        return best

    def _numeric(self, index: int) -> list[Slot]:
        """What digits, or a number in words, can be: a day, a month, a year, a clock's hour, a count."""
        tokens = self.tokens
        key, behind = tokens.keys[index], index + 1
        found: list[Slot] = []
        text = tokens.text[tokens.starts[index] : tokens.ends[index]]
        if text[0] in "IVX":
            found.extend(self._roman(text, behind))
        number = self.number(index)
        if number is None:
            return found
        if number.words and not number.ordinal and 1 <= number.value <= 31 and number.value == int(number.value):
            found.append(("dayword", int(number.value), number.end))
        if number.ordinal:
            if number.value == int(number.value):
                found.append(("ordinal", int(number.value), number.end))
                if 1 <= number.value <= 31:
                    found.append(("monthday", int(number.value), number.end))
            return found
        if len(key) == 1 and key.isdecimal():
            found.append(("digit", int(key), behind))
        if key.isdecimal() and not _label(tokens, index):
            found.extend((slot, value, behind) for slot, value in _digit_slots(key))
            found.extend(_clock(key, behind, tokens))
        if number.words:
            found.extend(self._spoken_year(index, number))
        if number.value >= 0:
            found.append(("count", number.value, number.end))
        return found

    def _spoken_year(self, index: int, number: numbers.Number) -> Iterator[Slot]:
        """ "nineteen ninety-six", "two thousand and five"; what only counts is sorted out by `Scan`."""
        rest = self.number(number.end) if number.value in (17, 18, 19, 20) else None
        if rest is not None and rest.words and not rest.ordinal and 10 <= rest.value < 100:
            yield "year", int(number.value) * 100 + int(rest.value), rest.end
        if 1700 <= number.value < 2100 and number.value == int(number.value):
            yield "year", int(number.value), number.end

    def _roman(self, text: str, end: int) -> Iterator[Slot]:
        """ "XXI" as centuries and congresses have it, and French "XXIe"."""
        value = numbers.roman(text)
        if value:
            yield "n", value, end
        ordinal = text.lstrip("IVX")
        if ordinal in self.language.hand["ordinal_suffixes"] and (value := numbers.roman(text.removesuffix(ordinal))):
            yield "ordinal", value, end

    def _composed(self, index: int) -> list[Slot]:
        """Quarters, halves, decades and centuries: slots that are phrases themselves."""
        found: list[Slot] = []
        if index >= len(self.tokens.keys):
            return found
        key, language = self.tokens.keys[index], self.language
        if "0" <= key[0] <= "9" or key in language.ordinals:
            behind = self.tokens.keys[index + 1] if index + 1 < len(self.tokens.keys) else ""
            if behind not in language.part_followers:
                return found
        elif key not in language.part_words:
            return found
        known = {name for name, _, _ in self._plain(index)}
        for part, name, reader in _PARTS:
            node = self.language.parts[part]
            if key not in node.words and known.isdisjoint(node.slots):
                continue
            match = self._longest(node, index, self._plain)
            if match is not None and match.slots:
                value = reader(match.slots)
                if value is not None:
                    found.append((name, value, match.end))
        return found


def _longer(one: Match | None, other: Match | None) -> Match | None:
    if one is None or (other is not None and other.end > one.end):
        return other
    return one


def _label(tokens: Tokens, index: int) -> bool:
    """Digits glued to letters before them: "COVID-19", "G20"."""
    return tokens.glued(index) and tokens.keys[index - 1].isalpha()


@lru_cache(maxsize=1 << 12)
def _digits_alone(key: str) -> list[tuple[str, Any]]:
    """What a few digits can be around which stands nothing that they belong to."""
    digit = [("digit", int(key))] if len(key) == 1 else []
    return [*digit, *_digit_slots(key), ("count", Decimal(key))]


def _digit_slots(key: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if len(key) > 4:
        return found
    value = int(key)
    if len(key) <= 2:
        found.append(("n", value))
        if 1 <= value <= 31:
            found += [("monthday", value), ("d", value)]
        if 1 <= value <= 12:
            found.append(("m", value))
        elif value <= 31:
            found.append(("day_only", value))
        if len(key) == 2:
            found.append(("yy", value))
            if value % 10 == 0:
                found.append(("decade_short", value))
        if value <= 24:
            found.append(("hour", value))
    elif len(key) == 4 and 1000 <= value <= 2999:
        found += [("year", value), ("y", value)]
        if value % 10 == 0:
            found.append(("decade_long", value))
    return found


def _clock(key: str, end: int, tokens: Tokens) -> Iterator[Slot]:
    clock = tokens.keys[end : end + 2]
    if len(key) > 2 or int(key) > 24 or len(clock) < 2 or clock[0] != ":":
        return
    if clock[1].isdecimal() and len(clock[1]) == 2:
        seconds = tokens.keys[end + 2 : end + 4]
        longer = len(seconds) == 2 and seconds[0] == ":" and seconds[1].isdecimal()
        yield "clock", int(key), end + (4 if longer else 2)


def _part(limit: int) -> Any:
    def read(slots: dict[str, Any]) -> int | None:
        value = slots.get("ordinal", slots.get("digit", slots.get("n")))
        return value if value is not None and 1 <= value <= limit else None

    return read


def _decade(slots: dict[str, Any]) -> int | None:
    if "decade_long" in slots:
        return int(slots["decade_long"])
    short = slots.get("decade_short", slots.get("decade_word"))
    if short is None:
        return None
    return int(slots.get("century", 19)) * 100 + int(short) if "century" in slots else 1900 + int(short)


_READ = frozenset(
    (
        "count", "dayword", "ordinal", "monthday", "digit", "n", "d", "m", "day_only", "yy", "hour", "clock", "year",
        "y", "decade_short", "decade_long", "decade", "quarter", "half", "century",
    )
)  # fmt: skip
"""The slots that digits, numbers in words or phrases may be; all others are words of the language."""

_PARTS = (
    ("quarters", "quarter", _part(4)),
    ("halves", "half", _part(2)),
    ("decades", "decade", _decade),
    ("centuries", "century", _part(30)),
)
