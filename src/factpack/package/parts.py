"""A table's rows in Arrow, a part at a time: what is held of them does not grow with their number."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from factpack.package import arrow
from factpack.package.packed import Packed
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa

PART = 1 << 16
"""How many rows are a part, where they are short."""
PART_BYTES = 1 << 26
"""How many bytes of Arrow are a part, where they are long."""

Content = bytes | Path
"""What a file holds, or where it lies."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a table has, of which schema, and how to read them; they are read anew each time."""

    schema: pa.Schema
    count: int
    read: Callable[[Sequence[str]], Iterator[pa.Table]]
    """The parts, of the columns of these names only."""

    def parts(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows in their order, all columns or some; raises PackageInvalid if they cannot be read."""
        return self.read(self.schema.names if columns is None else list(columns))

    def table(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows at once."""
        import pyarrow as pa

        names = self.schema.names if columns is None else list(columns)
        return pa.concat_tables([self.schema.empty_table().select(names), *self.parts(names)])


def rows_of(resource: Resource) -> Rows:
    """The rows that a resource has."""
    rows = resource.rows if isinstance(resource.rows, Packed) else Packed(arrow.table(resource))
    return Rows(arrow.schema(resource), len(rows), partial(rows.parts, PART))


def opened(content: Content) -> pa.NativeFile:
    """A file to read from."""
    import pyarrow as pa

    return pa.OSFile(os.fsencode(content)) if isinstance(content, Path) else pa.BufferReader(content)


def length(content: Content) -> int:
    """How many bytes a file has."""
    return content.stat().st_size if isinstance(content, Path) else len(content)


def joined(parts: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Larger parts of small ones: of so many rows or a little more, or of fewer that are long."""
    import pyarrow as pa

    held: list[pa.Table] = []
    count = size = 0
    for part in parts:
        held.append(part)
        count, size = count + len(part), size + part.nbytes
        if count >= rows or size >= PART_BYTES:
            yield pa.concat_tables(held)
            held, count, size = [], 0, 0
    if held:
        yield pa.concat_tables(held)


def side_by_side(ours: Iterator[pa.Table], theirs: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The same rows of two tables, however each is cut into parts; both are read to their ends."""
    left = right = None
    while True:
        left, right = left or next(ours, None), right or next(theirs, None)
        if left is None or right is None:
            break
        rows = min(len(left), len(right))
        yield left[:rows], right[:rows]
        left, right = left[rows:], right[rows:]
    for _ in chain(ours, theirs):
        pass
