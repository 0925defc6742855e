"""A published table as Frictionless calls it: a resource, its fields and its keys. Plain data, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["string", "integer", "number", "boolean", "date", "year"]
"""Table Schema types that a dataset may have; nothing nested: lists become tables of their own."""

Cell = str | int | float | bool | None
"""A value of a row; dates are ISO strings until they are written."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its Table Schema type, what it means, and its constraints."""

    name: str
    type: FieldType = "string"
    title: str = ""
    description: str = ""
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    renamed_from: str = ""
    """The field's name in earlier releases, for those who compare them; `table.field` if it was another table's."""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` of this table hold the values of `reference_fields` of the table `resource`."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One table: schema and rows, sorted by primary key; every row has every field."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    rows: Sequence[Mapping[str, Cell]] = ()
    renamed_from: str = ""
    """The table's name in earlier releases."""
