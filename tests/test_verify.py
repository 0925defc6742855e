"""Planted errors in a package's files: whatever was done to them, verify says so and names the file."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from sample_package import EVIDENCE, INFO, SOURCE, article, files, quote, resources, save, save_sources, sums

from factpack.cli import main
from factpack.config import ConfigurationError
from factpack.diagnostic import Severity
from factpack.package import archive, checksums
from factpack.package.problem import PackageInvalid, Problem
from factpack.package.reading import read_package
from factpack.package.shelf import INDEX, derive
from factpack.package.verification import verify

Edit = Callable[[dict[str, bytes]], None]

VISITS_CSV, VISITS_PARQUET = "data/visits.csv", "data/visits.parquet"
COPIES = ("sample.sqlite", "sample.xlsx")


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return files(resources(), INFO)


def errors(folder: Path, sources: Path | None = None) -> list[Problem]:
    return [problem for problem in verify(folder, sources) if problem.severity is Severity.ERROR]


def test_a_package_as_built_is_clean(clean: dict[str, bytes], tmp_path: Path) -> None:
    assert errors(save(tmp_path / "p", clean, seal=False), save_sources(tmp_path / "sources")) == []


# What is done to a file, and its checksums are not touched.


@pytest.mark.parametrize("path", sorted(files(resources(), INFO)))
@pytest.mark.parametrize("position", ["first", "middle", "last"])
def test_any_one_changed_byte(clean: dict[str, bytes], tmp_path: Path, path: str, position: str) -> None:
    data = bytearray(clean[path])
    data[{"first": 0, "middle": len(data) // 2, "last": -1}[position]] ^= 1
    problems = errors(save(tmp_path / "p", clean | {path: bytes(data)}, seal=False))
    assert problems
    if path != checksums.FILE:  # a changed checksum names the file it no longer fits
        assert path in {problem.file for problem in problems}


TAMPERED: dict[str, Callable[[bytes, int], bytes]] = {
    "flip": lambda data, at: data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :],
    "insert": lambda data, at: data[:at] + b"0" + data[at:],
    "delete": lambda data, at: data[:at] + data[at + 1 :],
    "truncate": lambda data, at: data[:at],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_any_byte_of_any_file(
    how: str, clean: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = save(tmp_path / "p", clean, seal=False)
    chosen = random.Random(how)
    for path, data in sorted(clean.items()):
        at = chosen.randrange(len(data))
        (folder / path).write_bytes(TAMPERED[how](data, at))
        assert main(["verify", str(folder)]) == 1, (path, at)
        assert path == checksums.FILE or f"{path}:" in capsys.readouterr().out, (path, at)
        (folder / path).write_bytes(data)
    assert errors(folder) == []


def test_a_package_verifies_where_there_is_nothing_else(clean: dict[str, bytes], tmp_path: Path) -> None:
    """No project, no index, no sources: the package's folder and its zip, and factpack."""
    save(tmp_path / "p", clean, seal=False)
    (tmp_path / "p.zip").write_bytes(archive.dump(clean))
    code = "import sys; from factpack.cli import main; sys.exit(main(['verify', 'p']) or main(['verify', 'p.zip']))"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("verifies: ") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "p.zip"]


@pytest.mark.parametrize("path", sorted(files(resources(), INFO)))
def test_a_missing_file(clean: dict[str, bytes], tmp_path: Path, path: str) -> None:
    rest = {name: data for name, data in clean.items() if name != path}
    problems = errors(save(tmp_path / "p", rest, seal=False))
    assert [problem.file for problem in problems] == [path]


@pytest.mark.parametrize("path", ["extra.txt", "data/extra.csv", ".hidden", "data/deep/visits.csv"])
def test_an_extra_file(clean: dict[str, bytes], tmp_path: Path, path: str) -> None:
    problems = errors(save(tmp_path / "p", clean | {path: b"x"}, seal=False))
    assert {problem.file for problem in problems} == {path}


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda sums: sums.upper(),
        lambda sums: sums.replace(b"\n", b"\r\n"),
        lambda sums: b"".join(reversed(sums.splitlines(keepends=True))),
        lambda sums: sums.removesuffix(b"\n"),
        lambda sums: sums + b"0" * 64 + b"  ../elsewhere\n",
        lambda sums: b"",
    ],
)
def test_checksums_written_otherwise(
    clean: dict[str, bytes], tmp_path: Path, rewrite: Callable[[bytes], bytes]
) -> None:
    changed = clean | {checksums.FILE: rewrite(clean[checksums.FILE])}
    assert errors(save(tmp_path / "p", changed, seal=False))


def test_links_are_not_followed(clean: dict[str, bytes], tmp_path: Path) -> None:
    folder = save(tmp_path / "p", clean, seal=False)
    (tmp_path / "elsewhere.csv").write_bytes((folder / VISITS_CSV).read_bytes())
    (folder / VISITS_CSV).unlink()
    (folder / VISITS_CSV).symlink_to(tmp_path / "elsewhere.csv")
    assert {problem.file for problem in errors(folder)} == {VISITS_CSV}
    (folder / "loop").symlink_to(folder)
    assert {problem.file for problem in errors(folder)} == {VISITS_CSV, "loop"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(clean: dict[str, bytes], tmp_path: Path) -> None:
    folder = save(tmp_path / "p", clean, seal=False)
    os.mkfifo(folder / "pipe")
    assert [problem.file for problem in errors(folder)] == ["pipe"]


def test_a_folder_that_cannot_be_read_is_no_empty_one(
    clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its mode, which does not bind root."""
    save(tmp_path / "package", clean)
    (tmp_path / "package/more").mkdir()
    scandir = os.scandir

    def refused(folder: Any) -> Any:
        if os.fspath(folder).endswith("more"):
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    assert [str(one) for one in errors(tmp_path / "package")] == ["more: cannot be read: Permission denied"]
    with pytest.raises(PermissionError):
        checksums.content_hash(tmp_path / "package")


def test_no_package(tmp_path: Path) -> None:
    assert [problem.message for problem in errors(tmp_path / "nowhere")] == ["is not a folder with a package in it"]
    os.mkfifo(tmp_path / "pipe")  # nothing in a folder that holds no package is looked at
    assert [problem.message for problem in errors(tmp_path)] == ["is not a folder with a package in it"]


# What is done to a file by somebody who then makes descriptor and checksums fit.


def csv_text(old: str, new: str, path: str = VISITS_CSV) -> Edit:
    def edit(contents: dict[str, bytes]) -> None:
        text = contents[path].decode()
        assert old in text
        contents[path] = text.replace(old, new, 1).encode()

    return edit


def csv_bytes(change: Callable[[bytes], bytes], path: str = VISITS_CSV) -> Edit:
    def edit(contents: dict[str, bytes]) -> None:
        contents[path] = change(contents[path])

    return edit


def parquet(change: Callable[[pa.Table], pa.Table]) -> Edit:
    def edit(contents: dict[str, bytes]) -> None:
        sink = io.BytesIO()
        pq.write_table(change(pq.read_table(io.BytesIO(contents[VISITS_PARQUET]))), sink)
        contents[VISITS_PARQUET] = sink.getvalue()

    return edit


def column(name: str, values: pa.Array | pa.ChunkedArray) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(table.column_names.index(name), name, values)


def both(first: Edit, second: Edit) -> Edit:
    def edit(contents: dict[str, bytes]) -> None:
        first(contents)
        second(contents)

    return edit


PLANTED: dict[str, tuple[Edit, str, int | None, str | None, str]] = {
    # name: what is done, file, row, field, words of the message
    "grouped integer": (csv_text("v3,VNM,3", "v3,VNM,3_0"), VISITS_CSV, 3, "persons", "'3_0' is not an integer"),
    "signed integer": (csv_text("v3,VNM,3", "v3,VNM,+3"), VISITS_CSV, 3, "persons", "is not an integer"),
    "padded integer": (csv_text("v3,VNM,3", "v3,VNM,03"), VISITS_CSV, 3, "persons", "is not an integer"),
    "spaced integer": (csv_text("v3,VNM,3", "v3,VNM, 3"), VISITS_CSV, 3, "persons", "is not an integer"),
    "arabic digit": (csv_text("v3,VNM,3", "v3,VNM,٣"), VISITS_CSV, 3, "persons", "is not an integer"),
    "integer beyond 64 bits": (
        csv_text("4611686018427387904", "9223372036854775808"), VISITS_CSV, 2, "persons", "is not an integer",
    ),
    "integer off by one": (
        csv_text("4611686018427387904", "4611686018427387905"),
        VISITS_PARQUET, 2, "persons", "is 4611686018427387904, in its CSV twin 4611686018427387905",
    ),
    "exponent": (csv_text("0.0000001", "1e-7"), VISITS_CSV, 2, "cost", "'1e-7' is not a number"),
    "decimal comma": (csv_text("0.0000001", '"0,1"'), VISITS_CSV, 2, "cost", "is not a number"),
    "NaN": (csv_text("0.0000001", "NaN"), VISITS_CSV, 2, "cost", "is not a number"),
    "currency": (csv_text("0.0000001", "$1"), VISITS_CSV, 2, "cost", "is not a number"),
    "another number": (csv_text("0.0000001", "0.0000002"), VISITS_PARQUET, 2, "cost", "in its CSV twin 2e-07"),
    "short date": (csv_text("2022-02-28", "2022-2-28"), VISITS_CSV, 2, "day", "is not a date"),
    "no such day": (csv_text("2022-02-28", "2022-02-29"), VISITS_CSV, 2, "day", "is not a date"),
    "date and time": (csv_text("2022-02-28", "2022-02-28T00:00"), VISITS_CSV, 2, "day", "is not a date"),
    "long year": (csv_text(",2022,true,v1", ",02022,true,v1"), VISITS_CSV, 2, "year", "is not a year"),
    "TRUE": (csv_text(",true,", ",TRUE,"), VISITS_CSV, 1, "official", "'TRUE' is not true or false"),
    "1 for true": (csv_text(",true,", ",1,"), VISITS_CSV, 1, "official", "is not true or false"),
    "empty text in quotes": (csv_text("K-2", '""'), VISITS_CSV, 2, "code", "is empty"),
    "line break in quotes": (csv_text("K-2", '"K\n2"'), VISITS_CSV, 2, "code", "line break"),
    "missing cell": (csv_text("v3,VNM,3", "v3,VNM"), VISITS_CSV, 3, None, "10 cells instead of 11"),
    "extra cell": (csv_text("v3,VNM,3", "v3,VNM,3,3"), VISITS_CSV, 3, None, "12 cells instead of 11"),
    "blank line": (csv_text("v3,", "\nv3,"), VISITS_CSV, None, None, "an empty line"),
    "header renamed": (csv_text("persons", "people"), VISITS_CSV, None, None, "the header is"),
    "header in another order": (csv_text("host,persons", "persons,host"), VISITS_CSV, None, None, "the header is"),
    "no header": (csv_bytes(lambda data: data.partition(b"\n")[2]), VISITS_CSV, None, None, "the header is"),
    "semicolons": (csv_bytes(lambda data: data.replace(b",", b";")), VISITS_CSV, None, None, "the header is"),
    "byte order mark": (csv_bytes(lambda data: b"\xef\xbb\xbf" + data), VISITS_CSV, None, None, "byte order mark"),
    "CRLF": (csv_bytes(lambda data: data.replace(b"\n", b"\r\n")), VISITS_CSV, None, None, "carriage return"),
    "NUL": (csv_bytes(lambda data: data + b"\0\n"), VISITS_CSV, None, None, "contains a NUL"),
    "Latin-1": (csv_bytes(lambda data: data.replace("é".encode(), b"\xe9")), VISITS_CSV, None, None, "not UTF-8"),
    "cut off": (csv_bytes(lambda data: data[:-1]), VISITS_CSV, None, None, "does not end with a line feed"),
    "empty": (csv_bytes(lambda data: b""), VISITS_CSV, None, None, "does not end with a line feed"),
    "changed in CSV": (csv_text("K-2", "K-3"), VISITS_PARQUET, 2, "code", "is 'K-2', in its CSV twin 'K-3'"),
    "null in CSV": (csv_text("K-2", ""), VISITS_PARQUET, 2, "code", "is 'K-2', in its CSV twin None"),
    "row less in Parquet": (parquet(lambda table: table[:2]), VISITS_PARQUET, None, None, "has 2 rows"),
    "no such type in Parquet": (
        parquet(lambda table: column("persons", table["persons"].cast("double", safe=False))(table)),
        VISITS_PARQUET, None, "persons", "is of type double, not int64",
    ),
    "smaller type in Parquet": (
        parquet(lambda table: column("year", table["year"].cast("int32"))(table)),
        VISITS_PARQUET, None, "year", "is of type int32, not int64",
    ),
    "large text in Parquet": (
        parquet(lambda table: column("host", table["host"].cast("large_string"))(table)),
        VISITS_PARQUET, None, "host", "is of type large_string, not string",
    ),
    "null in Parquet": (
        parquet(lambda table: column("day", pa.nulls(3, pa.date32()))(table)),
        VISITS_PARQUET, 2, "day", "is None, in its CSV twin",
    ),
    "null in a required column of Parquet": (
        parquet(lambda table: column("official", pa.nulls(3, pa.bool_()))(table)),
        VISITS_PARQUET, 1, "official", "is missing",
    ),
    "integer beyond 2^53 off by one in Parquet": (
        parquet(lambda table: column("persons", pa.array([None, 2**62 + 1, 3]))(table)),
        VISITS_PARQUET, 2, "persons", "is 4611686018427387905, in its CSV twin 4611686018427387904",
    ),
    "case in Parquet": (
        parquet(lambda table: column("words", pc.utf8_upper(table["words"]))(table)),
        VISITS_PARQUET, 2, "words", "in its CSV twin 'she said",
    ),
    "column less in Parquet": (
        parquet(lambda table: table.drop_columns(["code"])), VISITS_PARQUET, None, None, "the columns are",
    ),
    "columns in another order in Parquet": (
        parquet(lambda table: table.select(table.column_names[::-1])), VISITS_PARQUET, None, None, "the columns are",
    ),
    "no Parquet": (csv_bytes(lambda data: b"x", VISITS_PARQUET), VISITS_PARQUET, None, None, "cannot be read"),
    "no day of any calendar in Parquet": (
        parquet(lambda table: column("day", pa.array([None, 2**31 - 1, -(2**31)], pa.int32()).cast("date32"))(table)),
        VISITS_PARQUET, 3, "day", "is no day of the years 1 to 9999",
    ),
    "one text for many rows in Parquet": (
        parquet(lambda table: column("words", pa.DictionaryArray.from_arrays([0, 0, 0], ["x" * 500_000]))(table)),
        VISITS_PARQUET, None, "words", "is of type dictionary",
    ),
    "text that stands for more in Parquet": (
        parquet(lambda table: column("words", pa.array(["x" * 500_000] * 3))(table)),
        VISITS_PARQUET, None, None, "holds more text than a table may have, or than its CSV twin",
    ),
    "a list of many in Parquet": (
        parquet(lambda table: column("words", pa.array([[None] * 100_000] * 3, pa.list_(pa.int64())))(table)),
        VISITS_PARQUET, None, "words", "is of type list",
    ),
    "a page of many bytes in Parquet": (
        parquet(lambda table: column("words", pa.array(["x" * 5_000_000, "y", "z"]))(table)),
        VISITS_PARQUET, None, None, "would unpack to",
    ),
    "a header that is too long": (
        csv_text("visit_id", "x" * 200_000), VISITS_CSV, None, None, "the header has 200",
    ),
    "half a Parquet": (
        csv_bytes(lambda data: data[: len(data) // 2], VISITS_PARQUET), VISITS_PARQUET, None, None, "cannot be read",
    ),
    "a constraint broken in both": (
        both(
            csv_text("v3,VNM", "v3,USA"),
            parquet(lambda table: column("host", pc.replace_substring(table["host"], "VNM", "USA"))(table)),
        ),
        VISITS_CSV, 3, "host", "is none of",
    ),
    "a reference broken in both": (
        both(
            csv_text("v1,trade", "v1,work", "data/visit_topics.csv"),
            lambda contents: contents.update(
                {
                    "data/visit_topics.parquet": files(
                        resources(
                            visit_topics=[
                                {"visit_id": "v1", "topic": "art", "weight": 1},
                                {"visit_id": "v1", "topic": "work", "weight": None},
                                {"visit_id": "v2", "topic": "art", "weight": 1},
                            ]
                        ),
                        INFO,
                    )["data/visit_topics.parquet"],
                    "data/promises.csv": contents["data/promises.csv"].replace(b"art", b"trade"),
                    "data/promises.parquet": files(
                        resources(
                            promises=[
                                {"promise_id": "p1", "visit_id": "v1", "topic": "trade"},
                                {"promise_id": "p2", "visit_id": None, "topic": None},
                            ]
                        ),
                        INFO,
                    )["data/promises.parquet"],
                }
            ),
        ),
        "data/promises.csv", 1, "visit_id, topic", "'v1, trade' is not in visit_topics",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_error(case: str, clean: dict[str, bytes], tmp_path: Path) -> None:
    edit, file, row, field, words = PLANTED[case]
    contents = dict(clean)
    edit(contents)
    problems = errors(save(tmp_path / "p", contents))
    messages = {(one.file, one.row, one.field): one.message for one in problems}
    assert words in messages[file, row, field]
    assert {one.file for one in problems} <= {file, VISITS_CSV, VISITS_PARQUET, *COPIES}


def rejected(change: Callable[[dict[str, Any]], object]) -> Edit:
    """An edit of datapackage.json, the checksums made to fit."""

    def edit(contents: dict[str, bytes]) -> None:
        content = json.loads(contents["datapackage.json"])
        change(content)
        contents["datapackage.json"] = json.dumps(content).encode()

    return edit


def resource(**values: Any) -> Edit:
    return rejected(lambda content: content["resources"][2].update(values))


def raw(data: bytes) -> Edit:
    return lambda contents: contents.update({"datapackage.json": data})


HOSTILE: dict[str, Edit] = {
    "path up": resource(path="../visits.csv"),
    "path up inside": resource(path="data/../../visits.csv"),
    "absolute path": resource(path="/etc/passwd"),
    "URL": resource(path="https://example.org/visits.csv"),
    "file URL": resource(path="file:///etc/passwd"),
    "backslashes": resource(path="data\\visits.csv"),
    "another table's path": resource(path="data/articles.csv"),
    "list of paths": resource(path=["data/visits.csv"]),
    "inline data": resource(data=[{"visit_id": "v1"}]),
    "compressed": resource(compression="gzip"),
    "extra path": resource(extrapaths=["/etc/passwd"]),
    "scheme": resource(scheme="https"),
    "encoding": resource(encoding="utf-7"),
    "format": resource(format="pandas"),
    "format unsaid": rejected(lambda content: content["resources"][2].pop("format")),
    "schema elsewhere": resource(schema="https://example.org/schema.json"),
    "dialect elsewhere": resource(dialect="https://example.org/dialect.json"),
    "another dialect": resource(dialect={"delimiter": ";"}),
    "name": resource(name="../visits"),
    "bytes as text": resource(bytes="1"),
    "md5": resource(hash="d41d8cd98f00b204e9800998ecf8427e"),
    "profile": rejected(lambda content: content.update(profile="https://example.org/profile.json")),
    "another profile": rejected(lambda content: content.update({"$schema": "https://example.org/profile.json"})),
    "unknown property": rejected(lambda content: content.update(extends="https://example.org/")),
    "no resources": rejected(lambda content: content.update(resources=[])),
    "resources elsewhere": rejected(lambda content: content.update(resources="https://example.org/")),
    "unique keys that nobody enforces": rejected(
        lambda content: content["resources"][2]["schema"].update(uniqueKeys=[["host", "kind"]])
    ),
    "categories that nobody enforces": rejected(
        lambda content: content["resources"][2]["schema"]["fields"][8].update(categories=["work"])
    ),
    "a table twice": rejected(lambda content: content["resources"].insert(0, content["resources"][2])),
    "no twin": rejected(lambda content: content["resources"].pop()),
    "another order": rejected(lambda content: content["resources"].reverse()),
    "twins with other schemas": rejected(
        lambda content: content["resources"][7]["schema"]["fields"][1].pop("constraints")
    ),
    "another missing value": rejected(
        lambda content: content["resources"][2]["schema"].update(missingValues=["", "LAO"])
    ),
    "wrong hash": resource(hash="sha256:" + "0" * 64),
    "wrong size": resource(bytes=1),
    "not JSON": raw(b"{"),
    "not UTF-8": raw(b'{"name": "\xff"}'),
    "a list": raw(b"[]"),
    "NaN": raw(b'{"name": NaN}'),
    "a key twice": raw(b'{"name": "a", "name": "b"}'),
    "too deep": raw(b"[" * 100_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_descriptor_is_refused_before_anybody_follows_it(
    case: str, clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*arguments: object) -> None:
        pytest.fail("frictionless was asked")

    monkeypatch.setattr("factpack.package.verification.frictionless_verdict", asked)
    contents = dict(clean)
    HOSTILE[case](contents)
    contents[checksums.FILE] = checksums.listed(sums(contents))
    problems = errors(save(tmp_path / "p", contents, seal=False))
    assert problems
    assert {problem.file for problem in problems} <= {"datapackage.json", VISITS_CSV}


def test_a_file_that_is_no_file_beside_an_index_is_not_opened(clean: dict[str, bytes], tmp_path: Path) -> None:
    folder = save(tmp_path / "dist/0.1.0", clean)
    derive(tmp_path / "dist")
    (folder / VISITS_CSV).unlink()
    os.mkfifo(folder / VISITS_CSV)
    assert {problem.file for problem in errors(folder)} == {VISITS_CSV, "0.1.0"}
    with pytest.raises(PackageInvalid, match="is not a regular file"):
        read_package(folder)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"version": "../x"}, "String should match pattern"),
        ({"zip": "../../x.zip"}, "String should match pattern"),
        ({}, "a version stands twice in it"),
    ],
)
def test_an_index_that_nobody_derived(
    clean: dict[str, bytes], tmp_path: Path, change: dict[str, str], why: str
) -> None:
    folder = save(tmp_path / "dist/0.1.0", clean)
    derive(tmp_path / "dist")
    index = tmp_path / "dist" / INDEX
    (entry,) = json.loads(index.read_text())
    index.write_text(json.dumps([entry | change] if change else [entry, entry]))
    (problem,) = errors(folder)
    assert (problem.file, why in problem.message) == (INDEX, True)
    with pytest.raises(ConfigurationError, match="is not an index"):
        derive(tmp_path / "dist")


def test_a_package_is_not_shelved_elsewhere(clean: dict[str, bytes], tmp_path: Path) -> None:
    contents = dict(clean)
    rejected(lambda content: content.update(name="../../x"))(contents)
    contents[checksums.FILE] = checksums.listed(sums(contents))
    save(tmp_path / "project/dist/0.1.0", contents, seal=False)
    assert [str(one) for one in derive(tmp_path / "project/dist")] == [
        "0.1.0: is not the folder of a version: its datapackage.json does not say so"
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_provenance_is_that_of_the_tables(clean: dict[str, bytes], tmp_path: Path) -> None:
    made = json.loads(clean["provenance.json"]) | {"content_hash": "0" * 64}
    contents = clean | {"provenance.json": json.dumps(made).encode()}
    contents[checksums.FILE] = checksums.listed(sums(contents))
    (problem,) = errors(save(tmp_path / "p", contents, seal=False))
    assert str(problem) == "provenance.json: is about other tables: its content hash is not theirs"


def test_frictionless_has_the_last_word(
    clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {path: data for path, data in clean.items() if path not in COPIES}
    PLANTED["a constraint broken in both"][0](contents)
    monkeypatch.setattr("factpack.package.verification.validate", lambda *arguments: [])
    (problem,) = errors(save(tmp_path / "p", contents))
    assert (problem.file, problem.row) == (VISITS_CSV, 3)
    assert problem.message.startswith("frictionless: ")


# The quotes against their sources.


def quoted(folder: Path, *rows: Any, **values: Any) -> Path:
    """A package whose evidence is these rows."""
    tables = resources(evidence=rows or EVIDENCE, articles=[article() | values])
    return save(folder / "p", files(tables, INFO), seal=False)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (quote(1, "cost 6 euros", SOURCE.index("cost")), "the source has 'cost 5 euros' there"),
        (quote(1, "cost 5 euros", SOURCE.index("cost") + 1), "the source has 'ost 5 euros.' there"),
        (quote(1, "Cost 5 euros", SOURCE.index("cost")), "the source has 'cost 5 euros' there"),
        (quote(1, "Ann's  visit", 0), "the source has 'Ann’s  visit' there"),
        (quote(1, "home.", len(SOURCE) - 4), "are no place in the source"),
        (quote(1, "home", 5) | {"char_end": 5}, "are no place in the source"),
        (quote(1, "home", 5) | {"char_end": 4}, "are no place in the source"),
    ],
)
def test_a_quote_that_is_not_there(tmp_path: Path, row: dict[str, Any], words: str) -> None:
    (problem,) = errors(quoted(tmp_path, row), save_sources(tmp_path / "sources"))
    assert (problem.file, problem.row, problem.field) == ("data/evidence.csv", 1, "exact")
    assert words in problem.message


def infos(folder: Path, sources: Path | None = None) -> list[str]:
    return [problem.message for problem in verify(folder, sources) if problem.severity is Severity.INFO]


def test_a_changed_source(tmp_path: Path) -> None:
    sources = save_sources(tmp_path / "sources")
    (sources / "a1.txt").write_text(SOURCE + " ")
    (problem,) = errors(quoted(tmp_path), sources)
    assert (problem.file, problem.row) == ("data/articles.csv", 1)
    assert "source a1.txt is changed" in problem.message
    assert infos(tmp_path / "p", sources) == ["not re-checked: 2 quotes of a1"]


def test_what_was_not_re_checked_is_said(tmp_path: Path) -> None:
    package = quoted(tmp_path)
    assert infos(package) == ["not re-checked: 2 quotes, because the sources are not at hand"]
    assert infos(package, save_sources(tmp_path / "sources")) == []
    assert infos(package, tmp_path / "nowhere") == [
        "not re-checked: source a1.txt, which is not at hand",
        "not re-checked: 2 quotes of a1",
    ]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "sub/a1.txt", "..", "C:a1.txt", "a\\b.txt"])
def test_a_source_lies_in_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text(SOURCE)
    package = quoted(tmp_path, file_name=name)
    (problem,) = errors(package, save_sources(tmp_path / "sources"))
    assert "is not the plain name of a file" in problem.message


def test_a_source_is_no_link(tmp_path: Path) -> None:
    sources = save_sources(tmp_path / "elsewhere")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a1.txt").symlink_to(sources / "a1.txt")
    (problem,) = errors(quoted(tmp_path), tmp_path / "sources")
    assert "is not the plain name of a file" in problem.message
