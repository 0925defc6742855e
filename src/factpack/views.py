"""A dataset's views: documented queries on its tables, in `views.sql` beside its models."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpack.config import ConfigurationError
from factpack.resource import Resource

FILE = "views.sql"

_VIEW = re.compile(r"CREATE VIEW (?P<name>[a-z][a-z0-9_]*) AS\s+(?:SELECT|WITH)\b.*;", re.DOTALL)


@dataclass(frozen=True, slots=True)
class View:
    """A view's name, what it answers (the comment above it), its statement, and the columns it has."""

    name: str
    description: str
    statement: str
    columns: tuple[str, ...]


def views(sql: str, resources: Sequence[Resource]) -> list[View]:
    """The views of a file, each tried on empty tables; raises ConfigurationError.

    The file is a sequence of `CREATE VIEW name AS SELECT ...;`, each below the comment that documents it.
    """
    found = []
    database = sqlite3.connect(":memory:")
    try:
        for resource in resources:
            columns = ", ".join(f'"{field.name}"' for field in resource.fields)
            database.execute(f'CREATE TABLE "{resource.name}" ({columns})')
        for comment, statement in _statements(sql):
            match = _VIEW.fullmatch(statement)
            if match is None:
                raise ConfigurationError(f"{FILE}: not `CREATE VIEW name AS SELECT ...;`: {statement[:60]!r}")
            name = match["name"]
            if not comment:
                raise ConfigurationError(f"{FILE}: no comment above the view `{name}` says what it answers")
            try:
                database.execute(statement)
                row = database.execute(f'SELECT * FROM "{name}"').description
            except sqlite3.Error as error:
                raise ConfigurationError(f"{FILE}: the view `{name}` does not work: {error}") from None
            found.append(View(name, comment, statement, tuple(column[0] for column in row)))
    finally:
        database.close()
    return found


def _statements(sql: str) -> Iterator[tuple[str, str]]:
    """Each statement with the comment lines directly above it; an empty line parts a comment from what follows."""
    comment: list[str] = []
    lines: list[str] = []
    for line in sql.splitlines():
        if lines or (line.strip() and not line.startswith("--")):
            lines.append(line)
            if sqlite3.complete_statement("\n".join(lines)):
                yield "\n".join(comment), "\n".join(lines).strip()
                comment, lines = [], []
        elif line.startswith("--"):
            comment.append(line.removeprefix("--").strip())
        else:
            comment = []
    if lines:
        yield "\n".join(comment), "\n".join(lines).strip()
