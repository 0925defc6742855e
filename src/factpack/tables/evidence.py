"""The words behind the tables: `evidence` and `statements`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.dataset import Dataset
from factpack.fields import fields_of, quote_model
from factpack.records import Part, Record
from factpack.resource import ForeignKey, Resource
from factpack.tables.columns import (
    column_name,
    columns,
    foreign_key,
    values_of,
)
from factpack.tables.provenance import Stated, cell, evidence_row, shown
from factpack.tables.sheet import Row, Sheet, column, line
from factpack.vocabulary import EvidenceRelation


def evidence(dataset: Dataset, found: list[Record]) -> Sheet:
    """The quotes of all records, with their places and who asserts them."""
    model = quote_model(dataset.models.article)
    own = [f for f in fields_of(model) if f.name not in ("exact", "prefix", "suffix", "relation")]
    sheet = Sheet(
        "evidence",
        "Evidence",
        "The words that state each record: quotes with their place in the article (W3C TextQuoteSelector and "
        "TextPositionSelector).",
        "evidence_id",
        [
            column("evidence_id", "Record, article and place.", unique=True),
            column("record_id", "The record."),
            column("article_id", "The article quoted."),
            column("exact", "The source's own words; a line break is a space."),
            column("prefix", "The words before.", required=False),
            column("suffix", "The words after.", required=False),
            column("char_start", "Offset of the first code point.", "integer", minimum=0),
            column("char_end", "Offset behind the last code point.", "integer", minimum=0),
            column("relation", "How the quote stands to the record's values.", enum=values_of(EvidenceRelation)),
            *(column for f in own for column in columns(model, f)),
        ],
        [
            ForeignKey(("record_id",), "records", ("record_id",)),
            ForeignKey(("article_id",), "articles", ("article_id",)),
            *(foreign_key(f, dataset.models) for f in own if f.target),
        ],
    )
    for record in found:
        for part in record.parts:
            for placed in part.article.quotes_of(part.entry):
                if row := evidence_row(part, placed):
                    typed = {f.name for f in own if getattr(placed.quote, f.name) is not None}
                    for f in own:
                        # A quote that says who speaks does not take over of whom the article's default speaks.
                        value = getattr(placed.quote, f.name) if typed else part.article.meta(f.name)
                        row[column_name(f)] = cell(value)
                        if value is not None:
                            reason = "typed with the quote" if typed else "the article's default"
                            sheet.stated.append(_said(part, row, f.name, column_name(f), value, reason))
                    relation = placed.quote.relation
                    stands = (
                        "typed with the quote" if "relation" in placed.quote.model_fields_set else "a quote's default"
                    )
                    sheet.stated.append(_said(part, row, "relation", "relation", relation, stands))
                    sheet.add(row)
    return sheet


def _said(part: Part, row: Row, field_: str, column_: str, value: Any, reason: str) -> Stated:
    """What a curator says of a quote, as the row of `statements` that states it."""
    start, end = int(str(row["char_start"])), int(str(row["char_end"]))
    identity = str(row["evidence_id"])
    return Stated(
        "evidence",
        identity,
        column_,
        shown(value),
        "judged",
        f"quotes.{field_}",
        part.article.article_id,
        (start, end),
        identity,
        reason,
    )


STATEMENTS = Resource(
    "statements",
    "Statements",
    "For every cell of every table, what it rests on: the words that state it, a judgement, a rule or a code list.",
    (
        column("statement_id", "Table, row, column and number.", unique=True),
        column("table", "The table."),
        column("row_id", "The key of the row."),
        column("field", "The column."),
        column("path", "Where the value stands in the curated record.", required=False),
        column("value", "The value, as text, as this article gives it."),
        column("basis", "What it rests on.", enum=("grounded", "judged", "derived", "external")),
        column("article_id", "The article that states it.", required=False),
        column("char_start", "Offset of the first code point.", "integer", required=False, minimum=0),
        column("char_end", "Offset behind the last code point.", "integer", required=False, minimum=0),
        column("evidence_id", "The quote that holds the words.", required=False),
        column("reason", "For what is judged, derived or external: why.", required=False),
    ),
    ("statement_id",),
    (
        ForeignKey(("article_id",), "articles", ("article_id",)),
        ForeignKey(("evidence_id",), "evidence", ("evidence_id",)),
    ),
)
"""The table `statements`, still empty."""


def statements(sheet: Sheet) -> Iterator[Row]:
    """One row at least for every cell of a table that is not empty: what is not stated by words is derived."""
    said: dict[tuple[str, str], list[Stated]] = {}
    for row in dict.fromkeys(sheet.stated):
        said.setdefault((row.row_id, row.field), []).append(row)
    meanings = {column.name: column.description for column in sheet.fields}
    for row_id, cells in sheet.rows.items():
        for name, value in cells.items():
            if value is None or name not in meanings:
                continue
            derived = Stated(sheet.name, row_id, name, shown(value), "derived", reason=meanings[name])
            for number, statement in enumerate(said.get((row_id, name), [derived]), 1):
                yield _statement_row(statement, number)


def _statement_row(statement: Stated, number: int) -> Row:
    start, end = statement.span or (None, None)
    return {
        "statement_id": f"{statement.table}/{statement.row_id}/{statement.field}/{number}",
        "table": statement.table,
        "row_id": statement.row_id,
        "field": statement.field,
        "path": statement.path or None,
        "value": statement.value,
        "basis": statement.basis,
        "article_id": statement.article_id or None,
        "char_start": start,
        "char_end": end,
        "evidence_id": statement.evidence_id or None,
        "reason": line(statement.reason),
    }
