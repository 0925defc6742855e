"""Planted errors in the rows: each is found, alone, at its row and field; and a clean table is clean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sample_package import INFO, VISITS, resources, visit

from factpack.diagnostic import Severity
from factpack.package import arrow, build
from factpack.package.parts import rows_of
from factpack.package.problem import PackageInvalid, Problem
from factpack.package.tableschema import flaws
from factpack.package.validation import validate
from factpack.resource import Cell, Field, ForeignKey, Resource

Rows = Sequence[Mapping[str, Cell]]


def found(tables: list[Resource]) -> list[Problem]:
    return list(validate(tables, {table.name: rows_of(table) for table in tables}))


def visits(**values: Cell) -> dict[str, Rows]:
    """The sample's visits with a third one that has these values."""
    return {"visits": [*VISITS[:2], visit("v3") | values]}


def topics(*keys: tuple[Cell, Cell]) -> dict[str, Rows]:
    return {"visit_topics": [{"visit_id": a, "topic": b, "weight": 1} for a, b in keys]}


def promises(*keys: tuple[Cell, Cell]) -> dict[str, Rows]:
    rows = [{"promise_id": f"p{i}", "visit_id": a, "topic": b} for i, (a, b) in enumerate(keys, 1)]
    return {"promises": rows}


ART = (("v1", "art"), ("v1", "trade"), ("v2", "art"))

CASES: dict[str, tuple[dict[str, Rows], str, int | None, str, str]] = {
    # name: rows, table, row, field, words of the message
    "required text": (visits(host=None), "visits", 3, "host", "is missing"),
    "required boolean": (visits(official=None), "visits", 3, "official", "is missing"),
    "required integer": (
        {"evidence": [{"evidence_id": "e1", "article_id": "a1", "exact": "x", "char_start": None, "char_end": 1}]},
        "evidence", 1, "char_start", "is missing",
    ),
    "enum": (visits(host="USA"), "visits", 3, "host", "is none of"),
    "enum in another case": (visits(host="lao"), "visits", 3, "host", "is none of"),
    "pattern at the beginning": (visits(visit_id="xv3"), "visits", 3, "visit_id", "does not match"),
    "pattern at the end": (visits(visit_id="v3x"), "visits", 3, "visit_id", "does not match"),
    "alternatives at the end": (visits(kind="states"), "visits", 3, "kind", "does not match"),
    "alternatives at the beginning": (visits(kind="a work"), "visits", 3, "kind", "does not match"),
    "minimum": (visits(persons=0), "visits", 3, "persons", "is less than 1"),
    "maximum": (visits(cost=1e9 + 1), "visits", 3, "cost", "is more than"),
    "year too small": (visits(year=1899), "visits", 3, "year", "is less than"),
    "year too big": (visits(year=2101), "visits", 3, "year", "is more than"),
    "unique": (visits(code="K-1"), "visits", 3, "code", "stands in row 1, too"),
    "too short": (visits(code="é2"), "visits", 3, "code", "is shorter than 3 characters"),
    "too long": (visits(code="K-3456789"), "visits", 3, "code", "is longer than 8 characters"),
    "primary key twice": (visits(visit_id="v2"), "visits", 3, "visit_id", "'v2' stands in row 2, too"),
    "composite key twice": (
        topics(*ART, ("v2", "art")), "visit_topics", 4, "visit_id, topic", "'v2, art' stands in row 3, too",
    ),
    "null in a composite key": (topics(*ART, ("v3", None)), "visit_topics", 4, "topic", "is missing"),
    "order": (topics(ART[1], ART[0], ART[2]), "visit_topics", 1, "visit_id, topic", "order of the primary key"),
    "foreign key": (topics(*ART, ("v9", "art")), "visit_topics", 4, "visit_id", "'v9' is not in visits"),
    "foreign key to itself": (visits(parent_id="v9"), "visits", 3, "parent_id", "'v9' is not in visits"),
    "foreign key in another case": (visits(parent_id="V1"), "visits", 3, "parent_id", "is not in visits"),
    "composite foreign key": (
        promises(("v2", "trade")), "promises", 1, "visit_id, topic", "'v2, trade' is not in visit_topics",
    ),
    "half a composite foreign key": (promises(("v1", None)), "promises", 1, "visit_id, topic", "is not in"),
    "line feed": (visits(words="a\nb"), "visits", 3, "words", "line break or control character"),
    "carriage return": (visits(words="a\rb"), "visits", 3, "words", "line break or control character"),
    "tab": (visits(words="a\tb"), "visits", 3, "words", "line break or control character"),
    "next line": (visits(words="a\x85b"), "visits", 3, "words", "line break or control character"),
    "line separator": (visits(words="a\u2028b"), "visits", 3, "words", "line break or control character"),
    "NUL": (visits(words="a\0b"), "visits", 3, "words", "line break or control character"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_planted_error_is_found_alone(case: str) -> None:
    rows, table, row, field, words = CASES[case]
    errors = [problem for problem in found(resources(**rows)) if problem.severity is Severity.ERROR]
    assert [(one.file, one.row, one.field) for one in errors] == [(f"data/{table}.csv", row, field)]
    assert words in errors[0].message


@pytest.mark.parametrize("case", [case for case in CASES if case != "order"])  # `build` sorts
def test_no_package_is_built_with_it(case: str, tmp_path: Path) -> None:
    with pytest.raises(PackageInvalid):
        build(resources(**CASES[case][0]), INFO, tmp_path / "candidate")
    assert list(tmp_path.iterdir()) == []


MISTYPED: dict[str, tuple[str, Cell, str]] = {
    "text for integer": ("persons", "3", "is not an integer"),
    "grouped integer": ("persons", "1_000", "is not an integer"),
    "fraction for integer": ("persons", 3.0, "is not an integer"),
    "boolean for integer": ("persons", True, "is not an integer"),
    "integer beyond 64 bits": ("persons", 2**63, "is not an integer"),
    "text for number": ("cost", "3.5", "is not a number"),
    "boolean for number": ("cost", False, "is not a number"),
    "not a number": ("cost", float("nan"), "is not a number"),
    "infinite": ("cost", float("-inf"), "is not a number"),
    "integer that would be rounded": ("cost", 2**53 + 1, "would be rounded"),
    "no such day": ("day", "2022-02-30", "is not a date"),
    "short date": ("day", "2020-1-2", "is not a date"),
    "date without dashes": ("day", "20200102", "is not a date"),
    "month for date": ("day", "2022-02", "is not a date"),
    "short year": ("year", 99999, "is not a year"),
    "text for year": ("year", "2022", "is not a year"),
    "number for text": ("host", 7, "is not text"),
    "number for boolean": ("official", 1, "is not true or false"),
    "text for boolean": ("official", "true", "is not true or false"),
    "empty text": ("words", "", "an empty text"),
    "half a surrogate pair": ("words", "\ud800", "cannot be written as UTF-8"),
}


@pytest.mark.parametrize("case", MISTYPED)
def test_a_value_of_another_type_is_refused(case: str) -> None:
    field, value, words = MISTYPED[case]
    (problem,) = (one for table in resources(**visits(**{field: value})) for one in arrow.mistyped(table))
    assert (problem.file, problem.row, problem.field) == ("data/visits.csv", 3, field)
    assert words in problem.message


def test_rows_have_exactly_the_fields() -> None:
    short, long = visit("v1"), visit("v2") | {"extra": 1}
    del short["host"]
    tables = resources(visits=[short, long])
    messages = [problem.message for problem in arrow.mistyped(tables[2])]
    assert [message.rpartition(": ")[2] for message in messages] == ["host", "extra"]


def test_the_sample_is_clean_but_for_its_white_space() -> None:
    (warning,) = found(resources())
    assert (warning.severity, warning.row, warning.field) == (Severity.WARNING, 3, "words")


CHANGED_BY_READERS = ("NA", "null", "None", "N/A", "=1+1", "-5", "+84", "@x", "x ", " x")


@pytest.mark.parametrize("text", CHANGED_BY_READERS)
def test_texts_that_readers_change_are_warned_of(text: str) -> None:
    problems = [one for one in found(resources(**visits(words=text))) if one.row == 3]
    assert problems
    assert {(one.field, one.severity) for one in problems} == {("words", Severity.WARNING)}


def test_a_column_of_codes_is_warned_of() -> None:
    tables = resources(visits=[visit("v1", code="007")], visit_topics=[], promises=[])
    messages = [one.message for one in found(tables)]
    assert messages == ["every text reads like a number: `007` becomes 7 where types are guessed"]


def test_one_mistake_in_many_rows_is_not_a_flood() -> None:
    rows = [visit(f"v{number}", host="USA") for number in range(100, 200)]
    problems = found(resources(visits=rows, visit_topics=[], promises=[]))
    assert len(problems) == 11
    assert problems[-1].message == "the same in 90 more rows"


def one(*fields: Field, key: tuple[str, ...] = ("a",), name: str = "t", **more: object) -> Resource:
    return replace(Resource(name, "", "", fields, key), **more)


A = Field("a")
FLAWS: dict[str, tuple[list[Resource], str]] = {
    "table name": ([one(A, name="../t")], "no name for a table"),
    "field name": ([one(A, Field("a b"))], "no name for a table or field"),
    "two tables": ([one(A), one(A)], "two tables"),
    "two fields": ([one(A, A)], "two fields"),
    "no primary key": ([one(A, key=())], "primary key"),
    "unknown primary key": ([one(A, key=("b",))], "primary key"),
    "broken pattern": ([one(Field("a", pattern="("))], "missing )"),
    "pattern of a number": ([one(A, Field("b", "integer", pattern="1"))], "only a text"),
    "minimum of a text": ([one(Field("a", minimum=1))], "only a number"),
    "length of a number": ([one(A, Field("b", "integer", max_length=1))], "only a text"),
    "enum of another type": ([one(A, Field("b", "integer", enum=("x",)))], "'x' is not an integer"),
    "unknown table": ([one(A, foreign_keys=(ForeignKey(("a",), "u", ("a",)),))], "no such table"),
    "unknown field": ([one(A, foreign_keys=(ForeignKey(("a",), "t", ("b",)),))], "no such fields"),
    "uneven": ([one(A, foreign_keys=(ForeignKey(("a",), "t", ("a", "a")),))], "as many fields"),
    "not a key": ([one(A, Field("b"), foreign_keys=(ForeignKey(("a",), "t", ("b",)),))], "or unique"),
    "types differ": (
        [one(A, Field("b", "integer"), foreign_keys=(ForeignKey(("b",), "t", ("a",)),))], "types differ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FLAWS)
def test_an_unsound_schema_is_refused(case: str, tmp_path: Path) -> None:
    tables, words = FLAWS[case]
    assert [words in message for _, message in flaws(tables)] == [True]
    with pytest.raises(PackageInvalid):
        build(tables, INFO, tmp_path / "candidate")
