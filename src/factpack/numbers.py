"""The numbers a text states, in digits and in words: "1,096", "6.5 million", "forty-nine", "half a million"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from factpack.language import Language
from factpack.tokens import Tokens

_LONGEST = 60  # characters of a number in digits; what is longer is a checksum or a drawing
_HALF = Decimal("0.5")
_HYPHENS = ("-", "‑", "–", "—")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read: its value and the index of the token behind it."""

    value: Decimal
    end: int
    words: bool = False  # whether any of it is spelt out
    scale: int = 1  # the last scale word it was multiplied by, 1 without
    ordinal: bool = False  # "13th", "twenty-first"
    whole: bool = True  # written as a plain integer, without a separator


def plain(value: Decimal) -> str:
    """A decimal without exponent and without needless zeros: Decimal("6.50E+6") -> "6500000"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


@lru_cache(maxsize=8)
def _digits_pattern(decimal: str, group: str) -> re.Pattern[str]:
    # The separators of the language decide; "1.096" is a thousand and more in Vietnamese only. Two or
    # more groups of the other kind ("3.000.000" in English) cannot be a fraction in any language.
    dot, mark = re.escape(decimal), re.escape(group if group in ",." else ("," if decimal == "." else "."))
    return re.compile(
        rf"(?P<grouped>\d{{1,3}}(?:{mark}\d{{3}})+(?:{dot}\d+)?)|(?P<plain>\d+(?:{dot}\d+)?)|"
        rf"(?P<foreign>\d{{1,3}}(?:{dot}\d{{3}}){{2,}})|(?P<lakh>\d{{1,2}}(?:{mark}\d{{2}})+{mark}\d{{3}}(?:{dot}\d+)?)"
    )


def digits(key: str, language: Language) -> Decimal | None:
    """The value of a token of digits by the language's separators; None where they make no number."""
    match = _digits_pattern(language.decimal, language.group).fullmatch(key)
    if match is None or len(key) > _LONGEST:
        return None
    if match["foreign"]:
        return Decimal(re.sub("[.,]", "", key))
    mark = "," if language.decimal == "." else "."
    return Decimal(key.replace(mark, "").replace(",", "."))


def share(above: int | Decimal, below: int) -> Decimal:
    """A fraction as a decimal of at most six places."""
    return (Decimal(above) / below).quantize(Decimal("1.000000"))


def read(tokens: Tokens, index: int, language: Language) -> Number | None:
    """The number that begins at this token, as long as it goes; None when there is none."""
    key = tokens.keys[index]
    negative = _minus(tokens, index, language)
    if negative:
        number = _read(tokens, index + 1, language)
        if number is None or number.ordinal:
            return None
        return Number(-number.value, number.end, number.words, number.scale, False, number.whole)
    if key in language.hand["ordinal_prefixes"]:
        return _prefixed_ordinal(tokens, index, language)
    if (
        "0" <= key[0] <= "9"
        or key in language.number_forms
        or key in language.hand["one"]
        or key in language.hand["half"]
    ):
        return _read(tokens, index, language)
    if key.isnumeric():
        return _vulgar(tokens, index, language)
    if key == language.decimal:
        return _bare_decimals(tokens, index, language)
    return None


def _prefixed_ordinal(tokens: Tokens, index: int, language: Language) -> Number | None:
    """An ordinal by a word before the number: Vietnamese "thứ 13", "thứ XIII"."""
    for form, end in language.forms_at(tokens, index, language.number_forms):
        if form.slot == "ordinal":
            return Number(Decimal(form.value), end, True, ordinal=True)
    behind = index + 1
    if behind >= len(tokens.keys):
        return None
    value = roman(tokens.text[tokens.starts[behind] : tokens.ends[behind]])
    if value:
        return Number(Decimal(value), behind + 1, ordinal=True)
    number = _read(tokens, behind, language)
    return Number(number.value, number.end, number.words, ordinal=True) if number else None


_ROMAN = re.compile(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def roman(text: str) -> int:
    """A Roman numeral below forty in capitals ("XIII"), as congresses and centuries are counted; else 0."""
    if not _ROMAN.fullmatch(text):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _minus(tokens: Tokens, index: int, language: Language) -> bool:
    key = tokens.keys[index]
    if key in language.hand["minus"]:
        comparing = index > 0 and tokens.keys[index - 1] in language.hand["not_minus_after"]  # "au moins deux"
        return index + 1 < len(tokens.keys) and not comparing
    if key not in "-−" or index + 1 >= len(tokens.keys):
        return False
    if not "0" <= tokens.keys[index + 1][0] <= "9" and tokens.keys[index + 1] != language.decimal:
        return False
    alone = index == 0 or not tokens.glued(index) or tokens.keys[index - 1] in "($€£"
    return alone and tokens.glued(index + 1)


def _bare_decimals(tokens: Tokens, index: int, language: Language) -> Number | None:
    """ ".25": decimals without a zero before them."""
    behind = index + 1
    if not tokens.glued(behind) or not tokens.keys[behind].isdecimal():
        return None
    if tokens.glued(index) and tokens.keys[index - 1] not in "($€£-":
        return None
    value = Decimal(f"0.{tokens.keys[behind]}")
    return _suffixed(tokens, behind + 1, value, language) or _Run(tokens, language, behind + 1, value).number()


def _suffixed(tokens: Tokens, index: int, value: Decimal, language: Language) -> Number | None:
    """ "10K", "1.2bn": a scale letter glued to the digits and to nothing else."""
    if not tokens.glued(index) or (tokens.glued(index + 1) and tokens.word(index + 1)):
        return None
    for form, behind in language.forms_at(tokens, index, language.number_forms):
        if form.slot == "suffix":
            return Number(value * form.value, behind, True, form.value, whole=False)
    return None


def _vulgar(tokens: Tokens, index: int, language: Language) -> Number | None:
    """A one-character fraction, "½", with a scale behind it ("½ million")."""
    key = tokens.keys[index]
    if unicodedata.category(key[0]) != "No":
        return None
    value = Decimal(unicodedata.numeric(key[0])).quantize(Decimal("1.000000"))
    return _Run(tokens, language, index + 1, value).number()


def _read(tokens: Tokens, index: int, language: Language) -> Number | None:
    keys = tokens.keys
    if index >= len(keys):
        return None
    key = keys[index]
    if "0" <= key[0] <= "9":
        return _read_digits(tokens, index, language)
    if key == language.decimal:
        return _bare_decimals(tokens, index, language)
    if key in language.hand["half"]:
        return _half_a(tokens, index, language)
    if key in language.hand["one"] and key not in language.number_forms:
        if index + 1 < len(keys) and _roles(tokens, index + 1, language) & {"times", "scale"}:
            return _Run(tokens, language, index + 1, Decimal(1)).number()
        return None
    return _Run(tokens, language, index, None).number()


def _read_digits(tokens: Tokens, index: int, language: Language) -> Number | None:
    keys = tokens.keys
    key, end = _join_spaced(tokens, index, language)
    value = digits(key, language)
    if value is None or _dotted(tokens, index):
        return None
    whole = key.isdecimal() and end == index + 1
    mixed = _mixed(tokens, end) if whole else None
    if mixed is not None:
        return Number(value + mixed, end + 3, whole=False)
    if tokens.glued(end) and end < len(keys):
        if whole and keys[end] in language.hand["ordinal_suffixes"]:
            return Number(value, end + 1, ordinal=True)
        suffixed = _suffixed(tokens, end, value, language)
        if suffixed is not None:
            return suffixed
        for form, behind in language.forms_at(tokens, end, language.number_forms):
            if (form.slot == "suffix" and not tokens.glued(behind)) or (
                form.slot == "suffix" and not tokens.word(behind)
            ):
                return Number(value * form.value, behind, True, form.value, whole=False)
        if unicodedata.category(keys[end][0]) == "No":
            vulgar = Decimal(unicodedata.numeric(keys[end][0])).quantize(Decimal("1.000000"))
            return _Run(tokens, language, end + 1, value + vulgar).number()
    return _Run(tokens, language, end, value, whole=whole).number()


def _dotted(tokens: Tokens, index: int) -> bool:
    """Part of "192.168.1.2" or "version 3.11.7": an address and no number."""
    keys = tokens.keys
    after = tokens.glued(index + 1) and keys[index + 1] == "." and tokens.glued(index + 2)
    before = tokens.glued(index) and keys[index - 1] == "." and tokens.glued(index - 1)
    return (after and keys[index + 2].isdecimal()) or (before and index > 1 and keys[index - 2].isdecimal())


def _mixed(tokens: Tokens, index: int) -> Decimal | None:
    """The fraction in "2 1/4"."""
    above, slash, below = [*tokens.keys[index : index + 3], "", "", ""][:3]
    if slash != "/" or not (above.isdecimal() and below.isdecimal()) or tokens.glued(index):
        return None
    if not (tokens.glued(index + 1) and tokens.glued(index + 2)) or not 0 < int(above) < int(below) <= 64:
        return None
    return share(int(above), int(below))


def _join_spaced(tokens: Tokens, index: int, language: Language) -> tuple[str, int]:
    """Digits grouped by spaces: thin or no-break ones in any language, plain ones where it is usual."""
    keys, text = tokens.keys, tokens.text
    key, end = keys[index], index + 1
    if len(key) > 3 or not key.isdecimal():
        return key, end
    plain = False
    spaces = "\u00a0\u202f\u2009" + (" " if language.group in "\u202f\u00a0 " else "")
    while end < len(keys) and len(keys[end]) >= 3 and keys[end][:3].isdecimal():
        gap = text[tokens.ends[end - 1] : tokens.starts[end]]
        fits = len(keys[end]) == 3 or (keys[end][3] == language.decimal and key.isdecimal())
        if len(gap) != 1 or not (gap in spaces or gap == " ") or not fits:
            break
        plain = plain or gap not in spaces
        key, end = key + keys[end], end + 1
    if plain and end < index + 3:  # "on May 12 200 people came"; two groups ("1 234 567") are no accident
        return keys[index], index + 1
    return key, end


def _half_a(tokens: Tokens, index: int, language: Language) -> Number | None:
    """ "half a million", "half a dozen", "half million"."""
    behind = index + 1
    keys = tokens.keys
    if (behind < len(keys) and keys[behind] in language.hand["one"]) or (behind < len(keys) and keys[behind] == "-"):
        behind += 1
    if behind < len(keys) and "scale" in _roles(tokens, behind, language) and keys[behind] not in language.hand["tens"]:
        return _Run(tokens, language, behind, Decimal(language.hand["half"][keys[index]])).number()
    return None


def scaled(tokens: Tokens, index: int, value: Decimal, language: Language) -> Number | None:
    """The rest of "two thirds of a million": a value times the scale word behind it."""
    keys = tokens.keys
    at = index + (index < len(keys) and keys[index] in language.hand["of"])
    at += at < len(keys) and keys[at] in language.hand["one"]
    if at < len(keys) and "scale" in _roles(tokens, at, language) and keys[at] not in language.hand["tens"]:
        return _Run(tokens, language, at, value).number()
    return None


def _roles(tokens: Tokens, index: int, language: Language) -> set[str]:
    return {form.slot for form, _ in language.forms_at(tokens, index, language.number_forms)}


class _Run:
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
            if keys[at] in _HYPHENS and self.tokens.glued(at) == self.tokens.glued(at + 1):
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
            self.group += int(keys[at])
        else:
            following = language.forms_at(self.tokens, at + 1, language.number_forms) if at + 1 < len(keys) else ()
            smaller = any(form.slot in ("scale", "times") and form.value < self.scale for form, _ in following)
            if not self.total or at > self.at or not smaller:
                return False
            self.group = Decimal(keys[at])
        self.at, self.room = at + 1, Decimal(0)
        return True
