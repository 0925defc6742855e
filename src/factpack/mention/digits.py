"""Numbers in digits: separators by language, spaces between groups, Roman numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from factpack.mention.language import Language
from factpack.mention.tokens import Tokens

_LONGEST = 60  # characters of a number in digits; what is longer is a checksum or a drawing
_ROMAN = re.compile(r"(?=[XVI])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def plain(value: Decimal) -> str:
    """A decimal without exponent and without needless zeros: Decimal("6.50E+6") -> "6500000"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def share(above: int | Decimal, below: int) -> Decimal:
    """A fraction as a decimal of at most six places."""
    return (Decimal(above) / below).quantize(Decimal("1.000000"))


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
    if key.isdecimal():
        return Decimal(key) if len(key) <= _LONGEST else None
    match = _digits_pattern(language.decimal, language.group).fullmatch(key)
    if match is None or len(key) > _LONGEST:
        return None
    if match["foreign"]:
        return Decimal(re.sub("[.,]", "", key))
    mark = "," if language.decimal == "." else "."
    return Decimal(key.replace(mark, "").replace(",", "."))


def roman(text: str) -> int:
    """A Roman numeral below forty in capitals ("XIII"), as congresses and centuries are counted; else 0."""
    if not _ROMAN.fullmatch(text):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def spaced(tokens: Tokens, index: int, language: Language) -> tuple[str, int]:
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
    if (
        plain and end < index + 3 and keys[end - 1] != "000"
    ):  # "on May 12 200 people came"; two groups ("1 234 567") are no accident
        return keys[index], index + 1
    return key, end


def mixed(tokens: Tokens, index: int) -> Decimal | None:
    """The fraction in "2 1/4"."""
    if index + 2 >= len(tokens.keys) or tokens.keys[index + 1] != "/":
        return None
    above, below = tokens.keys[index], tokens.keys[index + 2]
    if not (above.isdecimal() and below.isdecimal()) or tokens.glued(index):
        return None
    if not (tokens.glued(index + 1) and tokens.glued(index + 2)) or not 0 < int(above) < int(below) <= 64:
        return None
    return share(int(above), int(below))


def dotted(tokens: Tokens, index: int) -> bool:
    """Part of "192.168.1.2" or "version 3.11.7": an address and no number."""
    keys = tokens.keys
    after = tokens.glued(index + 1) and keys[index + 1] == "." and tokens.glued(index + 2)
    before = tokens.glued(index) and keys[index - 1] == "." and tokens.glued(index - 1)
    return (after and keys[index + 2].isdecimal()) or (before and index > 1 and keys[index - 2].isdecimal())
