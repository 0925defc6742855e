"""Which cases of `factpack.diff.bump` the rows of two releases meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from factpack.diff.change import Change, Kind
from factpack.diff.release import Texts, texts
from factpack.diff.schemas import Met
from factpack.resource import Resource

MEANING = "definition"
"""The field that says what a value or a row stands for, in `vocabulary` and in registers."""

_NAMED = 5

Row = tuple[str, str]
"""Table and row id."""


def row_reasons(
    older: Mapping[str, Resource], newer: Mapping[str, Resource], changes: Sequence[Change]
) -> Iterator[Met]:
    """The cases that the changed rows meet, each table's rows of one case in one sentence.

    The rows of a table that comes or goes, and the values of a field that comes, are that table's case.
    """
    both = [change for change in changes if change.table in older and change.table in newer and change.field]
    found: dict[tuple[str, str], dict[str, None]] = {}
    for table, row_id, case in _Rows(older, newer, both).cases():
        found.setdefault((table, case), {})[row_id] = None
    for (table, case), ids in found.items():
        names = list(ids)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield case, f"{table}: {', '.join(names[:_NAMED])}{more}"


@dataclass(frozen=True)
class _Rows:
    """The changed rows of the tables that both sides have, with what their cases depend on."""

    older: Mapping[str, Resource]
    newer: Mapping[str, Resource]
    changes: Sequence[Change]

    def cases(self) -> Iterator[tuple[str, str, str]]:
        """Table, what of it, and the case."""
        fresh = {(table, row_id) for (table, _), row_id in self.renamed.items()}
        known = {name: {field.name for field in table.fields} for name, table in self.older.items()}
        for change in self.changes:
            row = (change.table, change.row_id)
            if change.kind is Kind.REMOVED:
                yield from self._removal(row)
            elif change.kind is Kind.ADDED:
                if row not in fresh:
                    yield *row, "row-added"
            elif change.field not in known[change.table]:
                continue
            elif change.kind is Kind.COMPLETED:
                yield change.table, f"{change.row_id}.{change.field}", "value-completed"
            elif change.field == MEANING and _words(change.old) != _words(change.new):
                yield *row, "meaning-changed"
            else:
                yield change.table, f"{change.row_id}.{change.field}", "value-corrected"

    def _removal(self, row: Row) -> Iterator[tuple[str, str, str]]:
        table, row_id = row
        if row in self.renamed:
            yield table, f"{row_id} is {self.renamed[row]}", "id-changed"
        elif row in self.referred:
            yield *row, "referenced-row-removed"
        elif (parent := self._record_of(row)) is None:
            yield *row, "row-removed"
        elif parent[1] in self.after(parent[0]):
            yield *row, "element-removed"
        # Else the record is removed as a whole, which is said of the record.

    def _record_of(self, row: Row) -> Row | None:
        """The record in whose list a row stands: its id is that record's, a slash and the row's own values.

        So a correction of such a row is another id, and no other record can know it by that.
        """
        table, row_id = row
        cells = self.before(table)[row_id]
        for key in self.older[table].foreign_keys:
            parent = cells[key.fields[0]]
            whole = len(key.fields) == 1 and key.reference_fields == self.older[key.resource].primary_key
            if whole and parent and row_id.startswith(f"{parent}/"):
                return key.resource, parent
        return None

    @cached_property
    def referred(self) -> set[Row]:
        """The removed rows to which another record referred."""
        found: set[Row] = set()
        removed = set(self._ids(Kind.REMOVED))
        for name, table in self.older.items():
            for key in table.foreign_keys:
                if len(key.fields) == 1 and key.reference_fields == self.older[key.resource].primary_key:
                    for row_id, cells in self.before(name).items():
                        target = cells[key.fields[0]] or ""
                        # A record's values and the lists inside it refer to the record, and are the record.
                        if row_id != target and not row_id.startswith(f"{target}/"):
                            found.add((key.resource, target))
        return found & removed

    @cached_property
    def renamed(self) -> dict[Row, str]:
        """Removed rows, to the id of an added one that has all their values."""
        fresh: dict[object, str] = {}
        for name, row_id in self._ids(Kind.ADDED):
            fresh.setdefault((name, self._values(name, row_id, self.after(name))), row_id)
        found: dict[Row, str] = {}
        for name, row_id in self._ids(Kind.REMOVED):
            values = self._values(name, row_id, self.before(name))
            if any(value for _, value in values) and (name, values) in fresh:
                found[(name, row_id)] = fresh[(name, values)]
        return found

    def _values(self, table: str, row_id: str, rows: Texts) -> tuple[tuple[str, str | None], ...]:
        key = self.newer[table].primary_key
        return tuple((name, value) for name, value in rows[row_id].items() if name not in key)

    def _ids(self, kind: Kind) -> Iterable[Row]:
        return dict.fromkeys((change.table, change.row_id) for change in self.changes if change.kind is kind)

    def before(self, table: str) -> Texts:
        """The older side's rows."""
        return self._before[table]

    def after(self, table: str) -> Texts:
        """The newer side's rows; none where it has no such table."""
        return self._after.get(table, {})

    @cached_property
    def _before(self) -> dict[str, Texts]:
        return {name: texts(table) for name, table in self.older.items()}

    @cached_property
    def _after(self) -> dict[str, Texts]:
        return {name: texts(table) for name, table in self.newer.items()}


def _words(text: str | None) -> list[str]:
    """What must stay for a definition to mean the same: its words, not how they are punctuated."""
    return re.findall(r"\w+", (text or "").casefold())
