"""What lies beside CSV and Parquet in a release: each form holds the same values, and loads where it should."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from installed import needed, not_tested
from sample_package import INFO, VISITS, files, resources, sums, visit

from factpack.dataset import load as load_dataset
from factpack.package import PackageInfo, PackageInvalid, arrow, checksums, provenance
from factpack.package.renditions import croissant, sql, sqlite, workbook
from factpack.resource import Field, ForeignKey, Resource
from factpack.tables import tables as tables_of


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return files(resources(), INFO)


def rows(table: Resource) -> list[tuple[Any, ...]]:
    """A table's values as databases give them back: days as text, in the order of the key."""
    found = [tuple(row[field.name] for field in table.fields) for row in table.rows]
    return sorted(found, key=str)


def with_info(**values: object) -> PackageInfo:
    return replace(INFO, **values)  # type: ignore[arg-type]


def test_tables_are_the_same_bytes_under_every_version_of_every_library(contents: dict[str, bytes]) -> None:
    """Seen with pyarrow 17 and 26. When the sample changes, so does this; nothing else may change it."""
    known = "c4cb5a97fe766d024602532e896342be92b1b3579de9ca5a0b1d0bc684153548"
    assert checksums.content_hash_from(sums(contents)) == known


# SQL.

ODD = [
    Resource(
        "order",
        "",
        "A -- comment;\nwith 'quotes' and \\ backslash.",
        (
            Field("group", enum=("it's", "a;b", "--")),
            Field("select", "year", enum=("0008", "1999")),
            Field("table", "number", minimum=-0.5, maximum=10),
            Field("check", "boolean"),
            Field("when", "date", description="*/ not the end"),
            Field("text", pattern=r"\d+|[a-z]\s"),
        ),
        ("group", "select"),
        rows=[
            {"group": "--", "select": 8, "table": None, "check": None, "when": None, "text": None},
            {"group": "it's", "select": 1999, "table": 0.1, "check": False, "when": "0001-01-01", "text": "1"},
        ],
    ),
    # Refers to a table that comes after it, by its composite key in another order.
    Resource(
        "from",
        "",
        "",
        (Field("k", "integer"), Field("year_of", "year"), Field("group_of")),
        ("k",),
        (ForeignKey(("year_of", "group_of"), "order", ("select", "group")),),
        rows=[
            {"k": -(2**63), "year_of": 1999, "group_of": "it's"},
            {"k": 2**63 - 1, "year_of": None, "group_of": None},
        ],
    ),
]
CIRCLE = [
    Resource("a", "", "", (Field("k"), Field("b_id")), ("k",), (ForeignKey(("b_id",), "b", ("k",)),)),
    Resource("b", "", "", (Field("k"), Field("a_id")), ("k",), (ForeignKey(("a_id",), "a", ("k",)),)),
]
SETS = {"sample": resources(), "odd": [ODD[1], ODD[0]], "circle": CIRCLE}
WRONG = {
    "no such value": ("visits", visit("v9", host="USA")),
    "too small": ("visits", visit("v9", persons=0)),
    "too large": ("visits", visit("v9", cost=1e10)),
    "year": ("visits", visit("v9", year=1800)),
    "null": ("visits", visit("v9", host=None)),
    "no boolean": ("visits", visit("v9", official=None)),
    "key twice": ("visits", visit("v1")),
    "unique twice": ("visits", visit("v9", code="K-1")),
    "too short": ("visits", visit("v9", code="é2")),
    "too long": ("visits", visit("v9", code="K-3456789")),
    "no such parent": ("visits", visit("v9", parent_id="v8")),
    "no such pair": ("promises", {"promise_id": "p9", "visit_id": "v1", "topic": "war"}),
    "half a pair": ("promises", {"promise_id": "p9", "visit_id": "v1", "topic": None}),
}


def inserts(tables: Sequence[Resource]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for table in tables:
        marks = ", ".join("?" * len(table.fields))
        yield f'INSERT INTO "{table.name}" VALUES ({marks})', [tuple(row.values()) for row in _in_order(table)]


def _in_order(table: Resource) -> list[Mapping[str, Any]]:
    names = [field.name for field in table.fields]
    return [{name: row.get(name) for name in names} for row in table.rows]


@pytest.mark.parametrize("name", SETS)
def test_sql_loads_in_sqlite(name: str) -> None:
    tables = sql.ordered(SETS[name])
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(sql.schema(tables, INFO))
    for statement, values in inserts(tables):
        database.executemany(statement, values)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in tables:
        assert sorted(database.execute(f'SELECT * FROM "{table.name}"').fetchall(), key=str) == rows(table)


@pytest.mark.parametrize("name", SETS)
def test_sql_loads_in_duckdb(name: str) -> None:
    duckdb = needed("duckdb")
    tables = sql.ordered(SETS[name])
    database = duckdb.connect()
    database.execute(sql.schema(tables, INFO))
    for statement, values in inserts(tables):
        if values:
            database.executemany(statement, values)
    for table in tables:
        found = [tuple(map(_as_text, row)) for row in database.execute(f'SELECT * FROM "{table.name}"').fetchall()]
        assert sorted(found, key=str) == rows(table)


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", WRONG)
def test_sql_refuses_in_sqlite(case: str) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(sql.schema(resources(), INFO))
    for statement, values in inserts(resources()):
        database.executemany(statement, values)
    table, row = WRONG[case]
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', tuple(row.values()))


@pytest.mark.parametrize("case", WRONG)
def test_sql_refuses_in_duckdb(case: str) -> None:
    duckdb = needed("duckdb")
    database = duckdb.connect()
    database.execute(sql.schema(resources(), INFO))
    for statement, values in inserts(resources()):
        database.executemany(statement, values)
    table, row = WRONG[case]
    with pytest.raises(duckdb.ConstraintException):
        database.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(row))})', tuple(row.values()))


def test_sql_says_what_it_cannot_declare() -> None:
    text = sql.schema(CIRCLE, INFO)
    assert text.count('FOREIGN KEY ("') == 2
    assert '-- FOREIGN KEY ("b_id") REFERENCES "b" ("k"): not declared' in text
    assert r"(pattern: \d+|[a-z]\s)" in sql.schema(ODD, INFO)


def test_sql_says_what_things_mean(contents: dict[str, bytes]) -> None:
    text = contents["schema.sql"].decode()
    assert 'CREATE TABLE "visits" (  -- One row per visitor and host country.\n' in text
    assert '"visit_id" TEXT NOT NULL,  -- Identifier (pattern: v[0-9]+)\n' in text


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Any]:
    """A cluster of its own, as a user who is not root; psql's arguments and input to its output."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    homes = [home for home in homes if (home / "initdb").exists() and (home / "psql").exists()]
    if not homes:
        not_tested("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    bin_, root = homes[-1], os.geteuid() == 0
    user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if root else []
    if root and not shutil.which("setpriv"):
        not_tested("PostgreSQL does not run as root, and setpriv is not installed")
    # Not in pytest's folder, which other users may not enter, and short: a socket's path has 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if root:
            shutil.chown(folder, "nobody", "nogroup")

        def run(*command: str, text: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*user, str(bin_ / command[0]), *command[1:]],
                input=text, capture_output=True, text=True, check=check, cwd=folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            )  # fmt: skip

        run("initdb", "-D", f"{folder}/data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options)
        try:

            def psql(text: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
                base = ("psql", "-X", "-q", "-h", folder, "-U", "tester", "-d", "postgres", "-v", "ON_ERROR_STOP=1")
                return run(*base, "--csv", text=text, check=check)

            yield psql
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", f"{folder}/data")


def copied(table: Resource) -> str:
    return f'COPY "{table.name}" FROM STDIN (FORMAT csv, HEADER true);\n{arrow.csv(table).decode()}\\.\n'


@pytest.mark.parametrize("name", SETS)
def test_sql_loads_in_postgresql(name: str, postgresql: Any) -> None:
    tables = sql.ordered(SETS[name])
    head = f'CREATE SCHEMA "{name}"; SET search_path = "{name}";\n'
    postgresql(head + sql.schema(tables, INFO) + "".join(map(copied, tables)))
    for table in tables:
        text = f'SET search_path = "{name}"; SELECT * FROM "{table.name}"'
        found = list(csv.reader(io.StringIO(postgresql(text).stdout)))[1:]
        expected = [[_psql(value) for value in row] for row in rows(table)]
        assert sorted(found) == sorted(expected)


def _psql(value: Any) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value)


def test_sql_refuses_in_postgresql(postgresql: Any) -> None:
    postgresql('CREATE SCHEMA "wrong"; SET search_path = "wrong";\n' + sql.schema(resources(), INFO))
    postgresql('SET search_path = "wrong";\n' + "".join(map(copied, resources())))
    for table, row in WRONG.values():
        shape = next(one for one in resources() if one.name == table)
        bad = 'SET search_path = "wrong";\n' + copied(replace(shape, rows=[row]))
        run = postgresql(bad, check=False)
        assert run.returncode, row
        assert "violates" in run.stderr, run.stderr


@pytest.fixture(scope="module")
def flagship() -> list[Resource]:
    return tables_of(load_dataset(Path(__file__).parent.parent))


def test_the_flagship_keeps_its_sql(flagship: list[Resource], postgresql: Any) -> None:
    tables = sql.ordered(flagship)
    schema = 'CREATE SCHEMA "flagship"; SET search_path = "flagship";\n'
    postgresql(schema + sql.schema(tables, INFO) + "".join(map(copied, tables)))


def test_the_flagship_keeps_its_sql_in_sqlite(flagship: list[Resource]) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(sql.schema(flagship, INFO))
    for statement, values in inserts(sql.ordered(flagship)):
        database.executemany(statement, values)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


# The SQLite file.


@pytest.fixture
def database(contents: dict[str, bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "sample.sqlite").write_bytes(contents["sample.sqlite"])
    connection = sqlite3.connect(tmp_path / "sample.sqlite")
    yield connection
    connection.close()


def test_sqlite_holds_the_same_values(database: sqlite3.Connection) -> None:
    for table in resources():
        found = database.execute(f'SELECT * FROM "{table.name}"').fetchall()
        assert sorted(found, key=str) == rows(table)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert sorted(names) == sorted(table.name for table in resources())


def test_sqlite_has_types_keys_checks_and_comments(database: sqlite3.Connection) -> None:
    kinds = database.execute(
        "SELECT typeof(persons), typeof(cost), typeof(day), typeof(official) FROM visits"
    ).fetchall()
    assert kinds[1] == ("integer", "real", "text", "integer")
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [row[2] for row in database.execute("PRAGMA foreign_key_list(promises)")] == ["visit_topics"] * 2
    (text,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'visits'").fetchone()
    assert "-- One row per visitor and host country." in text
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE visits SET host = 'USA'")


def test_sqlite_is_laid_out_plainly(database: sqlite3.Connection) -> None:
    for setting, value in (
        ("page_size", 4096),
        ("encoding", "UTF-8"),
        ("journal_mode", "delete"),
        ("freelist_count", 0),
    ):
        assert database.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_sqlite_bytes_follow_from_the_rows(tmp_path: Path) -> None:
    made = [*sqlite.database(resources(), tmp_path)]
    assert made == [*sqlite.database(resources(), tmp_path)]
    assert made != [*sqlite.database(resources(visits=VISITS[:1]), tmp_path)]
    assert [*tmp_path.iterdir()] == []


def test_what_sqlite_refuses_is_told_row_by_row() -> None:
    with pytest.raises(PackageInvalid) as caught:
        files(resources(visits=[*VISITS, visit("v1")]), INFO)
    messages = [str(problem) for problem in caught.value.problems]
    assert any(
        message.startswith("data/visits.csv") and "the key 'v1' stands in row" in message for message in messages
    )
    assert messages[-1].startswith("sample.sqlite: SQLite refuses the rows")


# The workbook.


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    openpyxl = needed("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_workbook_holds_the_same_values(contents: dict[str, bytes]) -> None:
    found = sheets(contents["sample.xlsx"])
    assert list(found) == ["about", "fields", *(table.name for table in resources())]
    for table in resources():
        header, *body = found[table.name]
        assert header == [field.name for field in table.fields]
        read = [tuple(_plain(value) for value in row) for row in body]
        assert sorted(read, key=str) == sorted([tuple(_fit(value) for value in row) for row in rows(table)], key=str)


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def _fit(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) > 10**15 else value


def test_workbook_explains_every_field(contents: dict[str, bytes]) -> None:
    header, *body = sheets(contents["sample.xlsx"])["fields"]
    assert header[:3] == ["table", "field", "type"]
    assert len(body) == sum(len(table.fields) for table in resources())
    assert ["visits", "visit_id", "string", "primary key", True, "pattern v[0-9]+", "Visit", "Identifier"] in body
    assert ["visits", "year", "year", None, False, "from 1900; to 2100", None, None] in body


FORMULAS = ("=1+1", '=HYPERLINK("https://example.org")', "+1", "-1", "@x", "https://example.org", "007", "_x0041_")


def test_workbook_takes_text_for_text() -> None:
    openpyxl = needed("openpyxl")
    texts = [*FORMULAS, "x" * 40_000, "{=1}", "mailto:a@example.org", "internal:a!A1"]
    table = Resource("t", "", "", (Field("k"),), ("k",), rows=[{"k": text} for text in texts])
    data = workbook.workbook([table], INFO)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["t"]
    cells = [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [
        text if len(text) <= workbook.MAX_TEXT else text[: workbook.MAX_TEXT - 1] + "…" for text in texts
    ]
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts.values())


def test_workbook_of_days_that_spreadsheets_misread() -> None:
    days = ["0001-01-01", "1900-02-28", "1900-03-01", "9999-12-31"]
    table = Resource("t", "", "", (Field("k", "date"),), ("k",), rows=[{"k": day} for day in days])
    found = sheets(workbook.workbook([table], INFO))["t"]
    assert [_plain(row[0]) for row in found[1:]] == days
    assert [type(row[0]) for row in found[1:3]] == [str, str]


def test_workbook_names_sheets_apart() -> None:
    names = ["fields", "about", "history", "a" * 31 + "b", "a" * 31 + "c", "a" * 31]
    tables = [Resource(name, "", "", (Field("k"),), ("k",)) for name in names]
    found = list(sheets(workbook.workbook(tables, INFO)))
    assert found[2:] == ["fields_2", "about_2", "history_2", "a" * 31, "a" * 29 + "_2", "a" * 29 + "_3"]


def test_workbook_has_no_clock(contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(contents["sample.xlsx"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-05-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_workbook_says_what_a_sheet_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    found = sheets(workbook.workbook(resources(), INFO))
    assert len(found["visits"]) == 3
    assert any("the first 2 of 3 rows" in str(row) for row in found["about"])


# Croissant.


@pytest.fixture
def folder(contents: dict[str, bytes], tmp_path: Path) -> Path:
    for path, data in contents.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def test_croissant_loads(folder: Path) -> None:
    mlcroissant = needed("mlcroissant")
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert dataset.metadata.ctx.is_v1_1()
    for table in resources():
        found = [
            tuple(_read(record[f"{table.name}/{field.name}"]) for field in table.fields)
            for record in dataset.records(table.name)
        ]
        assert sorted(found, key=str) == rows(table)


def _read(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return value.date().isoformat() if hasattr(value, "date") else value


def test_the_flagship_loads_from_croissant(flagship: list[Resource], tmp_path: Path) -> None:
    """All rows of all tables, whatever they refer to; the two largest, which are of the same making, are left out."""
    mlcroissant = needed("mlcroissant")
    data = {f"data/{table.name}.csv": arrow.csv(table) for table in flagship}
    (tmp_path / "data").mkdir()
    for path, content in data.items():
        (tmp_path / path).write_bytes(content)
    (tmp_path / "croissant.json").write_text(croissant.describe(flagship, INFO, sums(data), "cite"), "utf-8")
    dataset = mlcroissant.Dataset(jsonld=tmp_path / "croissant.json")
    for table in flagship:
        if len(table.rows) < 700:
            assert sum(1 for _ in dataset.records(table.name)) == len(table.rows), table.name


def test_croissant_names_keys_and_files(contents: dict[str, bytes]) -> None:
    content = json.loads(contents["croissant.json"])
    visits = next(one for one in content["recordSet"] if one["name"] == "visits")
    assert visits["key"] == [{"@id": "visits/visit_id"}]
    assert {one["dataType"] for one in visits["field"]} == {
        "sc:Text",
        "sc:Integer",
        "sc:Float",
        "sc:Date",
        "sc:Boolean",
    }
    assert content["datePublished"] == "2024-05-01"
    assert [one["contentUrl"] for one in content["distribution"]] == [f"data/{one.name}.csv" for one in resources()]


def test_croissant_of_a_bare_package(tmp_path: Path) -> None:
    mlcroissant = needed("mlcroissant")
    bare = PackageInfo("bare", "", "", "0.1.0")
    (tmp_path / "croissant.json").write_bytes(files(resources(), bare)["croissant.json"])
    assert not mlcroissant.Dataset(jsonld=tmp_path / "croissant.json").metadata.ctx.issues.errors
    assert croissant.FILE == "croissant.json"


# Who made it, who may use it, how to cite it.


def test_zenodo_says_what_citation_says() -> None:
    people = ({"familyName": "Example", "givenName": "Ann"}, {"title": "A Project"})
    found = files(resources(), with_info(contributors=people))
    zenodo, citation = json.loads(found[".zenodo.json"]), yaml.safe_load(found["CITATION.cff"])
    assert zenodo["upload_type"] == citation["type"] == "dataset"
    assert zenodo["title"] == citation["title"]
    assert zenodo["version"] == citation["version"]
    assert zenodo["publication_date"] == str(citation["date-released"])
    assert zenodo["license"] == citation["license"].lower() == "cc-by-4.0"
    assert zenodo["creators"] == [{"name": "Example, Ann"}, {"name": "A Project"}]
    assert citation["authors"] == [{"family-names": "Example", "given-names": "Ann"}, {"name": "A Project"}]


def test_licences_per_file(contents: dict[str, bytes]) -> None:
    legal = contents["LICENSES/CC-BY-4.0.txt"].decode()
    assert legal.startswith("Attribution 4.0 International")
    assert "Section 8 -- Interpretation." in legal
    first, quoting = tomllib.loads(contents["REUSE.toml"].decode())["annotations"]
    assert first["SPDX-License-Identifier"] == "CC-BY-4.0"
    assert quoting["SPDX-License-Identifier"] == "CC-BY-4.0 AND LicenseRef-Quotations"
    assert quoting["SPDX-FileCopyrightText"] == ["2024 Ann Example"]
    assert {"data/**", "*.sqlite", "*.xlsx"} <= set(quoting["path"])


def test_a_licence_whose_text_is_not_at_hand_is_named_with_its_address() -> None:
    both = ({"name": "ODbL-1.0", "title": "Open Database License"}, {"name": "CC-BY-4.0"})
    found = files(resources(), with_info(licenses=both))
    assert b"https://spdx.org/licenses/ODbL-1.0.html" in found["LICENSES/ODbL-1.0.txt"]
    assert b"(ODbL-1.0 OR CC-BY-4.0) AND LicenseRef-Quotations" in found["REUSE.toml"]
    assert not [path for path in files(resources(), with_info(licenses=())) if path.startswith(("LICENSES/", "REUSE"))]
    assert "LICENSES/../x.txt" not in files(resources(), with_info(licenses=({"name": "../x"},)))


def test_provenance_names_inputs_and_tools(contents: dict[str, bytes]) -> None:
    made = with_info(inputs={"b": "2", "a": "1"}, commit="abcdef0")
    content = json.loads(files(resources(), made)["provenance.json"])
    assert list(content["inputs"].items()) == [("a", "1"), ("b", "2")]
    assert content["git_commit"] == "abcdef0"
    assert {"factpack", "python", "pyarrow", "sqlite"} <= set(content["made_with"])
    assert "git_commit" not in json.loads(contents["provenance.json"])
    with pytest.raises(ValueError, match="no Git commit"):
        with_info(commit="HEAD; rm")


def test_provenance_names_all_that_a_dataset_is_made_from() -> None:
    root = Path(__file__).parent.parent
    found = provenance.inputs(load_dataset(root))
    folders = {path.rpartition("/")[0] for path in found}
    assert {"seeds", "curation", "curation/registers", "schema", ""} <= folders
    assert all(sha256((root / path).read_bytes()).hexdigest() == checksum for path, checksum in found.items())
    assert not [path for path in found if path.startswith(("/", ".", "dist/"))]


def test_a_changelog_has_its_place() -> None:
    found = files(resources(), with_info(texts={"CHANGELOG.md": "# Changes"}))
    assert found["CHANGELOG.md"] == b"# Changes"
    assert b"CHANGELOG.md" in found["SHA256SUMS"]


def test_the_card_names_only_files_that_are_there(contents: dict[str, bytes]) -> None:
    table = contents["README.md"].decode().partition("## Further files")[2].partition("## Licence")[0]
    assert set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)) <= set(contents)
