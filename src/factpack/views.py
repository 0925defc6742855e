"""A dataset's documented queries, beside its models: views in `views.sql`, questions in `questions.sql`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from factpack.config import ConfigurationError
from factpack.resource import Resource

FILE = "views.sql"
QUESTIONS = "questions.sql"

_VIEW = re.compile(r"CREATE VIEW (?P<name>[a-z][a-z0-9_]*) AS\s+(?:SELECT|WITH)\b.*;", re.DOTALL)


@dataclass(frozen=True, slots=True)
class View:
    """A view's name, what it answers (the comment above it), its statement, and the columns it has."""

    name: str
    description: str
    statement: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, which is the comment above it, and the statement that answers it."""

    text: str
    statement: str


def views(sql: str, resources: Sequence[Resource]) -> list[View]:
    """The views of a file, each tried on empty tables; raises ConfigurationError.

    The file is a sequence of `CREATE VIEW name AS SELECT ...;`, each below the comment that documents it.
    """
    found = []
    with _empty(resources) as database:
        for comment, statement in statements(sql):
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
    return found


def questions(sql: str, resources: Sequence[Resource], known: Sequence[View]) -> list[Question]:
    """The questions of a file, each tried on empty tables and the views; raises ConfigurationError.

    The file is a sequence of `SELECT ...;`, each below the comment that asks what it answers.
    """
    found = []
    with _empty(resources) as database:
        for view in known:
            database.execute(view.statement)
        for comment, statement in statements(sql):
            if not comment:
                raise ConfigurationError(f"{QUESTIONS}: no comment above asks what this answers: {statement[:60]!r}")
            if not statement.startswith(("SELECT", "WITH")):
                raise ConfigurationError(f"{QUESTIONS}: not `SELECT ...;`: {statement[:60]!r}")
            try:
                database.execute(statement)
            except sqlite3.Error as error:
                raise ConfigurationError(f"{QUESTIONS}: {comment!r} does not work: {error}") from None
            found.append(Question(" ".join(comment.split()), statement))
    return found


@contextmanager
def _empty(resources: Sequence[Resource]) -> Iterator[sqlite3.Connection]:
    """The tables without rows."""
    database = sqlite3.connect(":memory:")
    try:
        for resource in resources:
            columns = ", ".join(f'"{field.name}"' for field in resource.fields)
            database.execute(f'CREATE TABLE "{resource.name}" ({columns})')
        yield database
    finally:
        database.close()


def statements(sql: str) -> Iterator[tuple[str, str]]:
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
