"""The two files of a table, read strictly: what each says that its schema does not allow, and where they differ.

Readers are forgiving (`1_000` is a number to one, `TRUE` a boolean to the other); here every CSV cell is
read as text first and held against its type's one form (`factpack.package.cell`), and only then converted.
"""

from __future__ import annotations

import csv
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from factpack.package import arrow, cell
from factpack.package.parts import PART, Content, Rows, joined, length, opened, side_by_side
from factpack.package.problem import AtRows, PackageInvalid, Problem, shown
from factpack.resource import Field, Resource

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import csv as pacsv

PIECE = 1 << 20
"""Bytes of a file that are read at a time."""
_UNLIKE = {
    b"\0": "contains a NUL",
    b"\r": "contains a carriage return; lines end with a line feed alone",
    b"\n\n": "contains an empty line",
}
_HEADER = 1 << 16
_LONGEST = (1 << 31) - 1
"""The longest block that pyarrow reads."""


def read_csv(content: Content, resource: Resource) -> Rows:
    """The typed rows of a CSV file; raises PackageInvalid with what is wrong with it."""
    file = f"data/{resource.name}.csv"
    if problems := [Problem(file, message) for message in _framing(content)]:
        raise PackageInvalid(problems)
    wrong = [AtRows(file, field.name) for field in resource.fields]
    schema, count = arrow.schema(resource), 0
    for part in _strings(content, resource, schema.names):
        for field, found in zip(resource.fields, wrong, strict=True):
            _forms(part[field.name], field, found, count)
        count += len(part)
    if problems := [problem for found in wrong for problem in found]:
        raise PackageInvalid(problems)
    return Rows(schema, count, partial(_typed, content, resource))


def _typed(content: Content, resource: Resource, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of a file in which nothing is wrong."""
    import pyarrow as pa

    schema = arrow.schema(resource)
    typed = pa.schema([schema.field(name) for name in columns], schema.metadata)
    for part in _strings(content, resource, columns):
        yield part.cast(typed)


def _framing(content: Content) -> Iterator[str]:
    found: set[bytes] = set()
    decoder = getincrementaldecoder("utf-8")()
    undecoded, at, last = None, 0, b""
    with opened(content) as source:
        for piece in chain(iter(lambda: source.read(PIECE), b""), [b""]):
            if at == 0 and piece.startswith(b"\xef\xbb\xbf"):
                yield "begins with a byte order mark"
            both = last + piece
            found |= {mark for mark in _UNLIKE.keys() - found if mark in both}
            if undecoded is None:
                undecoded = _undecoded(decoder, piece, at)
            at, last = at + len(piece), piece[-1:] or last
    yield from (message for mark, message in _UNLIKE.items() if mark in found)
    if last != b"\n":
        yield "does not end with a line feed: its end may be missing"
    if undecoded is not None:
        yield f"is not UTF-8 (byte {undecoded})"


def _undecoded(decoder: IncrementalDecoder, piece: bytes, at: int) -> int | None:
    """The first byte that is no UTF-8, if it stands in this piece, which begins at a byte; no bytes are the end."""
    left = len(decoder.getstate()[0])
    try:
        decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        return at - left + error.start
    return None


def _strings(content: Content, resource: Resource, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The cells as text, column by column; raises PackageInvalid, at the end for rows that are too short or long."""
    import pyarrow as pa
    from pyarrow import csv as pacsv

    file = f"data/{resource.name}.csv"
    if reason := _unlike_header(content, [field.name for field in resource.fields]):
        raise PackageInvalid([Problem(file, reason)])
    ragged: list[Problem] = []

    def refuse(row: pacsv.InvalidRow) -> str:
        message = f"{row.actual_columns} cells instead of {row.expected_columns}"
        ragged.append(Problem(file, message, row.number - 1 if row.number else None))
        return "skip"

    parse = pacsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse)
    convert = pacsv.ConvertOptions(
        column_types={name: pa.string() for name in columns},
        include_columns=columns,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,  # `""` is an empty text, which no cell may be
    )

    def blocks() -> Iterator[pa.Table]:
        # One thread: row numbers are known.
        count, read = 0, partial(pacsv.ReadOptions, use_threads=False)
        try:
            for batch in pacsv.open_csv(opened(content), read(block_size=PIECE), parse, convert):
                yield pa.Table.from_batches([batch])
                count += len(batch)
        except pa.ArrowInvalid:
            # A row may be longer than a block: then all is one.
            ragged.clear()
            with opened(content) as source:
                size = min(length(content) + 1, _LONGEST)
                yield pacsv.read_csv(source, read(block_size=size), parse, convert)[count:]

    try:
        yield from joined(blocks(), PART)
    except pa.ArrowInvalid as error:
        raise PackageInvalid([Problem(file, f"cannot be read as CSV: {error}")]) from None
    if ragged:
        raise PackageInvalid(ragged)


def _unlike_header(content: Content, names: Sequence[str]) -> str:
    """In what the first line is not the one that it should be; nothing where it is."""
    line, size = b"", 0
    with opened(content) as source:
        for piece in iter(lambda: source.read(PIECE), b""):
            part, end, _ = piece.partition(b"\n")
            line, size = (line + part)[:_HEADER], size + len(part)
            if end:
                break
    if size > _HEADER:  # of more, the library's limit depends on who else has used it
        return f"the header has {size} bytes, more than any table's"
    header = next(csv.reader([line.decode("utf-8")]), [])
    return "" if header == names else f"the header is {', '.join(header)}; the schema says {', '.join(names)}"


def _forms(column: pa.ChunkedArray, field: Field, found: AtRows, before: int) -> None:
    """Find the cells that are not in the form of their type; each distinct text is looked at once."""
    if field.type == "string" or (field.type == "integer" and _read_back(column)):
        return
    wrong: dict[str, str] = {}
    for text in column.unique().to_pylist():
        try:
            cell.parse(text or "", field.type) if text is not None else None
        except ValueError as error:
            wrong[text] = str(error)
    if wrong:
        texts = column.to_pylist()
        rows = [row for row, text in enumerate(texts) if text in wrong]
        found.add(rows, lambda row: wrong[texts[row]], before)


def _read_back(column: pa.ChunkedArray) -> bool:
    """Whether texts are integers that are written as they stand, seen without looking at each in Python."""
    import pyarrow as pa

    try:
        return bool(column.cast(pa.int64()).cast(pa.string()).equals(column))
    except pa.ArrowInvalid:
        return False


def differences(resource: Resource, ours: Rows | None, twin: Rows) -> Iterator[Problem]:
    """Where the CSV (`ours`) and the Parquet file (`twin`) do not hold the same values, row by row.

    Both are read to their ends, the Parquet file alone, too: raises PackageInvalid, before anything is said, where
    that cannot be done.
    """
    unlike = {field.name: AtRows(f"data/{resource.name}.parquet", field.name) for field in resource.fields}
    before = 0
    for left, right in side_by_side(ours.parts() if ours else iter(()), twin.parts()):
        for name, found in unlike.items():
            _unlike(left[name], right[name], found, before)
        before += len(left)
    yield from chain.from_iterable(unlike.values())


def _unlike(left: pa.ChunkedArray, right: pa.ChunkedArray, found: AtRows, before: int) -> None:
    import pyarrow.compute as pc

    null_in_one = pc.xor(pc.is_null(left), pc.is_null(right))
    unlike = pc.or_(null_in_one, pc.fill_null(pc.not_equal(left, right), False))
    found.add(
        arrow.marked(unlike),
        lambda row: f"is {shown(right[row].as_py())}, in its CSV twin {shown(left[row].as_py())}",
        before,
    )
