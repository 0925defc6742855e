"""A release as its site reads it: the tables of its SQLite file, by key, a few rows at a time.

The SQLite file holds every table with its keys, needs no library, and answers "all rows about this record" without
a table's rows as objects: that is what makes a site of many thousands of pages cheap. A copy in memory is read, as
indexes are added to it and a run that is killed must leave no other.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from factpack.config import ConfigurationError
from factpack.files import Unreadable, read_if_there
from factpack.package import checksums, descriptor, tableschema
from factpack.package.descriptor import Descriptor
from factpack.package.problem import PackageInvalid, Problem
from factpack.package.reading import member
from factpack.resource import ForeignKey

Row = Mapping[str, Any]

_LONGEST = 1 << 30  # bytes of a release's text

RECORDS, ARTICLES, EVIDENCE, STATEMENTS = "records", "articles", "evidence", "statements"


class Published:
    """The tables of a release: `shapes` says what they are, `rows` and `select` give their rows."""

    def __init__(
        self, folder: Path, package: Descriptor, database: sqlite3.Connection, sources: Path | None, dist: Path | None
    ) -> None:
        """`sources` is the folder of the articles' texts and `dist` that of all versions, where they are at hand."""
        self.folder = folder
        self.dist = dist
        self.package = package
        self._sources = sources
        self.shapes = {shape.name: shape for shape in package.tables()}
        self._database = database
        database.row_factory = lambda cursor, row: {
            column[0]: value for column, value in zip(cursor.description, row, strict=True)
        }
        self._index()

    @property
    def title(self) -> str:
        """The dataset's title, or its name where it has none."""
        return self.package.title or self.package.name

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The tables whose rows are records: their key refers to `records`. Articles come first."""
        return tuple(
            name
            for name, shape in self.shapes.items()
            if any(key.fields == shape.primary_key and key.resource == RECORDS for key in shape.foreign_keys)
        )

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """The tables that others refer to and that are no records: persons, bodies, countries, themes."""
        targets = {key.resource for shape in self.shapes.values() for key in shape.foreign_keys}
        own = {RECORDS, EVIDENCE, STATEMENTS, *self.facts}
        return tuple(name for name in self.shapes if name in targets - own)

    @cached_property
    def links(self) -> Mapping[str, str]:
        """The tables whose rows belong to a record that is not their key -> the column that says to which."""
        own = {RECORDS, EVIDENCE, STATEMENTS, *self.facts}
        return {
            name: key.fields[0]
            for name, shape in self.shapes.items()
            if name not in own and (key := next((k for k in shape.foreign_keys if k.resource == RECORDS), None))
        }

    def key(self, table: str) -> str:
        """The column that is the key of a table."""
        return self.shapes[table].primary_key[0]

    def owner(self, table: str) -> str | None:
        """The column that says which record a row is, or belongs to; None where it is part of none."""
        return self.key(table) if table in self.facts else self.links.get(table)

    def reference(self, table: str, column: str) -> ForeignKey | None:
        """What a column refers to, apart from a record's own key."""
        shape = self.shapes[table]
        return next((k for k in shape.foreign_keys if k.fields == (column,) and k.fields != shape.primary_key), None)

    def select(self, query: str, *values: Any) -> Iterator[Row]:
        """The rows of a query, one after another."""
        yield from self._database.execute(query, values)

    def rows(self, table: str, column: str | None = None, values: Iterable[Any] = ()) -> list[Row]:
        """A table's rows in the order of its key: all, or those whose `column` is one of `values`.

        A table that this dataset has no use for has none.
        """
        if table not in self.shapes:
            return []
        order = f"ORDER BY {name_of(self.key(table))}"
        if column is None:
            return list(self.select(f"SELECT * FROM {name_of(table)} {order}"))
        wanted = list(values)
        found: list[Row] = []
        for start in range(0, len(wanted), _MANY):
            part = wanted[start : start + _MANY]
            marks = ", ".join("?" * len(part))
            clause = f"WHERE {name_of(column)} IN ({marks})"
            found += self.select(f"SELECT * FROM {name_of(table)} {clause} {order}", *part)
        return found

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(next(self.select(f"SELECT count(*) AS n FROM {name_of(table)}"))["n"])

    def labels(self, table: str, keys: Iterable[str]) -> dict[str, str]:
        """What the rows of a table are called, by their key; records by their label, others by their name."""
        table = RECORDS if table in self.facts else table
        naming = self._naming(table)
        return {row[self.key(table)]: row[naming] for row in self.rows(table, self.key(table), set(keys))}

    def named(self, rows: Sequence[Row], table: str) -> dict[tuple[str, str], str]:
        """(table, key) -> name of everything that these rows of a table refer to."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for key in self.shapes[table].foreign_keys:
            wanted[key.resource].update(row[key.fields[0]] for row in rows if row[key.fields[0]] is not None)
        return {
            (target, identity): label
            for target, keys in wanted.items()
            for identity, label in self.labels(target, keys).items()
        }

    def source(self, article: Row) -> str | None:
        """An article's text, if it is at hand and the very one that the release was made from."""
        name = str(article.get("file_name") or "")
        if self._sources is None or not name or "/" in name or "\\" in name:
            return None
        place = self._sources / name
        if place.is_symlink() or not place.is_file():
            return None
        data = place.read_bytes()
        return data.decode("utf-8", "replace") if sha256(data).hexdigest() == article.get("sha256") else None

    def text(self, path: str) -> str:
        """A text file of the release, such as its codebook; nothing where it has none."""
        return text_of(self.folder, path)

    def _naming(self, table: str) -> str:
        columns = [field.name for field in self.shapes[table].fields]
        return next((one for one in ("label", "name", "title", "headline") if one in columns), columns[0])

    def _index(self) -> None:
        wanted = {(name, key.fields[0]) for name, shape in self.shapes.items() for key in shape.foreign_keys}
        wanted |= {(STATEMENTS, "row_id"), (STATEMENTS, "article_id"), (EVIDENCE, "article_id")}
        for number, (table, column) in enumerate(sorted(wanted)):
            if table in self.shapes:
                self._database.execute(f"CREATE INDEX site_{number} ON {name_of(table)} ({name_of(column)})")


_MANY = 500
"""How many values one query asks for; SQLite has a limit."""


def text_of(folder: Path, path: str) -> str:
    """The content of a text file below a folder; nothing where there is none, or it is or lies behind a link.

    Raises ConfigurationError.
    """
    try:
        return read_if_there(folder, path, _LONGEST)
    except Unreadable as error:
        raise ConfigurationError(f"{folder / path}: {error.why}") from None


def name_of(identifier: str) -> str:
    """A table's or column's name as SQL has it."""
    return '"' + identifier.replace('"', '""') + '"'


@contextmanager
def opened(folder: Path, sources: Path | None = None, dist: Path | None = None) -> Iterator[Published]:
    """A release's folder, opened for its site; raises PackageInvalid where it is not what it says."""
    text = member(folder, descriptor.FILE)
    package, problems = descriptor.load(text)
    if package is None:
        raise PackageInvalid(problems)
    if flaws := [Problem(descriptor.FILE, f"{name}: {said}") for name, said in tableschema.flaws(package.tables())]:
        raise PackageInvalid(flaws)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(_listed(folder, f"{package.name}.sqlite"))
        yield Published(folder, package, database, sources, dist)


def _listed(folder: Path, path: str) -> bytes:
    """A file that is as the release's checksums list it; raises PackageInvalid."""
    data = member(folder, path)
    sums = member(folder, checksums.FILE).decode("utf-8", "replace").splitlines()
    if f"{sha256(data).hexdigest()}  {path}" not in sums:
        raise PackageInvalid([Problem(path, f"is changed: its checksum is not the one in {checksums.FILE}")])
    return data
