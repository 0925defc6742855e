"""The first of a package's two validators: schema, cells, constraints and keys, column by column.

What it enforces is Table Schema (https://datapackage.org/standard/table-schema/) read narrowly: no null in
any field of a key, a pattern holds for the whole text, a composite reference is wholly there or wholly
absent (SQL's MATCH FULL). It works on Arrow tables, whichever file they came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from factpack.diagnostic import Severity
from factpack.package import arrow, cell
from factpack.package.parts import Rows, joined
from factpack.package.problem import AtRows, Problem, shown
from factpack.resource import Field, ForeignKey, Resource

if TYPE_CHECKING:
    import pyarrow as pa

    Mask = Callable[[pa.ChunkedArray], pa.ChunkedArray]

Value = TypeVar("Value")

NA_LIKE = (
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
)  # fmt: skip
"""Texts that readers take for a missing value: pandas' list, which holds those of R and polars, too."""

_BLANK = " \t\n\f\r"


def validate(resources: Sequence[Resource], tables: Mapping[str, Rows], suffix: str = "csv") -> Iterator[Problem]:
    """What the tables hold that their schemas do not allow, errors and warnings.

    `tables` maps a resource's name to its rows; references to a table that is not there (its file could not be read)
    are passed over. `suffix` says which file the problems lie in.
    The schemas must be sound (`factpack.package.tableschema.flaws`).
    """
    for resource in resources:
        rows = tables[resource.name]
        file = f"data/{resource.name}.{suffix}"
        keys = {resource.primary_key, *((field.name,) for field in resource.fields if field.unique)}
        ascending = {key for key in keys if _ascends(rows.parts(key))}
        yield from _values(resource, rows, ascending, file)
        if resource.primary_key not in ascending:
            yield from _primary_key(rows.table(resource.primary_key), file)
        for key in resource.foreign_keys:
            if (target := tables.get(key.resource)) is not None:
                yield from _foreign_key(rows, target, key, file)


def _ascends(parts: Iterator[pa.Table]) -> bool:
    """Whether each row is surely greater than the one before it, so that none is there twice."""
    import pyarrow as pa
    import pyarrow.compute as pc

    last = None
    for part in parts:
        rows = part if last is None else pa.concat_tables([last, part])
        greater = None
        for column in reversed(rows.columns):
            here = pc.less(column[:-1], column[1:])
            greater = here if greater is None else pc.or_(here, pc.and_(pc.equal(column[:-1], column[1:]), greater))
        if len(rows) > 1 and not pc.all(greater, skip_nulls=False).as_py():
            return False
        last = part[-1:]
    return True


def _values(resource: Resource, rows: Rows, ascending: Set[Sequence[str]], file: str) -> Iterator[Problem]:
    """What is wrong with single values; fields that ascend are unique."""
    checks: list[tuple[str, Check]] = []
    for field in resource.fields:
        needed = field.required or field.name in resource.primary_key
        if field.unique and (field.name,) in ascending:
            field = replace(field, unique=False)
        checks += [(field.name, check) for check in (*_cells(field, file), *_constraints(field, needed, file))]
    before = 0
    for part in rows.parts():
        for name, check in checks:
            check.look(part[name], before)
        before += len(part)
    for _, check in checks:
        yield from check


class Check(Protocol):
    """Looks at a column part by part, each behind so many rows, and says in the end what is wrong with it."""

    def look(self, column: pa.ChunkedArray, before: int) -> None: ...

    def __iter__(self) -> Iterator[Problem]: ...


class _Marked(AtRows):
    """Finds the values that a mask marks."""

    def __init__(self, file: str, field: str, mask: Mask, message: str, severity: Severity = Severity.ERROR) -> None:
        super().__init__(file, field, severity)
        self._mask, self._message = mask, message

    def look(self, column: pa.ChunkedArray, before: int) -> None:
        import pyarrow.compute as pc

        marked = arrow.marked(pc.fill_null(self._mask(column), False))
        self.add(marked, lambda row: self._about(column[row].as_py()), before)

    def _about(self, value: object) -> str:
        return self._message if value is None else f"{shown(value)} {self._message}"


class _Numeric:
    """Finds columns in which every text reads like a number."""

    def __init__(self, file: str, field: str) -> None:
        self._file, self._field = file, field
        self._are_any, self._are_numbers, self._are_plain = False, True, True

    def look(self, column: pa.ChunkedArray, before: int) -> None:
        import pyarrow.compute as pc

        def all_match(pattern: str) -> bool:
            return bool(pc.all(pc.match_substring_regex(column, pattern), min_count=0).as_py())

        if self._are_numbers:
            self._are_any |= column.null_count < len(column)
            self._are_numbers = all_match(r"^[+-]?[0-9][0-9.]*$")
            # A year, or another number that reads back as it was written, loses nothing.
            self._are_plain = self._are_plain and all_match(r"^[1-9][0-9]{0,14}$")

    def __iter__(self) -> Iterator[Problem]:
        if self._are_any and self._are_numbers and not self._are_plain:
            message = "every text reads like a number: `007` becomes 7 where types are guessed"
            yield Problem(self._file, message, field=self._field, severity=Severity.WARNING)


class _Unique:
    """Finds values that stand in several rows; the column is held."""

    def __init__(self, file: str, field: str) -> None:
        self._file, self._field = file, field
        self._chunks: list[pa.Array] = []

    def look(self, column: pa.ChunkedArray, before: int) -> None:
        self._chunks += column.chunks

    def __iter__(self) -> Iterator[Problem]:
        import pyarrow as pa
        import pyarrow.compute as pc

        found, column = AtRows(self._file, self._field), pa.chunked_array(self._chunks)
        if pc.count_distinct(column).as_py() < len(column) - column.null_count:
            _repeats(column.to_pylist(), shown, found)
        yield from found


def _is_other(pattern: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Which texts a pattern does not match; each distinct one is looked at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = column.unique().to_pylist()
    other = [text for text in texts if text is not None and not re.fullmatch(pattern, text)]
    return pc.is_in(column, value_set=pa.array(other, column.type))


def _cells(field: Field, file: str) -> Iterator[Check]:
    """What finds texts that a file can hold and its readers stumble over."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marked = partial(_Marked, file, field.name)
    if field.type == "number":
        yield marked(lambda column: pc.invert(pc.is_finite(column)), "is not a finite number")
    if field.type != "string":
        return
    yield marked(lambda column: pc.equal(column, ""), "is empty; what is absent is null")
    control = partial(pc.match_substring_regex, pattern=r"[\p{Cc}\x{2028}\x{2029}]")
    yield marked(control, "holds a line break or control character")
    missing = partial(pc.is_in, value_set=pa.array(NA_LIKE))
    yield marked(missing, "reads like a missing value", Severity.WARNING)
    formula = partial(pc.match_substring_regex, pattern=r"^[=+\-@]")
    yield marked(formula, "begins like a formula: spreadsheets may compute it", Severity.WARNING)

    def is_trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.not_equal(pc.ascii_trim(column, characters=_BLANK), column)  # an eighth of what a pattern takes

    yield marked(is_trimmed, "begins or ends with white space: some readers strip it", Severity.WARNING)
    yield _Numeric(file, field.name)


def _constraints(field: Field, needed: bool, file: str) -> Iterator[Check]:
    """What finds values that the schema does not allow."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marked = partial(_Marked, file, field.name)
    if needed:
        yield marked(pc.is_null, "is missing")
    if field.unique:
        yield _Unique(file, field.name)
    if field.enum:
        values = [cell.parse(value, field.type) for value in field.enum]

        def is_other(column: pa.ChunkedArray) -> pa.ChunkedArray:
            allowed = pa.array(values, column.type)
            return pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, value_set=allowed)))

        yield marked(is_other, f"is none of {shown(', '.join(field.enum), 200)}")
    if field.pattern:
        yield marked(partial(_is_other, field.pattern), f"does not match {field.pattern}")
    if field.minimum is not None:
        yield marked(lambda column: pc.less(column, field.minimum), f"is less than {field.minimum}")
    if field.maximum is not None:
        yield marked(lambda column: pc.greater(column, field.maximum), f"is more than {field.maximum}")
    if field.min_length is not None:

        def is_short(column: pa.ChunkedArray) -> pa.ChunkedArray:
            length = pc.utf8_length(column)  # an empty text has been named already
            return pc.and_(pc.less(length, field.min_length), pc.greater(length, 0))

        yield marked(is_short, f"is shorter than {field.min_length} characters")
    if field.max_length is not None:
        message = f"is longer than {field.max_length} characters"
        yield marked(lambda column: pc.greater(pc.utf8_length(column), field.max_length), message)


def _primary_key(keys: pa.Table, file: str) -> Iterator[Problem]:
    """Unique, and in order; that no part is null is a constraint of its field."""
    import pyarrow as pa
    import pyarrow.compute as pc

    name = ", ".join(keys.column_names)
    keys = keys.combine_chunks()
    if keys.group_by(keys.column_names).aggregate([]).num_rows < keys.num_rows:
        rows = list(zip(*(column.to_pylist() for column in keys.columns), strict=True))
        again = AtRows(file, name)
        _repeats(rows, lambda values: f"the key {shown(', '.join(map(str, values)))}", again)
        yield from again
    order = pc.sort_indices(keys, sort_keys=[(part, "ascending") for part in keys.column_names])
    moved = pc.not_equal(order, pa.array(range(len(order)), order.type))
    if rows_out := arrow.marked(moved):
        yield Problem(file, "the rows do not stand in the order of the primary key", rows_out[0] + 1, name)


def _foreign_key(rows: Rows, target: Rows, key: ForeignKey, file: str) -> Iterator[Problem]:
    def say(child: pa.Table, row: int) -> str:
        return f"{shown(', '.join(str(column[row].as_py()) for column in child.columns))} is not in {key.resource}"

    parent = target.table(key.reference_fields)
    found, before = AtRows(file, ", ".join(key.fields)), 0
    # For each part all parents are gone through: so it has as many rows.
    for child in joined(rows.parts(key.fields), len(parent)):
        found.add(_lost(child, parent), partial(say, child), before)
        before += len(child)
    yield from found


def _lost(child: pa.Table, parent: pa.Table) -> list[int]:
    """The rows, counted from 0, that refer to what is not there; those that refer to nothing are none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names = [f"k{number}" for number in range(child.num_columns)]
    given = pc.is_valid(child.column(0))
    for column in child.columns[1:]:
        given = pc.or_(given, pc.is_valid(column))
    # Counted on the child's side, so that a row is known by its number after the join.
    child = child.rename_columns(names).append_column("row", pa.array(range(len(child)), pa.int64()))
    lost = child.filter(given).join(parent.rename_columns(names), keys=names, join_type="left anti")
    return sorted(lost["row"].to_pylist())


def _repeats(values: Sequence[Value], name: Callable[[Value], str], found: AtRows) -> None:
    """Find the rows whose value stood in an earlier row already."""
    first: dict[Value, int] = {}
    again = {}
    for row, value in enumerate(values):
        if value is not None and first.setdefault(value, row) != row:
            again[row] = first[value]
    found.add([*again], lambda row: f"{name(values[row])} stands in row {again[row] + 1}, too")
