"""A resource in Arrow's terms and its two files' bytes, CSV and Parquet.

The CSV is written here and not by a library, so that its bytes, and with them the content hash, are the
same under every version of every library. pyarrow is imported when it is needed: `check` never pays for it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpack.package import cell, packed, stored
from factpack.package.packed import Packed
from factpack.package.problem import Problem
from factpack.package.stored import Stored
from factpack.resource import Cell, Field, FieldType, Resource

if TYPE_CHECKING:
    import pyarrow as pa


_BATCH = 1 << 15
"""Rows that are text at a time."""

_LOOSE = 1 << 11
"""Rows of a growing table that are plain values at a time."""

_GROUP = 1 << 17
"""Rows of a row group, which are held at a time: a file's bytes follow from it."""


def schema(resource: Resource) -> pa.Schema:
    """The Arrow schema: one type per Table Schema type, descriptions as metadata of field and file.

    The file's own metadata repeats the fields' descriptions under `fields`, for readers that do not know
    Arrow's. Every field is nullable: that a value is missing is the validator's to report.
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "year": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [
        pa.field(
            field.name,
            types[field.type],
            metadata={"description": field.description} if field.description else None,
        )
        for field in resource.fields
    ]
    descriptions = {field.name: field.description for field in resource.fields}
    metadata = {
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "fields": json.dumps(descriptions, ensure_ascii=False),
    }
    return pa.schema(fields, metadata=metadata)


def mistyped(resource: Resource) -> Iterator[Problem]:
    """Every row that has not exactly the table's fields, every value that is not of its field's type.

    What is packed has been looked at.
    """
    if isinstance(resource.rows, Packed):
        return
    file = f"data/{resource.name}.csv"
    names = {field.name for field in resource.fields}
    for number, row in enumerate(resource.rows, start=1):
        if row.keys() != names:
            odd = ", ".join(sorted(row.keys() ^ names))
            yield Problem(file, f"a row must have exactly the table's fields; missing or unknown: {odd}", number)
    for field, column in zip(resource.fields, _columns(resource), strict=True):
        if not _sound(column, field.type):
            yield from _wrong(column, field, file)


def _columns(resource: Resource) -> list[list[Cell]]:
    """The cells of each field; what a row has not is null, what it has besides is left out."""
    try:
        return [[*map(itemgetter(field.name), resource.rows)] for field in resource.fields]
    except KeyError:
        return [[row.get(field.name) for row in resource.rows] for field in resource.fields]


def _sound(column: Sequence[Cell], type_: FieldType) -> bool:
    """Whether all values of a column are of its type, for sure: each distinct one is looked at once."""
    if not set(map(type, column)) <= cell.TYPES[type_]:
        return False
    distinct = set(column)
    try:
        if type_ == "string":
            "".join(map(str, distinct - {None})).encode("utf-8")
            return "" not in distinct
        for value in distinct:
            cell.write(value, type_)
    except ValueError:
        return False
    return True


def _wrong(column: Sequence[Cell], field: Field, file: str) -> Iterator[Problem]:
    for number, value in enumerate(column, start=1):
        try:
            cell.write(value, field.type)
        except ValueError as error:
            yield Problem(file, str(error), number, field.name)


def table(resource: Resource) -> pa.Table:
    """The rows as an Arrow table, in their given order; the rows must not be `mistyped`."""
    import pyarrow as pa

    shape = schema(resource)
    if isinstance(resource.rows, Packed):
        return resource.rows.table.cast(shape)
    columns = [
        pa.array(_natives(column, field.type), shape.field(i).type)
        for i, (field, column) in enumerate(zip(resource.fields, _columns(resource), strict=True))
    ]
    return pa.Table.from_arrays(columns, schema=shape)


class Growing:
    """A resource whose rows come bit by bit; they are packed as they come.

    Of more than stored.MOST rows the others are on the disk of a `room`, a folder, if there is one.
    """

    def __init__(self, form: Resource, room: Path | None = None) -> None:
        self._form, self._room = form, room
        self._loose: list[packed.Row] = []
        self._odd = False
        self._packed = [schema(form).empty_table()]
        self._held = 0
        self._parts: Stored | None = None
        self._ends: list[int] = []

    def add(self, rows: Iterable[packed.Row]) -> None:
        """Add rows; raises OSError for want of space."""
        for row in rows:
            self._loose.append(row)
            if len(self._loose) >= _LOOSE and not self._odd:
                self._pack()

    def _pack(self) -> None:
        """Pack what is loose; from the first rows on of which one is mistyped all stay as they are."""
        one = replace(self._form, rows=self._loose)
        self._odd = any(True for _ in mistyped(one))
        if self._odd:
            return
        self._packed.append(table(one))
        self._held += len(self._loose)
        self._loose = []
        if self._room and self._held >= stored.MOST:
            self._store(self._room)

    def _store(self, room: Path) -> None:
        shape = schema(self._form)
        self._parts = self._parts or Stored(shape, room, stored.STEP)
        self._parts.add(_by_key(self._packed, self._form))
        self._ends.append(len(self._parts))
        self._packed, self._held = [shape.empty_table()], 0

    def whole(self) -> Resource:
        """The resource with all rows that were added, sorted by primary key; a null in a key comes last.

        Where a row is mistyped the rows stay as they are, for `mistyped` to tell. It is asked once, for the parts go.
        """
        if self._loose and not self._odd:
            self._pack()
        if self._odd:
            every = [*([self._parts.table] if self._parts else []), *self._packed]
            return replace(self._form, rows=[*(row for part in every for row in Packed(part)), *self._loose])
        if not (self._parts and self._room):
            return replace(self._form, rows=Packed(_by_key(self._packed, self._form)))
        self._store(self._room)
        rows = Stored(schema(self._form), self._room)
        for several in stored.merged(self._parts, self._ends, self._form.primary_key):
            rows.add(_by_key(several, self._form))
        self._parts = None
        return replace(self._form, rows=rows)


def sorted_and_packed(resource: Resource) -> Resource:
    """The resource with its rows by primary key and packed, as `Growing` does it."""
    if isinstance(resource.rows, Stored):
        return resource
    if isinstance(resource.rows, Packed):
        return replace(resource, rows=Packed(_by_key([resource.rows.table], resource)))
    growing = Growing(resource)
    growing.add(resource.rows)
    return growing.whole()


def _by_key(parts: list[pa.Table], resource: Resource) -> pa.Table:
    """The rows of all parts by primary key; the list is emptied, so that no column is held twice for long."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pa.concat_tables(parts)
    parts.clear()
    if not len(rows):  # pyarrow 17 crashes over a column that has no rows
        return rows.combine_chunks()
    order = pc.sort_indices(rows, sort_keys=[(part, "ascending") for part in resource.primary_key])
    if order.equals(pa.array(range(len(rows)), order.type)):
        return rows.combine_chunks()  # a file's bytes follow from how its columns are cut, too
    shape, columns = rows.schema, []
    while rows.num_columns:
        columns.append(rows.column(0).combine_chunks().take(order))
        rows = rows.remove_column(0)
    return pa.Table.from_arrays(columns, schema=shape)


def _natives(column: Sequence[Cell], type_: FieldType) -> Sequence[cell.Native | None]:
    if type_ not in ("date", "number"):
        return column
    natives = {value: cell.native(value, type_) for value in set(column)}
    return [natives[value] for value in column]


def csv(resource: Resource, made: pa.Table | None = None) -> bytes:
    """The CSV file's bytes, as `csv_pieces` gives them."""
    return b"".join(csv_pieces(resource, made))


def csv_pieces(resource: Resource, made: pa.Table | None = None) -> Iterator[bytes]:
    """The CSV file, piece by piece: UTF-8, a header, `\\n`, quotes only where they must be, nothing for null.

    `made` is the resource's `table`, if there is one already. The text is put together here, because what
    libraries quote and how they write fractions differs between their versions.
    """
    import pyarrow as pa

    header = _quoted(pa.array([field.name for field in resource.fields]))
    yield ",".join(header.to_pylist()).encode() + b"\n"
    for part in _rows(resource, made).parts(_BATCH):
        for batch in part.to_batches():
            yield _lines(batch, resource)


def _rows(resource: Resource, made: pa.Table | None) -> Packed:
    if made is None and isinstance(resource.rows, Packed):
        return resource.rows
    return Packed(table(resource) if made is None else made)


def _lines(batch: pa.RecordBatch, resource: Resource) -> bytes:
    import pyarrow.compute as pc

    columns = [_quoted(_written(batch[field.name], field.type)) for field in resource.fields]
    lines = pc.binary_join_element_wise(*columns, ",", null_handling="replace", null_replacement="")
    text: bytes = pc.binary_join_element_wise(lines, "", "\n").buffers()[2].to_pybytes()
    return text


_kept = lru_cache(maxsize=1 << 15)(cell.write)
"""The texts of values that came before: of many rows, a few are text at a time."""


def _written(column: pa.Array, type_: FieldType) -> pa.Array:
    """The text of every cell. Arrow writes integers, days and truth values in the one form that we want."""
    import pyarrow as pa

    if type_ not in ("number", "year"):
        return column.cast(pa.string())
    encoded = column.dictionary_encode()
    # 0.0 is equal to -0.0, and another text.
    texts = [(_kept if value else cell.write)(value, type_) for value in encoded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(encoded.indices)


def _quoted(column: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    marked = pc.match_substring_regex(column, '[,"\r\n]')
    if not pc.any(marked).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(marked, pc.binary_join_element_wise('"', doubled, '"', ""), column)


def parquet(resource: Resource, made: pa.Table | None = None) -> bytes:
    """The Parquet file's bytes, as `parquet_pieces` gives them."""
    return b"".join(parquet_pieces(resource, made))


def parquet_pieces(resource: Resource, made: pa.Table | None = None) -> Iterator[bytes]:
    """The Parquet file, piece by piece: Snappy, because browsers' readers know it; the same bytes for the same rows.

    `made` is the resource's `table`, if there is one already.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    shape, rows, sink = schema(resource), _rows(resource, made), _Passing()
    with pq.ParquetWriter(sink, shape, compression="snappy", version="2.6") as writer:
        for start in range(0, max(1, len(rows)), _GROUP):
            stop = min(start + _GROUP, len(rows))
            # One column after the other: so none is held twice for long.
            columns = [rows.cut(start, stop, [one.name]).column(0).cast(one.type).combine_chunks() for one in shape]
            writer.write_table(pa.Table.from_arrays(columns, schema=shape), row_group_size=_GROUP)
            yield sink.taken()
    yield sink.taken()


class _Passing(io.RawIOBase):
    """A file that is written and gives away what it has."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self._length

    def write(self, piece: Any) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        self._length += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since this was last asked for."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def marked(mask: pa.ChunkedArray) -> list[int]:
    """The rows, counted from 0, where a mask is true."""
    import pyarrow.compute as pc

    # pyarrow 17 crashes over a column that has no rows.
    rows: list[int] = pc.indices_nonzero(mask).to_pylist() if len(mask) else []
    return rows
