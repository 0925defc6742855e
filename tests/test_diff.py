"""What a difference asks for, case by case; how it is shown, whatever stands in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_package import resources
from test_changes import move

from factpack.diff import CASES, Bump, Difference, Release, compare, smallest
from factpack.diff.report import report
from factpack.resource import Cell, Field, ForeignKey, Resource

ROOT = Path(__file__).parent.parent


def texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


PLACE = (Field("char_start", "integer"), Field("char_end", "integer"))
HOSTS = Resource(
    "hosts",
    "Hosts",
    "",
    (Field("host_id", required=True), Field("definition"), Field("size", "integer")),
    ("host_id",),
    rows=[
        {"host_id": "h1", "definition": "The first host.", "size": 1},
        {"host_id": "h2", "definition": "The second.", "size": None},
        {"host_id": "h3", "definition": None, "size": 3},
    ],
)
VISITS = Resource(
    "visits",
    "Visits",
    "",
    (*texts("visit_id", "host_id"), Field("kind", enum=("state", "work"))),
    ("visit_id",),
    (ForeignKey(("host_id",), "hosts", ("host_id",)),),
    [{"visit_id": "v1", "host_id": "h1", "kind": "state"}, {"visit_id": "v2", "host_id": None, "kind": "work"}],
)
TOPICS = Resource(
    "visit_topics",
    "Topics",
    "",
    texts("visit_topic_id", "visit_id", "topic"),
    ("visit_topic_id",),
    (ForeignKey(("visit_id",), "visits", ("visit_id",)),),
    [{"visit_topic_id": f"{v}/{t}", "visit_id": v, "topic": t} for v, t in (("v1", "art"), ("v2", "trade"))],
)
NOTES = Resource(
    "notes", "Notes", "", texts("note_id", "note"), ("note_id",),
    rows=[{"note_id": "v1", "note": None}, {"note_id": "v2", "note": "Two."}],
)  # fmt: skip
STATED = ("table", "row_id", "field", "value", "basis", "article_id", "evidence_id", "reason")
STATEMENTS = Resource("statements", "Statements", "", (*texts("statement_id", *STATED), *PLACE), ("statement_id",))
QUOTED = ("evidence_id", "record_id", "article_id", "exact")
EVIDENCE = Resource("evidence", "Evidence", "", (*texts(*QUOTED), *PLACE), ("evidence_id",))
ALL = (HOSTS, VISITS, TOPICS)


def rows(table: Resource, *changed: tuple[str, dict[str, Cell] | None]) -> Resource:
    """The table with rows changed, added, or removed (None), by key."""
    key = table.primary_key[0]
    found = {str(row[key]): dict(row) for row in table.rows}
    for row_id, cells in changed:
        if cells is None:
            del found[row_id]
        else:
            empty: dict[str, Cell] = {field.name: None for field in table.fields}
            found[row_id] = found.get(row_id, empty | {key: row_id}) | cells
    return replace(table, rows=[found[row_id] for row_id in sorted(found)])


def field(table: Resource, name: str, **changed: object) -> Resource:
    """The table with one field's properties changed."""
    fields = tuple(replace(one, **changed) if one.name == name else one for one in table.fields)  # type: ignore[arg-type]
    return replace(table, fields=fields)


def with_field(table: Resource, new: Field, value: Cell = None, at: int | None = None) -> Resource:
    fields = list(table.fields)
    fields.insert(len(fields) if at is None else at, new)
    return replace(table, fields=tuple(fields), rows=[{**row, new.name: value} for row in table.rows])


def without_field(table: Resource, name: str) -> Resource:
    fields = tuple(one for one in table.fields if one.name != name)
    return replace(table, fields=fields, rows=[{k: v for k, v in row.items() if k != name} for row in table.rows])


def put(*changed: Resource, removed: str = "") -> tuple[Resource, ...]:
    """The three tables, some replaced, others added."""
    tables = {table.name: table for table in (*ALL, *changed)}
    return tuple(table for name, table in tables.items() if name != removed)


def difference(older: tuple[Resource, ...], newer: tuple[Resource, ...], version: str = "1.2.3") -> Difference:
    return compare(Release("older", older, "sample", version), Release("newer", newer, "sample"))


HALLS = replace(
    HOSTS,
    fields=(*HOSTS.fields[:2], Field("seats", "integer", renamed_from="size")),
    rows=[{"host_id": row["host_id"], "definition": row["definition"], "seats": row["size"]} for row in HOSTS.rows],
)
MEETINGS = replace(
    VISITS,
    name="meetings",
    renamed_from="visits",
    fields=(Field("meeting_id", renamed_from="visit_id"), *VISITS.fields[1:]),
    primary_key=("meeting_id",),
    rows=[{"meeting_id": row["visit_id"], **{k: v for k, v in row.items() if k != "visit_id"}} for row in VISITS.rows],
)
OF_MEETINGS = replace(TOPICS, foreign_keys=(ForeignKey(("visit_id",), "meetings", ("meeting_id",)),))
MOVED = move({one.name: one for one in (*ALL, NOTES)}, "visits", "kind", "notes")
MET: list[tuple[str, tuple[Resource, ...], tuple[Resource, ...]]] = [
    ("table-removed", ALL, put(removed="visit_topics")),
    ("table-renamed", ALL, put(MEETINGS, OF_MEETINGS, removed="visits")),
    ("table-added", put(removed="visit_topics"), ALL),
    ("field-removed", ALL, put(without_field(HOSTS, "size"))),
    ("field-renamed", ALL, put(HALLS)),
    ("field-moved", (*ALL, NOTES), tuple(MOVED.values())),
    ("field-added", ALL, put(with_field(HOSTS, Field("place"), "Rome"))),
    ("field-added", ALL, put(with_field(HOSTS, Field("place"), at=1))),
    ("required-field-added", ALL, put(with_field(HOSTS, Field("place", required=True), "Rome"))),
    ("fields-reordered", ALL, put(replace(HOSTS, fields=(HOSTS.fields[0], HOSTS.fields[2], HOSTS.fields[1])))),
    ("type-changed", ALL, put(field(HOSTS, "size", type="number"))),
    ("constraint-tightened", ALL, put(field(VISITS, "kind", required=True))),
    ("constraint-tightened", ALL, put(field(VISITS, "kind", enum=("state",)))),
    ("constraint-tightened", put(field(VISITS, "kind", enum=())), ALL),
    ("constraint-tightened", ALL, put(field(HOSTS, "definition", unique=True))),
    ("constraint-tightened", ALL, put(field(HOSTS, "definition", pattern="[A-Z].*"))),
    ("constraint-tightened", ALL, put(field(HOSTS, "size", minimum=0))),
    ("constraint-tightened", put(field(HOSTS, "size", maximum=9)), put(field(HOSTS, "size", maximum=8))),
    ("constraint-loosened", put(field(HOSTS, "size", maximum=8)), put(field(HOSTS, "size", maximum=9))),
    ("constraint-loosened", put(field(HOSTS, "size", minimum=0)), ALL),
    ("constraint-tightened", ALL, put(field(HOSTS, "definition", max_length=99))),
    ("constraint-loosened", ALL, put(field(VISITS, "kind", enum=("state", "work", "rest")))),
    ("constraint-loosened", put(field(VISITS, "kind", required=True)), ALL),
    ("constraint-loosened", put(field(HOSTS, "definition", pattern=".*")), ALL),
    ("key-changed", ALL, put(replace(TOPICS, primary_key=("visit_id", "topic")))),
    ("reference-added", put(replace(VISITS, foreign_keys=())), ALL),
    ("reference-removed", ALL, put(replace(VISITS, foreign_keys=()))),
    ("row-removed", ALL, put(rows(HOSTS, ("h3", None)))),
    ("referenced-row-removed", ALL, put(rows(HOSTS, ("h1", None)), rows(VISITS, ("v1", {"host_id": None})))),
    ("id-changed", ALL, put(rows(HOSTS, ("h3", None), ("h9", {"size": 3})))),
    ("meaning-changed", ALL, put(rows(HOSTS, ("h1", {"definition": "Whoever came first."})))),
    ("row-added", ALL, put(rows(HOSTS, ("h4", {"size": 4})))),
    ("value-completed", ALL, put(rows(HOSTS, ("h2", {"size": 2})))),
    ("value-corrected", ALL, put(rows(HOSTS, ("h1", {"size": 2})))),
    ("value-corrected", ALL, put(rows(HOSTS, ("h1", {"size": None})))),
    ("value-corrected", ALL, put(rows(HOSTS, ("h1", {"definition": "the first host"})))),
    ("element-removed", ALL, put(rows(TOPICS, ("v1/art", None)))),
    ("description-changed", ALL, put(replace(HOSTS, description="Who invited."))),
    ("description-changed", ALL, put(field(HOSTS, "size", title="How large"))),
    ("derived-changed", ALL, put(STATEMENTS)),
    ("derived-changed", put(STATEMENTS), ALL),
]  # fmt: skip


@pytest.mark.parametrize(("case", "older", "newer"), MET, ids=[f"{case}-{n}" for n, (case, _, _) in enumerate(MET)])
def test_a_case_is_met_and_asks_for_its_step(
    case: str, older: tuple[Resource, ...], newer: tuple[Resource, ...]
) -> None:
    found = difference(older, newer)
    assert case in {reason.case for reason in found.reasons}
    assert found.bump is CASES[case]


def test_every_case_is_tested() -> None:
    assert {case for case, _, _ in MET} == set(CASES) - {"package-renamed"}
    renamed = compare(Release("a", ALL, "one", "1.0.0"), Release("b", ALL, "two"))
    assert [reason.case for reason in renamed.reasons] == ["package-renamed"]


def test_the_documentation_has_the_same_cases() -> None:
    page = (ROOT / "docs/versioning.md").read_text("utf-8")
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", page, re.MULTILINE)) == {c: str(b) for c, b in CASES.items()}


def test_nothing_changed_asks_for_nothing() -> None:
    found = difference(ALL, ALL)
    assert (found.bump, found.reasons, found.rows, found.counts) == (Bump.NONE, (), (), ())


def test_a_removed_record_is_said_once_and_its_elements_are_not_corrections() -> None:
    newer = put(rows(VISITS, ("v2", None)), rows(TOPICS, ("v2/trade", None)))
    assert [reason.case for reason in difference(ALL, newer).reasons] == ["row-removed"]


def test_a_list_inside_a_record_does_not_make_it_referenced_but_another_record_does() -> None:
    newer = put(rows(VISITS, ("v1", None)), rows(TOPICS, ("v1/art", None)))
    assert [reason.case for reason in difference(ALL, newer).reasons] == ["row-removed"]
    letters = Resource(
        "letters", "Letters", "", (Field("letter_id"), Field("visit_id")), ("letter_id",),
        (ForeignKey(("visit_id",), "visits", ("visit_id",)),), [{"letter_id": "l1", "visit_id": "v1"}],
    )  # fmt: skip
    cases = [
        one.case for one in difference((*ALL, letters), (*newer, rows(letters, ("l1", {"visit_id": None})))).reasons
    ]
    assert cases == ["referenced-row-removed", "value-corrected"]


def test_a_renamed_field_is_recognised_by_its_values() -> None:
    newer = with_field(without_field(VISITS, "kind"), Field("sort"))
    newer = replace(
        newer, rows=[{**row, "sort": old["kind"]} for row, old in zip(newer.rows, VISITS.rows, strict=True)]
    )
    (reason, *_) = difference(ALL, put(newer)).reasons
    assert reason.message == "visits.kind is gone; sort holds its values now"


def test_a_field_that_says_its_former_name_is_one_field() -> None:
    found = difference(ALL, put(rows(HALLS, ("h1", {"seats": 2}))))
    assert [reason.case for reason in found.reasons] == ["field-renamed", "value-corrected"]
    assert found.reasons[0].message == "hosts.size is called seats"
    assert [(c.field, c.old, c.new) for c in found.changes if c.field] == [("seats", "1", "2")]
    assert "field-renamed" not in {reason.case for reason in difference(put(HALLS), put(HALLS)).reasons}


def test_a_table_that_says_its_former_name_is_one_table() -> None:
    newer = put(rows(MEETINGS, ("v1", {"kind": "work"})), OF_MEETINGS, removed="visits")
    found = difference(ALL, newer)
    assert [reason.case for reason in found.reasons] == ["table-renamed", "field-renamed", "value-corrected"]
    assert found.reasons[0].message == "the table visits is called meetings"
    assert [(c.table, c.field, c.old, c.new) for c in found.changes if c.field] == [
        ("meetings", "kind", "state", "work")
    ]
    # Once it is published under the new name, that is no news.
    assert difference(newer, newer).reasons == ()
    # A removed row is a removed row, referred to or not.
    gone = put(rows(MEETINGS, ("v2", None)), rows(OF_MEETINGS, ("v2/trade", None)), removed="visits")
    assert "row-removed" in {reason.case for reason in difference(ALL, gone).reasons}


def test_a_table_whose_former_name_is_still_there_is_new() -> None:
    cases = {reason.case for reason in difference(ALL, put(MEETINGS)).reasons}
    assert cases == {"table-added"}


def test_a_field_that_says_its_former_table_is_one_field() -> None:
    found = difference((*ALL, NOTES), tuple(MOVED.values()))
    assert [(one.case, one.message) for one in found.reasons] == [("field-moved", "visits.kind is notes.kind now")]
    assert not [change for change in found.changes if change.field]
    assert difference(tuple(MOVED.values()), tuple(MOVED.values())).reasons == ()
    # Its reference goes with it.
    moved = move({one.name: one for one in (*ALL, NOTES)}, "visits", "host_id", "notes")
    assert [one.case for one in difference((*ALL, NOTES), tuple(moved.values())).reasons] == ["field-moved"]


def test_a_field_moves_only_where_the_ids_are_the_same_and_the_old_one_is_gone() -> None:
    for source, field in (("hosts", "size"), ("visit_topics", "topic")):
        moved = move({one.name: one for one in (*ALL, NOTES)}, source, field, "notes")
        cases = {one.case for one in difference((*ALL, NOTES), tuple(moved.values())).reasons}
        assert "field-removed" in cases
        assert "field-moved" not in cases
    cases = {one.case for one in difference((*ALL, NOTES), (*ALL, MOVED["notes"])).reasons}
    assert cases == {"field-added"}


def test_references_follow_a_renamed_key() -> None:
    fields = (Field("inviter_id", renamed_from="host_id", required=True), *HOSTS.fields[1:])
    moved = [{"inviter_id": row["host_id"], "definition": row["definition"], "size": row["size"]} for row in HOSTS.rows]
    hosts = replace(HOSTS, fields=fields, primary_key=("inviter_id",), rows=moved)
    visits = replace(VISITS, foreign_keys=(ForeignKey(("host_id",), "hosts", ("inviter_id",)),))
    assert [reason.case for reason in difference(ALL, put(hosts, visits)).reasons] == ["field-renamed"]


@pytest.mark.parametrize(
    ("version", "bump", "least"),
    [
        ("1.2.3", Bump.PATCH, "1.2.4"), ("1.2.3", Bump.MINOR, "1.3.0"), ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("0.2.3", Bump.PATCH, "0.2.4"), ("0.2.3", Bump.MINOR, "0.3.0"), ("0.2.3", Bump.MAJOR, "0.3.0"),
        ("1.2.3", Bump.NONE, "1.2.4"),
    ],
)  # fmt: skip
def test_the_smallest_version_that_may_follow(version: str, bump: Bump, least: str) -> None:
    assert smallest(version, bump) == least


# How it is shown.

HOSTILE = "<script>alert(1)</script> @all #1 [x](http://a.example) ![i](//b) ``` `x` | *b* \x1b[31m\n::error::a\u202e"


def proved(value: str, words: str) -> tuple[Resource, ...]:
    """The tables with one corrected value, one added row, and the words that prove the correction."""
    cell = {"statement_id": "s1", "table": "hosts", "row_id": "h1", "field": "definition", "value": value}
    place = {"basis": "grounded", "article_id": "a1", "evidence_id": "e1", "reason": None}
    statement = {**cell, **place, "char_start": 14, "char_end": 14 + len(words)}
    quote = f"said {words} then"
    evidence = {"evidence_id": "e1", "record_id": "h1", "article_id": "a1", "exact": quote, "char_start": 9}
    evidence["char_end"] = 9 + len(quote)
    hosts = rows(HOSTS, ("h1", {"definition": value}), ("h4", {"size": 4}))
    return put(hosts, replace(STATEMENTS, rows=[statement]), replace(EVIDENCE, rows=[evidence]))


def lines(found: Difference, format_: str, limit: int = 100) -> list[str]:
    return list(report(found, format_, limit=limit))


@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_old_and_new_value_and_the_words_that_prove_it(format_: str) -> None:
    text = "\n".join(lines(difference(ALL, proved("Another host", "Another host")), format_))
    assert text.index("The first host.") < text.index("Another host")
    assert "said Another host then" in text
    assert "a1:14-26" in text
    assert text.index("Corrections") < text.index("Another host") < text.index("Additions") < text.rindex("h4")
    assert "Needs a major version: 2.0.0 or higher." in text


def test_a_corrected_value_that_was_the_id_is_shown_and_a_new_key_is_not() -> None:
    older = put(rows(HOSTS, ("h1", {"definition": "h1"})))
    text = "\n".join(lines(difference(older, put(rows(HOSTS, ("h4", {"size": 4})))), "text"))
    assert "definition: h1 -> The first host." in text
    assert "host_id: " not in text


def test_json_has_all_of_it() -> None:
    content = json.loads("\n".join(lines(difference(ALL, proved("Another host", "Another host")), "json")))
    assert content["bump"] == "major"
    (row,) = content["rows"]["corrections"]
    (cell,) = row["cells"]
    assert (cell["old"], cell["new"]) == ("The first host.", "Another host")
    assert cell["proofs"][0]["words"] == "Another host"
    assert cell["proofs"][0]["quote"] == "said Another host then"
    assert [one["table"] for one in content["counts"]] == ["hosts", "evidence", "statements"]
    assert content["left_out"] == {}


def test_hostile_values_stay_text() -> None:
    found = difference(ALL, proved(HOSTILE.replace("\n", " "), HOSTILE.replace("\n", " ")))
    for format_ in ("text", "md", "html"):
        text = "\n".join(lines(found, format_))
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "::error::" not in text
    for line in lines(found, "md"):
        # Outside of code spans nothing of the value is left.
        bare = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        assert not re.search(r"[<>@\[\]]|://|script", bare), line


class Tags(HTMLParser):
    """Collects the names of tags and of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


def test_html_has_no_tag_that_does_anything() -> None:
    parser = Tags()
    parser.feed("\n".join(lines(difference(ALL, proved(HOSTILE.replace("\n", " "), "x")), "html")))
    assert not parser.seen & {"script", "a", "img", "iframe", "href", "src", "onclick", "link", "object"}


@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_the_last_line_says_what_was_left_out(format_: str) -> None:
    many = rows(HOSTS, *((f"n{number}", {"size": number}) for number in range(1000, 1100)), ("h1", {"size": 7}))
    found = difference(ALL, put(many))
    text = "\n".join(lines(found, format_, limit=11))
    assert "Left out: 90 rows (Additions 90)" in text.splitlines()[-1 if format_ != "html" else -3]
    assert len(re.findall(r"\bn10\d\d\b", text.partition("Additions")[2])) == 10
    assert "Nothing was left out." in "\n".join(lines(found, format_, limit=0))


def test_markdown_fits_into_a_comment() -> None:
    many = rows(HOSTS, *((f"n{number}", {"definition": "word " * 60}) for number in range(1000, 3000)))
    text = "\n".join(lines(difference(ALL, put(many)), "md", limit=0))
    assert len(text.encode()) < 65_000
    assert re.search(r"Left out: [\d,]+ rows \(Additions [\d,]+\)", text.splitlines()[-1])


def test_the_same_under_another_hash_seed() -> None:
    code = """\
from factpack.diff.changelog import entry
from test_diff import *
hosts = without_field(without_field(HOSTS, 'size'), 'definition')
found = difference(ALL, put(hosts, rows(VISITS, ('v1', None), ('v2', None))))
print(found.explained(), entry(found, '2.0.0', '2024-01-31', ''), *report(found, 'md'))
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_a_whole_package_against_itself_and_against_nothing() -> None:
    sample = Release("sample", tuple(resources()), "sample", "1.0.0")
    assert compare(sample, sample).bump is Bump.NONE
    assert compare(sample, Release("nothing", ())).bump is Bump.MAJOR
    assert compare(Release("nothing", ()), sample).bump is Bump.MINOR
