"""The Parquet file of a table, read as if a stranger had made it.

A few bytes of Parquet may stand for any number of cells and texts: it is asked how much it holds before that is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import accumulate, chain, groupby, product
from typing import TYPE_CHECKING, NamedTuple

from factpack.package import arrow
from factpack.package.parts import PART, PART_BYTES, Content, Rows, opened
from factpack.package.problem import AtRows, PackageInvalid, Problem
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData, ParquetFile

MAX_CELLS = 20_000_000
MAX_TEXT = 1 << 28
"""Cells, and bytes of text, that a file may hold, if there is no CSV twin to say how many it should."""


class Size(NamedTuple):
    """How much a CSV file holds: rows and bytes."""

    rows: int
    length: int


def read_parquet(content: Content, resource: Resource, twin: Size | None = None) -> Rows:
    """The rows of a Parquet file; its columns must have exactly the schema's names and types.

    Raises PackageInvalid for what the file says of itself, and where it holds too much text; so does, for all else that
    may be wrong with it, whoever goes through the rows. With `twin`, the size of its CSV twin, it must have as many
    rows, and not far more text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    file, schema = f"data/{resource.name}.parquet", arrow.schema(resource)
    # Texts as they are kept: the distinct ones, and which of them stands where.
    texts = [field.name for field in schema if field.type == pa.string()]
    with _refusing(file):
        if problems := [Problem(file, *why) for why in _unlike(pq.ParquetFile(opened(content)), schema, twin)]:
            raise PackageInvalid(problems)
        parquet = pq.ParquetFile(opened(content), read_dictionary=texts)
        left = _most(twin)
        for groups, name in product(_together(parquet.metadata), texts):
            left -= _text_in(parquet.read_row_groups(groups, [name], use_threads=False).column(0))
            if left < 0:
                raise PackageInvalid([Problem(file, "holds more text than a table may have, or than its CSV twin")])
    return Rows(schema, parquet.metadata.num_rows, partial(_parts, content, file, schema, twin))


def _together(described: FileMetaData) -> list[list[int]]:
    """The row groups, small ones several at a time: each time costs as much as thousands of rows."""
    numbers = range(described.num_row_groups)
    starts = [0, *accumulate(described.row_group(number).num_rows for number in numbers)]
    return [list(some) for _, some in groupby(numbers, lambda number: starts[number] // PART)]


@contextmanager
def _refusing(file: str) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        raise PackageInvalid([Problem(file, f"cannot be read as Parquet: {error}")]) from None


def _parts(
    content: Content, file: str, schema: pa.Schema, twin: Size | None, columns: Sequence[str]
) -> Iterator[pa.Table]:
    """The rows of a file that does not hold too much, until there is a day in them that is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = pa.schema([schema.field(name) for name in columns], schema.metadata)
    days = {field.name: AtRows(file, field.name) for field in wanted if pa.types.is_date(field.type)}
    problems: list[Problem] = []
    count = 0
    with _refusing(file):
        for batch in pq.ParquetFile(opened(content)).iter_batches(_length(twin), columns=columns, use_threads=False):
            part = pa.Table.from_batches([batch]).select(columns).cast(wanted)
            part.validate(full=True)
            for name, found in days.items():
                found.add(_no_days(part[name]), lambda _: "is no day of the years 1 to 9999", count)
            problems = [*chain.from_iterable(days.values())]
            if not problems:
                yield part
            count += len(part)
    if twin and count != twin.rows:
        problems = [Problem(file, f"has {count} rows, its CSV twin {twin.rows}")]
    if problems:
        raise PackageInvalid(problems)


def _length(twin: Size | None) -> int:
    """How many rows are a part: fewer, if they are long."""
    return max(1, min(PART, PART_BYTES * twin.rows // twin.length)) if twin else PART


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
    elif not twin and cells > MAX_CELLS:
        yield f"holds {cells} cells, more than a table may have", None, None
    elif size > 64 * cells + _most(twin):
        yield f"would unpack to {size} bytes, too many for its {cells} cells", None, None


def _most(twin: Size | None) -> int:
    """Bytes of text that are read: differences from a CSV twin are to be told cell by cell where they are not gross."""
    return MAX_TEXT if twin is None else 2 * twin.length + (1 << 20)


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


def _no_days(column: pa.ChunkedArray) -> list[int]:
    """The days that no calendar of Python or SQL has, and that could not even be shown."""
    import pyarrow.compute as pc

    outside = pc.or_(pc.less(column, date.min), pc.greater(column, date.max))
    return arrow.marked(pc.fill_null(outside, False))
