"""The published tables of a dataset, and for every cell the words that state it.

A model is a table, a list inside a record a table of its own; what all facts share stands in `records`. Beside
them stand `evidence` (the quotes), `statements` (for every cell of every table its basis and its words), and
what describes articles and vocabularies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from factpack.dataset import Dataset
from factpack.package.arrow import Growing
from factpack.records import records
from factpack.resource import Resource
from factpack.tables.about import coverage, searches, spans, vocabulary
from factpack.tables.evidence import STATEMENTS, evidence, statements
from factpack.tables.facts import fact_sheets, titles_of
from factpack.tables.registers import entity_sheets
from factpack.tables.sheet import Sheet

__all__ = ["tables"]

_SHARE = 1 << 9
"""Records whose rows are plain values at a time, with all that states them: 20 kB a record."""


def tables(dataset: Dataset, room: Path | None = None) -> list[Resource]:
    """All tables of a dataset whose checks found no errors, rows sorted by key.

    With a `room`, a folder, many rows lie on its disk and not in memory.
    """
    found = records(dataset)
    titles = titles_of(dataset, found)
    facts, others, quotes = _Tables(room), _Tables(room), _Tables(room)
    told = Growing(STATEMENTS, room)
    for first in range(0, len(found), _SHARE):
        share = found[first : first + _SHARE]
        facts.take(fact_sheets(dataset, share, titles), told)
        quotes.take([evidence(dataset, share)], told)
    others.take(
        [*entity_sheets(dataset), vocabulary(dataset), spans(dataset), searches(dataset), coverage(dataset)], told
    )
    whole = [table for each in (facts, others, quotes) for table in each.whole() if table.rows]
    names = {table.name for table in whole}
    # A table without rows is not published, and so nothing refers to it.
    kept = [replace(t, foreign_keys=tuple(k for k in t.foreign_keys if k.resource in names)) for t in whole]
    return [*kept, told.whole()]


class _Tables(dict[str, Growing]):
    """Tables by their names, in the order in which they first come."""

    def __init__(self, room: Path | None) -> None:
        self._room = room

    def take(self, sheets: Iterable[Sheet], told: Growing) -> None:
        """Add the rows of some sheets, and to the table `told` what states them."""
        for sheet in sheets:
            table = sheet.resource()
            self.setdefault(sheet.name, Growing(replace(table, rows=()), self._room)).add(table.rows)
            told.add(statements(sheet))

    def whole(self) -> list[Resource]:
        """The tables."""
        return [table.whole() for table in self.values()]
