"""One change between two releases, and the table `changes` that publishes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from factpack.diff.release import CHANGES
from factpack.resource import Cell, Field, Resource


class Kind(StrEnum):
    """What happened to a cell, or to a table's schema."""

    SCHEMA = "schema"
    """The table itself: added, removed, or its title, description, fields or keys changed."""
    REMOVED = "removed"
    """A cell of a row that is no longer there; its id is never used again."""
    ADDED = "added"
    """A cell of a new row."""
    CORRECTED = "corrected"
    """Another value, or none any more, in a row that was there before."""
    COMPLETED = "completed"
    """A value where an existing row had none."""


@dataclass(frozen=True, slots=True)
class Change:
    """A cell's old and new text, None for an empty one; `row_id` and `field` are empty for a schema."""

    table: str
    row_id: str
    field: str
    old: str | None
    new: str | None
    kind: Kind
    reason: str = ""

    @property
    def change_id(self) -> str:
        """Table, row and field; a schema's change has the table alone."""
        return f"{self.table}/{self.row_id}/{self.field}" if self.field else self.table


_FIELDS = (
    Field("change_id", title="Change", description="Table, row and field.", required=True, unique=True),
    Field("table", title="Table", description="The table that changed.", required=True),
    Field("row_id", title="Row", description="The key of the row; empty where the table itself changed."),
    Field("field", title="Field", description="The column; empty where the table itself changed."),
    Field("old", title="Old", description="The value in the release before, as text; for a table its schema as JSON."),
    Field("new", title="New", description="The value in this release, as text; for a table its schema as JSON."),
    Field("kind", title="Kind", description="What happened.", required=True, enum=tuple(str(kind) for kind in Kind)),
    Field("reason", title="Reason", description="For a corrected or completed value, what the new one rests on."),
)


def changes_table(changes: Iterable[Change]) -> Resource:
    """The table `changes`, sorted by key."""
    rows: list[dict[str, Cell]] = [
        {
            "change_id": change.change_id,
            "table": change.table,
            "row_id": change.row_id or None,
            "field": change.field or None,
            "old": change.old,
            "new": change.new,
            "kind": change.kind.value,
            "reason": change.reason or None,
        }
        for change in changes
    ]
    return Resource(
        CHANGES,
        "Changes",
        "What this release changed in the one before: applied to that one's tables, it gives this one's.",
        _FIELDS,
        ("change_id",),
        rows=sorted(rows, key=lambda row: str(row["change_id"])),
    )


def read_changes(rows: Sequence[Mapping[str, Cell]]) -> list[Change]:
    """The changes that the rows of a published `changes` table state."""
    return [
        Change(
            str(row["table"]),
            str(row["row_id"] or ""),
            str(row["field"] or ""),
            None if row["old"] is None else str(row["old"]),
            None if row["new"] is None else str(row["new"]),
            Kind(str(row["kind"])),
            str(row["reason"] or ""),
        )
        for row in rows
    ]
