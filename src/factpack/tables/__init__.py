"""The published tables of a dataset, and for every cell the words that state it.

A model is a table, a list inside a record a table of its own; what all facts share stands in `records`. Beside
them stand `evidence` (the quotes), `statements` (for every cell of every table its basis and its words), and
what describes articles and vocabularies.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from factpack.article import Article, by_word
from factpack.dataset import Dataset
from factpack.package.arrow import Growing
from factpack.records import Record, records
from factpack.resource import Resource
from factpack.tables.about import coverage, searches, spans, vocabulary
from factpack.tables.evidence import STATEMENTS, evidence, statements
from factpack.tables.facts import Titles, fact_sheets, titles_of
from factpack.tables.registers import bearers_of, entity_sheets, printed_sheets
from factpack.tables.sheet import Sheet

__all__ = ["Share", "Titles", "tabled", "tables", "titles_of"]

_SHARE = 1 << 9
"""Records whose rows are plain values at a time, with all that states them: 20 kB a record."""


Share = tuple[Sequence[Article], list[Record]]
"""Some articles, and records that are told with them."""


def tables(dataset: Dataset) -> list[Resource]:
    """All tables of a dataset whose checks found no errors, rows sorted by key."""
    found = records(dataset)
    rest = (((), found[first : first + _SHARE]) for first in range(_SHARE, len(found), _SHARE))
    shares: Iterable[Share] = chain([(dataset.articles, found[:_SHARE])], rest)
    return tabled(replace(dataset, articles=()), shares, titles_of(dataset, found))


def tabled(about: Dataset, shares: Iterable[Share], titles: Titles, room: Path | None = None) -> list[Resource]:
    """The tables of a dataset whose articles and records come in shares, in their order; `about` has none.

    `titles` are those of registers, and of records in other shares that a share refers to. With a `room`, a folder,
    many rows lie on its disk and not in memory.
    """
    facts, others, quotes = _Tables(room), _Tables(room), _Tables(room)
    told = Growing(STATEMENTS, room)
    bearers = bearers_of(about)
    names = by_word(bearers)
    others.take([*entity_sheets(about), vocabulary(about), *_about(about)], told)
    for articles, found in shares:
        share = replace(about, articles=tuple(articles))
        own = titles_of(replace(about, registers=()), found)
        facts.take(fact_sheets(share, found, ChainMap(own, titles)), told)
        quotes.take([evidence(share, found)], told)
        others.take([*printed_sheets(share, bearers, names).values(), *_about(share)], told)
    whole = [table for each in (facts, others, quotes) for table in each.whole() if table.rows]
    kept_names = {table.name for table in whole}
    # A table without rows is not published, and so nothing refers to it.
    kept = [replace(t, foreign_keys=tuple(k for k in t.foreign_keys if k.resource in kept_names)) for t in whole]
    return [*kept, told.whole()]


def _about(dataset: Dataset) -> list[Sheet]:
    return [spans(dataset), searches(dataset), coverage(dataset)]


class _Tables(dict[str, Growing]):
    """Tables by their names, in the order in which they first come."""

    def __init__(self, room: Path | None) -> None:
        self._room = room

    def take(self, sheets: Iterable[Sheet], told: Growing) -> None:
        """Add the rows of some sheets, and to the table `told` what states them."""
        for sheet in sheets:
            table = sheet.resource()
            if sheet.name not in self:
                self[sheet.name] = Growing(replace(table, rows=()), self._room)
            self[sheet.name].add(table.rows)
            told.add(statements(sheet))

    def whole(self) -> list[Resource]:
        """The tables."""
        return [table.whole() for table in self.values()]
