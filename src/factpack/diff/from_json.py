"""A difference read back from its JSON, which a stranger may have written: whatever does not fit is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, NonNegativeInt

from factpack.config import VERSION
from factpack.diff.bump import CASES, Reason
from factpack.diff.change import Change, Kind
from factpack.diff.difference import Count, Difference, RowChange
from factpack.diff.outline import TITLES
from factpack.diff.proof import Proof, Proofs
from factpack.diff.release import Release

_Cell = tuple[str, str, str]


def read(data: Any) -> Difference:
    """What `as_json` told: as far as it is shown, the same difference; raises ValueError."""
    return _Difference.model_validate(data).difference()


@dataclass(frozen=True)
class _ToldProofs(Proofs):
    told: Mapping[_Cell, tuple[Proof, ...]]

    def of(self, table: str, row_id: str, field: str, value: str | None) -> tuple[Proof, ...]:
        return self.told.get((table, row_id, field), ())


@dataclass(frozen=True)
class _Told(Difference):
    told: Mapping[_Cell, tuple[Proof, ...]] = field(default_factory=dict)

    @cached_property
    def proofs(self) -> Proofs:
        return _ToldProofs((), self.told)


def _version(text: str) -> str:
    if text and not VERSION.fullmatch(text):
        raise ValueError("is no version")
    return text


def _case(name: str) -> str:
    if name not in CASES:
        raise ValueError("is no case that asks for a version")
    return name


def _title(name: str) -> str:
    if name.capitalize() not in TITLES.values():
        raise ValueError("is no heading")
    return name.capitalize()


_Number = Annotated[NonNegativeInt, Field(le=10**9)]


class _Side(BaseModel):
    label: str
    version: Annotated[str, AfterValidator(_version)]

    def release(self) -> Release:
        return Release(self.label, (), version=self.version)


class _Reason(BaseModel):
    case: Annotated[str, AfterValidator(_case)]
    message: str


class _Count(BaseModel):
    table: str
    derived: bool
    added: _Number
    removed: _Number
    corrected: _Number
    completed: _Number
    schema_: bool = Field(alias="schema")

    def count(self) -> Count:
        return Count(
            self.table, self.derived, self.added, self.removed, self.corrected, self.completed, self.schema_
        )  # fmt: skip


class _CellChange(BaseModel):
    field: str
    old: str | None
    new: str | None
    proofs: tuple[Proof, ...]


class _Row(BaseModel):
    table: str
    row_id: str
    kind: Kind
    cells: list[_CellChange]

    def change(self) -> RowChange:
        cells = (Change(self.table, self.row_id, one.field, one.old, one.new, self.kind) for one in self.cells)
        return RowChange(self.table, self.row_id, self.kind, tuple(cells))


class _Difference(BaseModel):
    older: _Side
    newer: _Side
    reasons: list[_Reason]
    counts: list[_Count]
    rows: dict[str, list[_Row]]
    left_out: dict[Annotated[str, AfterValidator(_title)], _Number]

    def difference(self) -> Difference:
        rows = [row for section in self.rows.values() for row in section]
        return _Told(
            self.older.release(),
            self.newer.release(),
            tuple(row.change() for row in rows),
            tuple(one.count() for one in self.counts),
            tuple(Reason(one.case, one.message) for one in self.reasons),
            self.left_out,
            told={(row.table, row.row_id, cell.field): cell.proofs for row in rows for cell in row.cells},
        )
