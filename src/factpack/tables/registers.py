"""Registers as tables."""

from __future__ import annotations

from collections.abc import Iterator

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


def entity_sheets(dataset: Dataset) -> Iterator[Sheet]:
    """A table for each register, and one for the names that the articles print of its records."""
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
        names = names_sheet(dataset, model)
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
            for name in entry.values.names:
                _add_printed(dataset, names, model.key, entry.id, name)
        yield sheet
        yield names


def _add_printed(dataset: Dataset, sheet: Sheet, key: str, identity: str, name: str) -> None:
    """A row for every article that prints a registered name in this form, with its first place there."""
    for article in dataset.articles:
        span = article.first_print(name)
        if span is not None:
            row = name_row(sheet, key, identity, name, article)
            sheet.add(row)
            sheet.stated.append(
                Stated(sheet.name, str(row[sheet.key]), "name_as_printed", name, "grounded", "names",
                       article.article_id, span)
            )  # fmt: skip
