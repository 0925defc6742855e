"""`factpack fmt`: one layout, twice is once, nothing said differently, no comment lost."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import flagship
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from factpack.cli import main
from factpack.curating import Refused
from factpack.curating.layout import formatted
from factpack.text import Text
from factpack.tree import read

Output = pytest.CaptureFixture[str]


def layout(content: str) -> str:
    return formatted(Text("curation/a.yaml", content))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("a: b\n", "a: b\n"),
        ("a:\n  - id: x\n    list: [a, b]\n\n  - id: y\n", "a:\n  - id: x\n    list: [a, b]\n\n  - id: y\n"),
        ("a:\n- id: x\n  q:\n  - one\n  - two\n", "a:\n  - id: x\n    q:\n      - one\n      - two\n"),
        ("a:\n    -   id:   x\n        q:\n            - one\n", "a:\n  - id: x\n    q:\n      - one\n"),
        ("a:\n-\n    id: x\n", "a:\n  -\n    id: x\n"),
        ("a:\n- k: |\n     one\n       two\n- k: >-\n    x\n",
         "a:\n  - k: |\n       one\n         two\n  - k: >-\n      x\n"),
        ("a:\n- k: |\n    one  \n\n\n    two\n", "a:\n  - k: |\n      one  \n\n\n      two\n"),
        ("a:\n    - k: |\n        one\n         \n        two\n        \n    - l: x\n",
         "a:\n  - k: |\n      one\n       \n      two\n      \n  - l: x\n"),
        ("a:\n- k: |+\n    one\n\n\nb: c\n", "a:\n  - k: |+\n      one\n\n\nb: c\n"),
        ("a:\n- k: words that\n    go on\n  l: x\n", "a:\n  - k: words that\n      go on\n    l: x\n"),
        ("a:\n- k: {b: c,\n      d: e}\n", "a:\n  - k: {b: c,\n        d: e}\n"),
        ("a:\r\n  - id: x  \r\n\r\n\r\n\r\n  - id: y\r\n", "a:\n  - id: x\n\n  - id: y\n"),
        ("a: b  \nc: d\t\n\n\n", "a: b\n\nc: d\n"),
        ("a: b", "a: b\n"),
        ("a: |\n  b", "a: |\n  b"),
        ("a:\n    b: |\n        x\n          ", "a:\n  b: |\n      x\n        "),
        ("a:\n    - b: |+\n        \n          \nc: d\n", "a:\n  - b: |+\n      \n        \nc: d\n"),
        ("a: |+\n  b\nc: d\n", "a: |+\n  b\nc: d\n"),
        ("a: |1\n b\n\n\n   \nc: d\n", "a: |1\n b\n\n\n   \n\nc: d\n"),
        ("\n\na: b\n", "a: b\n"),
        ("a:\n\n  - id: x\n", "a:\n  - id: x\n"),
        ("a:\n  - id: x\n\n  - id: y\n\n  - id: z\n  - id: w\n",
         "a:\n  - id: x\n\n  - id: y\n\n  - id: z\n\n  - id: w\n"),
        ("a:\n  - id: x\n\n  - id: y\n  - id: z\n  - id: w\n", "a:\n  - id: x\n  - id: y\n  - id: z\n  - id: w\n"),
        (
            "# top\na:\n# on x\n- id: x # why\n  # in\n  n: 1\n  # below x\n\n# on y\n- id: y\n# end\n",
            "# top\na:\n  # on x\n  - id: x # why\n    # in\n    n: 1\n    # below x\n\n  # on y\n  - id: y\n# end\n",
        ),
        ("a: {k: 'host', \"l\": \"no\", m: '2022', n: 'NO', o: \"said it was so\"}\n",
         "a: {k: host, l: \"no\", m: '2022', n: 'NO', o: \"said it was so\"}\n"),
        ("- - a\n  -   b\n-   c: d\n    e: f\n", "- - a\n  - b\n- c: d\n  e: f\n"),
    ],
)  # fmt: skip
def test_before_and_after(before: str, after: str) -> None:
    assert layout(before) == after
    assert layout(after) == after


texts = st.one_of(
    st.sampled_from(
        ["no", "yes", "", "~", "- a", "a: b", "a #b", "it's", 'say "x"', "x" * 90, "a\nb", "a\n\n b\n", "# a"]
    ),
    st.text(alphabet=st.sampled_from("ab:#-'\"[]{},|> \n\té2"), max_size=25),
    st.sampled_from(["word " * 40, "host-country", "2022-01-03", "Lê Hoài Trung"]),
)
keys = st.sampled_from(["id", "note", "quotes", "a b", "x", "host", "no"])
values = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
files = st.dictionaries(keys, st.lists(st.dictionaries(keys, values, min_size=1, max_size=4), max_size=4) | values)


def disturbed(content: str, random: Random) -> str:
    """The same data with comments, blank lines and blanks strewn in, where that changes nothing that it says."""
    lines = content.split("\n")
    wanted = read(Text("", content)).data
    for _ in range(8):
        at = random.randrange(len(lines) + 1)
        new = random.choice(["", "# a note: 'x'", "      # deeper", "  # shallow - one", "\t", "  "])
        trial = [*lines[:at], new, *lines[at:]]
        if random.random() < 0.3 and at < len(lines):
            trial = [*lines[:at], lines[at] + random.choice(["  ", "  # why", " #"]), *lines[at + 1 :]]
        tree = read(Text("", "\n".join(trial)))
        if not tree.faults and tree.data == wanted:
            lines = trial
    return random.choice(["\n", "\r\n"]).join(lines)


@given(
    data=files, indent=st.integers(2, 7), flow=st.sampled_from([None, False]), width=st.sampled_from([20, 80, 1000]),
    style=st.sampled_from([None, "'", '"', "|", ">"]), random=st.randoms(use_true_random=False),
)  # fmt: skip
def test_it_says_the_same_and_twice_is_once(
    data: Any, indent: int, flow: Any, width: int, style: Any, random: Random
) -> None:
    dumped = yaml.dump(
        data, indent=indent, default_flow_style=flow, width=width, default_style=style, allow_unicode=True,
        sort_keys=False,
    )  # fmt: skip
    content = disturbed(re.sub(r"!!null|!!\w+ ", "", dumped), random)
    before = read(Text("", content))
    if before.faults:
        return
    after = layout(content)
    assert read(Text("", after)).data == before.data
    assert layout(after) == after
    assert sorted(re.findall(r"# a note: 'x'|# deeper|# shallow - one|# why", after)) == sorted(
        re.findall(r"# a note: 'x'|# deeper|# shallow - one|# why", content)
    )
    assert "\r" not in after


BLANKS = st.integers(0, 9).map(" ".__mul__)
LINES = st.lists(BLANKS | st.sampled_from(["x", "x  ", "# x", "- x", "  k: v"]).map((" " * 9).__add__), max_size=5)
HEADERS = st.tuples(st.sampled_from("|>"), st.sampled_from(["", "", "1", "3"]), st.sampled_from(["", "-", "+"]))


@given(
    column=st.integers(0, 5),
    blocks=st.lists(st.tuples(HEADERS, LINES), min_size=1, max_size=3),
    end=st.sampled_from(["", "\n", "\n   ", "\n\n\n", "\nb: c\n"]),
)
def test_a_block_keeps_all_its_blanks(column: int, blocks: list[Any], end: str) -> None:
    records = ["\n".join([f"{' ' * column}- k: {''.join(header)}", *lines]) for header, lines in blocks]
    content = "\n".join(["a:", *records]) + end
    before = read(Text("a.yaml", content))
    assume(not before.faults)
    once = layout(content)
    assert read(Text("a.yaml", once)).data == before.data
    assert layout(once) == once


def test_what_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(Refused, match=r"a\.yaml:2:"):
        layout("a: b\nc: d: e\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return flagship.copy(tmp_path)


def test_the_flagship_has_this_layout(project: Path, capsys: Output) -> None:
    assert main(["fmt", "--check", "--project", str(project)]) == 0
    assert "0 formatted" in capsys.readouterr().out


def test_it_names_the_files_and_writes_them_unless_it_only_checks(project: Path, capsys: Output) -> None:
    path = flagship.article(project, "001")
    good = path.read_text("utf-8")
    path.write_text(good.replace("\n  genre: ", "\n  genre:   ", 1), "utf-8")
    broken = flagship.article(project, "002")
    broken.write_text(broken.read_text("utf-8") + "a: b: c\n", "utf-8")
    assert main(["fmt", "--check", "--project", str(project)]) == 1
    out = capsys.readouterr().out
    assert f"{path.name}: not in the common layout" in out
    assert f"{broken.name}:" in out
    assert "  genre:   " in path.read_text("utf-8")
    assert main(["fmt", str(path), "--project", str(project)]) == 0
    assert path.read_text("utf-8") == good
    assert main(["fmt", "--check", str(path.parent / "registers"), "--project", str(project)]) == 0
    assert main(["fmt", str(project / "seeds"), "--project", str(project)]) == 3
    assert main(["fmt", str(project / "nothing"), "--project", str(project)]) == 2
