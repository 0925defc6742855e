"""Which cases of `factpack.diff.bump` the schemas of two releases meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from factpack.resource import Field, Resource

Met = tuple[str, str]
"""A case and the sentence that says where it is met."""


def schema_reasons(older: Resource | None, newer: Resource | None) -> Iterator[Met]:
    """The cases that a table's schema meets; None where a side has no such table."""
    if older is None or newer is None:
        if older is not None:
            yield "table-removed", f"the table {older.name} is gone"
        elif newer is not None:
            yield "table-added", f"the table {newer.name} is new"
        return
    met = [*_fields(older, newer), *_keys(older, newer)]
    if (older.title, older.description) != (newer.title, newer.description):
        met.append(("description-changed", f"title or description of the table {newer.name}"))
    if not met and replace(older, rows=()) != replace(newer, rows=()):
        met.append(("description-changed", f"how the schema of {newer.name} is written, such as the order of an enum"))
    yield from met


def _fields(older: Resource, newer: Resource) -> Iterator[Met]:
    before = {field.name: field for field in older.fields}
    after = {field.name: field for field in newer.fields}
    for name in (name for name in before if name not in after):
        yield "field-removed", f"{older.name}.{name} is gone{_renamed(older, newer, name)}"
    for name, field in after.items():
        if name not in before:
            case = "required-field-added" if field.required else "field-added"
            yield case, f"{newer.name}.{name} is new"
    kept = [name for name in after if name in before]
    if kept != [name for name in before if name in after]:
        yield "fields-reordered", f"the fields of {newer.name} stand in another order"
    for name in kept:
        yield from _field(f"{newer.name}.{name}", before[name], after[name])


def _renamed(older: Resource, newer: Resource, name: str) -> str:
    """A hint, where a new field holds exactly what the old one held."""
    known = {field.name for field in older.fields}
    held = [row[name] for row in older.rows]
    for field in newer.fields:
        same = field.name not in known and [row[field.name] for row in newer.rows] == held
        if same and any(value is not None for value in held):
            return f"; {field.name} holds its values now"
    return ""


def _field(where: str, old: Field, new: Field) -> Iterator[Met]:
    if old.type != new.type:
        yield "type-changed", f"{where} is of type {new.type}, was {old.type}"
    tighter, looser = _constraints(old, new)
    if tighter:
        yield "constraint-tightened", f"{where}: {', '.join(tighter)}"
    if looser:
        yield "constraint-loosened", f"{where}: {', '.join(looser)}"
    if (old.title, old.description) != (new.title, new.description):
        yield "description-changed", f"title or description of {where}"


def _constraints(old: Field, new: Field) -> tuple[list[str], list[str]]:
    """Which constraints allow less than before, and which more."""
    tighter: list[str] = []
    looser: list[str] = []
    for name in ("required", "unique"):
        if getattr(old, name) != getattr(new, name):
            (tighter if getattr(new, name) else looser).append(name)
    if old.pattern != new.pattern:
        # Whether another pattern allows less cannot be told from it.
        (tighter if new.pattern else looser).append("pattern")
    if old.enum != new.enum:
        if new.enum and (not old.enum or set(old.enum) - set(new.enum)):
            tighter.append("enum")
        if old.enum and (not new.enum or set(new.enum) - set(old.enum)):
            looser.append("enum")
    for name, sign in (("minimum", 1), ("maximum", -1), ("min_length", 1), ("max_length", -1)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            less = after is not None and (before is None or sign * after > sign * before)
            (tighter if less else looser).append(name)
    return tighter, looser


def _keys(older: Resource, newer: Resource) -> Iterator[Met]:
    if older.primary_key != newer.primary_key:
        old, new = ", ".join(older.primary_key), ", ".join(newer.primary_key)
        yield "key-changed", f"the key of {newer.name} is ({new}), was ({old})"
    before = {field.name for field in older.fields}
    after = {field.name for field in newer.fields}
    for key in newer.foreign_keys:
        # A reference that comes or goes with its field is that field's case.
        if key not in older.foreign_keys and set(key.fields) <= before:
            yield "reference-added", f"{newer.name}.{', '.join(key.fields)} must be found in {key.resource}"
    for key in older.foreign_keys:
        if key not in newer.foreign_keys and set(key.fields) <= after:
            yield "reference-removed", f"{newer.name}.{', '.join(key.fields)} need not be found in {key.resource}"
