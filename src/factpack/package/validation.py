"""The first of a package's two validators: schema, cells, constraints and keys, column by column.

What it enforces is Table Schema (https://datapackage.org/standard/table-schema/) read narrowly: no null in
any field of a key, a pattern holds for the whole text, a composite reference is wholly there or wholly
absent (SQL's MATCH FULL). It works on Arrow tables, whichever file they came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from factpack.diagnostic import Severity
from factpack.package import arrow, cell
from factpack.package.problem import Problem, at_rows, shown
from factpack.resource import Field, ForeignKey, Resource

if TYPE_CHECKING:
    import pyarrow as pa

Value = TypeVar("Value")

NA_LIKE = (
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
)  # fmt: skip
"""Texts that readers take for a missing value: pandas' list, which holds those of R and polars, too."""

WARNINGS = (
    (r"^[=+\-@]", "begins like a formula: spreadsheets may compute it"),
    (r"^\s|\s$", "begins or ends with white space: some readers strip it"),
)


def validate(resources: Sequence[Resource], tables: Mapping[str, pa.Table], suffix: str = "csv") -> Iterator[Problem]:
    """What the tables hold that their schemas do not allow, errors and warnings.

    `tables` maps a resource's name to its rows in Arrow; references to a table that is not there (its file
    could not be read) are passed over. `suffix` says which file the problems lie in.
    The schemas must be sound (`factpack.package.tableschema.flaws`).
    """
    for resource in resources:
        table = tables[resource.name]
        file = f"data/{resource.name}.{suffix}"
        for field in resource.fields:
            needed = field.required or field.name in resource.primary_key
            yield from _cells(table[field.name], field, file)
            yield from _constraints(table[field.name], field, needed, file)
        yield from _primary_key(table, resource.primary_key, file)
        for key in resource.foreign_keys:
            if (target := tables.get(key.resource)) is not None:
                yield from _foreign_key(table, target, key, file)


def _cells(column: pa.ChunkedArray, field: Field, file: str) -> Iterator[Problem]:
    """Texts that a file can hold and its readers stumble over."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.type == "number":
        yield from _marked(file, field, column, pc.invert(pc.is_finite(column)), "is not a finite number")
    if field.type != "string":
        return
    yield from _marked(file, field, column, pc.equal(column, ""), "is empty; what is absent is null")
    control = pc.match_substring_regex(column, r"[\p{Cc}\x{2028}\x{2029}]")
    yield from _marked(file, field, column, control, "holds a line break or control character")
    missing = pc.is_in(column, value_set=pa.array(NA_LIKE))
    yield from _marked(file, field, column, missing, "reads like a missing value", Severity.WARNING)
    for pattern, message in WARNINGS:
        suspect = pc.match_substring_regex(column, pattern)
        yield from _marked(file, field, column, suspect, message, Severity.WARNING)
    numeric = pc.all(pc.match_substring_regex(column, r"^[+-]?[0-9][0-9.]*$")).as_py()
    # A year, or another number that reads back as it was written, loses nothing.
    if numeric and not pc.all(pc.match_substring_regex(column, r"^[1-9][0-9]{0,14}$")).as_py():
        message = "every text reads like a number: `007` becomes 7 where types are guessed"
        yield Problem(file, message, field=field.name, severity=Severity.WARNING)


def _constraints(column: pa.ChunkedArray, field: Field, needed: bool, file: str) -> Iterator[Problem]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if needed:
        found = [(row + 1, "is missing") for row in arrow.marked(pc.is_null(column))]
        yield from at_rows(file, field.name, found)
    if field.unique and pc.count_distinct(column).as_py() < len(column) - column.null_count:
        repeated = _repeated(column.to_pylist())
        again = [(row, f"{shown(value)} stands in row {first}, too") for row, value, first in repeated]
        yield from at_rows(file, field.name, again)
    if field.enum:
        allowed = pa.array([cell.parse(value, field.type) for value in field.enum], column.type)
        message = f"is none of {shown(', '.join(field.enum), 200)}"
        yield from _marked(file, field, column, pc.invert(pc.is_in(column, value_set=allowed)), message)
    if field.pattern:
        odd = [value for value in column.unique().to_pylist() if not _matches(field.pattern, value)]
        message = f"does not match {field.pattern}"
        yield from _marked(file, field, column, pc.is_in(column, value_set=pa.array(odd, column.type)), message)
    if field.minimum is not None:
        message = f"is less than {field.minimum}"
        yield from _marked(file, field, column, pc.less(column, field.minimum), message)
    if field.maximum is not None:
        message = f"is more than {field.maximum}"
        yield from _marked(file, field, column, pc.greater(column, field.maximum), message)
    if field.min_length is not None:
        message = f"is shorter than {field.min_length} characters"
        length = pc.utf8_length(column)  # an empty text has been named already
        short = pc.and_(pc.less(length, field.min_length), pc.greater(length, 0))
        yield from _marked(file, field, column, short, message)
    if field.max_length is not None:
        message = f"is longer than {field.max_length} characters"
        yield from _marked(file, field, column, pc.greater(pc.utf8_length(column), field.max_length), message)


def _primary_key(table: pa.Table, key: Sequence[str], file: str) -> Iterator[Problem]:
    """Unique, and in order; that no part is null is a constraint of its field."""
    import pyarrow as pa
    import pyarrow.compute as pc

    name = ", ".join(key)
    keys = table.select(list(key)).combine_chunks()
    if keys.group_by(list(key)).aggregate([]).num_rows < keys.num_rows:
        rows = list(zip(*(column.to_pylist() for column in keys.columns), strict=True))
        again = [
            (row, f"the key {shown(', '.join(map(str, values)))} stands in row {first}, too")
            for row, values, first in _repeated(rows)
        ]
        yield from at_rows(file, name, again)
    order = pc.sort_indices(keys, sort_keys=[(part, "ascending") for part in key])
    moved = pc.not_equal(order, pa.array(range(len(order)), order.type))
    if rows_out := arrow.marked(moved):
        yield Problem(file, "the rows do not stand in the order of the primary key", rows_out[0] + 1, name)


def _foreign_key(table: pa.Table, target: pa.Table, key: ForeignKey, file: str) -> Iterator[Problem]:
    import pyarrow as pa
    import pyarrow.compute as pc

    # Counted on the child's side, so that a row is known by its number after the join.
    child = table.select(list(key.fields)).rename_columns([f"k{i}" for i in range(len(key.fields))])
    given = [pc.is_valid(column) for column in child.columns]
    child = child.append_column("row", pa.array(range(1, len(child) + 1), pa.int64()))
    some = given[0]
    for mask in given[1:]:
        some = pc.or_(some, mask)
    parent = target.select(list(key.reference_fields)).rename_columns(child.column_names[:-1])
    lost = child.filter(some).join(parent, keys=child.column_names[:-1], join_type="left anti")
    found = [
        (row.pop("row"), f"{shown(', '.join(str(part) for part in row.values()))} is not in {key.resource}")
        for row in lost.sort_by("row").to_pylist()
    ]
    yield from at_rows(file, ", ".join(key.fields), found)


def _marked(
    file: str,
    field: Field,
    column: pa.ChunkedArray,
    mask: pa.ChunkedArray,
    message: str,
    severity: Severity = Severity.ERROR,
) -> Iterator[Problem]:
    """A problem for every value that is there and marked."""
    import pyarrow.compute as pc

    marked = pc.and_(pc.fill_null(mask, False), pc.is_valid(column))
    found = [(row + 1, f"{shown(column[row].as_py())} {message}") for row in arrow.marked(marked)]
    yield from at_rows(file, field.name, found, severity)


def _matches(pattern: str, value: str | None) -> bool:
    return value is None or re.fullmatch(pattern, value) is not None


def _repeated(values: Sequence[Value]) -> Iterator[tuple[int, Value, int]]:
    """The rows whose value stood in an earlier row already: row, value, that earlier row."""
    first: dict[Value, int] = {}
    for row, value in enumerate(values, start=1):
        if value is not None and first.setdefault(value, row) != row:
            yield row, value, first[value]
