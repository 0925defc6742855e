"""The published tables of a dataset, and for every cell the words that state it.

A model is a table, a list inside a record a table of its own; what all facts share stands in `records`. Beside
them stand `evidence` (the quotes), `statements` (for every cell of every table its basis and its words), and
what describes articles and vocabularies.
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Dataset
from factpack.package.arrow import sorted_and_packed
from factpack.records import records
from factpack.resource import Resource
from factpack.tables.about import coverage, searches, spans, vocabulary
from factpack.tables.evidence import STATEMENTS, evidence, statements
from factpack.tables.facts import fact_sheets, titles_of
from factpack.tables.registers import entity_sheets
from factpack.tables.sheet import Row, Sheet

__all__ = ["tables"]


def tables(dataset: Dataset) -> list[Resource]:
    """All tables of a dataset whose checks found no errors, rows sorted by key."""
    found = records(dataset)
    sheets = [
        *fact_sheets(dataset, found, titles_of(dataset, found)),
        *entity_sheets(dataset),
        vocabulary(dataset),
        spans(dataset),
        searches(dataset),
        coverage(dataset),
        evidence(dataset, found),
    ]
    kept = [sheet for sheet in sheets if sheet.rows]
    names = {sheet.name for sheet in kept}
    for sheet in kept:
        # A table without rows is not published, and so nothing refers to it.
        sheet.foreign_keys = [key for key in sheet.foreign_keys if key.resource in names]
    packed = [sorted_and_packed(sheet.resource()) for sheet in kept]
    return [*packed, sorted_and_packed(STATEMENTS, _told_once(kept))]


def _told_once(sheets: list[Sheet]) -> Iterator[Row]:
    """The rows of `statements`; a sheet that has been told is given up."""
    while sheets:
        yield from statements(sheets.pop(0))
