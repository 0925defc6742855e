"""`factpack.load`: a folder or its zip as typed tables, and the words behind a cell."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sample_package import EVIDENCE, INFO, SOURCE, files, quote, resources, save

import factpack
from factpack.package import archive, arrow, citation
from factpack.package.problem import PackageInvalid
from factpack.resource import Field, ForeignKey, Resource

STATEMENTS: list[dict[str, Any]] = [
    {"statement_id": "visits/v1/host/1", "table": "visits", "row_id": "v1", "field": "host", "value": "LAO",
     "basis": "grounded", "article_id": "a1", "char_start": 16, "char_end": 20, "evidence_id": "e1", "reason": None},
    {"statement_id": "visits/v1/official/1", "table": "visits", "row_id": "v1", "field": "official", "value": "true",
     "basis": "judged", "article_id": "a1", "char_start": 0, "char_end": 20, "evidence_id": "e1",
     "reason": "as a visit is"},
    {"statement_id": "visits/v1/year/1", "table": "visits", "row_id": "v1", "field": "year", "value": "2022",
     "basis": "derived", "article_id": None, "char_start": None, "char_end": None, "evidence_id": None,
     "reason": "from the day"},
    {"statement_id": "promises/v1/topic/1", "table": "promises", "row_id": "v1", "field": "topic", "value": "art",
     "basis": "grounded", "article_id": "a1", "char_start": 21, "char_end": 33, "evidence_id": "e2", "reason": None},
]  # fmt: skip


def statements() -> Resource:
    numbers = {"char_start", "char_end"}
    fields = tuple(Field(name, "integer" if name in numbers else "string") for name in STATEMENTS[0])
    key = ForeignKey(("evidence_id",), "evidence", ("evidence_id",))
    return Resource("statements", "", "", fields, ("statement_id",), (key,), STATEMENTS)


def tables() -> list[Resource]:
    return [*resources(), statements()]


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return files(tables(), INFO)


@pytest.fixture(params=["folder", "zip"])
def place(request: pytest.FixtureRequest, contents: dict[str, bytes], tmp_path: Path) -> Path:
    return laid(request.param, contents, tmp_path)


def laid(kind: str, contents: dict[str, bytes], folder: Path) -> Path:
    if kind == "folder":
        return save(folder / "p", contents, seal=False)
    (folder / "p.zip").write_bytes(archive.dump(contents))
    return folder / "p.zip"


def test_tables_by_name(place: Path) -> None:
    release = factpack.load(place)
    assert (release.name, release.title, release.version) == ("sample", "Sample", "0.1.0")
    assert list(release) == [table.name for table in tables()]
    assert len(release) == 6
    assert "visits" in release
    assert "nothing" not in release
    assert repr(release) == "<Release sample 0.1.0: 6 tables>"
    for table in tables():
        found = release[table.name]
        assert isinstance(found, pa.Table)
        assert found.schema.equals(arrow.schema(table))
        assert sorted(found.to_pylist(), key=str) == sorted(arrow.table(table).to_pylist(), key=str)
    assert release["visits"] is release["visits"]


def test_a_path_may_be_text(place: Path) -> None:
    assert factpack.load(str(place)).version == "0.1.0"


def test_fields_and_keys(place: Path) -> None:
    shape = factpack.load(place).schema("visits")
    assert shape.primary_key == ("visit_id",)
    assert shape.fields[1].enum == ("LAO", "VNM")
    assert shape.rows == ()


def test_no_such_table(place: Path) -> None:
    with pytest.raises(KeyError, match=r"no table 'visit' in sample; there are articles, evidence"):
        factpack.load(place)["visit"]


def test_the_words_behind_a_cell(place: Path) -> None:
    (found,) = factpack.load(place).evidence("v1", "host")
    assert (found.table, found.row_id, found.field, found.value) == ("visits", "v1", "host", "LAO")
    assert (found.basis, found.article_id) == ("grounded", "a1")
    assert found.quote == EVIDENCE[0]["exact"]
    assert found.words == "Laos"
    assert found.char_start is not None
    assert " ".join(SOURCE[found.char_start : found.char_end].split()) == "Laos"


def test_all_words_behind_a_record(place: Path) -> None:
    release = factpack.load(place)
    assert [one.field for one in release.evidence("v1")] == ["topic", "host", "official", "year"]
    assert [one.field for one in release.evidence("v1", table="visits")] == ["host", "official", "year"]
    (derived,) = release.evidence("v1", "year")
    assert (derived.basis, derived.quote, derived.words, derived.reason) == ("derived", None, None, "from the day")


@pytest.mark.parametrize(
    ("asked", "table", "words"),
    [
        (("v9",), None, "there is no record 'v9' in sample"),
        (("v1",), "articles", "there is no record 'v1' in articles"),
        (("v1", "hosts"), None, "'v1' has no field 'hosts'; it has code, "),
        (("v1", "host"), "promises", "'v1' has no field 'host'; it has promise_id, topic, visit_id"),
        (("v1",), "visit", "there is no table 'visit'"),
    ],
)
def test_there_is_no_such_cell(place: Path, asked: tuple[str, ...], table: str | None, words: str) -> None:
    with pytest.raises(KeyError, match=words):
        factpack.load(place).evidence(*asked, table=table)


def test_an_empty_cell_rests_on_nothing(place: Path) -> None:
    assert factpack.load(place).evidence("v1", "words") == []


def test_how_to_cite_it(place: Path) -> None:
    release = factpack.load(place)
    assert release.place == place
    assert release.citation == citation.line(INFO)
    assert release.citation.startswith("Ann Example (2024). Sample. Version 0.1.0.")


def test_a_package_without_statements(tmp_path: Path) -> None:
    release = factpack.load(save(tmp_path / "p", files(resources(), INFO), seal=False))
    with pytest.raises(KeyError, match="no table 'statements'"):
        release.evidence("v1")


def test_a_line_break_of_two_characters_shifts_offsets(tmp_path: Path) -> None:
    """Then the quote is given, and no part of it as the words."""
    moved = quote(1, "Ann’s  visit to Laos", 0) | {"char_end": 21}
    found = files([*resources(evidence=[moved, EVIDENCE[1]]), statements()], INFO)
    (statement,) = factpack.load(save(tmp_path / "p", found, seal=False)).evidence("v1", "host")
    assert (statement.quote, statement.words) == (moved["exact"], None)


# What is not what it should be.


def test_a_table_is_read_when_it_is_asked_for(contents: dict[str, bytes], tmp_path: Path) -> None:
    release = factpack.load(save(tmp_path / "p", contents | {"data/visits.parquet": b"x"}, seal=False))
    assert release["articles"].num_rows == 1
    with pytest.raises(PackageInvalid, match=r"data/visits\.parquet: is missing, or not the file"):
        release["visits"]


def test_links_are_not_followed(contents: dict[str, bytes], tmp_path: Path) -> None:
    folder = save(tmp_path / "p", contents, seal=False)
    (folder / "data").rename(tmp_path / "elsewhere")
    (folder / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageInvalid):
        factpack.load(folder)["visits"]


BROKEN: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "no descriptor": lambda found: {path: data for path, data in found.items() if path != "datapackage.json"},
    "no JSON": lambda found: found | {"datapackage.json": b"{"},
    "a path out of it": lambda found: (
        found | {"datapackage.json": found["datapackage.json"].replace(b'"data/visits.csv"', b'"../visits.csv"')}
    ),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_what_is_no_package(case: str, kind: str, contents: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(PackageInvalid):
        factpack.load(laid(kind, BROKEN[case](contents), tmp_path))


def test_a_hostile_zip_is_refused(contents: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(archive.dump(contents | {"../evil.txt": b"x"}))
    with pytest.raises(PackageInvalid, match="is no path that a package has"):
        factpack.load(tmp_path / "p.zip")


def test_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither a folder nor a zip"):
        factpack.load(tmp_path / "none")


def test_the_module_stays_light(contents: dict[str, bytes], tmp_path: Path) -> None:
    folder = save(tmp_path / "p", contents, seal=False)
    program = (
        "import sys, factpack\n"
        "heavy = {'pyarrow', 'frictionless', 'xlsxwriter', 'pydantic'}\n"
        "print(heavy & set(sys.modules))\n"
        f"release = factpack.load({str(folder)!r})\n"
        "print('pyarrow' in sys.modules, 'frictionless' in sys.modules, 'xlsxwriter' in sys.modules)\n"
        "release['visits']\n"
        "print('pyarrow' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["set()", "False False False", "True"]


def test_the_snippet_of_the_documentation_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parent.parent
    (snippet,) = re.findall(r"```python\n(.+?)```", (root / "docs/releases.md").read_text("utf-8"), re.DOTALL)
    published = sorted(path.parent for path in root.glob("dist/*/datapackage.json"))
    if not published:
        pytest.skip("NOT TESTED: nothing is published in dist/ yet")
    monkeypatch.chdir(root)
    exec(re.sub(r"dist/[0-9.]+[0-9]", f"dist/{published[-1].name}", snippet), {})
    assert "grounded" in capsys.readouterr().out
