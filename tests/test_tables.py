"""The published tables: from every cell to what it rests on, from every quote to its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pages import Example, lay_out

from factpack.checks import run
from factpack.dataset import Dataset, load
from factpack.resource import Resource
from factpack.tables import tables

FILES = {
    "seeds/a.txt": """\
HANOI, April 12 2022.
Nearly 200 delegates met in Huế\u00a0City on April 12, 2022, said Ann Lee, and planted 49\ttrees.
The meeting adopted Directive No.12-CT/TW. Ann Lee thanked friends from Laos.
Subscribe to our newsletter.
""",
    "seeds/b.txt": """\
Delegates met in April 2022 and planted trees, said Ms Lee.
A second meeting is planned for 2023.
""",
    "curation/registers/people.yaml": """\
people:
  - {id: ann-lee, name: Ann Lee, names: [Ann Lee, Ms Lee], note: Once with a title.}
""",
    "curation/registers/countries.yaml": """\
countries:
  - {id: LAO, name: Lao PDR, names: [Laos]}
""",
    "curation/registers/article-relations.yaml": """\
article_relations:
  - {id: b-after-a, article: b, related_article: a, relation: likely_rewrite_of}
""",
    "curation/a.yaml": """\
article:
  source: a.txt
  sha256: {sha256:a}
  language: en
  published: 2022-04-12
  headline: HANOI
  quotes: ["HANOI, April 12 2022"]
events:
  - id: evt-meeting
    names: [The meeting]
    name: delegates met and planted trees
    date: 2022-04-12
    place: Huế City
    speakers: [ann-lee]
    country: LAO
    document: 12-CT/TW
    note: First.
    quotes:
      - Nearly 200 delegates met in Huế City on April 12, 2022, said Ann Lee, and planted 49 trees
      - exact: The meeting adopted Directive No.12-CT/TW. Ann Lee thanked friends from Laos
        relation: context
figures:
  - {id: fig-delegates, event: evt-meeting, measure: delegates, value: 200, comparator: approx_below,
     unit: delegates, quotes: [Nearly 200 delegates met]}
  - {id: fig-trees, event: evt-meeting, measure: planted trees, value: 49, comparator: eq, unit: trees,
     judged: {event: the same sentence}, quotes: [planted 49 trees]}
omitted:
  - {exact: Subscribe to our newsletter., role: boilerplate, why: page furniture}
searched:
  - {table: figures, note: money}
""",
    "curation/b.yaml": """\
article:
  source: b.txt
  sha256: {sha256:b}
  language: en
  quotes: [Delegates met in April 2022]
events:
  - id: evt-meeting
    date: 2022-04
    speakers: [ann-lee]
    note: Second.
    quotes: ["Delegates met in April 2022 and planted trees, said Ms Lee"]
  - id: evt-second
    name: A second meeting
    date: 2023
    status: planned
    quotes: [A second meeting is planned for 2023]
""",
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("two-articles")
    lay_out(Example(FILES, set()), folder)
    loaded = load(folder)
    assert [(d.rule, d.message) for d in run(loaded) if d.severity != "info"] == []
    return loaded


@pytest.fixture(scope="module")
def published(dataset: Dataset) -> dict[str, Resource]:
    return {table.name: table for table in tables(dataset)}


def rows(table: Resource) -> dict[str, dict[str, object]]:
    (key,) = table.primary_key
    return {str(row[key]): dict(row) for row in table.rows}


def test_every_cell_has_its_statement(published: dict[str, Resource]) -> None:
    stated = {(row["table"], row["row_id"], row["field"]) for row in published["statements"].rows}
    cells = {
        (table.name, row[table.primary_key[0]], name)
        for table in published.values()
        if table.name != "statements"
        for row in table.rows
        for name, value in row.items()
        if value is not None
    }
    assert cells == stated
    assert len(cells) > 300


def test_every_quote_is_a_slice_of_its_source(dataset: Dataset, published: dict[str, Resource]) -> None:
    sources = {article.article_id: article.source for article in dataset.articles}
    assert len(published["evidence"].rows) == 8
    for row in published["evidence"].rows:
        source = sources[str(row["article_id"])]
        assert source is not None
        start, end = int(str(row["char_start"])), int(str(row["char_end"]))
        assert str(row["exact"]).split() == source.content[start:end].split()
        before, after = (" ".join(str(row[side] or "").split()) for side in ("prefix", "suffix"))
        assert " ".join(source.content[:start].split()).endswith(before)
        assert " ".join(source.content[end:].split()).startswith(after)


def test_every_statement_points_into_its_quote(dataset: Dataset, published: dict[str, Resource]) -> None:
    evidence = rows(published["evidence"])
    lengths = {a.article_id: len(a.source.content) for a in dataset.articles if a.source}
    held = 0
    for row in published["statements"].rows:
        if row["char_start"] is None:
            assert row["char_end"] is None
            assert row["basis"] != "grounded"
            continue
        start, end = int(str(row["char_start"])), int(str(row["char_end"]))
        assert 0 <= start < end <= lengths[str(row["article_id"])]
        if row["evidence_id"] is not None:
            quote = evidence[str(row["evidence_id"])]
            assert quote["article_id"] == row["article_id"]
            assert int(str(quote["char_start"])) <= start < end <= int(str(quote["char_end"]))
            held += 1
    assert held > 40


def test_keys_are_unique_and_sorted_and_references_lead_somewhere(published: dict[str, Resource]) -> None:
    for table in published.values():
        (key,) = table.primary_key
        keys = [str(row[key]) for row in table.rows]
        assert keys == sorted(set(keys)), table.name
        assert all(set(row) == {field.name for field in table.fields} for row in table.rows)
        for field in table.fields:
            values = [row[field.name] for row in table.rows]
            assert not field.required or None not in values, f"{table.name}.{field.name}"
            assert not field.enum or set(values) <= {*field.enum, None}, f"{table.name}.{field.name}"
        for foreign in table.foreign_keys:
            target = {row[foreign.reference_fields[0]] for row in published[foreign.resource].rows}
            assert {row[foreign.fields[0]] for row in table.rows} <= target | {None}, f"{table.name}.{foreign.fields}"


def test_a_record_of_two_articles(published: dict[str, Resource]) -> None:
    event = rows(published["events"])["evt-meeting"]
    assert event["name"] == "delegates met and planted trees"
    assert event["country_id"] == "LAO"
    assert event["document"] == "12-CT/TW"
    assert event["document_as_printed"] == "Directive No.12-CT/TW"
    assert event["date_edtf"] == "2022-04-12"
    assert (event["date_min"], event["date_max"]) == ("2022-04-12", "2022-04-12")
    assert (event["date_precision"], event["date_basis"]) == ("day", "stated")
    assert event["date_as_reported"] == "April 12, 2022"
    assert event["status"] == "held"
    record = rows(published["records"])["evt-meeting"]
    assert record["record_type"] == "events"
    assert record["label"] == "delegates met and planted trees"
    assert record["note"] == "First. Second."
    assert (record["article_count"], record["independent_count"]) == (2, 1)
    dates = {(s["article_id"], s["value"]) for s in published["statements"].rows
             if (s["table"], s["row_id"], s["field"]) == ("events", "evt-meeting", "date_edtf")}  # fmt: skip
    assert dates == {("a", "2022-04-12"), ("b", "2022-04")}


def test_what_a_coarse_date_comes_down_to(published: dict[str, Resource]) -> None:
    event = rows(published["events"])["evt-second"]
    assert (event["date_edtf"], event["date_min"], event["date_max"]) == ("2023", "2023-01-01", "2023-12-31")
    assert event["date_precision"] == "year"
    assert event["status"] == "planned"
    assert event["place"] is None


def test_a_number_with_its_bounds(published: dict[str, Resource]) -> None:
    figures = rows(published["figures"])
    assert {k: figures["fig-delegates"][k] for k in ("value", "comparator", "unit", "value_min", "value_max")} == {
        "value": 200, "comparator": "approx_below", "unit": "delegates", "value_min": None, "value_max": 200,
    }  # fmt: skip
    assert str(figures["fig-delegates"]["value_as_reported"]).startswith("Nearly 200")
    assert (figures["fig-trees"]["value_min"], figures["fig-trees"]["value_max"]) == (49, 49)


def test_lists_are_tables_of_their_own(published: dict[str, Resource]) -> None:
    (speaker,) = published["event_speakers"].rows
    assert (speaker["event_id"], speaker["person_id"]) == ("evt-meeting", "ann-lee")
    assert [row["name_as_printed"] for row in published["event_names"].rows] == ["The meeting"]
    assert {(row["name_as_printed"], row["article_id"]) for row in published["person_names"].rows} == {
        ("Ann Lee", "a"), ("Ms Lee", "b"),
    }  # fmt: skip
    spans = [(s["article_id"], s["value"]) for s in published["statements"].rows if s["table"] == "event_speakers"
             and s["field"] == "person_id"]  # fmt: skip
    assert Counter(article for article, _ in spans) == {"a": 2, "b": 1}


def test_defaults_reasons_and_rules_are_said(published: dict[str, Resource]) -> None:
    said = {(s["table"], s["row_id"], s["field"], s["article_id"]): s for s in published["statements"].rows}
    assert "default" in str(said["events", "evt-meeting", "status", "a"]["reason"])
    assert said["figures", "fig-trees", "event_id", "a"]["reason"] == "the same sentence"
    assert said["figures", "fig-delegates", "value_max", "a"]["basis"] == "derived"
    assert said["countries", "LAO", "name", None]["basis"] == "external"
    assert said["people", "ann-lee", "name", None]["basis"] == "judged"


def test_what_was_read_and_holds_no_fact(dataset: Dataset, published: dict[str, Resource]) -> None:
    spans = [(row["article_id"], row["role"], row["reason"]) for row in published["article_spans"].rows]
    assert spans.count(("a", "boilerplate", "page furniture")) == 1
    assert ("b", "body", None) in spans
    for article in dataset.articles:
        assert article.source is not None
        covered = "".join(
            article.source.content[int(str(row["char_start"])) : int(str(row["char_end"]))]
            for row in sorted(published["article_spans"].rows, key=lambda row: int(str(row["char_start"])))
            if row["article_id"] == article.article_id
        )
        assert covered.split() == article.source.content.split()
    (search,) = published["searches"].rows
    assert (search["article_id"], search["table"], search["note"]) == ("a", "figures", "money")
    coverage = rows(published["coverage"])["a"]
    assert int(str(coverage["words_omitted"])) == 4
    assert int(str(coverage["words_quoted"])) + 4 <= int(str(coverage["words"]))


def test_files_in_another_order_publish_the_same(dataset: Dataset, tmp_path: Path) -> None:
    """What is read first must not matter, so the articles change names and with them places."""
    swapped = {path: text for path, text in FILES.items() if "/a." not in path and "/b." not in path}
    for one, other in (("a", "b"), ("b", "a")):
        swapped[f"seeds/{other}.txt"] = FILES[f"seeds/{one}.txt"]
        text = FILES[f"curation/{one}.yaml"].replace(f"{one}.txt", f"{other}.txt")
        swapped[f"curation/{other}.yaml"] = text.replace(f"sha256:{one}", f"sha256:{other}")
    swapped["curation/registers/article-relations.yaml"] = swapped["curation/registers/article-relations.yaml"].replace(
        "article: b, related_article: a", "article: a, related_article: b"
    )
    lay_out(Example(swapped, set()), tmp_path)
    there = {table.name: table for table in tables(load(tmp_path))}
    here = {table.name: table for table in tables(dataset)}
    for name in ("events", "figures", "people", "countries"):
        assert rows(there[name]) == rows(here[name])
    counts = ("article_count", "independent_count")
    assert [[row[c] for c in counts] for row in there["records"].rows if "-" in str(row["record_id"])] == [
        [row[c] for c in counts] for row in here["records"].rows if "-" in str(row["record_id"])
    ]
