"""From any cell to the words that state it: the tables `evidence` and `statements`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from factpack.article import PlacedQuote, Statement
from factpack.edtf import Edtf
from factpack.grounding import Basis, Span, Wording
from factpack.records import Part
from factpack.resource import Cell
from factpack.vocabulary import EvidenceRelation

CONTEXT_LENGTH = 32
"""How many characters before and after a quote are published with it."""


class Stated(NamedTuple):
    """One row of `statements`: a cell, what it says, and one place that states it."""

    table: str
    row_id: str
    field: str
    value: str
    basis: Basis
    path: str = ""
    article_id: str = ""
    span: Span | None = None
    evidence_id: str = ""
    reason: str = ""


def cell(value: Any) -> Cell:
    """A model's value as a cell."""
    if isinstance(value, Edtf):
        return value.text
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Enum):
        return str(value.value)
    return None if value is None else value


def shown(value: Any) -> str:
    """A cell's value as `statements` writes it."""
    value = cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return " ".join(str(value).split())


def evidence_id(part: Part, span: Span) -> str:
    """The id of a quote: its record, its article and where it stands there."""
    return f"{part.entry.id}/{part.article.article_id}/{span[0]}-{span[1]}"


def stated(part: Part, statement: Statement, table: str, row_id: str, field: str) -> Iterator[Stated]:
    """The rows of one value in one article: one for each place that states it."""
    support = statement.support
    reason = support.reason
    if not statement.typed:
        reason = f"the table's default; {reason}" if reason else "the table's default"
    row = Stated(
        table, row_id, field, shown(statement.value), support.basis, path_of(statement), part.article.article_id,
        reason=reason,
    )  # fmt: skip
    quotes = [placed for placed in part.article.quotes_of(part.entry) if placed.span]
    spans: Sequence[Span] = support.spans
    if support.basis != "grounded":
        # What was judged was judged from the whole record: its first quote stands for it.
        spans = [placed.span for placed in quotes if placed.span][:1]
    elif isinstance(statement.field.grounding, Wording):
        spans = [p.span for p in quotes if p.span and p.quote.relation != EvidenceRelation.CONTEXT] or spans
    for span in spans:
        holder = next((p.span for p in quotes if p.span and p.span[0] <= span[0] and span[1] <= p.span[1]), None)
        yield row._replace(span=span, evidence_id=evidence_id(part, holder) if holder else "")
    if not spans:
        yield row


def path_of(statement: Statement) -> str:
    """Where a value stands in its record: `date`, or `countries[LAO/partner].role` for a list's element."""
    if len(statement.steps) == 1:
        return str(statement.steps[0])
    name, index, *rest = statement.steps
    element = getattr(statement.entry.values, str(name))[index]
    inside = f".{rest[0]}" if rest else ""
    return f"{name}[{element_name(element)}]{inside}"


def element_name(element: Any) -> str:
    """What identifies an element of a list: its references and choices, joined by slashes."""
    if isinstance(element, str):
        return element
    values = [value for name, value in element if name != "judged" and value is not None]
    return "/".join(shown(value) for value in values)


def evidence_row(part: Part, placed: PlacedQuote) -> dict[str, Cell] | None:
    """A quote's row of `evidence`, without the dataset's own fields; None where it is not found."""
    span = placed.span
    if span is None or part.article.source is None:
        return None
    content = part.article.source.content
    return {
        "evidence_id": evidence_id(part, span),
        "record_id": part.entry.id,
        "article_id": part.article.article_id,
        "exact": _one_line(content[slice(*span)]),
        "prefix": _context(content[max(0, span[0] - CONTEXT_LENGTH) : span[0]]),
        "suffix": _context(content[span[1] : span[1] + CONTEXT_LENGTH]),
        "char_start": span[0],
        "char_end": span[1],
        "relation": placed.quote.relation.value,
    }


def _context(words: str) -> str | None:
    """Words around a quote; none where spreadsheets would take them for a formula."""
    line = _one_line(words).strip()
    return line if line and line[0] not in "=+-@" else None


def _one_line(words: str) -> str:
    return words.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
