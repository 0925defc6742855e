"""Mentions: every span of a text that states a number, money, a date, a document, a name or a country."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import compress, count
from typing import Literal, NamedTuple, get_args

from factpack.edtf import Edtf
from factpack.mention.found import Found
from factpack.mention.language import language as load_language
from factpack.mention.scan import candidates, stated
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
    return read(text, language=language, date=date, names=names).mentions


class Reading(NamedTuple):
    """All mentions of a text, and where anything begins that a part of it might state by itself."""

    mentions: list[Mention]
    beginnings: list[int]

    def silent(self, start: int, end: int) -> bool:
        """Whether the words between two offsets state and name nothing, even where they stand alone."""
        return bisect_left(self.beginnings, start) == bisect_left(self.beginnings, end)


def read(text: str | Tokens, *, language: str = "en", date: Edtf | None = None, names: Names | None = None) -> Reading:
    """Read a text for its mentions; the parameters are those of `mentions`."""
    tokens = Tokens(text) if isinstance(text, str) else text
    known = load_language(language)
    places = candidates(tokens.keys, known.triggers)
    result = [_placed(tokens, one) for one in stated(tokens, known, date, places)]
    if names is not None:
        standing = names.standing(tokens)
        result.extend(names.longest(tokens, standing))
        places = [*places, *(index for index, _, _ in standing)]
    result.sort(key=lambda mention: (mention.start, -mention.end))
    return Reading(result, sorted(tokens.span(index, index + 1)[0] for index in places))


def _placed(tokens: Tokens, found: Found) -> Mention:
    start, end = tokens.span(found.start, found.end)
    around = tokens.span(*found.qualifier) if found.qualifier else None
    counted = tokens.span(*found.unit_span) if found.unit_span else None
    return Mention(start, end, *found[2:10], around, counted, *found[12:14])  # type: ignore[arg-type]


Standing = tuple[int, int, list[tuple[str, str]]]
"""A registered form in a text: the index of its first token and of the one behind it, and who goes by it."""


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
                words = self._cut[name] = _words(Tokens(name))
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
        known = self._bearers
        if name not in self._cut:
            self._cut[name] = _words(Tokens(name))
        return [key for table, key in known.get(self._cut[name], ()) if table == register]

    def find(self, text: str | Tokens) -> Iterator[Mention]:
        """The names in a text, by place; one form that stands for several ids gives one mention of each."""
        tokens = Tokens(text) if isinstance(text, str) else text
        return self.longest(tokens, self.standing(tokens))

    def standing(self, tokens: Tokens) -> list[Standing]:
        """The longest form at each token that one begins with, by place."""
        keys = set(tokens.keys)
        begin = keys & self._firsts
        begin.update(key for key in keys if not key.isascii() and _plain(key).casefold() in self._firsts)
        found: list[Standing] = []
        for index in compress(count(), map(begin.__contains__, tokens.keys)) if begin else ():
            lengths = self._lengths.get(_word(tokens, index))
            if lengths is None:
                continue
            words = tuple(_word(tokens, at) for at in range(index, min(index + lengths[0], len(tokens.keys))))
            for length in lengths:
                if length <= len(words) and (bearers := self._bearers.get(words[:length])):
                    found.append((index, index + length, bearers))
                    break
        return found

    def longest(self, tokens: Tokens, standing: Iterable[Standing]) -> Iterator[Mention]:
        """The mentions of those forms that are no part of one before them."""
        done = 0
        for index, end, bearers in standing:
            if index >= done:
                done = end
                start, stop = tokens.span(index, end)
                yield from (Mention(start, stop, "name", key, unit=register) for register, key in bearers)


_QUOTES = str.maketrans("’‘ʼ‑–", "'''--")


def _words(tokens: Tokens) -> tuple[str, ...]:
    """The tokens as written, without diacritics and with plain quotes and hyphens."""
    return tuple(_word(tokens, index) for index in range(len(tokens.keys)))


def _word(tokens: Tokens, index: int) -> str:
    return _plain(tokens.text[tokens.starts[index] : tokens.ends[index]])


@lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    return word if word.isascii() else fold(word).translate(_QUOTES)
