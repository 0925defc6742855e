"""How a field says what supports it: markers for `typing.Annotated`.

A field's type gives a default: text stands in the quote word for word, numbers and dates are among the
mentions of the quote, a reference is supported by a printed name. Anything else says so with one of these
markers. Each has a `basis`, how its value is published, and `find`, which returns the spans of the source
that state a value, or the problem when nothing does.
"""

from __future__ import annotations

from factpack.grounding.amounts import Amount, Comparison, Unit
from factpack.grounding.cues import Cue
from factpack.grounding.dates import Dated
from factpack.grounding.documents import DocumentNumber
from factpack.grounding.names import Ref
from factpack.grounding.reasons import External, Judged
from factpack.grounding.support import Basis, Context, Grounding, Problem, Span, Support
from factpack.grounding.wording import NEGATIONS, Verbatim, Wording

__all__ = [
    "NEGATIONS",
    "Amount",
    "Basis",
    "Comparison",
    "Context",
    "Cue",
    "Dated",
    "DocumentNumber",
    "External",
    "Grounding",
    "Judged",
    "Problem",
    "Ref",
    "Span",
    "Support",
    "Unit",
    "Verbatim",
    "Wording",
]
