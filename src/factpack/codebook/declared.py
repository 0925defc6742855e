"""What a dataset's models say of the published columns."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from factpack.fields import FactField, derived_fields_of, descriptions, fields_of, is_common, quote_model, shared
from factpack.grounding import Grounding
from factpack.models import Models
from factpack.tables.columns import column_name, derived_column, key_of
from factpack.vocabulary import SpanRole, Vocabulary


@dataclass(frozen=True, eq=False)
class Declared:
    """A column's question (the docstring of its field), its grounding, and its closed list."""

    question: str
    grounding: Grounding | None = None
    choices: type[Vocabulary] | None = None


def declared(models: Models) -> dict[tuple[str, str], Declared]:
    """(table, column) -> what its model declares; columns that no field declares are left out."""
    # The one closed list of a table that no model makes.
    found = {("article_spans", "role"): Declared("", choices=SpanRole)}
    for model in models.tables.values():
        for table, column, one in _columns(models, model):
            found.setdefault((table, column), one)
        for rule in derived_fields_of(model):
            found[model.table, derived_column(rule).name] = Declared(rule.rule, choices=rule.choices)
    quote = quote_model(models.article)
    for field in fields_of(quote):
        if field.choices or field.name in descriptions(quote):
            found["evidence", column_name(field)] = _declared(quote, field)
    return found


def _columns(models: Models, model: type[BaseModel]) -> Iterator[tuple[str, str, Declared]]:
    """What a model declares for its own table, for `records`, and for the tables of its lists."""
    for field in fields_of(model):
        home = "records" if is_common(field) else getattr(model, "table", "")
        if field.item is not None:
            for inner in fields_of(field.item):
                yield field.item.table, column_name(inner), _declared(field.item, inner)
        elif not field.many:
            one = _declared(field.owner, shared(field)) if is_common(field) else _declared(model, field)
            yield home, column_name(field), one
        elif field.target:
            singular = key_of(home, models).removesuffix("_id")
            yield f"{singular}_{field.name}", key_of(field.target, models), _declared(model, field)


def _declared(model: type[BaseModel], field: FactField) -> Declared:
    return Declared(descriptions(model).get(field.name, ""), field.grounding, field.choices)


def documents(models: Models) -> dict[str, str]:
    """Table -> the whole docstring of its model."""
    items = {f.item.table: f.item for model in models.facts.values() for f in fields_of(model) if f.item is not None}
    return {table: inspect.cleandoc(model.__doc__ or "") for table, model in {**models.tables, **items}.items()}


def anew(model: type[BaseModel]) -> list[tuple[str, str]]:
    """The fields shared by all facts that a table documents in its own way: (name, docstring)."""
    own = descriptions(model)
    return [
        (field.name, own[field.name])
        for field in fields_of(model)
        if is_common(field) and own.get(field.name) != descriptions(field.owner).get(field.name)
    ]
