"""A resource in Arrow's terms and its two files' bytes, CSV and Parquet.

The CSV is written here and not by a library, so that its bytes, and with them the content hash, are the
same under every version of every library. pyarrow is imported when it is needed: `check` never pays for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from factpack.package import cell, packed
from factpack.package.packed import Packed
from factpack.package.problem import Problem
from factpack.resource import Cell, Field, FieldType, Resource

if TYPE_CHECKING:
    import pyarrow as pa


_BATCH = 1 << 15
"""Rows that are text at a time."""


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
    """A resource whose rows come bit by bit; they are packed as they come."""

    def __init__(self, form: Resource) -> None:
        self._form = form
        self._packed = [schema(form).empty_table()]
        self._odd: list[packed.Row] = []

    def add(self, rows: Iterable[packed.Row]) -> None:
        """Add rows."""
        for part in packed.batches(iter(rows)):
            one = replace(self._form, rows=part)
            if self._odd or any(True for _ in mistyped(one)):
                self._odd += part
            else:
                self._packed.append(table(one))

    def whole(self) -> Resource:
        """The resource with all rows that were added, sorted by primary key; a null in a key comes last.

        Where a row is mistyped the rows stay as they are, for `mistyped` to tell. It is asked once, for the parts go.
        """
        parts, self._packed = self._packed, []
        if self._odd:
            return replace(self._form, rows=[*(row for part in parts for row in Packed(part)), *self._odd])
        return replace(self._form, rows=Packed(_by_key(parts, self._form)))


def sorted_and_packed(resource: Resource) -> Resource:
    """The resource with its rows by primary key and packed, as `Growing` does it."""
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
    rows = table(resource) if made is None else made
    yield ",".join(header.to_pylist()).encode() + b"\n"
    for batch in rows.to_batches(max_chunksize=_BATCH):
        yield _lines(batch, resource)


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
    """The Parquet file: Snappy, because browsers' readers know it; the same bytes for the same rows.

    `made` is the resource's `table`, if there is one already.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    rows = table(resource) if made is None else made
    pq.write_table(rows, sink, compression="snappy", version="2.6", row_group_size=1 << 20)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def marked(mask: pa.ChunkedArray) -> list[int]:
    """The rows, counted from 0, where a mask is true."""
    import pyarrow.compute as pc

    # pyarrow 17 crashes over a column that has no rows.
    rows: list[int] = pc.indices_nonzero(mask).to_pylist() if len(mask) else []
    return rows
