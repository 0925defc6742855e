"""A published package in Python: its tables as Arrow, and from every cell the words that it rests on.

    import factpack

    release = factpack.load("dist/1.0.0")     # or the zip
    release["visits"].to_pandas()
    for statement in release.evidence("some-record", "host_country_id"):
        print(statement.basis, statement.quote, statement.article_id)
    print(release.citation)

A file is read when its table is asked for, and only if it is the one that the descriptor describes; `verify`
proves more.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from factpack.diagnostic import Severity
from factpack.package import archive, citation, descriptor, shelf, tableschema
from factpack.package.descriptor import Descriptor
from factpack.package.info import PackageInfo
from factpack.package.parquet import read_parquet
from factpack.package.problem import PackageInvalid, Problem
from factpack.resource import Resource

if TYPE_CHECKING:
    import pyarrow as pa

Basis = Literal["grounded", "judged", "derived", "external"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A cell and one place that states it; a cell that two articles state has two.

    `quote` is the passage quoted and `words` the part of it that bears the value; where nothing is quoted
    (what is derived, or taken from a code list), both are None and `reason` says why it holds.
    """

    table: str
    row_id: str
    field: str
    value: str
    basis: Basis
    article_id: str | None = None
    quote: str | None = None
    words: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    reason: str | None = None


class Release(Mapping[str, "pa.Table"]):
    """A published package: a mapping from a table's name to its rows as a typed Arrow table."""

    def __init__(self, place: Path, package: Descriptor, files: Mapping[str, bytes]) -> None:
        """`files` are those of a zip, path to bytes; none for a folder, whose files are read when needed."""
        self._place, self._package, self._files = place, package, files
        self._shapes = {shape.name: shape for shape in package.tables()}
        self._tables: dict[str, pa.Table] = {}

    @property
    def place(self) -> Path:
        """Where it lies: the folder or zip."""
        return self._place

    @property
    def name(self) -> str:
        """The package's name."""
        return self._package.name

    @property
    def title(self) -> str:
        """The package's title, or its name where it has none."""
        return self._package.title or self._package.name

    @property
    def version(self) -> str:
        """The package's version."""
        return self._package.version

    @property
    def citation(self) -> str:
        """How to cite it, as one line."""
        said = self._package
        created = (said.created or "")[:10]
        info = PackageInfo(
            said.name,
            said.title or "",
            said.description or "",
            said.version,
            contributors=tuple(said.contributors or ()),
            homepage=said.homepage or "",
            created=created,
        )
        return citation.line(info)

    def schema(self, table: str) -> Resource:
        """A table's fields, keys and meanings, without rows; raises KeyError for no such table."""
        if table not in self._shapes:
            raise KeyError(f"there is no table {table!r} in {self.name}; there are {', '.join(self._shapes)}")
        return self._shapes[table]

    def __getitem__(self, table: str) -> pa.Table:
        """A table; raises KeyError for none of that name, PackageInvalid where its file is not what it should be."""
        shape = self.schema(table)
        if table not in self._tables:
            path = f"data/{table}.parquet"
            self._tables[table] = read_parquet(self._bytes(path), shape).table()
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        """The tables' names, in the package's order."""
        return iter(self._shapes)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._shapes)

    def __repr__(self) -> str:
        """The package's name and version, and how many tables it has."""
        return f"<Release {self.name} {self.version}: {len(self)} tables>"

    def evidence(self, record: str, field: str | None = None, *, table: str | None = None) -> list[Statement]:
        """What every cell of a record rests on, or one field of it; `table` where several have that key.

        An empty cell rests on nothing: the list is empty. Raises KeyError for no such record, field or table.
        """
        import pyarrow.compute as pc

        if table is not None:
            self.schema(table)
        said = self["statements"]
        chosen = pc.equal(said["row_id"], record)
        if table is not None:
            chosen = pc.and_(chosen, pc.equal(said["table"], table))
        rows = said.filter(chosen).to_pylist()
        if not rows:
            raise KeyError(f"there is no record {record!r} in {table or self.name}")
        if field is not None:
            columns = {one.name for name in {row["table"] for row in rows} for one in self.schema(name).fields}
            if field not in columns:
                raise KeyError(f"{record!r} has no field {field!r}; it has {', '.join(sorted(columns))}")
            rows = [row for row in rows if row["field"] == field]
        quotes = self._quotes(rows)
        return [_statement(row, quotes) for row in rows]

    def _quotes(self, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array({row["evidence_id"] for row in rows} - {None}, pa.string())
        quotes = self["evidence"]
        return {
            row["evidence_id"]: row
            for row in quotes.filter(pc.is_in(quotes["evidence_id"], value_set=wanted)).to_pylist()
        }

    def _bytes(self, path: str) -> bytes:
        """A file's bytes, if they are those that the descriptor describes."""
        listed = next(file for file in self._package.resources if file.path == path)
        data = self._files.get(path) if self._files else _plain(self._place, path)
        if data is None or f"sha256:{sha256(data).hexdigest()}" != listed.hash:
            raise PackageInvalid([Problem(path, f"is missing, or not the file that {descriptor.FILE} describes")])
        return data


def load(place: str | PathLike[str]) -> Release:
    """Open a published package, a folder or its zip; raises FileNotFoundError or PackageInvalid.

    Warns (UserWarning) where an index.json beside it says that this version is yanked.
    """
    where = Path(place)
    files: dict[str, bytes] = {}
    if where.is_file():
        files, problems = archive.read(where)
        if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
            raise PackageInvalid(errors)
    elif not where.is_dir():
        raise FileNotFoundError(f"{where} is neither a folder nor a zip")
    data = files.get(descriptor.FILE) if files else _plain(where, descriptor.FILE)
    if data is None:
        raise PackageInvalid([Problem(f"{where}/{descriptor.FILE}", "is missing: there is no package")])
    package, problems = descriptor.load(data)
    if package is None:
        raise PackageInvalid(problems)
    if flaws := [Problem(descriptor.FILE, f"{name}: {text}") for name, text in tableschema.flaws(package.tables())]:
        raise PackageInvalid(flaws)
    if why := shelf.yanked(where):
        warnings.warn(f"{where.name} is yanked: {why}", stacklevel=2)
    return Release(where, package, files)


def _plain(folder: Path, path: str) -> bytes | None:
    """A file's bytes; None where it is missing, a link, or lies behind one."""
    place = folder / path
    if any(one.is_symlink() for one in (place, place.parent) if one != folder) or not place.is_file():
        return None
    return place.read_bytes()


def _statement(row: Mapping[str, Any], quotes: Mapping[str, Mapping[str, Any]]) -> Statement:
    quote = quotes.get(row["evidence_id"] or "", {})
    return Statement(
        table=row["table"],
        row_id=row["row_id"],
        field=row["field"],
        value=row["value"],
        basis=cast(Basis, row["basis"]),
        article_id=row["article_id"],
        quote=quote.get("exact"),
        words=_words(row, quote),
        char_start=row["char_start"],
        char_end=row["char_end"],
        reason=row["reason"],
    )


def _words(row: Mapping[str, Any], quote: Mapping[str, Any]) -> str | None:
    """The part of a quote that a statement's offsets name; both count code points of the source."""
    if not quote or row["char_start"] is None:
        return None
    start, end = row["char_start"] - quote["char_start"], row["char_end"] - quote["char_start"]
    exact: str = quote["exact"]
    # A line break of two characters is published as one space: then the offsets do not fit.
    if not 0 <= start <= end <= len(exact) or len(exact) != quote["char_end"] - quote["char_start"]:
        return None
    return exact[start:end]
