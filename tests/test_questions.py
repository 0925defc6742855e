"""Research questions whose answers were worked out by hand, asked of CSV, Parquet and SQLite alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from flagship import ROOT
from sample_package import files

from factpack.dataset import load
from factpack.package import PackageInfo
from factpack.resource import Resource
from factpack.tables import tables
from factpack.views import statements

QUESTIONS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/questions.yaml").read_text("utf-8"))
ASKED = {" ".join(asked.split()): sql for asked, sql in statements((ROOT / "schema/questions.sql").read_text("utf-8"))}
VIEWS = (ROOT / "schema/views.sql").read_text("utf-8")
TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def resources() -> list[Resource]:
    return tables(load(ROOT))


@pytest.fixture(scope="module")
def data(resources: list[Resource], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as they are published, all in one folder."""
    folder = tmp_path_factory.mktemp("package")
    info = PackageInfo("questions", "", "", "1.0.0", texts={"views.sql": VIEWS})
    for name, content in files(resources, info).items():
        if name.endswith((".csv", ".parquet", ".sqlite")):
            (folder / Path(name).name).write_bytes(content)
    return folder


def from_csv(data: Path, resources: list[Resource]) -> Ask:
    database = duckdb.connect()
    for resource in resources:
        columns = {field.name: TYPES[field.type] for field in resource.fields}
        path = data / f"{resource.name}.csv"
        database.execute(f"CREATE TABLE {resource.name} AS SELECT * FROM read_csv('{path}', columns = {columns})")
    database.execute(VIEWS)
    return lambda sql: database.execute(sql).fetchall()


def from_parquet(data: Path, resources: list[Resource]) -> Ask:
    database = duckdb.connect()
    for resource in resources:
        database.execute(f"CREATE VIEW {resource.name} AS SELECT * FROM '{data / resource.name}.parquet'")
    database.execute(VIEWS)
    return lambda sql: database.execute(sql).fetchall()


def from_sqlite(data: Path, resources: list[Resource]) -> Ask:
    """The published file, which has the views."""
    database = sqlite3.connect(data / "questions.sqlite")
    return lambda sql: database.execute(sql).fetchall()


@pytest.fixture(scope="module", params=[from_csv, from_parquet, from_sqlite], ids=lambda load: load.__name__)
def ask(request: pytest.FixtureRequest, data: Path, resources: list[Resource]) -> Ask:
    asked: Ask = request.param(data, resources)
    return asked


def plain(rows: list[Any]) -> list[list[Any]]:
    """Rows as any database gives them, sorted: days as text, truth values as numbers."""
    cells = [[c.isoformat() if isinstance(c, date) else int(c) if isinstance(c, bool) else c for c in r] for r in rows]
    return sorted(cells, key=lambda row: [(c is not None, str(c)) for c in row])


@pytest.mark.parametrize("case", QUESTIONS, ids=[case["question"] for case in QUESTIONS])
def test_the_data_answer_as_a_reader_does(case: dict[str, Any], ask: Ask) -> None:
    assert plain(ask(ASKED[case["question"]])) == plain(case["answer"])


@cache
def words(article: str) -> str:
    """An article's text; a non-breaking space is a space."""
    (path,) = ROOT.glob(f"seeds/{article}_*.txt")
    return path.read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("case", QUESTIONS, ids=[case["question"] for case in QUESTIONS])
def test_the_quotes_stand_in_the_articles(case: dict[str, Any]) -> None:
    quotes = [(article, quote) for article, found in case["quotes"].items() for quote in found]
    assert quotes
    assert [(article, quote) for article, quote in quotes if quote not in words(article)] == []


def test_there_are_questions_enough() -> None:
    assert len({case["question"] for case in QUESTIONS}) == len(QUESTIONS) >= 20


def test_every_published_question_has_an_answer_worked_out_by_hand() -> None:
    assert list(ASKED) == [case["question"] for case in QUESTIONS]


def test_corroboration_counts_supporting_articles_only(ask: Ask) -> None:
    counted = """
        SELECT r.record_id FROM records AS r LEFT JOIN evidence AS e
          ON e.record_id = r.record_id AND e.relation IN ('supports', 'partially_supports')
        GROUP BY r.record_id, r.article_count HAVING count(DISTINCT e.article_id) <> r.article_count"""
    assert ask(counted) == []
    assert ask("SELECT record_id FROM corroboration WHERE independent_count > article_count") == []
