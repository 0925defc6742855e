"""The card's snippets, pasted into each tool: every table has the rows, types and values of its Arrow table."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import flagship
import pyarrow as pa
import pytest
from installed import needed, not_tested, program
from sample_package import INFO, files, resources, save

import factpack
from factpack.cli import main

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module", params=["sample", "flagship"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> factpack.Release:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sample":
        return factpack.load(save(folder / "sample", files(resources(), INFO), seal=False))
    assert main(["build", "--project", str(flagship.copy(folder))]) == 0
    return factpack.load(folder / ".factpack/candidate")


def pasted(release: factpack.Release, words: str, table: str) -> str:
    """The card's snippet with these words, for this table."""
    card = (release.place / "README.md").read_text("utf-8")
    snippets = re.findall(r"^```\w+\n(.+?)^```$", card, re.MULTILINE | re.DOTALL)
    (snippet,) = (one for one in snippets if words in one)
    first = next(iter(release))
    assert re.search(rf"\b{first}\b", snippet)
    return re.sub(rf"\b{first}\b", table, snippet)


Row = Sequence[Any]
Forms = dict[pa.DataType, Callable[[Any], Any]]
"""How a tool gives the values of a type, where that is not Python's own way; raises or differs for another."""

EXACT: dict[pa.DataType, type] = {
    pa.string(): str, pa.int64(): int, pa.float64(): float, pa.bool_(): bool, pa.date32(): date,
}  # fmt: skip


def assert_same(expected: pa.Table, rows: Iterable[Row], forms: Forms) -> None:
    """The rows, a missing value as None, are those of the Arrow table: their number, order, types and values."""
    found = list(rows)
    assert len(found) == expected.num_rows
    for number, field in enumerate(expected.schema):
        form = forms.get(field.type, lambda value: value)
        column = [None if row[number] is None else form(row[number]) for row in found]
        assert {type(value) for value in column} <= {EXACT[field.type], type(None)}, field.name
        assert column == expected[field.name].to_pylist(), field.name


def test_the_words_behind_a_cell(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    card = (release.place / "README.md").read_text("utf-8")
    if "statements" not in release:
        assert "## The words behind a cell" not in card
        return
    needed("duckdb")
    monkeypatch.chdir(release.place)
    names: list[dict[str, Any]] = [{}, {}]
    section = card.partition("## The words behind a cell")[2].partition("\n## ")[0]
    for snippet, found in zip(
        re.findall(r"^```python\n(.+?)^```$", section, re.MULTILINE | re.DOTALL), names, strict=True
    ):
        exec(compile(snippet, "README.md", "exec"), found)
    rows, statements = names[0]["words"].fetchall(), names[1]["words"]
    assert sorted(rows) == sorted(
        (one.value, one.basis, one.quote, one.article_id, one.char_start, one.char_end) for one in statements
    )
    assert any(one.words and one.words in one.quote for one in statements)


def in_python(
    release: factpack.Release,
    words: str,
    rows: Callable[[Any], Iterable[Row]],
    monkeypatch: pytest.MonkeyPatch,
    forms: Forms,
) -> None:
    monkeypatch.chdir(release.place)
    for table in release:
        names: dict[str, Any] = {}
        exec(compile(pasted(release, words, table), "README.md", "exec"), names)
        assert_same(release[table], rows(names[table]), forms)


def test_pandas_with_arrow(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = needed("pandas")

    def rows(frame: Any) -> Iterable[Row]:
        assert all(isinstance(kind, pandas.ArrowDtype) for kind in frame.dtypes)
        return zip(*(frame[name].array.__arrow_array__().to_pylist() for name in frame), strict=True)

    in_python(release, "import pandas", rows, monkeypatch, {})


def test_pandas_with_numpy(release: factpack.Release) -> None:
    """As the card says: with missing values, whole numbers become floats, and booleans objects."""
    pandas = needed("pandas")
    forms: Forms = {pa.int64(): int}
    for table in release:
        frame = pandas.read_parquet(release.place / f"data/{table}.parquet")
        for field in release[table].schema:
            if release[table][field.name].null_count == 0 and field.type in (pa.int64(), pa.float64(), pa.bool_()):
                assert frame[field.name].dtype == field.type.to_pandas_dtype()
        columns = [[None if pandas.isna(value) else value for value in frame[name].tolist()] for name in frame]
        assert_same(release[table], zip(*columns, strict=True), forms)


def test_polars(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    needed("polars")
    in_python(release, "import polars", lambda frame: frame.rows(), monkeypatch, {})


def test_duckdb(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    needed("duckdb")
    in_python(release, "SELECT * FROM 'data/", lambda relation: relation.fetchall(), monkeypatch, {})


def test_sqlite(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = {pa.bool_(): {0: False, 1: True}.__getitem__, pa.date32(): date.fromisoformat}
    in_python(release, "import sqlite3", list, monkeypatch, forms)


def test_frictionless(release: factpack.Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release.place)
    first = next(iter(release))
    names: dict[str, Any] = {}
    exec(compile(pasted(release, "import Package", first), "README.md", "exec"), names)
    assert len(names[first]) == release[first].num_rows
    # Reading the descriptor is most of the work: for the other tables that is done once.
    package = names["Package"]("datapackage.json")
    for table in release:
        rows = ([row[name] for name in row.field_names] for row in package.get_resource(table).read_rows())
        assert_same(release[table], rows, {pa.float64(): float})


R_WRITES = """
kinds <- sapply({table}, function(column) class(column)[1])
text <- lapply({table}, function(column) {{
  text <- if (is.numeric(column)) sprintf("%.17g", column) else as.character(column)
  ifelse(is.na(column), "", text)
}})
write.table(rbind(kinds, as.data.frame(text)), "{file}", sep = ",", qmethod = "double", row.names = FALSE,
            fileEncoding = "UTF-8")
"""
R_KINDS = {
    pa.string(): "character",
    pa.int64(): "numeric",
    pa.float64(): "numeric",
    pa.bool_(): "logical",
    pa.date32(): "Date",
}


def test_r(release: factpack.Release, tmp_path: Path) -> None:
    rscript = program("Rscript", "r-base-core r-cran-readr r-cran-jsonlite")
    program_text = ""
    for table in release:
        program_text += pasted(release, "readr::", table) + R_WRITES.format(table=table, file=tmp_path / f"{table}.csv")
    (tmp_path / "all.R").write_text(program_text, "utf-8")
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    command = [rscript, "--vanilla", str(tmp_path / "all.R")]
    run = subprocess.run(command, cwd=release.place, env=environment, capture_output=True, text=True, check=False)
    if "there is no package called" in run.stderr:
        not_tested(run.stderr.strip().splitlines()[0])
    assert run.returncode == 0, run.stderr
    forms: Forms = {
        pa.int64(): lambda text: int(float(text)),
        pa.float64(): float,
        pa.bool_(): {"TRUE": True, "FALSE": False}.__getitem__,
        pa.date32(): date.fromisoformat,
    }
    for table in release:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, kinds, *rows = csv.reader(file)
        assert header == release[table].column_names
        year = {field.name for field in release.schema(table).fields if field.type == "year"}
        expected = ["integer" if field.name in year else R_KINDS[field.type] for field in release[table].schema]
        assert kinds == expected
        assert_same(release[table], ([cell or None for cell in row] for row in rows), forms)


NODE_WRITES = """
import {{ writeFileSync }} from "node:fs"
const plain = (key, value) => typeof value === "bigint" ? {{ bigint: String(value) }} : value
writeFileSync({file}, JSON.stringify({table}, plain))
"""


def test_node(release: factpack.Release, tmp_path: Path) -> None:
    node = program("node", "nodejs")
    if not (NODE / "node_modules/hyparquet").is_dir():
        not_tested("hyparquet is not installed (npm ci --prefix tests/node)")
    (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
    for table in release:
        written = NODE_WRITES.format(table=table, file=json.dumps(str(tmp_path / f"{table}.json")))
        (tmp_path / f"{table}.mjs").write_text(pasted(release, "hyparquet", table) + written, "utf-8")
    imports = "".join(f'await import("./{table}.mjs")\n' for table in release)
    (tmp_path / "all.mjs").write_text(imports, "utf-8")
    subprocess.run([node, str(tmp_path / "all.mjs")], cwd=release.place, check=True)
    forms: Forms = {
        pa.int64(): lambda value: int(value["bigint"]),
        pa.float64(): float,
        pa.date32(): lambda text: date.fromisoformat(text.removesuffix("T00:00:00.000Z")),
    }
    for table in release:
        rows = json.loads((tmp_path / f"{table}.json").read_text("utf-8"))
        assert_same(release[table], ([row[name] for name in release[table].column_names] for row in rows), forms)


def test_libreoffice(release: factpack.Release, tmp_path: Path) -> None:
    """The workbook, opened and every sheet saved again as text."""
    office = program("soffice", "libreoffice-calc-nogui")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", every_sheet,
         "--outdir", str(tmp_path / "out"), str(release.place / f"{release.name}.xlsx")],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}, check=True, capture_output=True,
    )  # fmt: skip
    forms: Forms = {
        pa.int64(): lambda text: int(float(text)),
        pa.float64(): float,
        pa.bool_(): {"TRUE": True, "FALSE": False}.__getitem__,
        pa.date32(): date.fromisoformat,
    }
    for table in release:
        with (tmp_path / f"out/{release.name}-{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == release[table].column_names
        assert_same(release[table], ([cell or None for cell in row] for row in rows), forms)
