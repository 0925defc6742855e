"""How a field says what supports it: markers for `typing.Annotated`.

A field's type gives a default: text stands in the quote word for word, numbers and dates are among the
mentions of the quote, a reference is supported by a printed name. Anything else says so with one of these
markers. Each has `basis`, how the value is published, and `find`, which returns the spans of the source
that state a value, or the problem when nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from factpack.mention import Mention
from factpack.quote import Folded

Basis = Literal["grounded", "judged", "derived", "external"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not supported: the rule that says so, a sentence, and what the source has instead."""

    rule: str
    message: str
    instead: tuple[tuple[Span, str], ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The spans of the source that state a value, or the problem. `basis` may be weaker than the marker's."""

    spans: tuple[Span, ...] = ()
    problem: Problem | None = None
    basis: Basis | None = None
    reason: str = ""
