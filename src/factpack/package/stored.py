"""Rows that lie on disk, column by column: of more than fit into memory only those are read that somebody looks at.

Sorted by key they are without ever being in memory as a whole: parts that are each sorted are written as they come, and
read again by ranges of the key, of which each is as large as such a part.
"""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpack.package.packed import Packed

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 1 << 17
"""Rows of a table that are held in memory until they are written, and again while they are sorted."""

STEP = 1 << 9
"""Rows of a sorted part that are read at a time: at each end of a range, as many from each part are read twice."""

_BATCH = 1 << 13

Key = tuple[tuple[bool, Any], ...]
"""A row's primary key, to be compared: a null comes last."""


class Stored(Packed):
    """Packed rows in a file without a name, which is gone with this, or with the process, whatever ends it."""

    def __init__(self, shape: pa.Schema, room: Path, step: int = _BATCH) -> None:
        import pyarrow as pa

        self._shape, self._step = shape, step
        self._shapes = [pa.schema([field]) for field in shape]
        self._file = tempfile.TemporaryFile(dir=room)  # noqa: SIM115  # for as long as this is used
        self._starts, self._places = array("Q", [0]), array("Q", [0])

    def __del__(self) -> None:
        """Close the file, and so remove it."""
        if hasattr(self, "_file"):
            self._file.close()

    def add(self, rows: pa.Table) -> None:
        """Add rows; raises OSError for want of space."""
        import pyarrow as pa

        for batch in rows.to_batches(max_chunksize=self._step):
            # Each column by itself: of what is read some is kept for long.
            for column, shape in zip(batch.columns, self._shapes, strict=True):
                written = pa.record_batch([column], schema=shape).serialize()
                self._file.write(written)
                self._places.append(self._places[-1] + written.size)
            self._starts.append(len(self) + len(batch))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._starts[-1]

    def cut(self, start: int, stop: int, names: Sequence[str] = ()) -> pa.Table:
        """Some of the rows, with all columns or some."""
        import pyarrow as pa

        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, stop)
        which = [self._shape.get_field_index(name) for name in names] or range(len(self._shape))
        shape = pa.schema([self._shape.field(number) for number in which], self._shape.metadata)
        columns = [
            pa.chunked_array(
                [self._read(batch, number) for batch in range(first, last)], self._shape.field(number).type
            )
            for number in which
        ]
        return pa.Table.from_arrays(columns, schema=shape).slice(start - self._starts[first], stop - start)

    def _read(self, batch: int, column: int) -> pa.Array:
        import pyarrow as pa

        number = batch * len(self._shapes) + column
        written = pa.allocate_buffer(self._places[number + 1] - self._places[number])
        self._file.seek(self._places[number])
        self._file.readinto(written)
        return pa.ipc.read_record_batch(written, self._shapes[column]).column(0)


def merged(parts: Stored, ends: Iterable[int], keys: Sequence[str]) -> Iterator[list[pa.Table]]:
    """Range by range of the key the rows that lie there, from each part that has any; each part is in order.

    `ends` are the rows at which the parts end. Rows of one key are all in one range, in the order of their parts.
    """
    runs = [_Run(parts, first, end, keys) for first, end in pairwise([0, *ends])]
    marks = sorted(mark for run in runs for mark in run.marks)
    bounds: list[Key | None] = [*marks[MOST // STEP :: MOST // STEP], None]
    for bound in bounds:
        if several := [rows for run in runs if len(rows := run.until(bound))]:
            yield several


class _Run:
    """One of the sorted parts, read from its first row to its last; of every STEP-th row the key is known."""

    def __init__(self, rows: Stored, first: int, end: int, keys: Sequence[str]) -> None:
        self._rows, self._read, self._end, self._keys = rows, first, end, keys
        self._first = first
        self.marks = [self._keys_of(row, row + 1)[0] for row in range(first, end, STEP)]

    def until(self, bound: Key | None) -> pa.Table:
        """The rows that come next, up to those that have this key or a larger one."""
        start, self._read = self._read, self._end if bound is None else self._place(bound)
        return self._rows.cut(start, self._read)

    def _place(self, bound: Key) -> int:
        """The first row that has this key or a larger one."""
        first = self._first + max(0, bisect_left(self.marks, bound) - 1) * STEP
        return first + bisect_left(self._keys_of(first, min(first + STEP, self._end)), bound)

    def _keys_of(self, start: int, stop: int) -> list[Key]:
        columns = self._rows.cut(start, stop, self._keys).columns
        return [*zip(*([(value is None, value) for value in column.to_pylist()] for column in columns), strict=True)]
