"""From two sets of tables to the changes between them, and from the changes back to the newer one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from factpack.diff.change import Change, Kind
from factpack.diff.release import DERIVED, Texts, aligned, normal, renamed_tables, shape, shaped, texts, value_of
from factpack.resource import Resource


def changes(older: Sequence[Resource], newer: Sequence[Resource], *, derived: bool = False) -> list[Change]:
    """What makes the dataset's own tables of `newer` out of those of `older`, by table, row and field.

    With `derived` the same of the tables that say what these rest on.
    """
    before, after = normal(older), normal(newer)
    called = renamed_tables(before, after)
    former = {called.get(name, name): table for name, table in before.items()}
    before = aligned(before, after)
    both = dict.fromkeys([*before, *after])
    names = [name for name in DERIVED if name in both] if derived else [name for name in both if name not in DERIVED]
    return [
        change
        for name in names
        for change in (*_schema(name, former.get(name), after.get(name)), *_cells(before.get(name), after.get(name)))
    ]


def _schema(name: str, older: Resource | None, newer: Resource | None) -> Iterator[Change]:
    """The change of a table itself; None where a side has no such table."""
    old, new = (shape(one) if one else None for one in (older, newer))
    if old != new or (older and older.name != name):
        yield Change(name, "", "", old, new, Kind.SCHEMA)


def _cells(older: Resource | None, newer: Resource | None) -> Iterator[Change]:
    """The changes of a table's cells, the older side's under the newer one's names."""
    name = (newer or older or _nothing()).name
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
    before = {name: table for name, table in normal(older).items() if name not in DERIVED}
    found = sorted(changes, key=lambda change: change.table)
    after = _after([change for change in found if change.kind is Kind.SCHEMA], before)
    placed = aligned(before, after)
    cells = {name: list(of_table) for name, of_table in groupby(found, key=lambda change: change.table)}
    applied = [_applied(cells.get(name, []), placed.get(name), after.get(name)) for name in {**after, **cells}]
    return [table for table in applied if table]


def _after(schemas: Sequence[Change], before: Mapping[str, Resource]) -> dict[str, Resource]:
    """The newer release's tables by name, without their rows."""
    after = dict(before)
    for change in schemas:
        table = shaped(change.table, change.new) if change.new is not None else None
        former = change.table
        if table and change.table not in before and change.old is not None:
            # Only a table that has taken another one's place is new and has an old schema.
            former = table.renamed_from
        _fits(change, shape(before[former]) if former in before else None)
        after.pop(former, None)
        after |= {change.table: table} if table else {}
    return {name: replace(table, rows=()) for name, table in after.items()}


def _applied(changes: Sequence[Change], older: Resource | None, newer: Resource | None) -> Resource | None:
    """One table with its cells' changes made, the older one under the newer one's names; None where it is gone."""
    rows: Texts = texts(older) if older else {}
    cells = [change for change in changes if change.kind is not Kind.SCHEMA]
    for change in cells:
        _fits(change, rows.get(change.row_id, {}).get(change.field))
        rows.setdefault(change.row_id, {})[change.field] = change.new
    if newer is None:
        return None
    gone = {change.row_id for change in cells if change.kind is Kind.REMOVED}
    kept = [row for row_id, row in rows.items() if row_id not in gone]
    values = [{field.name: value_of(row.get(field.name), field) for field in newer.fields} for row in kept]
    key = newer.primary_key
    return replace(newer, rows=sorted(values, key=lambda row: tuple(row[part] or 0 for part in key)))


def _fits(change: Change, old: str | None) -> None:
    if change.old != old:
        raise ValueError(f"{change.change_id}: the changes are not of these tables: {change.old!r} is not there")


def _nothing() -> Resource:
    raise ValueError("there is no table on either side")
