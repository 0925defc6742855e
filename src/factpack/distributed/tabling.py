"""The rows of all tables, article by article: what one article alone reports is published without the others.

A record that several articles report is merged where all of them are at hand; of records elsewhere only the names are
needed, to label what refers to them.
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any

from factpack.article import Article, NamesByWord, by_word
from factpack.dataset import Dataset, Extracts, article_in, extract, load_registers
from factpack.files import Listing, as_curation
from factpack.merge import preferences
from factpack.records import Record, merged, parts_of
from factpack.survey.examiner import Examiner
from factpack.tables.about import coverage, searches, spans, vocabulary
from factpack.tables.evidence import STATEMENTS, evidence, statements
from factpack.tables.facts import fact_sheets, titles_of
from factpack.tables.registers import Bearers, bearers_of, entity_sheets, printed_sheets
from factpack.tables.sheet import Sheet
from factpack.tree import read

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Tabler:
    """Makes the rows of single articles and of shared records. All it is made of can be sent to another process.

    `shared` are the ids of records that several articles report, `titles` the names of those, and of the records that
    other articles refer to.
    """

    examiner: Examiner
    listing: Listing
    shared: frozenset[str]
    titles: Mapping[tuple[str, str], str]

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: not what was read here."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def of_article(self, path: str) -> list[Row]:
        """The rows of an article and of the records that it alone reports."""
        articles = (self._article(path),)
        found = [self._merged(id_, parts) for id_, parts in parts_of(articles).items() if id_ not in self.shared]
        dataset = replace(self._registers, articles=articles)
        printed = printed_sheets(dataset, *self._names).values()
        about = (*printed, spans(dataset), searches(dataset), coverage(dataset))
        return list(_rows([*self._sheets(dataset, found), *about]))

    def of_record(self, identity: str, paths: Sequence[str]) -> list[Row]:
        """The rows of a record that several articles report, given all of these in their order."""
        articles = tuple(self._article(path) for path in paths)
        dataset = replace(self._registers, articles=articles)
        return list(_rows(self._sheets(dataset, [self._merged(identity, parts_of(articles)[identity])])))

    def of_registers(self) -> list[Row]:
        """The rows that no article has a part in."""
        return list(_rows([*entity_sheets(self._registers), vocabulary(self._registers)]))

    def _sheets(self, dataset: Dataset, found: list[Record]) -> list[Sheet]:
        own = titles_of(replace(dataset, registers=()), found)
        titles = ChainMap(dict(own), dict(self.titles), dict(self._register_titles))
        return [*fact_sheets(dataset, found, titles), evidence(dataset, found)]

    def _merged(self, identity: str, parts: Any) -> Record:
        return merged(identity, parts, self._choices)

    def _article(self, path: str) -> Article:
        examiner = self.examiner
        text, sources = as_curation(path, examiner.read(path)), examiner.sources
        article, error = article_in(
            read(text), examiner.shared, lambda path: examiner.read(path) if path in sources else None
        )
        if error:
            raise error
        return article

    @cached_property
    def _registers(self) -> Dataset:
        """The dataset without its articles."""
        examiner = self.examiner
        config, models = examiner.config, examiner.shared.models
        with examiner.here() as here:
            registers, unread = load_registers(here, models, self.listing.registers)
        return Dataset(config, models, self.listing, tuple(registers), (), tuple(unread))

    @cached_property
    def _names(self) -> tuple[Bearers, NamesByWord]:
        bearers = bearers_of(self._registers)
        return bearers, by_word(bearers)

    @cached_property
    def _register_titles(self) -> Mapping[tuple[str, str], str]:
        return titles_of(self._registers, [])

    @cached_property
    def _choices(self) -> dict[tuple[str, str], str]:
        known = self._registers
        files = tuple(extract(register, {}) for register in known.registers if register.table == "conflicts")
        return preferences(Extracts(known.config, known.models, known.listing, files, ()))


def _rows(sheets: Sequence[Sheet]) -> Iterator[Row]:
    """The rows of some tables and of what states them: table, key, cells as JSON; first of each the table's fields."""
    kept = [sheet for sheet in sheets if sheet.rows]
    told = replace(STATEMENTS, rows=[row for sheet in kept for row in statements(sheet)])
    for table in (*(sheet.resource() for sheet in kept), told):
        form = asdict(replace(table, rows=(), foreign_keys=()))
        yield {"table": table.name, "key": None, "cells": json.dumps(form)}
        for row in table.rows:
            yield {"table": table.name, "key": row[table.primary_key[0]], "cells": json.dumps(list(row.values()))}
