"""Mentions: every span of a text that states a number, money, a date, a document, a name or a country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from factpack.edtf import Edtf
from factpack.mention.found import Found
from factpack.mention.language import language as load_language
from factpack.mention.scan import stated
from factpack.mention.tokens import Tokens, fold

Kind = Literal[
    "number", "money", "percent", "ordinal", "fraction", "range",
    "date", "duration", "document", "name", "country",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


class Mention(NamedTuple):
    """A span that states something typed, with its normal value.

    `start` and `end` are half-open code-point offsets of the value itself, currency sign, scale and unit
    of time included ("US$6.5 million", "12.5%", "45 years"); comparator words and counted nouns are
    outside, at `qualifier` and `unit_span`.

    `value` by kind: number, money, percent, ordinal, fraction, range: a decimal without exponent
    ("6500000"); date: EDTF, with `XXXX` for a year that is neither printed nor resolvable, and empty
    for a relative date without a dateline; duration: ISO 8601 ("P45Y"); document: its number
    ("12-CT/TW"); name: the id in its register; country: ISO 3166 alpha-3.

    `comparator`: eq, gt, ge, lt, le, approx, approx_below ("nearly"), between (with `upper`), magnitude
    ("millions of": `value` is one unit of it), unspecified_many ("several": `value` is empty).
    `unit`: ISO 4217 for money, "%" or "percentage points" for a percent, the noun phrase behind a number,
    the words of a duration's unit, the type word of a document, the register of a name.
    `readings` are other normal values that the words allow: of a relative date its other intervals, of a
    bare "$" the other currencies, of a fraction its exact form ("1/3").
    """

    start: int
    end: int
    kind: Kind
    value: str
    comparator: str = "eq"
    upper: str = ""
    unit: str = ""
    per: str = ""
    precision: str = ""
    basis: str = ""
    qualifier: tuple[int, int] | None = None
    unit_span: tuple[int, int] | None = None
    readings: tuple[str, ...] = ()
    in_name: bool = False


def mentions(
    text: str | Tokens, *, language: str = "en", date: Edtf | None = None, names: Names | None = None
) -> list[Mention]:
    """All mentions of a text, or of one that is cut already, in the order of their places.

    `language` is a BCP 47 tag with data in factpack/mention/languages (ValueError without). `date` is the
    text's dateline, by which year-less and relative dates are resolved. A period is found beside its
    two ends, and a registered name beside the country in it, so mentions may overlap.
    """
    tokens = Tokens(text) if isinstance(text, str) else text
    result = [_placed(tokens, one) for one in stated(tokens, load_language(language), date)]
    if names is not None:
        result.extend(names.find(tokens))
    result.sort(key=lambda mention: (mention.start, -mention.end))
    return result


def _placed(tokens: Tokens, found: Found) -> Mention:
    start, end = tokens.span(found.start, found.end)
    around = tokens.span(*found.qualifier) if found.qualifier else None
    counted = tokens.span(*found.unit_span) if found.unit_span else None
    return Mention(start, end, *found[2:10], around, counted, *found[12:14])  # type: ignore[arg-type]


class Names:
    """The printed names of registered persons and bodies, found in texts.

    `names` gives for each (register, id) the forms that are printed: full names, abbreviations, a
    surname only where it stands for this person alone. Diacritics are folded ("Lê Hoài Trung" is found
    as "Le Hoai Trung"), capitals are not; of forms that begin together the longest wins.
    """

    def __init__(self, names: Mapping[tuple[str, str], Sequence[str]]) -> None:
        self._names = names
        self._cut: dict[str, tuple[str, ...]] = {}  # forms that were asked for: the same ones are, quote after quote

    # Worked out when a name is first looked for: to find quotes, none is.

    @cached_property
    def _bearers(self) -> dict[tuple[str, ...], list[tuple[str, str]]]:
        """Who goes by a form, by its words."""
        found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for (register, key), printed in self._names.items():
            for name in printed:
                words = _words(Tokens(name))
                bearers = found.setdefault(words, [])
                if words and (register, key) not in bearers:
                    bearers.append((register, key))
        return found

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """How many words the forms with this first word have, longest first."""
        found: dict[str, list[int]] = {}
        for words in self._bearers:
            lengths = found.setdefault(words[0], []) if words else []
            if len(words) not in lengths:
                lengths.append(len(words))
                lengths.sort(reverse=True)
        return found

    @cached_property
    def _firsts(self) -> set[str]:
        return {word.casefold() for word in self._lengths}

    def bearers(self, register: str, name: str) -> list[str]:
        """The ids of all in a register that go by this form."""
        if name not in self._cut:
            self._cut[name] = _words(Tokens(name))
        return [key for table, key in self._bearers.get(self._cut[name], ()) if table == register]

    def find(self, text: str | Tokens) -> Iterator[Mention]:
        """The names in a text, by place; one form that stands for several ids gives one mention of each."""
        tokens = Tokens(text) if isinstance(text, str) else text
        keys = set(tokens.keys)
        begin = keys & self._firsts
        begin.update(key for key in keys if not key.isascii() and _plain(key).casefold() in self._firsts)
        places = [index for index, key in enumerate(tokens.keys) if key in begin] if begin else []
        done = 0
        for index in places:
            lengths = self._lengths.get(_word(tokens, index))
            if index < done or lengths is None:
                continue
            words = tuple(_word(tokens, at) for at in range(index, min(index + lengths[0], len(tokens.keys))))
            for end in (index + length for length in lengths if length <= len(words)):
                if bearers := self._bearers.get(words[: end - index]):
                    done = end
                    start, stop = tokens.span(index, end)
                    yield from (Mention(start, stop, "name", key, unit=register) for register, key in bearers)
                    break


_QUOTES = str.maketrans("’‘ʼ‑–", "'''--")


def _words(tokens: Tokens) -> tuple[str, ...]:
    """The tokens as written, without diacritics and with plain quotes and hyphens."""
    return tuple(_word(tokens, index) for index in range(len(tokens.keys)))


def _word(tokens: Tokens, index: int) -> str:
    return _plain(tokens.text[tokens.starts[index] : tokens.ends[index]])


def _plain(word: str) -> str:
    return word if word.isascii() else fold(word).translate(_QUOTES)
