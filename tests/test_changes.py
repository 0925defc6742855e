"""What changed, applied to the older tables, gives the newer ones: for any two sets of tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.diff import Bump, Change, Kind, Release, apply, changes, changes_table, compare, read_changes
from factpack.diff.release import normal
from factpack.package import arrow, tableschema, twins
from factpack.resource import Cell, Field, Resource

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXTS | st.sampled_from(["5", "true", "2024-01-31", '["a"]', "NA"]),
    "integer": st.integers(-9, 9) | st.sampled_from([2**62]),
    "number": st.floats(-100, 100, allow_nan=False).map(lambda n: n + 0.0) | st.sampled_from([5.0, 1e-7]),
    "boolean": st.booleans(),
    "date": st.dates().map(lambda day: day.isoformat()),
    "year": st.integers(1000, 2100),
}


@st.composite
def fields(draw: st.DrawFn, name: str) -> Field:
    type_ = draw(st.sampled_from(sorted(VALUES)))
    former = draw(st.sampled_from(["", "x", "y", "z"]))
    description = draw(st.sampled_from(["", "One.", "Two."]))
    return Field(name, type_, description=description, renamed_from=former)  # type: ignore[arg-type]


@st.composite
def tables(draw: st.DrawFn, name: str) -> Resource:
    key = draw(st.sampled_from([("k",), ("k", "l"), ("l",)]))
    others = draw(st.lists(st.sampled_from(["x", "y", "z"]), unique=True))
    columns = [Field("k", draw(st.sampled_from(["string", "integer"]))), Field("l")]
    columns += [draw(fields(other)) for other in others]
    rows: dict[tuple[Cell, ...], dict[str, Cell]] = {}
    for _ in range(draw(st.integers(0, 4))):
        row: dict[str, Cell] = {"k": draw(st.integers(0, 3)), "l": draw(st.sampled_from(["a", "b/c", "a,b"]))}
        if columns[0].type == "string":
            row["k"] = f"k{row['k']}"
        row |= {field.name: draw(st.none() | VALUES[field.type]) for field in columns[2:]}
        rows[tuple(row[part] for part in key)] = row
    ordered = [row for _, row in sorted(rows.items(), key=lambda item: tuple(str(part) for part in item[0]))]
    return Resource(name, draw(st.sampled_from(["A", "B"])), "", tuple(columns), key, rows=ordered)


SETS = st.lists(st.sampled_from(["a", "a_b", "b", "statements", "changes"]), unique=True).flatmap(
    lambda names: st.tuples(*(tables(name) for name in names))
)


def content(resources: Any) -> dict[str, tuple[Resource, list[list[Cell]]]]:
    """The dataset's own tables, to compare: schema, and rows in the order of the columns."""
    found = {}
    for name, table in normal(resources).items():
        if name != "statements":
            rows = sorted(([row[field.name] for field in table.fields] for row in table.rows), key=repr)
            found[name] = (replace(table, rows=()), rows)
    return found


@settings(max_examples=300)
@given(SETS, SETS)
def test_changes_applied_to_the_older_tables_give_the_newer(older: Any, newer: Any) -> None:
    assert content(apply(changes(older, newer), older)) == content(newer)


@given(SETS, SETS)
def test_what_is_published_says_the_same(older: Any, newer: Any) -> None:
    found = changes(older, newer)
    table = changes_table(found)
    assert len({change.change_id for change in found}) == len(found)
    assert not list(tableschema.flaws([table]))
    if found:
        read, problems = twins.read_csv(arrow.csv(table), table)
        assert not problems
        assert read is not None
        published = read_changes(read.to_pylist())
        assert sorted(published, key=str) == sorted(found, key=str)
        assert content(apply(published, older)) == content(newer)


@given(SETS, SETS)
def test_whatever_changed_asks_for_a_version(older: Any, newer: Any) -> None:
    found = compare(Release("older", older), Release("newer", newer))
    assert bool(found.counts) == (found.bump > Bump.NONE)


@given(SETS)
def test_nothing_changed_is_no_change(older: Any) -> None:
    assert changes(older, older) == []
    assert content(apply([], older)) == content(older)


@given(SETS, SETS, SETS)
def test_changes_that_do_not_fit_are_refused_or_change_nothing_else(older: Any, newer: Any, other: Any) -> None:
    found = changes(older, newer)
    try:
        result = apply(found, other)
    except ValueError:
        return
    # They fitted: whatever they name is as in the newer tables.
    named = {change.table for change in found if change.kind is Kind.SCHEMA}
    after = content(newer)
    for name, table in content(result).items():
        if name in named:
            assert table[0] == after[name][0]


SMALL = Resource("t", "T", "", (Field("k"), Field("n", "integer")), ("k",), rows=[{"k": "a", "n": 1}])


def test_a_correction_an_addition_and_a_completion_are_told_apart() -> None:
    older = replace(SMALL, rows=[{"k": "a", "n": 1}, {"k": "b", "n": None}, {"k": "c", "n": 3}])
    newer = replace(SMALL, rows=[{"k": "a", "n": 2}, {"k": "b", "n": 2}, {"k": "d", "n": None}])
    assert changes([older], [newer]) == [
        Change("t", "c", "k", "c", None, Kind.REMOVED),
        Change("t", "c", "n", "3", None, Kind.REMOVED),
        Change("t", "a", "n", "1", "2", Kind.CORRECTED),
        Change("t", "b", "n", None, "2", Kind.COMPLETED),
        Change("t", "d", "k", None, "d", Kind.ADDED),
    ]


@pytest.mark.parametrize(
    "change",
    [
        Change("t", "a", "n", "7", "2", Kind.CORRECTED),
        Change("t", "z", "n", "1", "2", Kind.CORRECTED),
        Change("t", "z", "k", "z", None, Kind.REMOVED),
        Change("u", "", "", "{}", None, Kind.SCHEMA),
        Change("t", "a", "n", "1", "two", Kind.CORRECTED),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change) -> None:
    with pytest.raises(ValueError, match=r"changes are not of these tables|is not an integer"):
        apply([change], [SMALL])
