"""Registers as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factpack.article import Article, NamesByWord, by_word
from factpack.dataset import Dataset
from factpack.fields import fields_of
from factpack.tables.columns import (
    column_name,
    columns,
    foreign_key,
    key_column,
    summary,
)
from factpack.tables.names import name_row, names_sheet
from factpack.tables.provenance import Stated, cell, shown
from factpack.tables.sheet import Row, Sheet, title

Bearers = Mapping[str, Sequence[tuple[str, str]]]
"""Printed name -> (table, id) of the records that go by it."""


def entity_sheets(dataset: Dataset) -> Iterator[Sheet]:
    """A table for each register, and one for the names that the articles print of its records."""
    bearers = bearers_of(dataset)
    printed = printed_sheets(dataset, bearers, by_word(bearers))
    for table, model in dataset.models.entities.items():
        own = [f for f in fields_of(model) if f.name != "names"]
        sheet = Sheet(
            table,
            title(table),
            summary(model),
            model.key,
            [key_column(model), *(column for f in own for column in columns(model, f))],
            [foreign_key(f, dataset.models) for f in own if f.target],
            renamed_from=model.renamed_from,
        )
        for entry in (e for register in dataset.registers if register.table == table for e in register.entries):
            row: Row = {model.key: entry.id}
            for field_ in own:
                value = getattr(entry.values, field_.name)
                if value is not None:
                    row[column_name(field_)] = cell(value)
                    reason = getattr(field_.grounding, "why", "") or getattr(field_.grounding, "source", "")
                    sheet.stated.append(
                        Stated(table, entry.id, column_name(field_), shown(value), field_.grounding.basis,
                               field_.name, reason=reason)
                    )  # fmt: skip
            sheet.add(row)
        yield sheet
        yield printed[table]


def bearers_of(dataset: Dataset) -> Bearers:
    """The records of the registers by their printed names."""
    bearers: dict[str, list[tuple[str, str]]] = {}
    for register in dataset.registers:
        for entry in register.entries:
            for name in entry.values.names:
                bearers.setdefault(name, []).append((register.table, entry.id))
    return bearers


def printed_sheets(dataset: Dataset, bearers: Bearers, names: NamesByWord) -> dict[str, Sheet]:
    """Table -> a row for every article that prints a registered name in some form, with its first place there.

    `names` are those of the bearers.
    """
    sheets = {table: names_sheet(dataset, model) for table, model in dataset.models.entities.items()}
    for article in dataset.articles:
        for name in article.printed_of(names):
            for table, identity in bearers[name]:
                _add_printed(sheets[table], dataset.models.entities[table].key, identity, name, article)
    return sheets


def _add_printed(sheet: Sheet, key: str, identity: str, name: str, article: Article) -> None:
    row = name_row(sheet, key, identity, name, article)
    sheet.add(row)
    sheet.stated.append(
        Stated(sheet.name, str(row[sheet.key]), "name_as_printed", name, "grounded", "names",
               article.article_id, article.first_print(name))
    )  # fmt: skip
