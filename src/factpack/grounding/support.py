"""What every grounding gives back and is given: a support or a problem, and the words around a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol

from factpack.edtf import Edtf
from factpack.mention import Mention
from factpack.mention.tokens import Tokens
from factpack.quote import Folded, find_names

Basis = Literal["grounded", "judged", "derived", "external"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not supported: the rule that says so, a sentence, what the source has instead.

    `meant` finds the value to write, where one is likely; asked only for what is reported. A reason in `judged`
    stands for what is not printed, unless the problem is not `excusable`.
    """

    rule: str
    message: str
    instead: tuple[tuple[Span, str], ...] = ()
    meant: Callable[[], str | None] = lambda: None
    excusable: bool = True


class Support(NamedTuple):
    """The spans that state a value, or the problem; `reason` for what is judged, derived or external.

    `derived` holds what is published beside the value: bounds, the basis of a date, words as printed. `repeated` are,
    where the spans are whole quotes, the values in them that are stated again; of other spans all are.
    """

    basis: Basis = "grounded"
    spans: tuple[Span, ...] = ()
    problem: Problem | None = None
    reason: str = ""
    derived: Mapping[str, str] = MappingProxyType({})
    repeated: tuple[Span, ...] | None = None


@dataclass(eq=False)  # not frozen, which would take several times as long to make; there is one for each record
class Context:
    """What a value is compared with: the record's quotes in one article, and what stands around them. Never changed.

    `quotes` are spans of the source, `mentions` those that lie in them, `values` the record's other
    values, `names` the printed forms of a record of a register, `published` the article's date with the
    spans that state it, `names_around` the names that a span is part of, `names_in` the registered names
    in any text, `stating` the quotes that do more than give context, `bearers` who else of a register a name may
    mean in this article, `referred` the ids that the record refers to, `silent` whether the words between two offsets
    of the source state and name nothing, even if they stand alone.
    """

    source: Folded
    quotes: tuple[Span, ...]
    mentions: Sequence[Mention]
    values: Mapping[str, Any]
    names: Callable[[str, str], Sequence[str]]
    published: Edtf | None = None
    published_spans: tuple[Span, ...] = ()
    language: str = "en"
    names_around: Callable[[int, int], Sequence[Mention]] = lambda start, end: ()
    names_in: Callable[[Tokens], Iterable[Mention]] = lambda tokens: ()
    stating: tuple[Span, ...] = ()
    bearers: Callable[[str, str, str], Sequence[str]] = lambda table, identity, name: ()
    referred: Callable[[], frozenset[str]] = frozenset
    silent: Callable[[int, int], bool] = lambda start, end: False

    def where(self, words: str, *, exact: bool = True) -> tuple[Span, ...]:
        """Where words stand in the quotes, on word boundaries; not `exact`: diacritics and case folded."""
        return tuple(dict.fromkeys(find_names(self.source, words, self._folded_quotes, exact=exact)))

    def __post_init__(self) -> None:
        forward = self.source.forward
        # The quotes as spans of the folded text: a record's values are all looked for in the same ones.
        self._folded_quotes = [(forward(start), forward(end)) for start, end in self.quotes]
        # Where the unit of a mention stands, of each that was asked for: a number's fields ask one after the other.
        self.counted: dict[tuple[int, str], Span | None] = {}

    def as_typed(self, words: str) -> Span | None:
        """Where words stand in a quote just as they are typed: the first such place, if any."""
        source = self.source
        for low, high in self._folded_quotes:
            at = source.text.find(words, low, high)
            if at >= 0 and source.bounded(at, at + len(words)):
                start, end = source.back(at, at + len(words))
                if source.original[start:end] == words:
                    return start, end
        return None

    @cached_property
    def content_words(self) -> frozenset[str]:
        """The longer words of the quotes, without diacritics and in lower case."""
        return frozenset().union(*(CONTENT_WORD.findall(self.source.plain, *span) for span in self._folded_quotes))

    def inside(self, values: Mapping[str, Any]) -> Context:
        """The same for the values of an element of the record's list; what is worked out already is kept."""
        # Not dataclasses.replace, which would look at each of the other fields again for each element.
        element = object.__new__(Context)
        element.__dict__.update(self.__dict__, values=values)
        return element

    def inside_other_name(self, span: Span, identity: str, *, country: bool = False) -> bool:
        """Whether a name is only a part of the longer name of something else.

        UNICEF Chile is no country, and "people's organisations" are not the people; "Chilean people" still
        names a country, and "foreign and local NGOs" are local ones. "Citizen-led" names no citizen.
        """
        start, end = span
        printed = self.source.original
        if _GOES_ON.match(printed, end):
            return True
        if printed[start:end].islower() and "-" in (printed[start - 1 : start], printed[end : end + 1]):
            return True
        around = self.names_around(start, end)
        if any(m.value == identity for m in around):
            return False
        longer = [m for m in around if m.end - m.start > end - start]
        if not country and any(m.end > end and printed[end : end + 1] != "," for m in longer):
            return True
        return any(not _LOWER_WORD.search(printed[m.start : m.end]) for m in longer)


_GOES_ON = re.compile(r"['’](?!s\b)[^\W\d_]")
"""No possessive but another word: "Xi'an", "aujourd'hui"."""
_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z]{3}")
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


class Grounding(Protocol):
    """What every marker can do."""

    @property
    def basis(self) -> Basis:
        """How the value is published."""

    def find(self, value: Any, context: Context) -> Support:
        """The spans that state a value, or why it has none."""


def unsupported(
    rule: str, message: str, instead: Sequence[Mention] = (), meant: Callable[[], str | None] = lambda: None
) -> Support:
    return Support(problem=Problem(rule, message, printed(instead), meant))


def printed(mentions: Sequence[Mention]) -> tuple[tuple[Span, str], ...]:
    """What the source has in place of a value, for a message."""
    return tuple(((m.start, m.end), _say(m)) for m in mentions[:4])


def _say(mention: Mention) -> str:
    if mention.kind in ("name", "country"):
        return f"the article names `{mention.value}`"
    value = f"{mention.value} {mention.unit}".strip() if mention.kind == "money" else mention.value or "no number"
    return f"the article says {_IN_WORDS.get(mention.comparator, '')}{value}"


_IN_WORDS = {
    "gt": "more than ",
    "ge": "at least ",
    "lt": "less than ",
    "le": "at most ",
    "approx": "about ",
    "approx_below": "nearly ",
    "between": "from ",
    "magnitude": "some number of times ",
    "unspecified_many": "many, ",
}
