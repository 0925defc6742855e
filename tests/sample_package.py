"""A small package with every type, constraint and kind of key, for the tests of package, validate and verify."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from factpack import package, staging
from factpack.package import checksums, descriptor, provenance
from factpack.package.info import PackageInfo
from factpack.resource import Cell, Field, ForeignKey, Resource

SOURCE = "Ann’s  visit to\nLaos cost 5 euros. She went home."

INFO = PackageInfo(
    name="sample",
    title="Sample",
    description="Visits, as a test needs them.",
    version="0.1.0",
    licenses=({"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"},),
    sources=({"title": "A newspaper", "path": "https://example.org/"},),
    contributors=({"title": "Ann Example", "roles": ["curator"]},),
    homepage="https://example.org/sample",
    keywords=("visits",),
    created="2024-05-01",
)


def article() -> dict[str, Cell]:
    return {"article_id": "a1", "file_name": "a1.txt", "sha256": sha256(SOURCE.encode()).hexdigest()}


def quote(number: int, exact: str, start: int) -> dict[str, Cell]:
    return {
        "evidence_id": f"e{number}",
        "article_id": "a1",
        "exact": exact,
        "char_start": start,
        "char_end": start + len(exact),
    }


def visit(visit_id: str, **values: Cell) -> dict[str, Cell]:
    usual: dict[str, Cell] = {
        "visit_id": visit_id,
        "host": "LAO",
        "persons": 3,
        "cost": 6500000,
        "day": "2022-02-28",
        "year": 2022,
        "official": True,
        "parent_id": None,
        "kind": "state",
        "code": None,
        "words": "in Laos, “with” her",
    }
    return usual | values


VISITS: tuple[dict[str, Cell], ...] = (
    visit("v1", code="K-1", words=None, cost=None, day=None, year=None, kind=None, persons=None),
    visit("v2", parent_id="v1", cost=1e-7, persons=2**62, code="K-2", words='she said "no", she did'),
    visit("v3", parent_id="v1", cost=-0.1, official=False, host="VNM", words=" x; 'y' |é€𐍈"),
)

EVIDENCE: tuple[dict[str, Cell], ...] = (
    quote(1, "Ann’s  visit to Laos", 0),
    quote(2, "cost 5 euros", SOURCE.index("cost")),
)


def resources(**rows: Sequence[Mapping[str, Cell]]) -> list[Resource]:
    """The sample's tables; a keyword replaces the rows of the table of that name."""
    tables = [
        Resource(
            "articles",
            "Articles",
            "One row per source.",
            (Field("article_id"), Field("file_name", required=True), Field("sha256", required=True)),
            ("article_id",),
            rows=[article()],
        ),
        Resource(
            "evidence",
            "Evidence",
            "One row per quote.",
            (
                Field("evidence_id"),
                Field("article_id", required=True),
                Field("exact", description="The words as printed, line breaks as spaces", required=True),
                Field("char_start", "integer", required=True, minimum=0),
                Field("char_end", "integer", required=True),
            ),
            ("evidence_id",),
            (ForeignKey(("article_id",), "articles", ("article_id",)),),
            rows=EVIDENCE,
        ),
        Resource(
            "visits",
            "Visits",
            "One row per visitor and host country.",
            (
                Field("visit_id", title="Visit", description="Identifier", pattern="v[0-9]+"),
                Field("host", required=True, enum=("LAO", "VNM")),
                Field("persons", "integer", minimum=1),
                Field("cost", "number", maximum=1e9),
                Field("day", "date"),
                Field("year", "year", minimum=1900, maximum=2100),
                Field("official", "boolean", required=True),
                Field("parent_id"),
                Field("kind", pattern="state|work"),
                Field("code", unique=True, min_length=3, max_length=8),
                Field("words"),
            ),
            ("visit_id",),
            (ForeignKey(("parent_id",), "visits", ("visit_id",)),),
            rows=VISITS,
        ),
        Resource(
            "visit_topics",
            "Topics of visits",
            "One row per visit and topic.",
            (Field("visit_id"), Field("topic"), Field("weight", "integer")),
            ("visit_id", "topic"),
            (ForeignKey(("visit_id",), "visits", ("visit_id",)),),
            rows=[
                {"visit_id": "v1", "topic": "art", "weight": 1},
                {"visit_id": "v1", "topic": "trade", "weight": None},
                {"visit_id": "v2", "topic": "art", "weight": 1},
            ],
        ),
        Resource(
            "promises",
            "Promises",
            "One row per promise made on a visit's topic.",
            (Field("promise_id"), Field("visit_id"), Field("topic")),
            ("promise_id",),
            (ForeignKey(("visit_id", "topic"), "visit_topics", ("visit_id", "topic")),),
            rows=[
                {"promise_id": "p1", "visit_id": "v1", "topic": "art"},
                {"promise_id": "p2", "visit_id": None, "topic": None},
            ],
        ),
    ]
    return [replace(table, rows=rows.get(table.name, table.rows)) for table in tables]


def files(tables: Sequence[Resource], info: PackageInfo) -> dict[str, bytes]:
    """A package's files, path to bytes."""
    found: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as room:
        for path, piece in package.files(tables, info, Path(room)):
            found[path] = found.get(path, b"") + piece
        assert [*Path(room).iterdir()] == []
    return found


def sums(contents: Mapping[str, bytes]) -> dict[str, checksums.Sum]:
    """The sums of files, path to bytes."""
    return {path: checksums.sum_of(data) for path, data in contents.items()}


def save(folder: Path, contents: Mapping[str, bytes], *, seal: bool = True) -> Path:
    """Write a package's files; sealed, as a careful forger would: descriptor and checksums agree with them."""
    contents = dict(contents)
    if seal:
        if provenance.FILE in contents:
            own = checksums.content_hash_from(sums(contents))
            contents[provenance.FILE] = provenance.describe(INFO, own).encode()
        described = descriptor.describe(resources(), INFO, sums(contents))
        contents[descriptor.FILE] = descriptor.dump(described).encode()
        contents[checksums.FILE] = checksums.listed(sums(contents))
    folder.mkdir(parents=True, exist_ok=True)
    staging.fill(folder, contents.items())
    return folder


def save_sources(folder: Path) -> Path:
    """The folder with the sample's one source text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a1.txt").write_bytes(SOURCE.encode())
    return folder
