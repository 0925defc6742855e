"""<name>.sqlite: all tables in one file, with their keys, checks and comments, and the views on them.

The same rows give the same bytes: the page size is fixed, nothing of a clock or a machine goes in, and VACUUM
lays the pages out anew. Another version of the library may lay pages out otherwise: provenance.json says which it
was. The file is made in memory, so that a run that is killed leaves nothing in the folder for temporary files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from factpack.package import packed
from factpack.package.renditions import sql
from factpack.resource import Resource
from factpack.views import View

SUFFIX = ".sqlite"


class Unfit(Exception):
    """A database refuses the rows: a key is missing or stands twice."""


def database(resources: Sequence[Resource], views: Sequence[View] = ()) -> bytes:
    """The file's bytes; the rows must be well typed and sorted. Raises Unfit."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            _fill(connection, resources, views)
        except sqlite3.IntegrityError as error:
            raise Unfit(str(error)) from None
        return connection.serialize()


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
    connection.execute("VACUUM")
