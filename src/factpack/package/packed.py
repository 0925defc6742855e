"""Rows kept column by column, in Arrow: a tenth of the memory that mappings take, and to a reader the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import eq
from typing import TYPE_CHECKING, overload

from factpack.resource import Cell, Resource

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 1 << 13
"""How many rows are plain values at a time."""

Row = Mapping[str, Cell]


class Packed(Sequence[Row]):
    """The rows of an Arrow table whose columns have the types of `arrow.schema`; days are ISO strings here, too."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def table(self) -> pa.Table:
        """All rows, in memory."""
        return self.cut(0, len(self))

    def cut(self, start: int, stop: int, names: Sequence[str] = ()) -> pa.Table:
        """Some of the rows, with all columns or some."""
        return (self._table.select(names) if names else self._table).slice(start, stop - start)

    def parts(self, most: int, names: Sequence[str] = ()) -> Iterator[pa.Table]:
        """The rows, so many at a time."""
        for start in range(0, len(self), most):
            yield self.cut(start, min(start + most, len(self)), names)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._table)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Packed: ...
    def __getitem__(self, place: int | slice) -> Row | Packed:
        """A row, or some of them."""
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step != 1:
                raise ValueError("rows are taken in their order, without gaps")
            return Packed(self.cut(start, max(start, stop)))
        number = range(len(self))[place]
        return next(iter(Packed(self.cut(number, number + 1))))

    def __iter__(self) -> Iterator[Row]:
        """The rows, one after the other."""
        names = self.cut(0, 0).column_names
        for values in self.tuples():
            yield dict(zip(names, values, strict=True))

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same rows, packed or not."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __repr__(self) -> str:
        """The rows."""
        return f"Packed({[*self]!r})"

    def tuples(self) -> Iterator[tuple[Cell, ...]]:
        """The rows without the names of their columns."""
        for part in self.parts(_BATCH):
            yield from zip(*map(_cells, part.columns), strict=True)

    def column(self, name: str) -> Iterator[Cell]:
        """The cells of a column."""
        for part in self.parts(_BATCH, [name]):
            yield from _cells(part.column(0))


def _cells(column: pa.ChunkedArray) -> list[Cell]:
    import pyarrow as pa

    plain: list[Cell] = (column.cast(pa.string()) if pa.types.is_date(column.type) else column).to_pylist()
    return plain


def column(resource: Resource, name: str) -> Iterator[Cell]:
    """The cells of one column, however the rows are kept."""
    if isinstance(resource.rows, Packed):
        return resource.rows.column(name)
    return (row.get(name) for row in resource.rows)


def tuples(resource: Resource) -> Iterator[tuple[Cell, ...]]:
    """The rows in the order of the fields, however they are kept."""
    if isinstance(resource.rows, Packed):
        return resource.rows.tuples()
    names = [field.name for field in resource.fields]
    return (tuple(row[name] for name in names) for row in resource.rows)


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows, so many at a time as are plain values at a time."""
    while part := list(islice(rows, _BATCH)):
        yield part
