"""A package: tables and metadata in, a folder out that is valid and whole, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from factpack import staging, views
from factpack.diagnostic import Severity
from factpack.package import (
    arrow,
    card,
    checksums,
    citation,
    descriptor,
    licences,
    provenance,
    shelf,
    tableschema,
)
from factpack.package.checksums import content_hash
from factpack.package.info import PackageInfo
from factpack.package.parts import rows_of
from factpack.package.problem import PackageInvalid, Problem
from factpack.package.renditions import croissant, sql, sqlite, workbook
from factpack.package.validation import validate
from factpack.package.verification import verify
from factpack.resource import Resource

__all__ = ["PackageInfo", "PackageInvalid", "build", "content_hash", "files", "release"]

STOCK_ROWS = 100_000
"""Rows up to which stock frictionless is asked about a candidate, too; about what is published it always is."""

_TEXT_NAME = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*")


def build(resources: Sequence[Resource], info: PackageInfo, target: Path) -> list[Problem]:
    """Write a candidate to the folder `target`, in place of an older one; returns the warnings.

    It is written beside the target, verified by both validators as a stranger would, and renamed; where it has more
    than STOCK_ROWS rows, by our own alone, which the last of the problems returned says. Raises
    PackageInvalid when it does not pass; then, as after every other failure, the older one still stands.
    """
    return _write(resources, info, target, replace=True)


def release(resources: Sequence[Resource], info: PackageInfo, dist: Path) -> list[Problem]:
    """Publish as `dist/<version>/`, once, then its zip and its place in the index; returns the warnings.

    As `build`, but raises FileExistsError where the version exists already: what is published is never
    touched, what is wrong in it is put right by the next version.
    """
    problems = _write(resources, info, dist / info.version, replace=False)
    return problems + [problem for problem in shelf.derive(dist) if problem.severity is not Severity.INFO]


def _write(resources: Sequence[Resource], info: PackageInfo, target: Path, *, replace: bool) -> list[Problem]:
    rows = sum(len(resource.rows) for resource in resources)
    with staging.staged(target, replace=replace) as folder:
        staging.fill(folder, files(resources, info, folder))
        found = verify(folder, stock=not replace or rows <= STOCK_ROWS)
        problems = [problem for problem in found if problem.severity is not Severity.INFO]
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise PackageInvalid(problems)
    if replace and rows > STOCK_ROWS:
        message = f"{rows} rows are many: stock frictionless is asked by `release` and `verify` only"
        problems.append(Problem(descriptor.FILE, message, severity=Severity.INFO))
    return problems


def files(resources: Sequence[Resource], info: PackageInfo, room: Path) -> Iterator[tuple[str, bytes]]:
    """A package's files, path and bytes, a large one piece by piece: a function of its arguments and of nothing else.

    In the folder `room` there are others for a while, whose names begin with a dot. Tables keep their order, rows are
    sorted by primary key. Raises PackageInvalid where a schema is unsound or a value is not of its field's type,
    ValueError for a text that may not stand where it wants to.
    """
    problems = [Problem(descriptor.FILE, f"{name}: {message}") for name, message in tableschema.flaws(resources)]
    if not problems:
        problems = [problem for resource in resources for problem in arrow.mistyped(resource)]
    if problems:
        raise PackageInvalid(problems)
    ordered = [arrow.sorted_and_packed(resource) for resource in resources]
    sums = checksums.Sums()
    for resource in ordered:
        yield from sums.passing(f"data/{resource.name}.csv", arrow.csv_pieces(resource))
        yield from sums.passing(f"data/{resource.name}.parquet", arrow.parquet_pieces(resource))
    data = dict(sums)
    yield from sums.passing(f"{info.name}{sqlite.SUFFIX}", _database(ordered, info, room))
    yield from sums.passing(f"{info.name}{workbook.SUFFIX}", [workbook.workbook(ordered, info)])
    own = {
        descriptor.FILE: descriptor.dump(descriptor.describe(ordered, info, data)),
        "README.md": card.readme(ordered, info),
        "CITATION.cff": citation.cff(info),
        ".zenodo.json": citation.zenodo(info),
        sql.FILE: sql.schema(ordered, info),
        croissant.FILE: croissant.describe(ordered, info, data, citation.line(info)),
        provenance.FILE: provenance.describe(info, checksums.content_hash_from(data)),
    }
    texts = {"LICENSE": licences.licence(info)} | licences.texts(info) | dict(info.texts)
    for name in sorted(texts):
        taken = {path.casefold() for path in (*sums, *own, checksums.FILE)}
        if not _TEXT_NAME.fullmatch(name) or name.startswith("data/") or name.casefold() in taken:
            raise ValueError(f"{name!r}: a further text may not lie there")
        own[name] = texts[name]
    for name, text in own.items():
        yield from sums.passing(name, [text.encode("utf-8")])
    yield checksums.FILE, checksums.listed(sums)


def _database(ordered: Sequence[Resource], info: PackageInfo, room: Path) -> Iterator[bytes]:
    """The SQLite file. What it refuses is told row by row by our own validator, and never written."""
    try:
        yield from sqlite.database(ordered, room, views.views(info.texts.get(views.FILE, ""), ordered))
    except sqlite.Unfit as error:
        tables = {resource.name: rows_of(resource) for resource in ordered}
        refused = Problem(f"{info.name}{sqlite.SUFFIX}", f"SQLite refuses the rows: {error}")
        raise PackageInvalid([*validate(ordered, tables), refused]) from None
