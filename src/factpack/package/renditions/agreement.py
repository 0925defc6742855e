"""Whether SQLite file and workbook hold the same values as the tables they were made from.

Their bytes follow from their libraries' versions, too, so not bytes but values are compared, cell by cell. Both
files may be a stranger's: nothing in them is computed, and what they may cost is bounded by their size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpack import views
from factpack.package import archive
from factpack.package.descriptor import Descriptor
from factpack.package.held import Files
from factpack.package.parts import Rows, length
from factpack.package.problem import AtRows, Problem, shown
from factpack.package.renditions import sheets, sql, sqlite, workbook
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 1 << 13
"""How many rows are compared at a time."""

_FOLD = 8
"""How much larger a workbook may be than the CSV files, unpacked, where these are large; it is a few times."""


def differences(package: Descriptor, files: Files, tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Where SQLite file and workbook, if they are among the package's sound files, do not hold the tables' values."""
    database, book = f"{package.name}{sqlite.SUFFIX}", f"{package.name}{workbook.SUFFIX}"
    if database in files:
        yield from _in_database(database, files, package.tables(), tables)
    if book in files:
        yield from _in_workbook(book, files, package.tables(), tables)


def _in_database(file: str, files: Files, shapes: Sequence[Resource], tables: Mapping[str, Rows]) -> Iterator[Problem]:
    defined = b"".join(files.get(one, b"") for one in (sql.FILE, views.FILE)).decode("utf-8", "replace")
    # What is in memory is copied; what is in a folder is read where it lies, and nothing beside it looked for.
    content = files.content(file)
    place = f"{content.resolve().as_uri()}?mode=ro&immutable=1" if isinstance(content, Path) else ":memory:"
    with closing(sqlite3.connect(place, uri=True)) as database:
        try:
            if isinstance(content, bytes):
                database.deserialize(content)
            database.set_authorizer(_allowed)
            _bound(database, 0)
            unlike = list(_unlike_definitions(file, database, defined if sql.FILE in files else None, shapes))
            yield from unlike
            if unlike:
                return
            # Otherwise an index may send whoever asks for a row to another one.
            _bound(database, sum(tables[one.name].count * len(one.fields) for one in shapes if one.name in tables))
            if (damage := database.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                yield Problem(file, f"is damaged, as SQLite says: {shown(damage)}")
                return
            for one in shapes:
                if one.name not in tables:
                    continue
                rows = tables[one.name]
                _bound(database, rows.count * len(one.fields))
                cursor = database.execute(f"SELECT * FROM {sql.name(one.name)}")
                if [column[0] for column in cursor.description] != [field.name for field in one.fields]:
                    yield Problem(file, f"the columns of {one.name} are not those of the table")
                    continue
                found = islice(cursor, rows.count + 1)
                yield from _unlike(file, one, rows, rows.count, found, lambda column, _: _plain(column))
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
    file: str, files: Files, resources: Sequence[Resource], tables: Mapping[str, Rows]
) -> Iterator[Problem]:
    names = workbook.sheet_names(resources)
    most = _FOLD * sum(length(files.content(f"data/{name}.csv")) for name in tables)
    try:
        with sheets.opened(files.content(file), max(most, archive.MAX_BYTES)) as book:
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
                    yield from _unlike(file, one, tables[one.name], workbook.MAX_ROWS, found, _held)
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
    rows: Rows,
    most: int,
    found: Iterator[Sequence[object]],
    as_there: Callable[[pa.Array, str], list[Any]],
) -> Iterator[Problem]:
    """Where the rows of a file differ from the table's first, in value or type; both in the order of the table."""
    unlike = [AtRows(file, f"{resource.name}.{field.name}") for field in resource.fields]
    whole, count = min(rows.count, most), 0
    for batch in _batches(rows, whole):
        theirs = list(islice(found, len(batch)))
        if len(theirs) == len(batch):
            for field, column, there in zip(resource.fields, zip(*theirs, strict=True), unlike, strict=True):
                _apart(as_there(batch[field.name], field.type), column, there, count)
        count += len(theirs)
    more = sum(1 for _ in found)
    if more or count < whole:
        yield Problem(file, f"{resource.name} has {'more' if more else count} rows, its CSV file {whole}")
        return
    yield from chain.from_iterable(unlike)


def _batches(rows: Rows, count: int) -> Iterator[pa.RecordBatch]:
    """So many of the rows, as many at a time as are compared."""
    for part in rows.parts():
        yield from part[:count].to_batches(max_chunksize=_BATCH)
        count -= len(part)
        if count <= 0:
            return


def _apart(ours: Sequence[object], theirs: Sequence[object], found: AtRows, before: int) -> None:
    """Find the rows in which two columns differ."""
    if [*theirs] == ours and [*map(type, theirs)] == [*map(type, ours)]:
        return
    rows = [
        row
        for row, (their, our) in enumerate(zip(theirs, ours, strict=True))
        if (their, type(their)) != (our, type(our))
    ]
    found.add(rows, lambda row: f"is {shown(theirs[row])}, in the CSV file {shown(ours[row])}", before)
