"""YAML is read strictly: as written, with a place for every node, and what is wrong never hides the rest."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from factpack.strict_yaml import MAX_DEPTH
from factpack.text import Text
from factpack.tree import Tree, read


def tree(content: str) -> Tree:
    return read(Text("curation/a.yaml", content))


def faults(content: str) -> list[tuple[str, int, int, str]]:
    """Rule, line, column and message of what is wrong."""
    text = Text("curation/a.yaml", content)
    return [(f.rule, *text.position(f.start), f.message) for f in read(text).faults]


AS_WRITTEN = ["NO", "yes", "012", "0x1F", "12:30", "1_000", "1.10", "1e400", ".nan", "2022-02-30", "=", "<", "-5", "+1"]


@pytest.mark.parametrize("written", AS_WRITTEN)
def test_scalars_stay_what_was_written(written: str) -> None:
    assert tree(f"a: {written}\nb: [{written}]\n{written}: c\n").data == {"a": written, "b": [written], written: "c"}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_only_plain_nothing_is_none(nothing: str) -> None:
    assert tree(f"a: {nothing}\nb: '{nothing}'\nc: \"{nothing}\"\n").data == {"a": None, "b": nothing, "c": nothing}


@pytest.mark.parametrize("content", ["", "\n", "# nothing yet\n", "---\n", "---\n...\n"])
def test_a_file_without_content_is_none(content: str) -> None:
    assert tree(content).data is None
    assert faults(content) == []


SAMPLE = """\
visits:
  - id: vis-1   # the first
    host: {country: LAO}
  - id: "vis-2"
    words: >-
      folded
      words
"""


@pytest.mark.parametrize(
    ("route", "part", "line", "column", "words"),
    [
        (("visits",), "key", 1, 1, "visits"),
        (("visits", 0, "id"), "value", 2, 9, "vis-1"),
        (("visits", 0, "id"), "key", 2, 5, "id"),
        (("visits", 0, "host", "country"), "value", 3, 21, "LAO"),
        (("visits", 0, "host", "country"), "key", 3, 12, "country"),
        (("visits", 1, "id"), "value", 4, 9, '"vis-2"'),
        (("visits", 0, "host", "absent"), "value", 3, 11, "{country: LAO}"),
        (("visits", 7, "id"), "key", 1, 1, "visits"),
        (("visits", 1, "id", "deeper"), "value", 4, 9, '"vis-2"'),
    ],
)
def test_every_node_has_its_place(route: tuple[str | int, ...], part: str, line: int, column: int, words: str) -> None:
    place = tree(SAMPLE).locate(route, part)
    assert place.begins == (line, column)
    assert place.words == words


@pytest.mark.parametrize("prefix", ["é𝟘𝒳: ấ\n", "# 😀\r\n", "long: " + "x" * 5000 + "\n"])
def test_columns_count_characters(prefix: str) -> None:
    place = tree(prefix + "key: 'ấ' # 😀\n").locate(("key",))
    assert place.begins == (2, 6)
    assert place.words == "'ấ'"


def test_line_ends_of_windows_move_no_column() -> None:
    found = tree(SAMPLE.replace("\n", "\r\n"))
    assert found.data == tree(SAMPLE).data
    assert found.locate(("visits", 1, "id")).begins == (4, 9)
    assert found.locate(("visits", 1, "id")).ends == (4, 16)


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        ("a: !x b\n", 1, 4, "tags"),
        ("!!str a: b\n", 1, 1, "tags"),
        ("a: &x b\n", 1, 4, "anchors"),
        ("b: c\na: *x\n", 2, 4, "aliases"),
        ("a: {<<: {b: c}}\n", 1, 5, "merge keys"),
        ("a: b\n---\nc: d\n", 2, 1, "one YAML document"),
        ("? [x]\n: y\n", 1, 3, "a key is a word"),
        ("~: y\n", 1, 1, "a key is a word"),
        ("a: b\n\tc: d\n", 2, 1, "tab"),
        ("a:\n\tb: c\n", 2, 1, "tab"),
        ("a:\n  - b: c\n\td: e\n", 3, 1, "tab"),
        ("a: b: c\n", 1, 5, "second colon"),
        ("a: @x\n", 1, 4, "quotation marks"),
        ("a: 'x\nb: c\n", 1, 4, "never closed"),
        ("a: He was #1 of all\n", 1, 4, "begins a comment"),
        ("- x\n- y #z\n", 2, 3, "begins a comment"),
        ('a: "\\x1b[31m"\n', 1, 4, "U+001B"),
        ('a: "\\0"\n', 1, 4, "U+0000"),
        ('a: "\\u202e"\n', 1, 4, "U+202E"),
        ("a: b\x07c\n", 1, 5, "U+0007"),
        ("a: b\u202ec\n", 1, 5, "U+202E"),
        ("a: " + "[" * (MAX_DEPTH + 5), 1, 4 + MAX_DEPTH - 1, "deeper"),
    ],
)
def test_what_is_no_part_of_a_curation_file_is_a_fault_with_its_place(
    content: str, line: int, column: int, says: str
) -> None:
    found = faults(content)
    assert [(rule, *place) for rule, *place, _ in found] == [("yaml-syntax", line, column)]
    assert says in found[0][3]


@pytest.mark.parametrize("content", ["a: b # c\n", "a: 'b' #c\n", "a: b#c\n", "a: b ## c\n", "a: b #\n", "#a\nb: c\n"])
def test_a_comment_that_looks_like_one_is_none_of_it(content: str) -> None:
    assert faults(content) == []


def test_an_alias_is_never_followed() -> None:
    assert tree("a: &x [1, 2]\nb: *x\n").data == {"a": ["1", "2"], "b": None}
    levels = pairwise("abcdefghi")
    bomb = "a: &a [x]\n" + "".join(f"{c}: &{c} [{', '.join([f'*{p}'] * 9)}]\n" for p, c in levels)
    assert tree(bomb).data["i"] == [None] * 9


def test_duplicate_keys_keep_the_first_and_show_both() -> None:
    found = tree("a: 1\nb: 2\na: 3\n")
    assert found.data == {"a": "1", "b": "2"}
    (fault,) = found.faults
    assert (fault.rule, found.text.position(fault.start)) == ("duplicate-key", (3, 1))
    assert [found.text.position(start) for start, _, _ in fault.related] == [(1, 1)]


@pytest.mark.parametrize(
    "broken",
    ["  - id: x: y\n", "  - id: 'x\n", "  - id: @x\n", "\t- id: x\n", "  - {id: x\n", "  - id: x\n\tname: y\n"],
)
def test_a_broken_record_hides_no_other(broken: str) -> None:
    found = tree(f"a:\n  - id: one\n{broken}  - id: two\nb:\n  - id: three\n")
    assert [fault.rule for fault in found.faults] == ["yaml-syntax"]
    assert found.data["a"][0] == {"id": "one"}
    assert found.data["a"][-1] == {"id": "two"}
    assert found.data["b"] == [{"id": "three"}]


def test_every_broken_record_is_reported() -> None:
    records = "".join(f"  - id: x{number}\n    name: @{number}\n" for number in range(20))
    assert [line for _, line, _, _ in faults("a:\n" + records)] == list(range(3, 43, 2))


@pytest.mark.parametrize("opened", ["[", "{", "- ", "? ", "a: [", "!", "&a ", '"', "|", "%"])
def test_deep_or_endless_input_is_refused_in_good_time(opened: str) -> None:
    assert tree(opened * 50_000).data is None
    assert 1 <= len(faults(opened * 50_000)) <= 60


@given(st.text(st.sampled_from("ab:-?&*!|>'\"%@`#,[]{}<~ \t\n\r\0\x85é\u2028\u202e\ufeff\\0x"), max_size=60))
def test_reading_never_raises_and_every_place_is_in_the_file(content: str) -> None:
    found = tree(content)
    for fault in found.faults:
        assert 0 <= fault.start <= fault.end <= len(content) + 1
        assert fault.message

    def visit(data: object, route: tuple[str | int, ...]) -> None:
        place = found.locate(route)
        assert 0 <= place.start <= place.end <= len(content)
        if isinstance(data, dict):
            for key, value in data.items():
                visit(value, (*route, key))
        elif isinstance(data, list):
            for index, value in enumerate(data):
                visit(value, (*route, index))

    visit(found.data, ())


def test_a_byte_order_mark_moves_no_place() -> None:
    found = tree("\ufeffa: words\nb: [one]\n")
    assert found.data == {"a": "words", "b": ["one"]}
    assert [found.locate(route).words for route in (("a",), ("b", 0))] == ["words", "one"]


_LEAVES = st.one_of(st.none(), st.text(st.sampled_from("aé1 :-#'\"\\,[]{}?|>&*!%@`~\n"), max_size=12), st.just("null"))
_DATA = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abc -é", min_size=1, max_size=3).filter(lambda key: key.strip()), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(_DATA, st.booleans(), st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([10, 80]))
def test_a_route_reads_back_as_its_value(data: object, flow: bool, style: str | None, width: int) -> None:
    written = yaml.dump({"k": data}, default_flow_style=flow, default_style=style, width=width, allow_unicode=True)
    written = re.sub(r"!!\w+ ", "", written)
    found = tree(written)
    assume(not found.faults)

    def visit(value: object, route: tuple[str | int, ...]) -> None:
        place = found.locate(route)
        if isinstance(value, dict | list | str) and place.words[:1] not in ("|", ">"):
            alone = " " * (place.begins[1] - 1) + place.words
            assert tree(alone).data == value
        elif isinstance(value, str):
            assert tree(f"k: {place.words}").data == {"k": value}
        for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            visit(value[step], (*route, step))

    visit(found.data["k"], ("k",))
