"""The numbers a text states, in digits and in words: "1,096", "6.5 million", "forty-nine", "half a million"."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from factpack.mention.digits import digits, dotted, mixed, plain, roman, share, spaced
from factpack.mention.language import Language
from factpack.mention.number_words import Number, Run
from factpack.mention.tokens import DASHES, Tokens

__all__ = ["Number", "digits", "plain", "read", "roman", "scaled", "share"]


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
    cell = len(tokens.keys) == 2  # "- 1,200" by itself, as a table has it; in a list it is an item
    return alone and (tokens.glued(index + 1) or cell)


def _bare_decimals(tokens: Tokens, index: int, language: Language) -> Number | None:
    """ ".25": decimals without a zero before them."""
    behind = index + 1
    if not tokens.glued(behind) or not tokens.keys[behind].isdecimal():
        return None
    if tokens.glued(index) and tokens.keys[index - 1] not in "($€£-":
        return None
    value = Decimal(f"0.{tokens.keys[behind]}")
    return _suffixed(tokens, behind + 1, value, language) or Run(tokens, language, behind + 1, value).number()


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
    return Run(tokens, language, index + 1, value).number()


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
            return Run(tokens, language, index + 1, Decimal(1)).number()
        return None
    number = Run(tokens, language, index, None).number()
    if number is not None and number.value < 10 and language.hand["spoken_hundreds"]:
        return _spoken_hundred(tokens, number, language) or number
    return number


def _spoken_hundred(tokens: Tokens, number: Number, language: Language) -> Number | None:
    """ "one twenty-two" is 122, where nothing follows that the second number counts ("one twenty-foot boat")."""
    keys, at = tokens.keys, number.end
    if number.ordinal or not 1 <= number.value == int(number.value) or at >= len(keys) or not tokens.word(at):
        return None
    rest = Run(tokens, language, at, None).number()
    if rest is None or rest.ordinal or not 20 <= rest.value < 100 or rest.value != int(rest.value):
        return None
    if rest.end < len(keys) and (tokens.word(rest.end) or keys[rest.end] in DASHES):
        return None
    return Number(number.value * 100 + rest.value, rest.end, words=True)


def _read_digits(tokens: Tokens, index: int, language: Language) -> Number | None:
    keys = tokens.keys
    if index + 1 < len(keys) and _ends_behind(tokens, index, language):
        value = digits(keys[index], language)
        return None if value is None else Number(value, index + 1, whole=keys[index].isdecimal())
    key, end = spaced(tokens, index, language)
    value = digits(key, language)
    if value is None or dotted(tokens, index):
        return None
    whole = key.isdecimal() and end == index + 1
    part = mixed(tokens, end) if whole else None
    if part is not None:
        return Number(value + part, end + 3, whole=False)
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
            return Run(tokens, language, end + 1, value + vulgar).number()
    if end >= len(keys) or keys[end] not in language.run_words:
        return Number(value, end, whole=whole)
    return Run(tokens, language, end, value, whole=whole).number()


def _ends_behind(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether what stands around these digits cannot belong to their number, as most often."""
    keys, behind = tokens.keys, tokens.keys[index + 1]
    if behind in language.run_words or behind in language.hand["ordinal_suffixes"] or behind[0].isnumeric():
        return False
    return (index == 0 or keys[index - 1] != ".") and not (behind == "." and tokens.glued(index + 2))


def _half_a(tokens: Tokens, index: int, language: Language) -> Number | None:
    """ "half a million", "half a dozen", "half million"."""
    behind = index + 1
    keys = tokens.keys
    if (behind < len(keys) and keys[behind] in language.hand["one"]) or (behind < len(keys) and keys[behind] == "-"):
        behind += 1
    if behind < len(keys) and "scale" in _roles(tokens, behind, language) and keys[behind] not in language.hand["tens"]:
        return Run(tokens, language, behind, Decimal(language.hand["half"][keys[index]])).number()
    return None


def scaled(tokens: Tokens, index: int, value: Decimal, language: Language) -> Number | None:
    """The rest of "two thirds of a million": a value times the scale word behind it."""
    keys = tokens.keys
    at = index + (index < len(keys) and keys[index] in language.hand["of"])
    at += at < len(keys) and keys[at] in language.hand["one"]
    if at < len(keys) and "scale" in _roles(tokens, at, language) and keys[at] not in language.hand["tens"]:
        return Run(tokens, language, at, value).number()
    return None


def _roles(tokens: Tokens, index: int, language: Language) -> set[str]:
    return {form.slot for form, _ in language.forms_at(tokens, index, language.number_forms)}
