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
from factpack.resource import Cell, Field, ForeignKey, Resource

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
    former = draw(st.sampled_from(["", "x", "y", "z", "a.x", "a.y", "b.x", "b.z", "a_b.y"]))
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
    former = draw(st.sampled_from(["", "a", "b"]))
    title = draw(st.sampled_from(["A", "B"]))
    return Resource(name, title, "", tuple(columns), key, rows=ordered, renamed_from=former)


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
        published = read_changes(twins.read_csv(arrow.csv(table), table).table().to_pylist())
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


# Random edits of one dataset: records, what refers to them, the lists inside them; and what is called otherwise.

PEOPLE, EVENTS, SPEAKERS, RECORDS = "people", "events", "event_speakers", "records"
Tables = dict[str, Resource]
FREE = st.none() | TEXTS


def dataset(names: list[str]) -> Tables:
    """People, events that refer to them, a list of them inside each event, and what all records have in common."""
    people = Resource(
        PEOPLE, "P", "", (Field("person_id", required=True), Field("name")), ("person_id",),
        rows=[{"person_id": name, "name": name.upper()} for name in names],
    )  # fmt: skip
    events = Resource(
        EVENTS, "E", "", (Field("event_id", required=True), Field("host_id"), Field("size", "integer"), Field("place")),
        ("event_id",), (ForeignKey(("host_id",), PEOPLE, ("person_id",)),),
        [{"event_id": f"e{n}", "host_id": name, "size": n or None, "place": None} for n, name in enumerate(names)],
    )  # fmt: skip
    links = [(f"e{n}", name) for n, name in enumerate(names)]
    speakers = Resource(
        SPEAKERS, "S", "", (Field("link_id", required=True), Field("event_id"), Field("person_id")), ("link_id",),
        (ForeignKey(("event_id",), EVENTS, ("event_id",)), ForeignKey(("person_id",), PEOPLE, ("person_id",))),
        [{"link_id": f"{event}/{name}", "event_id": event, "person_id": name} for event, name in links],
    )  # fmt: skip
    records = Resource(
        RECORDS, "R", "", (Field("record_id", required=True), Field("label")), ("record_id",),
        rows=[{"record_id": row["event_id"], "label": None} for row in events.rows[:2]],
    )  # fmt: skip
    return {one.name: one for one in (people, events, speakers, records)}


def referring(tables: Tables, old: str, new: str, fields: dict[str, str]) -> Tables:
    """All references to a table, and to its fields, under their new names."""

    def key(one: ForeignKey) -> ForeignKey:
        there = tuple(fields.get(name, name) for name in one.reference_fields)
        return replace(one, resource=new, reference_fields=there) if one.resource == old else one

    return {name: replace(t, foreign_keys=tuple(map(key, t.foreign_keys))) for name, t in tables.items()}


def move(tables: Tables, source: str, field: str, target: str) -> Tables:
    """A dataset with a field of a table in another one, its values in the rows of the same ids."""
    there, here = tables[target], tables[source]
    if source == target or field in {one.name for one in there.fields}:
        return tables
    (key,), (place,) = here.primary_key, there.primary_key
    values = {row[key]: row[field] for row in here.rows}
    old = next(one for one in here.fields if one.name == field)
    new = replace(old, renamed_from=f"{source}.{field}")
    keys = tuple(one for one in here.foreign_keys if field in one.fields)
    return tables | {
        source: replace(
            here,
            fields=tuple(one for one in here.fields if one != old),
            foreign_keys=tuple(one for one in here.foreign_keys if one not in keys),
            rows=[{column: value for column, value in row.items() if column != field} for row in here.rows],
        ),
        target: replace(
            there,
            fields=(there.fields[0], new, *there.fields[1:]),
            foreign_keys=(*there.foreign_keys, *keys),
            rows=[row | {field: values.get(row[place])} for row in there.rows],
        ),
    }


@st.composite
def edited(draw: st.DrawFn, tables: Tables) -> Tables:
    """A dataset after one edit by its curators."""
    name = draw(st.sampled_from(sorted(tables)))
    table = tables[name]
    rows = [dict(row) for row in table.rows]
    own = [field for field in table.fields if field.name not in table.primary_key]
    kinds = ["value", "add", "remove", "field", "less", "rename field", "rename table", "move field", "type"]
    do = draw(st.sampled_from(kinds))
    if do == "value" and rows and own:
        field = draw(st.sampled_from(own))
        draw(st.sampled_from(rows))[field.name] = draw(st.none() | VALUES[field.type])
    elif do == "add":
        new: dict[str, Cell] = {field.name: draw(st.none() | VALUES[field.type]) for field in table.fields}
        new[table.primary_key[0]] = draw(st.sampled_from(["new", "new/one", "e0/a"]))
        taken = {row[table.primary_key[0]] for row in rows}
        rows += [new] if new[table.primary_key[0]] not in taken else []
    elif do == "remove" and rows:
        rows.remove(draw(st.sampled_from(rows)))
    elif do == "field":
        field = Field(draw(st.sampled_from(["more", "place", "again"])), draw(st.sampled_from(sorted(VALUES))))  # type: ignore[arg-type]
        if field.name not in {one.name for one in table.fields}:
            table = replace(table, fields=(*table.fields, field))
            rows = [row | {field.name: draw(st.none() | VALUES[field.type])} for row in rows]
    elif do == "less" and own:
        gone = draw(st.sampled_from(own)).name
        kept = tuple(key for key in table.foreign_keys if gone not in key.fields)
        table = replace(table, fields=tuple(f for f in table.fields if f.name != gone), foreign_keys=kept)
        rows = [{column: value for column, value in row.items() if column != gone} for row in rows]
    elif do == "rename field":
        old = draw(st.sampled_from(table.fields)).name
        new_name = f"{old}_now"
        fields = tuple(replace(f, name=new_name, renamed_from=old) if f.name == old else f for f in table.fields)
        keys = tuple(
            replace(key, fields=tuple(new_name if one == old else one for one in key.fields))
            for key in table.foreign_keys
        )
        primary = tuple(new_name if part == old else part for part in table.primary_key)
        table = replace(table, fields=fields, foreign_keys=keys, primary_key=primary)
        rows = [{new_name if column == old else column: value for column, value in row.items()} for row in rows]
        tables = referring(tables | {name: table}, name, name, {old: new_name})
        table = tables[name]
    elif do == "rename table":
        tables = referring(tables, name, f"{name}_now", {})
        table = replace(tables.pop(name), name=f"{name}_now", renamed_from=name)
    elif do == "move field" and own:
        return move(tables, name, draw(st.sampled_from(own)).name, draw(st.sampled_from(sorted(tables))))
    elif do == "type" and own:
        field = draw(st.sampled_from(own))
        if not any(field.name in key.fields for key in table.foreign_keys):
            other = replace(field, type=draw(st.sampled_from(sorted(VALUES))))  # type: ignore[arg-type]
            table = replace(table, fields=tuple(other if one == field else one for one in table.fields))
            rows = [row | {field.name: draw(st.none() | VALUES[other.type])} for row in rows]
    return tables | {table.name: replace(table, rows=rows)}


@settings(max_examples=200)
@given(st.data(), st.lists(st.sampled_from(["ann", "bo", "cy"]), unique=True), st.integers(1, 8))
def test_any_edits_of_a_dataset_are_changes_that_lead_from_one_release_to_the_next(
    data: st.DataObject, names: list[str], edits: int
) -> None:
    older = newer = dataset(names)
    for _ in range(edits):
        newer = data.draw(edited(newer))
    before, after = list(older.values()), list(newer.values())
    found = changes(before, after)
    published = twins.read_csv(arrow.csv(changes_table(found)), changes_table(found)).table()
    assert content(apply(read_changes(published.to_pylist()), before)) == content(after)
    compared = compare(Release("older", tuple(before)), Release("newer", tuple(after)))
    assert bool(compared.counts) == (compared.bump > Bump.NONE)


def test_a_field_that_moves_to_the_records_of_the_same_ids_is_one_field() -> None:
    older = dataset(["ann", "bo", "cy"])
    newer = move(older, EVENTS, "size", RECORDS)
    found = changes(list(older.values()), list(newer.values()))
    # e2 is in no row of records: what it held is gone with the column, and the schema says so.
    assert [(change.table, change.kind) for change in found] == [(EVENTS, Kind.SCHEMA), (RECORDS, Kind.SCHEMA)]
    newer |= {RECORDS: replace(newer[RECORDS], rows=[row | {"size": 7} for row in newer[RECORDS].rows])}
    found = changes(list(older.values()), list(newer.values()))
    assert [(c.change_id, c.old, c.new) for c in found if c.field] == [
        ("records/e0/size", None, "7"),
        ("records/e1/size", "1", "7"),
    ]
    assert content(apply(found, list(older.values()))) == content(list(newer.values()))


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
