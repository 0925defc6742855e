"""Whether SQLite file and workbook hold the same values as the tables they were made from.

Their bytes follow from their libraries' versions, too, so not bytes but values are compared, cell by cell. Both
files may be a stranger's: nothing in them is computed, and what they may cost is bounded by their size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from factpack import views
from factpack.package.descriptor import Descriptor
from factpack.package.problem import Problem, at_rows, shown
from factpack.package.renditions import sheets, sql, sqlite, workbook
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[tuple[Any, ...]]

_DAY_ZERO = datetime(1899, 12, 30)  # of a workbook; right for every day since March 1900


def differences(package: Descriptor, files: Mapping[str, bytes], tables: Mapping[str, pa.Table]) -> Iterator[Problem]:
    """Where SQLite file and workbook, if they are among the package's sound files, do not hold the tables' values."""
    shapes = [one for one in package.tables() if one.name in tables]
    expected = {one.name: _expected(one, tables[one.name]) for one in shapes}
    database, book = f"{package.name}{sqlite.SUFFIX}", f"{package.name}{workbook.SUFFIX}"
    if database in files:
        yield from _in_database(database, files, shapes, expected)
    if book in files:
        yield from _in_workbook(book, files[book], package.tables(), expected)


def _in_database(
    file: str, files: Mapping[str, bytes], shapes: Sequence[Resource], expected: Mapping[str, Rows]
) -> Iterator[Problem]:
    defined = b"".join(files.get(one, b"") for one in (sql.FILE, views.FILE)).decode("utf-8", "replace")
    steps = iter(range(1_000 + sum(len(expected[one.name]) * len(one.fields) for one in shapes)))
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files[file])
        # Only plain columns of tables are read: no function, no recursion, and no more steps than that takes.
        allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
        database.set_authorizer(lambda do, *_: sqlite3.SQLITE_OK if do in allowed else sqlite3.SQLITE_DENY)
        database.set_progress_handler(lambda: next(steps, None) is None, 1_000)
        try:
            if sql.FILE in files:
                yield from _unlike_definitions(file, database, defined, shapes)
            for one in shapes:
                columns = ", ".join(sql.name(field.name) for field in one.fields)
                cursor = database.execute(f"SELECT {columns} FROM {sql.name(one.name)}")
                yield from _unlike(file, one, expected[one.name], cursor.fetchmany(len(expected[one.name]) + 1))
        except sqlite3.Error as error:
            yield Problem(file, f"cannot be read as the tables' SQLite file: {shown(str(error))}")


def _unlike_definitions(
    file: str, database: sqlite3.Connection, defined: str, resources: Sequence[Resource]
) -> Iterator[Problem]:
    found = database.execute("SELECT type, name, sql FROM sqlite_schema").fetchmany(10_000)
    for kind, name, statement in found:
        if not (kind == "index" and statement is None) and f"{statement};" not in defined:
            yield Problem(file, f"the {kind} {shown(name)} is not defined in {sql.FILE} or {views.FILE}")
    names = {name for kind, name, _ in found if kind == "table"}
    for one in resources:
        if one.name not in names:
            yield Problem(file, f"has no table {one.name}")


def _in_workbook(
    file: str, data: bytes, resources: Sequence[Resource], expected: Mapping[str, Rows]
) -> Iterator[Problem]:
    names = workbook.sheet_names(resources)
    try:
        with sheets.opened(data) as book:
            if list(book.names) != ["about", "fields", *names.values()]:
                yield Problem(file, "has not the sheets about, fields, and one for each table")
                return
            for one in resources:
                if one.name in expected:
                    header, *found = book.rows(names[one.name], len(one.fields))
                    if header != tuple(field.name for field in one.fields):
                        yield Problem(file, f"the header of {one.name} is not that of the table")
                        continue
                    types = [field.type for field in one.fields]
                    held = [tuple(map(_held, row, types)) for row in expected[one.name][: workbook.MAX_ROWS]]
                    yield from _unlike(file, one, held, found)
    except sheets.Unreadable as error:
        yield Problem(file, f"cannot be read as a workbook: {shown(str(error))}")


def _held(value: Any, type_: str) -> object:
    """What the cell of a sheet gives back for a value of the table."""
    if value is None or (type_ == "string" and len(value) <= workbook.MAX_TEXT):
        return value
    held = workbook.held_as(value != 0 if type_ == "boolean" else value, type_)
    if isinstance(held, datetime):
        held = (held - _DAY_ZERO).days
    return held if isinstance(held, bool | str) else sheets.number(str(held))


def _expected(resource: Resource, table: pa.Table) -> Rows:
    """A table's values as SQLite gives them back: days as text, true and false as 1 and 0."""
    columns = [table[field.name].to_pylist() for field in resource.fields]
    return list(zip(*([_plain(value) for value in column] for column in columns), strict=True))


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _unlike(file: str, resource: Resource, expected: Rows, found: Rows) -> Iterator[Problem]:
    """Where two lists of rows differ, in value or type; both in the order of the tables."""
    if len(found) != len(expected):
        more = "more" if len(found) > len(expected) else f"{len(found)}"
        yield Problem(file, f"{resource.name} has {more} rows, its CSV file {len(expected)}")
        return
    for number, field in enumerate(resource.fields):
        unlike = [
            (row, f"is {shown(theirs[number])}, in the CSV file {shown(ours[number])}")
            for row, (theirs, ours) in enumerate(zip(found, expected, strict=True), 1)
            if theirs[number] != ours[number] or type(theirs[number]) is not type(ours[number])
        ]
        yield from at_rows(file, f"{resource.name}.{field.name}", unlike)
