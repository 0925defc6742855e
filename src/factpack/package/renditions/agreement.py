"""Whether SQLite file and workbook hold the same values as the tables they were made from.

Their bytes follow from their libraries' versions, too, so not bytes but values are compared, cell by cell. Both
files may be a stranger's: nothing in them is computed, and what they may cost is bounded by their size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from factpack import views
from factpack.package.descriptor import Descriptor
from factpack.package.held import Files
from factpack.package.problem import Problem, at_rows, shown
from factpack.package.renditions import sheets, sql, sqlite, workbook
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 1 << 13
"""How many rows are compared at a time."""


def differences(package: Descriptor, files: Files, tables: Mapping[str, pa.Table]) -> Iterator[Problem]:
    """Where SQLite file and workbook, if they are among the package's sound files, do not hold the tables' values."""
    database, book = f"{package.name}{sqlite.SUFFIX}", f"{package.name}{workbook.SUFFIX}"
    if database in files:
        yield from _in_database(database, files, package.tables(), tables)
    if book in files:
        yield from _in_workbook(book, files[book], package.tables(), tables)


def _in_database(
    file: str, files: Files, shapes: Sequence[Resource], tables: Mapping[str, pa.Table]
) -> Iterator[Problem]:
    defined = b"".join(files.get(one, b"") for one in (sql.FILE, views.FILE)).decode("utf-8", "replace")
    # What is in memory is copied; what is in a folder is read where it lies, and nothing beside it looked for.
    place = f"{(files.folder / file).resolve().as_uri()}?mode=ro&immutable=1" if files.folder else ":memory:"
    with closing(sqlite3.connect(place, uri=True)) as database:
        try:
            if not files.folder:
                database.deserialize(files[file])
            database.set_authorizer(_allowed)
            _bound(database, 0)
            unlike = list(_unlike_definitions(file, database, defined if sql.FILE in files else None, shapes))
            yield from unlike
            if unlike:
                return
            # Otherwise an index may send whoever asks for a row to another one.
            _bound(database, sum(len(tables[one.name]) * len(one.fields) for one in shapes if one.name in tables))
            if (damage := database.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                yield Problem(file, f"is damaged, as SQLite says: {shown(damage)}")
                return
            for one in shapes:
                if one.name not in tables:
                    continue
                table = tables[one.name]
                _bound(database, len(table) * len(one.fields))
                cursor = database.execute(f"SELECT * FROM {sql.name(one.name)}")
                if [column[0] for column in cursor.description] != [field.name for field in one.fields]:
                    yield Problem(file, f"the columns of {one.name} are not those of the table")
                    continue
                found = islice(cursor, len(table) + 1)
                yield from _unlike(file, one, table, found, lambda column, _: _plain(column))
        except (sqlite3.Error, UnicodeDecodeError, MemoryError) as error:  # the last of a file with nothing in it
            yield Problem(file, f"cannot be read as the tables' SQLite file: {shown(str(error))}")


def _allowed(do: int, name: str | None, *_: object) -> int:
    """Only plain columns of tables are read: no function, no recursion."""
    reads = do in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    looks = do == sqlite3.SQLITE_PRAGMA and name == "integrity_check"
    return sqlite3.SQLITE_OK if reads or looks else sqlite3.SQLITE_DENY


def _bound(database: sqlite3.Connection, cells: int) -> None:
    """Let what is asked next take no more steps than so many cells do."""
    steps = iter(range(1_000 + cells))
    database.set_progress_handler(lambda: next(steps, None) is None, 1_000)


def _unlike_definitions(
    file: str, database: sqlite3.Connection, defined: str | None, resources: Sequence[Resource]
) -> Iterator[Problem]:
    """Tables that are missing, and whatever is there besides tables and views, or is not defined beside it."""
    found = database.execute("SELECT type, name, sql FROM sqlite_schema").fetchmany(10_000)
    names = {one.name for one in resources}
    for kind, name, statement in found:
        if kind == "index" and statement is None:
            continue
        if kind != "view" and not (kind == "table" and name in names):
            yield Problem(file, f"the {kind} {shown(name)} is none that a package has")
        elif defined is not None and f"{statement};" not in defined:
            yield Problem(file, f"the {kind} {shown(name)} is not defined in {sql.FILE} or {views.FILE}")
    for name in sorted(names - {name for kind, name, _ in found if kind == "table"}):
        yield Problem(file, f"has no table {name}")


def _in_workbook(
    file: str, data: bytes, resources: Sequence[Resource], tables: Mapping[str, pa.Table]
) -> Iterator[Problem]:
    names = workbook.sheet_names(resources)
    try:
        with sheets.opened(data) as book:
            if list(book.names) != [*workbook.SPEAKING, *names.values()]:
                yield Problem(file, "has not the sheets about, fields, and one for each table")
                return
            for name, width in workbook.SPEAKING.items():
                for _ in book.rows(name, width):
                    pass  # what they say is not compared, only that it is plain text
            for one in resources:
                if one.name in tables:
                    found = book.rows(names[one.name], len(one.fields))
                    if next(found, ()) != tuple(field.name for field in one.fields):
                        yield Problem(file, f"the header of {one.name} is not that of the table")
                        continue
                    yield from _unlike(file, one, tables[one.name][: workbook.MAX_ROWS], found, _held)
    except sheets.Unreadable as error:
        yield Problem(file, f"cannot be read as a workbook: {shown(str(error))}")


def _held(column: pa.Array, type_: str) -> list[Any]:
    """What the cells of a sheet give back for the values of a column."""
    values = _plain(column)
    if type_ == "string":
        return [value if value is None or len(value) <= workbook.MAX_TEXT else _cell(value, type_) for value in values]
    cells = {value: None if value is None else _cell(value, type_) for value in set(values)}
    return [cells[value] for value in values]


def _cell(value: Any, type_: str) -> object:
    held = workbook.held_as(value != 0 if type_ == "boolean" else value, type_)
    if isinstance(held, datetime):
        held = (held - sheets.DAY_ZERO).days
    return held if isinstance(held, bool | str) else sheets.number(str(held))


def _plain(column: pa.Array) -> list[Any]:
    """A column's values as SQLite gives them back: days as text, true and false as 1 and 0."""
    import pyarrow as pa

    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    return (column.cast(pa.int8()) if pa.types.is_boolean(column.type) else column).to_pylist()  # type: ignore[no-any-return]


def _unlike(
    file: str,
    resource: Resource,
    table: pa.Table,
    found: Iterator[Sequence[object]],
    as_there: Callable[[pa.Array, str], list[Any]],
) -> Iterator[Problem]:
    """Where the rows of a file differ from the table's, in value or type; both in the order of the table."""
    unlike: list[list[tuple[int, str]]] = [[] for _ in resource.fields]
    count = 0
    for batch in table.to_batches(max_chunksize=_BATCH):
        theirs = list(islice(found, len(batch)))
        if len(theirs) == len(batch):
            for number, (field, column) in enumerate(zip(resource.fields, zip(*theirs, strict=True), strict=True)):
                unlike[number] += _apart(as_there(batch[field.name], field.type), column, count + 1)
        count += len(theirs)
    more = sum(1 for _ in found)
    if more or count < len(table):
        yield Problem(file, f"{resource.name} has {'more' if more else count} rows, its CSV file {len(table)}")
        return
    for field, cells in zip(resource.fields, unlike, strict=True):
        yield from at_rows(file, f"{resource.name}.{field.name}", cells)


def _apart(ours: Sequence[object], theirs: Sequence[object], first: int) -> Iterator[tuple[int, str]]:
    """The rows in which two columns differ, and how; the rows are counted from `first`."""
    if [*theirs] == ours and [*map(type, theirs)] == [*map(type, ours)]:
        return
    for row, (their, our) in enumerate(zip(theirs, ours, strict=True), first):
        if their != our or type(their) is not type(our):
            yield row, f"is {shown(their)}, in the CSV file {shown(our)}"
