"""The codebook has an entry for everything that is published, and says nothing of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flagship import ROOT
from pages import lay_out_models
from sample_package import resources as sample

from factpack.codebook.texts import texts
from factpack.config import ConfigurationError
from factpack.dataset import Dataset, load
from factpack.resource import Resource
from factpack.tables import tables
from factpack.views import Question, View, questions, views

VIEWS = ["-- Which visits there are.", "CREATE VIEW all_visits AS", "SELECT v.visit_id, v.host FROM visits AS v;"]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(ROOT)


@pytest.fixture(scope="module")
def resources(dataset: Dataset) -> list[Resource]:
    return tables(dataset)


@pytest.fixture(scope="module")
def published(dataset: Dataset, resources: list[Resource]) -> dict[str, str]:
    return texts(dataset, resources)


@pytest.fixture(scope="module")
def book(published: dict[str, str]) -> str:
    return published["codebook.md"]


def entry(book: str, column: str) -> str:
    return book.split(f"### {column}\n", 1)[1].split("\n## ")[0].split("\n### ")[0]


def test_every_table_and_column_has_an_entry(book: str, resources: list[Resource]) -> None:
    assert re.findall(r"^## (\w+)$", book, re.MULTILINE)[-len(resources) :] == [r.name for r in resources]
    columns = [f"{resource.name}.{field.name}" for resource in resources for field in resource.fields]
    assert re.findall(r"^### (\S+)$", book, re.MULTILINE) == columns
    assert [column for column in columns if "**Question.** \n" in entry(book, column)] == []


def test_the_same_tables_give_the_same_codebook(book: str, dataset: Dataset, resources: list[Resource]) -> None:
    assert texts(dataset, resources)["codebook.md"] == book


def test_the_curators_own_part_comes_first(book: str) -> None:
    own = (ROOT / "schema/codebook.md").read_text("utf-8").strip()
    assert book.index(own) < book.index("## How to read it")


def test_values_have_definitions_and_mappings(book: str, resources: list[Resource]) -> None:
    told = entry(book, "quantities.comparator")
    assert "| `ge` | \"at least\" | minInclusive | 0 |" in told  # fmt: skip
    (vocabulary,) = (r.rows for r in resources if r.name == "vocabulary")
    values = [f"| `{row['value']}` | {row['definition']} | {row['maps_to'] or ''} |" for row in vocabulary]
    assert [value for value in values if value not in book] == []


def test_support_is_counted_in_statements(book: str, resources: list[Resource]) -> None:
    (statements,) = (r.rows for r in resources if r.name == "statements")
    cells = {row["row_id"] for row in statements if (row["table"], row["field"]) == ("visits", "host_country_id")
             and row["basis"] == "grounded"}  # fmt: skip
    assert f"**Support.** grounded {len(cells)}, judged" in entry(book, "visits.host_country_id")


def test_what_all_facts_share_is_told_where_it_is_shared(book: str) -> None:
    assert "Whether it is reported as done, planned" in entry(book, "records.realisation")
    assert "- `records.realisation` of its rows: Programmes are planned" in book


def test_examples_are_words_of_the_articles(book: str) -> None:
    examples = re.findall(r"“(.+)” \((\S+), row ", book)
    assert len(examples) > 100
    for quote, article in examples:
        words = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", quote))
        source = (ROOT / "seeds" / f"{article.replace(chr(92), '')}.txt").read_text("utf-8")
        assert words in " ".join(source.split())


def test_views_are_published_and_listed(published: dict[str, str], resources: list[Resource]) -> None:
    assert published["views.sql"] == (ROOT / "schema/views.sql").read_text("utf-8")
    found = views(published["views.sql"], resources)
    assert len(found) >= 12
    assert all(f"- **{view.name}**: " in published["codebook.md"] for view in found)


def test_a_dataset_without_texts_of_its_own_has_a_codebook(tmp_path: Path) -> None:
    lay_out_models(tmp_path)
    empty = load(tmp_path)
    assert list(texts(empty, tables(empty))) == ["codebook.md"]


# The file of views.


def test_a_view_is_its_comment_its_statement_and_its_columns() -> None:
    sql = "\n".join(["-- About the file.", "", *VIEWS])
    assert views(sql, sample()) == [
        View("all_visits", "Which visits there are.", "\n".join(VIEWS[1:]), ("visit_id", "host"))
    ]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (VIEWS[1:], "no comment above the view `all_visits`"),
        ([VIEWS[0], "", *VIEWS[1:]], "no comment above the view `all_visits`"),
        ([*VIEWS, *VIEWS], "already exists"),
        ([*VIEWS[:2], "SELECT gone FROM visits;"], "no such column: gone"),
        ([*VIEWS[:2], "SELECT * FROM nowhere;"], "no such table"),
        ([*VIEWS[:2], "SELECT visit_id FROM visits"], "not `CREATE VIEW name AS SELECT ...;`"),
        (["-- Gone.", "DROP TABLE visits;"], "not `CREATE VIEW name AS SELECT ...;`"),
        (["-- A file.", "ATTACH DATABASE 'x.db' AS x;"], "not `CREATE VIEW name AS SELECT ...;`"),
    ],
)
def test_what_is_no_documented_view_is_refused(sql: list[str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)):
        views("\n".join(sql), sample())


# The file of questions.


def test_questions_are_published_as_they_are(published: dict[str, str]) -> None:
    assert published["questions.sql"] == (ROOT / "schema/questions.sql").read_text("utf-8")


def test_a_question_is_the_comment_above_its_query() -> None:
    sql = "-- How many\n-- visits?\nSELECT count(*) FROM all_visits;\n"
    known = views("\n".join(VIEWS), sample())
    assert questions(sql, sample(), known) == [Question("How many visits?", "SELECT count(*) FROM all_visits;")]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT 1;", "no comment above"),
        ("-- Why?\nDROP TABLE visits;", "not `SELECT ...;`"),
        ("-- Why?\nSELECT height FROM visits;", "'Why\\?' does not work: no such column: height"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(sql: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        questions(sql, sample(), [])
