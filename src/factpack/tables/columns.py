"""The columns that a model's fields become: names, types and constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from factpack.fact import MAX_ID, SLUG, Entity, Fact
from factpack.fields import DerivedField, FactField, descriptions, fields_of
from factpack.grounding import Comparison, DocumentNumber
from factpack.models import Models
from factpack.resource import Field, FieldType, ForeignKey
from factpack.vocabulary import DateBasis, DatePrecision, Vocabulary

_TYPES: dict[str, FieldType] = {"integer": "integer", "number": "number", "flag": "boolean"}

DATE_PARTS: Mapping[str, tuple[FieldType, str]] = {
    "min": ("date", "Earliest day compatible with it."),
    "max": ("date", "Latest day compatible with it."),
    "precision": ("string", "To what it is known."),
    "basis": ("string", "How it was obtained from the words."),
    "as_reported": ("string", "The article's own words for it."),
}
"""What is published beside a date, from the date itself and the words that state it."""

AMOUNT_PARTS: Mapping[str, tuple[FieldType, str]] = {
    "min": ("number", "Lower bound that the words give."),
    "max": ("number", "Upper bound that the words give."),
    "as_reported": ("string", "The article's own words for it."),
}
"""What is published beside a number that has a comparator."""


def key_of(table: str, models: Models) -> str:
    """The key column of a table."""
    return "record_id" if table == "records" else models.tables[table].key


def column_name(field: FactField) -> str:
    """The column that holds a field's own value."""
    if field.kind == "date":
        return f"{field.name}_edtf"
    return f"{field.name}_id" if field.kind == "reference" else field.name


def columns(model: type[BaseModel], field: FactField) -> list[Field]:
    """The columns of a field that is no list: its value, and what is derived beside it."""
    found = _columns(model, field)
    former = replace(field, name=field.renamed_from or field.name)
    if isinstance(field.grounding, Comparison):
        # What is derived beside a number with a comparator is named after the number.
        number = next((f for f in fields_of(model) if f.name == field.grounding.value), None)
        if number and number.renamed_from:
            former = replace(former, grounding=replace(field.grounding, value=number.renamed_from))
    names = [column.name for column in _columns(model, former)]
    return [
        replace(column, renamed_from=name) if name != column.name else column
        for column, name in zip(found, names, strict=True)
    ]


def _columns(model: type[BaseModel], field: FactField) -> list[Field]:
    description = descriptions(model).get(field.name, "")
    own = Field(
        name=column_name(field),
        type=_TYPES.get(field.kind, "string"),
        title=_title(field.name),
        description=_with_basis(description, field),
        required=field.required,
        enum=values_of(field.choices) if field.choices else (),
    )
    own = replace(own, **dict(field.limits))  # type: ignore[arg-type]
    if field.kind == "date":
        return [own, *(_date_part(field, description, part) for part in DATE_PARTS)]
    if isinstance(field.grounding, Comparison):
        measured = field.grounding.value
        parts = [_part(measured, part, *AMOUNT_PARTS[part], description) for part in AMOUNT_PARTS]
        return [own, *parts]
    if isinstance(field.grounding, DocumentNumber):
        return [own, _part(field.name, "as_printed", "string", "As printed.", description)]
    return [own]


def _date_part(field: FactField, description: str, part: str) -> Field:
    type_, meaning = DATE_PARTS[part]
    enum = {"precision": values_of(DatePrecision), "basis": values_of(DateBasis)}.get(part, ())
    return _part(field.name, part, type_, meaning, description, enum)


def _part(name: str, part: str, type_: FieldType, meaning: str, description: str, enum: tuple[str, ...] = ()) -> Field:
    title = f"{_title(name)}: {part.replace('_', ' ')}"
    return Field(f"{name}_{part}", type_, title, f"{description} {meaning}", enum=enum)


def derived_column(field: DerivedField) -> Field:
    """The column of a computed field."""
    type_ = _TYPES.get(field.kind, "string")
    name = f"{field.name}_id" if field.kind == "reference" else field.name
    enum = values_of(field.choices) if field.choices else ()
    return Field(name, type_, _title(field.name), f"{field.rule} Derived.", enum=enum)


def key_column(model: type[Fact] | type[Entity]) -> Field:
    """The key column of a model's table."""
    pattern = getattr(model, "id_pattern", "") or ("" if model.table == "articles" else SLUG.pattern)
    what = (
        "Stem of the source's file name."
        if model.table == "articles"
        else f"Given by the curators: at most {MAX_ID} characters, never used again."
    )
    return Field(model.key, title=_title(model.key), description=what, required=True, unique=True, pattern=pattern,
                 renamed_from=model.key_renamed_from)  # fmt: skip


def foreign_key(field: FactField, models: Models) -> ForeignKey:
    """The foreign key of a reference."""
    return ForeignKey((column_name(field),), field.target, (key_of(field.target, models),))


def values_of(vocabulary: type[Vocabulary]) -> tuple[str, ...]:
    """The values of a closed list."""
    return tuple(str(member.value) for member in vocabulary)


def summary(model: type[Any]) -> str:
    """The first paragraph of a class's docstring."""
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _with_basis(description: str, field: FactField) -> str:
    how = {
        "grounded": "Supported by the words of the quotes.",
        "judged": f"Judged: {getattr(field.grounding, 'why', '')}.",
        "external": f"External: {getattr(field.grounding, 'source', '')}.",
        "derived": "Derived.",
    }[field.grounding.basis]
    return f"{description} {how}".strip()
