"""The Parquet file of a table, read as if a stranger had made it.

A few bytes of Parquet may stand for any number of cells and texts: it is asked how much it holds before that is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from factpack.package import arrow
from factpack.package.problem import Problem, at_rows
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

MAX_CELLS = 20_000_000
MAX_TEXT = 1 << 28
"""Bytes of text that a file may hold, if there is no CSV twin to say how many it should."""

Read = tuple["pa.Table | None", list[Problem]]
"""A table, and what is wrong with its file; no table where the file cannot be read as one."""


class Size(NamedTuple):
    """How much a table holds: rows, and bytes of text."""

    rows: int
    text: int


def size_of(table: pa.Table) -> Size:
    """The size of a table that has been read."""
    return Size(len(table), sum(map(_text_in, table.columns)))


def read_parquet(data: bytes, resource: Resource, twin: Size | None = None) -> Read:
    """The table of a Parquet file's bytes; its columns must have exactly the schema's names and types.

    With `twin`, the size of its CSV twin, it must have as many rows, and is not read if it holds far more text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = f"data/{resource.name}.parquet"
    schema = arrow.schema(resource)
    try:
        if problems := [Problem(file, *why) for why in _unlike(pq.ParquetFile(pa.BufferReader(data)), schema, twin)]:
            return None, problems
        # Texts as they are kept: the distinct ones, and which of them stands where.
        texts = [field.name for field in schema if field.type == pa.string()]
        parquet = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
        left = _most(twin)
        columns = []
        for field in schema:
            column = parquet.read([field.name]).column(0)
            left -= _text_in(column)
            if left < 0:
                return None, [Problem(file, "holds more text than a table may have, or than its CSV twin")]
            columns.append(column.cast(field.type))
        table = pa.table(columns, schema)
        table.validate(full=True)
        if twin and len(table) != twin.rows:
            return None, [Problem(file, f"has {len(table)} rows, its CSV twin {twin.rows}")]
    except (pa.ArrowException, OSError, ValueError) as error:
        return None, [Problem(file, f"cannot be read as Parquet: {error}")]
    problems = [problem for field in schema for problem in _no_days(table[field.name], field.name, file)]
    return (None if problems else table), problems


def _unlike(parquet: ParquetFile, schema: pa.Schema, twin: Size | None) -> Iterator[tuple[str, None, str | None]]:
    """What a file's own description says that is not as it should be: message, no row, field."""
    described, found = parquet.metadata, parquet.schema_arrow
    if found.names != schema.names:
        yield f"the columns are {', '.join(found.names)}; the schema says {', '.join(schema.names)}", None, None
        return
    for field in schema:
        if (type_ := found.field(field.name).type) != field.type:
            yield f"is of type {type_}, not {field.type}", None, field.name
    cells = described.num_rows * described.num_columns
    # No more is asked of its parts: pyarrow ends the process where the description of a column is broken.
    size = sum(described.row_group(number).total_byte_size for number in range(described.num_row_groups))
    if twin and described.num_rows != twin.rows:
        yield f"has {described.num_rows} rows, its CSV twin {twin.rows}", None, None
    elif cells > MAX_CELLS:
        yield f"holds {cells} cells, more than a table may have", None, None
    elif size > 64 * cells + _most(twin):
        yield f"would unpack to {size} bytes, too many for its {cells} cells", None, None


def _most(twin: Size | None) -> int:
    """Bytes of text that are read: differences from a CSV twin are to be told cell by cell where they are not gross."""
    return MAX_TEXT if twin is None else 2 * twin.text + (1 << 20)


def _text_in(column: pa.ChunkedArray) -> int:
    """The bytes of text that a column holds when each of its values stands for itself."""
    import pyarrow as pa
    import pyarrow.compute as pc

    size = 0
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            size += pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() or 0
        elif pa.types.is_string(chunk.type):
            size += pc.sum(pc.binary_length(chunk)).as_py() or 0
    return size


def _no_days(column: pa.ChunkedArray, field: str, file: str) -> Iterator[Problem]:
    """The days that no calendar of Python or SQL has, and that could not even be shown."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_date(column.type):
        outside = pc.or_(pc.less(column, date.min), pc.greater(column, date.max))
        found = [(row + 1, "is no day of the years 1 to 9999") for row in arrow.marked(pc.fill_null(outside, False))]
        yield from at_rows(file, field, found)
