"""One side of a comparison: a published version, a candidate, or what the working state would publish."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factpack.package import cell, tableschema
from factpack.resource import Cell, Field, Resource

DERIVED = ("evidence", "statements", "coverage", "article_spans", "searches")
"""Tables that say how the dataset's own tables came about: compared and counted, never listed or promised."""

CHANGES = "changes"
"""The table that says what a release changed in the one before: about releases, so never compared itself."""

Texts = dict[str, dict[str, str | None]]
"""Row id -> field -> the cell's text, as the CSV file writes it."""


Place = tuple[str, str]
"""A table and one of its fields."""


@dataclass(frozen=True, slots=True)
class Release:
    """The tables of a package under the label that reports show; `name` and `version` are the package's."""

    label: str
    tables: tuple[Resource, ...]
    name: str = ""
    version: str = ""


def normal(resources: Sequence[Resource]) -> dict[str, Resource]:
    """The tables by name, in the form in which a published descriptor is read back, without `changes`."""
    return {one.name: replace(shaped(one.name, shape(one)), rows=one.rows) for one in resources if one.name != CHANGES}


def shape(resource: Resource) -> str:
    """A table without its rows, as one line of JSON: title, description and Table Schema."""
    schema = tableschema.of(resource).model_dump(by_alias=True, exclude_none=True)
    content = {"title": resource.title, "description": resource.description, "schema": schema}
    return json.dumps(content, ensure_ascii=False)


def shaped(name: str, text: str) -> Resource:
    """The table without rows that `shape` wrote; raises ValueError where the text is none."""
    content = json.loads(text)
    schema = tableschema.TableSchema.model_validate(content["schema"])
    return tableschema.resource(name, content["title"], content["description"], schema)


def renamed_tables(older: Mapping[str, Resource], newer: Mapping[str, Resource]) -> dict[str, str]:
    """Table of the older side -> the table that has taken its place, as the newer one declares."""
    found: dict[str, str] = {}
    for name, table in sorted(newer.items()):
        free = table.renamed_from in older.keys() - newer.keys() - set(DERIVED)
        if free and name not in older and name not in DERIVED:
            found.setdefault(table.renamed_from, name)
    return found


def renamed(older: Resource, newer: Resource) -> dict[str, str]:
    """Field of the older table -> the field that has taken its place, as the newer one declares."""
    before = {field.name for field in older.fields}
    after = {field.name for field in newer.fields}
    return {
        field.renamed_from: field.name
        for field in newer.fields
        if field.renamed_from in before - after and field.name not in before
    }


def moved(older: Mapping[str, Resource], newer: Mapping[str, Resource]) -> dict[Place, Place]:
    """Field of the older side -> the field of another table that has taken its place, as the newer side declares.

    Both tables must be there on the older side, and some ids in both of them: a value moves to the row of its id.
    """
    called = {name: name for name in older} | renamed_tables(older, newer)
    former = {new: older[old] for old, new in called.items() if new in newer and old not in DERIVED}
    found: dict[Place, Place] = {}
    for name in sorted(former):
        for field in newer[name].fields:
            source, _, was = field.renamed_from.rpartition(".")
            home = called.get(source, "")
            if home == name or home not in former or field.name in _names(former[name]):
                continue
            gone = was in _names(former[home]) - _names(newer[home]) - renamed(former[home], newer[home]).keys()
            keys = {was in former[home].primary_key, field.name in newer[name].primary_key}
            if gone and True not in keys and set(_ids(former[home])) & set(_ids(former[name])):
                found.setdefault((source, was), (name, field.name))
    return found


def aligned(older: Mapping[str, Resource], newer: Mapping[str, Resource]) -> dict[str, Resource]:
    """The older tables and their fields in the places, and under the names, that the newer ones have for them."""
    called = {name: name for name in older} | renamed_tables(older, newer)
    placed = dict(older)
    for (source, was), (name, field) in moved(older, newer).items():
        target = next(old for old, new in called.items() if new == name)
        placed |= _carried(placed[source], was, placed[target], field, [one.name for one in newer[name].fields])
    names = {old: renamed(placed[old], newer[new]) for old, new in called.items() if new in newer}
    return {new: _under(placed[old], new, names, called) for old, new in called.items()}


def _carried(source: Resource, was: str, target: Resource, name: str, order: Sequence[str]) -> dict[str, Resource]:
    """Two tables with a field of the one in the other, where the newer side has it, each value in the row of its id."""
    field = next(one for one in source.fields if one.name == was)
    values = {row_id: row[was] for row_id, row in zip(_ids(source), source.rows, strict=True)}
    fields = [*target.fields]
    behind = order[order.index(name) :]
    place = next((number for number, one in enumerate(fields) if one.name in behind), len(fields))
    fields.insert(place, replace(field, name=name, renamed_from=f"{source.name}.{was}"))
    keys = [replace(key, fields=(name,)) for key in source.foreign_keys if key.fields == (was,)]
    rows = zip(_ids(target), target.rows, strict=True)
    return {
        source.name: replace(
            source,
            fields=tuple(one for one in source.fields if one.name != was),
            foreign_keys=tuple(key for key in source.foreign_keys if was not in key.fields),
        ),
        target.name: replace(
            target,
            fields=tuple(fields),
            foreign_keys=(*target.foreign_keys, *keys),
            rows=[{**row, name: values.get(row_id)} for row_id, row in rows],
        ),
    }


def _names(table: Resource) -> set[str]:
    return {field.name for field in table.fields}


def _ids(table: Resource) -> list[str]:
    keys = [field for field in table.fields if field.name in table.primary_key]
    return [row_id({key.name: text_of(row[key.name], key) for key in keys}, table.primary_key) for row in table.rows]


def _under(table: Resource, name: str, names: Mapping[str, Mapping[str, str]], called: Mapping[str, str]) -> Resource:
    own = names.get(table.name, {})

    def new(fields: Sequence[str], of: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(of.get(field, field) for field in fields)

    return replace(
        table,
        name=name,
        renamed_from=table.renamed_from if name == table.name else table.name,
        fields=tuple(
            replace(field, name=own[field.name], renamed_from=field.name) if field.name in own else field
            for field in table.fields
        ),
        primary_key=new(table.primary_key, own),
        foreign_keys=tuple(
            replace(
                key,
                resource=called.get(key.resource, key.resource),
                fields=new(key.fields, own),
                reference_fields=new(key.reference_fields, names.get(key.resource, {})),
            )
            for key in table.foreign_keys
        ),
        rows=[{own.get(name, name): value for name, value in row.items()} for row in table.rows] if own else table.rows,
    )


def texts(resource: Resource) -> Texts:
    """The rows of a table as texts, by row id."""
    found: Texts = {}
    for row in resource.rows:
        cells = {field.name: text_of(row[field.name], field) for field in resource.fields}
        found[row_id(cells, resource.primary_key)] = cells
    return found


def row_id(cells: Mapping[str, str | None], key: Sequence[str]) -> str:
    """What identifies a row in its table: its key's text, or for a composite key a JSON list of them."""
    if len(key) == 1:
        return cells[key[0]] or ""
    return json.dumps([cells[part] for part in key], ensure_ascii=False)


def text_of(value: Cell, field: Field) -> str | None:
    """A cell's text, None for an empty one."""
    return None if value is None else cell.write(value, field.type)


def value_of(text: str | None, field: Field) -> Cell:
    """The cell that a text states; raises ValueError where it is not of the field's type."""
    if text is None:
        return None
    value = cell.parse(text, field.type)
    return text if field.type == "date" else value  # type: ignore[return-value]
