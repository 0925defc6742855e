"""The two files of a table, read strictly: what each says that its schema does not allow, and where they differ.

Readers are forgiving (`1_000` is a number to one, `TRUE` a boolean to the other); here every CSV cell is
read as text first and held against its type's one form (`factpack.package.cell`), and only then converted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factpack.package import arrow, cell
from factpack.package.parquet import Read
from factpack.package.problem import Problem, at_rows, shown
from factpack.resource import Field, Resource

if TYPE_CHECKING:
    import pyarrow as pa

_PIECE = 1 << 20


def read_csv(data: bytes, resource: Resource) -> Read:
    """The typed table of a CSV file's bytes."""
    file = f"data/{resource.name}.csv"
    problems = [Problem(file, message) for message in _framing(data)]
    if problems:
        return None, problems
    strings, problems = _strings(data, resource, file)
    if strings is None:
        return None, problems
    for field in resource.fields:
        problems += _forms(strings[field.name], field, file)
    return (None if problems else strings.cast(arrow.schema(resource))), problems


def _framing(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    if b"\0" in data:
        yield "contains a NUL"
    if b"\r" in data:
        yield "contains a carriage return; lines end with a line feed alone"
    if b"\n\n" in data:
        yield "contains an empty line"
    if not data.endswith(b"\n"):
        yield "does not end with a line feed: its end may be missing"
    if (byte := _undecoded(data)) is not None:
        yield f"is not UTF-8 (byte {byte})"


def _undecoded(data: bytes) -> int | None:
    """The first byte that is no UTF-8; looked for line by line, as the whole would be held a second time, and wider."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", min(start + _PIECE, len(data))) + 1 or len(data)
        try:
            data[start:end].decode("utf-8")
        except UnicodeDecodeError as error:
            return start + error.start
        start = end
    return None


def _strings(data: bytes, resource: Resource, file: str) -> Read:
    import pyarrow as pa
    from pyarrow import csv as pacsv

    names = [field.name for field in resource.fields]
    line = data[: data.index(b"\n")]
    if len(line) > _PIECE >> 4:  # of more, the library's limit depends on who else has used it
        return None, [Problem(file, f"the header has {len(line)} bytes, more than any table's")]
    header = next(csv.reader([line.decode("utf-8")]), [])
    if header != names:
        return None, [Problem(file, f"the header is {', '.join(header)}; the schema says {', '.join(names)}")]
    ragged: list[Problem] = []

    def refuse(row: pacsv.InvalidRow) -> str:
        message = f"{row.actual_columns} cells instead of {row.expected_columns}"
        ragged.append(Problem(file, message, row.number - 1 if row.number else None))
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.py_buffer(data),
            # One block and one thread: row numbers are known, and no cell is too long for a block.
            read_options=pacsv.ReadOptions(use_threads=False, block_size=len(data) + 1),
            parse_options=pacsv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,  # `""` is an empty text, which no cell may be
            ),
        )
    except pa.ArrowInvalid as error:
        return None, [Problem(file, f"cannot be read as CSV: {error}")]
    return (None if ragged else table), ragged


def _forms(column: pa.ChunkedArray, field: Field, file: str) -> Iterator[Problem]:
    """The cells that are not in the form of their type; each distinct text is looked at once."""
    if field.type == "string" or (field.type == "integer" and _read_back(column)):
        return
    wrong: dict[str, str] = {}
    for text in column.unique().to_pylist():
        try:
            cell.parse(text or "", field.type) if text is not None else None
        except ValueError as error:
            wrong[text] = str(error)
    if wrong:
        found = [(row, wrong[text]) for row, text in enumerate(column.to_pylist(), 1) if text in wrong]
        yield from at_rows(file, field.name, found)


def _read_back(column: pa.ChunkedArray) -> bool:
    """Whether texts are integers that are written as they stand, seen without looking at each in Python."""
    import pyarrow as pa

    try:
        return bool(column.cast(pa.int64()).cast(pa.string()).equals(column))
    except pa.ArrowInvalid:
        return False


def differences(resource: Resource, ours: pa.Table, twin: pa.Table) -> Iterator[Problem]:
    """Where the CSV (`ours`) and the Parquet file (`twin`) do not hold the same values, row by row."""
    import pyarrow.compute as pc

    file = f"data/{resource.name}.parquet"
    for name in ours.column_names:
        left, right = ours[name], twin[name]
        null_in_one = pc.xor(pc.is_null(left), pc.is_null(right))
        unlike = pc.or_(null_in_one, pc.fill_null(pc.not_equal(left, right), False))
        found = [
            (row + 1, f"is {shown(right[row].as_py())}, in its CSV twin {shown(left[row].as_py())}")
            for row in arrow.marked(unlike)
        ]
        yield from at_rows(file, name, found)
