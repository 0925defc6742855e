"""From two sets of tables to the changes between them, and from the changes back to the newer one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from factpack.diff.change import Change, Kind
from factpack.diff.release import DERIVED, Texts, aligned, normal, renamed_tables, shape, shaped, texts, value_of
from factpack.resource import Resource


def changes(older: Sequence[Resource], newer: Sequence[Resource]) -> list[Change]:
    """What makes the dataset's own tables of `newer` out of those of `older`, by table, row and field."""
    before, after = normal(older), normal(newer)
    called = renamed_tables(before, after)
    before = {called.get(name, name): table for name, table in before.items()}
    names = [name for name in dict.fromkeys([*before, *after]) if name not in DERIVED]
    return [change for name in names for change in table_changes(before.get(name), after.get(name))]


def table_changes(older: Resource | None, newer: Resource | None) -> Iterator[Change]:
    """The changes of one table, given in its normal form; None where a side has no such table."""
    name = (newer or older or _nothing()).name
    old_shape, new_shape = (shape(one) if one else None for one in (older, newer))
    if old_shape != new_shape or (older and older.name != name):
        yield Change(name, "", "", old_shape, new_shape, Kind.SCHEMA)
    if older and newer:
        older = aligned({older.name: older}, {name: newer})[name]
    before, after = (texts(one) if one else {} for one in (older, newer))
    for row_id in sorted(before.keys() - after.keys()):
        for field, old in before[row_id].items():
            if old is not None:
                yield Change(name, row_id, field, old, None, Kind.REMOVED)
    for row_id, cells in sorted(after.items()):
        earlier = before.get(row_id)
        for field, new in cells.items():
            # What a field held that is gone needs no change of its own: the schema says that it is gone.
            old = earlier.get(field) if earlier else None
            if old != new:
                kind = Kind.ADDED if earlier is None else Kind.COMPLETED if old is None else Kind.CORRECTED
                yield Change(name, row_id, field, old, new, kind)


def apply(changes: Iterable[Change], older: Sequence[Resource]) -> list[Resource]:
    """The newer release's own tables, from the older one's and what changed; order of tables aside, exactly.

    Raises ValueError where a change does not fit: an old value that is not there, a new one that its field
    does not allow.
    """
    tables = {name: table for name, table in normal(older).items() if name not in DERIVED}
    found = sorted(changes, key=lambda change: change.table)
    applied: dict[str, Resource | None] = {}
    for name, of_table in groupby(found, key=lambda change: change.table):
        several = list(of_table)
        former = _former(several, tables)
        applied |= {former: None, name: _applied(several, tables.get(former))}
    return [table for table in (tables | applied).values() if table]


def _former(changes: Sequence[Change], older: Mapping[str, Resource]) -> str:
    """What the table of these changes is called in the older release."""
    name = changes[0].table
    for change in changes:
        # Only a table that has taken another one's place is new and has an old schema.
        if name not in older and change.kind is Kind.SCHEMA and change.old is not None and change.new is not None:
            return shaped(name, change.new).renamed_from or name
    return name


def _applied(changes: list[Change], older: Resource | None) -> Resource | None:
    """One table with its changes made; None where they remove it."""
    table = older
    rows: Texts = texts(older) if older else {}
    for change in sorted(changes, key=lambda change: change.kind is not Kind.SCHEMA):
        if change.kind is Kind.SCHEMA:
            _fits(change, shape(older) if older else None)
            table = shaped(change.table, change.new) if change.new is not None else None
            if older and table:
                rows = texts(aligned({older.name: older}, {table.name: table})[table.name])
        else:
            _fits(change, rows.get(change.row_id, {}).get(change.field))
            rows.setdefault(change.row_id, {})[change.field] = change.new
    if table is None:
        return None
    gone = {change.row_id for change in changes if change.kind is Kind.REMOVED}
    kept = [cells for row_id, cells in rows.items() if row_id not in gone]
    values = [{field.name: value_of(cells.get(field.name), field) for field in table.fields} for cells in kept]
    key = table.primary_key
    return replace(table, rows=sorted(values, key=lambda row: tuple(row[part] or 0 for part in key)))


def _fits(change: Change, old: str | None) -> None:
    if change.old != old:
        raise ValueError(f"{change.change_id}: the changes are not of these tables: {change.old!r} is not there")


def _nothing() -> Resource:
    raise ValueError("there is no table on either side")
