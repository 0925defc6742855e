"""<name>.sqlite: all tables in one file, with their keys, checks and comments, and the views on them.

The same rows give the same bytes: the page size is fixed, nothing of a clock or a machine goes in, and VACUUM
lays the pages out anew. Another version of the library may lay pages out otherwise: provenance.json says which it
was. The file is made where the package is, and taken from there piece by piece.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from factpack.package import packed
from factpack.package.renditions import sql
from factpack.resource import Resource
from factpack.views import View

SUFFIX = ".sqlite"

_HEAD = 100
"""Bytes, some of which count changes and name SQLite's version: zero, as where it works in memory."""
_PIECE = 1 << 20
_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


class Unfit(Exception):
    """A database refuses the rows: a key is missing or stands twice."""


def database(resources: Sequence[Resource], room: Path, views: Sequence[View] = ()) -> Iterator[bytes]:
    """The file, piece by piece; the rows must be well typed and sorted.

    It is made in the folder `room`, where nothing is left. Raises Unfit, and OSError for want of space.
    """
    drawn, laid_out = room / ".drawn", room / ".laid-out"
    try:
        _make(drawn, laid_out, resources, views)
        with laid_out.open("rb") as file:
            head = file.read(_HEAD)
            yield head[:24] + bytes(4) + head[28:92] + bytes(8)
            while piece := file.read(_PIECE):
                yield piece
    finally:
        laid_out.unlink(missing_ok=True)


def _make(drawn: Path, laid_out: Path, resources: Sequence[Resource], views: Sequence[View]) -> None:
    try:
        with closing(sqlite3.connect(drawn, isolation_level=None)) as connection:
            _fill(connection, resources, views)
            # Its name as bytes: as a text it may not be encodable in the locale.
            connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(laid_out),))
    except sqlite3.IntegrityError as error:
        raise Unfit(str(error)) from None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _DISK:
            raise OSError(f"{drawn.parent}: SQLite: {error}") from None
        raise
    finally:
        drawn.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, resources: Sequence[Resource], views: Sequence[View]) -> None:
    # Checks and references are the validator's to report, row by row; here they would end the run.
    for setting in (
        "page_size = 4096", "encoding = 'UTF-8'", "auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF",
        "foreign_keys = OFF", "ignore_check_constraints = ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    tables = sql.ordered(resources)
    for resource in tables:
        connection.execute(sql.create(resource, tables))
        names = [field.name for field in resource.fields]
        marks = ", ".join("?" * len(names))
        columns = ", ".join(sql.name(one) for one in names)
        statement = f"INSERT INTO {sql.name(resource.name)} ({columns}) VALUES ({marks})"
        connection.executemany(statement, packed.tuples(resource))
    for view in views:
        connection.execute(view.statement)
    connection.execute("COMMIT")
