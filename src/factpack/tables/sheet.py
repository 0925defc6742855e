"""A table in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from factpack.resource import Cell, Field, FieldType, ForeignKey, Resource
from factpack.tables.provenance import Stated

Row = dict[str, Cell]


@dataclass(eq=False)
class Sheet:
    """A table in the making: its columns, its rows, and what states their cells."""

    name: str
    title: str
    description: str
    key: str
    fields: list[Field]
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    renamed_from: str = ""

    def add(self, row: Row) -> None:
        """Add a row; one that is there already, from another article, stays."""
        self.rows.setdefault(str(row[self.key]), row)

    def resource(self) -> Resource:
        """The table as it is published: every row with every column, sorted by key."""
        names = [column.name for column in self.fields]
        rows = [{name: row.get(name) for name in names} for _, row in sorted(self.rows.items())]
        return Resource(
            self.name, self.title, self.description, tuple(self.fields), (self.key,), tuple(self.foreign_keys), rows,
            self.renamed_from,
        )  # fmt: skip


def column(name: str, description: str, type_: FieldType = "string", *, required: bool = True, **more: Any) -> Field:
    """A column of a table that is not a model's, with its name as title."""
    return Field(name, type_, title(name), description, required, **more)


def line(words: str | None) -> str | None:
    """Words on one line, or None for none."""
    return " ".join(words.split()) if words else None


def singular(sheet: Sheet) -> str:
    """The singular of a table's name, from its key column."""
    return sheet.key.removesuffix("_id")


def former(old: str, new: str) -> str:
    """What a derived name was before what it is derived from was renamed; nothing where it is the same."""
    return old if old != new else ""


def title(name: str) -> str:
    """A name of a table or column as a heading."""
    words = name.replace("_", " ").removesuffix(" id")
    return words[:1].upper() + words[1:]
