"""Two releases compared: what changed, counted by table, and what the next version must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from factpack.diff.bump import Bump, Reason, reasons
from factpack.diff.change import Change, Kind
from factpack.diff.changes import changes
from factpack.diff.proof import Proofs
from factpack.diff.release import Release


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row: to a table itself where `row_id` is empty."""

    table: str
    row_id: str
    kind: Kind
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table were added, removed and changed; `derived` tables are only counted."""

    table: str
    derived: bool
    added: int = 0
    removed: int = 0
    corrected: int = 0
    completed: int = 0
    schema: bool = False


@dataclass(frozen=True)
class Difference:
    """What makes `newer` out of `older`. `rows` are those of the dataset's own tables.

    `left_out` counts, by heading, rows that are not among them where it was read back from a shortened report.
    """

    older: Release
    newer: Release
    rows: tuple[RowChange, ...]
    counts: tuple[Count, ...]
    reasons: tuple[Reason, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def bump(self) -> Bump:
        """The largest step that one of the reasons asks for."""
        return max((reason.bump for reason in self.reasons), default=Bump.NONE)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the dataset's own tables, cell by cell."""
        return tuple(change for row in self.rows for change in row.changes)

    @cached_property
    def proofs(self) -> Proofs:
        """What the newer side's cells rest on."""
        return Proofs(self.newer.tables)

    def explained(self) -> list[Change]:
        """The changes, a corrected or completed value with what it rests on: the rows of `changes`."""
        return [replace(change, reason=self._why(change)) for change in self.changes]

    def _why(self, change: Change) -> str:
        if change.kind not in (Kind.CORRECTED, Kind.COMPLETED):
            return ""
        found = self.proofs.of(change.table, change.row_id, change.field, change.new)
        return found[0].summary if found else ""


def compare(older: Release, newer: Release) -> Difference:
    """The difference between two releases."""
    rows = tuple(_rows(changes(older.tables, newer.tables)))
    derived = tuple(_rows(changes(older.tables, newer.tables, derived=True)))
    counts = (*_counts(rows, derived=False), *_counts(derived, derived=True))
    said = reasons(older, newer, rows=[change for row in rows for change in row.changes], derived=bool(derived))
    return Difference(older, newer, rows, counts, tuple(said))


def _rows(found: list[Change]) -> Iterator[RowChange]:
    for (table, row_id), group in groupby(found, key=lambda change: (change.table, change.row_id)):
        cells = tuple(group)
        kinds = {change.kind for change in cells}
        # A row that is both corrected and completed is read first for its correction.
        kind = Kind.CORRECTED if Kind.CORRECTED in kinds else cells[0].kind
        yield RowChange(table, row_id, kind, cells)


def _counts(rows: tuple[RowChange, ...], *, derived: bool) -> Iterator[Count]:
    tables: dict[str, Counter[Kind]] = {}
    for row in rows:
        tables.setdefault(row.table, Counter())[row.kind] += 1
    for table, kinds in tables.items():
        yield Count(
            table, derived, kinds[Kind.ADDED], kinds[Kind.REMOVED], kinds[Kind.CORRECTED], kinds[Kind.COMPLETED],
            bool(kinds[Kind.SCHEMA]),
        )  # fmt: skip
