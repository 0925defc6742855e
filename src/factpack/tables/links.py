"""Lists inside records, as tables of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from factpack.dataset import Dataset
from factpack.fields import FactField, descriptions, fields_of
from factpack.models import Models
from factpack.records import Record
from factpack.resource import ForeignKey
from factpack.tables.columns import (
    column_name,
    columns,
    foreign_key,
    key_of,
    summary,
)
from factpack.tables.names import name_row, names_sheet
from factpack.tables.provenance import cell, element_name, stated
from factpack.tables.sheet import Row, Sheet, column, former, singular, title


def add_links(dataset: Dataset, record: Record, field_: FactField, home: Sheet, links: dict[str, Sheet]) -> None:
    """Add the rows of one list of a record, in all articles, to the table of such lists."""
    if field_.name == "names":
        sheet = links.setdefault(f"{singular(home)}_names", names_sheet(dataset, record.model))
        for part in record.parts:
            for statement in (s for s in part.statements if s.steps[0] == "names"):
                named = name_row(sheet, home.key, record.id, str(statement.value), part.article)
                sheet.add(named)
                sheet.stated.extend(stated(part, statement, sheet.name, str(named[sheet.key]), "name_as_printed"))
        return
    sheet = _link_sheet(dataset, field_, home, links)
    for part in record.parts:
        for index, element in enumerate(getattr(part.entry.values, field_.name, None) or ()):
            row_id = f"{record.id}/{element_name(element)}"
            row: Row = {sheet.key: row_id, sheet.fields[1].name: record.id}
            for statement in part.statements:
                if statement.steps[:2] == (field_.name, index):
                    name = column_name(statement.field) if field_.item else sheet.fields[2].name
                    row[name] = cell(statement.value)
                    sheet.stated.extend(stated(part, statement, sheet.name, row_id, name))
            sheet.add(row)


def _link_sheet(dataset: Dataset, field_: FactField, home: Sheet, links: dict[str, Sheet]) -> Sheet:
    models = dataset.models
    name = field_.item.table if field_.item else f"{singular(home)}_{field_.name}"
    if name in links:
        return links[name]
    inner = list(fields_of(field_.item)) if field_.item else [replace(field_, name=_reference(field_, models))]
    key = field_.item.key if field_.item else f"{singular(home)}_{_reference(field_, models)}_id"
    parent = field_.item.parent if field_.item else home.key
    before = _before(field_, home, models)
    model: type[BaseModel] = field_.item or field_.owner
    description = summary(field_.item) if field_.item else descriptions(field_.owner).get(field_.name, "")
    own = (
        [column for f in inner for column in columns(model, f)]
        if field_.item
        else [
            replace(
                columns(model, inner[0])[0],
                description=description,
                required=True,
                renamed_from=_key_before(field_, models),
            )
        ]
    )
    links[name] = Sheet(
        name,
        title(name),
        description,
        key,
        [
            column(key, "Id of the record and of the element.", unique=True, renamed_from=former(before.key, key)),
            column(parent, "The record it belongs to.", renamed_from=former(before.parent, parent)),
            *own,
        ],
        [
            ForeignKey((parent,), home.name, (home.key,)),
            *(foreign_key(f, models) for f in inner if f.target),
        ],
        renamed_from=former(before.table, name),
    )
    return links[name]


@dataclass(frozen=True, slots=True)
class _Before:
    """What a list's table and its columns were called in earlier releases."""

    table: str
    key: str
    parent: str


def _before(field_: FactField, home: Sheet, models: Models) -> _Before:
    item = field_.item
    if item:
        return _Before(item.renamed_from or item.table, item.key_renamed_from or item.key, item.parent)
    parent = home.fields[0].renamed_from or home.key
    one = parent.removesuffix("_id")
    reference = _key_before(field_, models) or key_of(field_.target, models)
    return _Before(f"{one}_{field_.renamed_from or field_.name}", f"{one}_{reference}", parent)


def _key_before(field_: FactField, models: Models) -> str:
    """What the key column that a list refers to was called in earlier releases, if otherwise."""
    return "" if field_.target == "records" else models.tables[field_.target].key_renamed_from


def _reference(field_: FactField, models: Any) -> str:
    """A list's reference in the singular: `themes` -> `theme`, from the key of the table referred to."""
    return key_of(field_.target, models).removesuffix("_id")
