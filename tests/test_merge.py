"""Values that several articles give for one field become one, or a conflict; no order changes which."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from pages import Example, lay_out

from factpack.checks import run
from factpack.dataset import load
from factpack.edtf import Edtf
from factpack.merge import merge, preferred
from factpack.records import records
from factpack.vocabulary import ReviewStatus

DAY, MONTH, YEAR = (Edtf.parse(text) for text in ("2022-11-03", "2022-11", "2022"))
DRAFT, REVIEWED = ReviewStatus.DRAFT, ReviewStatus.REVIEWED


@pytest.mark.parametrize(
    ("field", "values", "one"),
    [
        ("date", [DAY], DAY),
        ("date", [YEAR, YEAR], YEAR),
        ("date", [YEAR, DAY], DAY),
        ("date", [YEAR, DAY, MONTH], DAY),
        ("date", [Edtf.parse("2022?"), YEAR], YEAR),
        ("date", [Edtf.parse("2022-11~"), Edtf.parse("2022?"), MONTH], MONTH),
        ("value", [Decimal("1.5"), Decimal("1.50")], Decimal("1.5")),
        ("value", [5, 5, 5], 5),
        ("name", ["congress", "congress"], "congress"),
        ("name", ["people's day", "people’s\u00a0d\u00aday"], "people's day"),
        ("flag", [False, False], False),
        ("review", [REVIEWED, REVIEWED], REVIEWED),
        ("review", [REVIEWED, DRAFT], DRAFT),
        ("judged", [{"a": "x"}, {"b": "y"}], {"a": "x", "b": "y"}),
        ("judged", [{"a": "x"}, {"a": "x", "b": "y"}], {"a": "x", "b": "y"}),
    ],
)
def test_they_agree(field: str, values: list[Any], one: object) -> None:
    assert all(merge(field, order) == one for order in permutations(values))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("date", [DAY, Edtf.parse("2022-11-04")]),
        ("date", [YEAR, Edtf.parse("2023-01")]),
        ("date", [YEAR, DAY, Edtf.parse("2022-12")]),
        ("date", [MONTH, Edtf.parse("2022-11-20/2022-12-02")]),
        ("value", [Decimal(5), Decimal(6)]),
        ("name", ["congress", "Congress"]),
        ("flag", [True, False]),
        ("value", [5, "5"]),
    ],
)
def test_they_contradict_each_other(field: str, values: list[Any]) -> None:
    assert all(merge(field, order) is None for order in permutations(values))


def test_lists_unite_in_the_order_of_their_first_appearance() -> None:
    assert merge("themes", [("b", "a"), ("c", "a")]) == ("b", "a", "c")
    assert merge("themes", [("a",), ()]) == ("a",)


def test_notes_unite_once_each() -> None:
    assert merge("note", ["One.", "Two.", "One."]) == "One. Two."


def test_reasons_are_each_articles_own() -> None:
    assert merge("judged", [{"a": "x"}, {"a": "y", "b": "z"}]) == {"a": "x", "b": "z"}


@pytest.mark.parametrize(
    ("values", "choice", "chosen"),
    [
        ([DAY, YEAR], "2022", YEAR),
        ([True, False], "false", False),
        ([Decimal("1.5"), Decimal(2)], "1.5", Decimal("1.5")),
        ([DAY, YEAR], "2023", None),
        ([DAY, YEAR], None, None),
        ([DRAFT, REVIEWED], "reviewed", REVIEWED),
    ],
)
def test_a_declared_conflict_chooses_one_of_the_values(values: list[Any], choice: str | None, chosen: object) -> None:
    assert preferred(values, choice) is chosen or preferred(values, choice) == chosen


def conflict(folder: Path, dates: dict[str, str], declared: str = "") -> list[tuple[str, int, str]]:
    """File, line and rule of what is wrong when articles date one event so."""
    files = {}
    for name, date in dates.items():
        files[f"seeds/{name}.txt"] = f"Article {name} tells of this.\nThe crews met on {date}.\n"
        typed = {"May 2022": "2022-05", "June 2022": "2022-06", "2022": "2022"}[date]
        files[f"curation/{name}.yaml"] = (
            "events:\n  - id: evt-crews\n    name: crews met\n"
            f"    date: {typed}\n    quotes: [The crews met on {date}]\n"
        )
    if declared:
        files["curation/registers/conflicts.yaml"] = f"conflicts:\n  - {{id: crews, {declared}, why: one saw it}}\n"
    lay_out(Example(files, set()), folder)
    return [(d.location.text.path, d.location.begins[0], d.rule) for d in run(load(folder)) if d.severity == "error"]


def test_a_contradiction_behind_a_coarser_value_is_found(tmp_path: Path) -> None:
    dates = {"a": "2022", "b": "May 2022", "c": "June 2022"}
    assert conflict(tmp_path, dates) == [("curation/c.yaml", 4, "conflicting-values")]


@pytest.mark.parametrize("choice", ["2022-05", "2022-06"])
def test_a_declared_conflict_is_settled(tmp_path: Path, choice: str) -> None:
    declared = f"record: evt-crews, field: date, preferred: {choice}"
    assert conflict(tmp_path, {"a": "May 2022", "b": "June 2022"}, declared) == []
    (record,) = [record for record in records(load(tmp_path)) if record.id == "evt-crews"]
    assert str(record.values["date"]) == choice


@pytest.mark.parametrize(
    ("dates", "declared", "rules"),
    [
        ("May 2022", "record: evt-crews, field: date, preferred: 2022-05", ["conflicting-values"]),
        ("June 2022", "record: evt-crews, field: date, preferred: 2022-07", ["conflicting-values"] * 2),
        ("June 2022", "record: evt-crews, field: place, preferred: 2022-05", ["conflicting-values"] * 2),
    ],
)
def test_a_declared_conflict_that_settles_nothing_is_found(
    tmp_path: Path, dates: str, declared: str, rules: list[str]
) -> None:
    found = conflict(tmp_path, {"a": "May 2022", "b": dates}, declared)
    assert [rule for _, _, rule in found] == rules
    assert ("curation/registers/conflicts.yaml", 2, "conflicting-values") in found
