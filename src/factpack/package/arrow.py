"""A resource in Arrow's terms and its two files' bytes, CSV and Parquet.

The CSV is written here and not by a library, so that its bytes, and with them the content hash, are the
same under every version of every library. pyarrow is imported when it is needed: `check` never pays for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factpack.package import cell
from factpack.package.problem import Problem
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa


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
    """Every row that has not exactly the table's fields, every value that is not of its field's type."""
    file = f"data/{resource.name}.csv"
    names = {field.name for field in resource.fields}
    for number, row in enumerate(resource.rows, start=1):
        if row.keys() != names:
            odd = ", ".join(sorted(row.keys() ^ names))
            yield Problem(file, f"a row must have exactly the table's fields; missing or unknown: {odd}", number)
            continue
        for field in resource.fields:
            try:
                cell.write(row[field.name], field.type)
            except ValueError as error:
                yield Problem(file, str(error), number, field.name)


def table(resource: Resource) -> pa.Table:
    """The rows as an Arrow table, in their given order; the rows must not be `mistyped`."""
    import pyarrow as pa

    shape = schema(resource)
    columns = [
        pa.array([cell.native(row[field.name], field.type) for row in resource.rows], shape.field(i).type)
        for i, field in enumerate(resource.fields)
    ]
    return pa.Table.from_arrays(columns, schema=shape)


def csv(resource: Resource) -> bytes:
    """The CSV file: UTF-8, a header, `\\n`, quotes only where they must be, nothing for null.

    Written by hand, because what the standard library quotes differs between versions of Python.
    """
    lines = [",".join(_quoted(field.name) for field in resource.fields)]
    lines += (
        ",".join(_quoted(cell.write(row[field.name], field.type)) for field in resource.fields) for row in resource.rows
    )
    return "".join(line + "\n" for line in lines).encode("utf-8")


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def parquet(resource: Resource) -> bytes:
    """The Parquet file: Snappy, because browsers' readers know it; the same bytes for the same rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table(resource), sink, compression="snappy", version="2.6", row_group_size=1 << 20)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def marked(mask: pa.ChunkedArray) -> list[int]:
    """The rows, counted from 0, where a mask is true."""
    import pyarrow.compute as pc

    # pyarrow 17 crashes over a column that has no rows.
    rows: list[int] = pc.indices_nonzero(mask).to_pylist() if len(mask) else []
    return rows
