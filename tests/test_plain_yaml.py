"""The reader of plain files reads what the strict reader reads, at its places, or nothing: also of tampered files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from flagship import ROOT

from factpack.plain_yaml import NotPlain, read_plain
from factpack.strict_yaml import read_strictly
from factpack.text import Text
from factpack.tree import Node, Tree

FOLDERS = (ROOT / "curation", *ROOT.glob("examples/*/curation"), ROOT / "src/factpack/template/curation")
CURATION = [path for folder in FOLDERS for path in sorted(folder.rglob("*.yaml"))]


def is_plain(content: str) -> bool:
    """Whether a file is read as plain; what is read must be what the strict reader reads there, without a fault."""
    try:
        data = read_plain(content)
    except NotPlain:
        return False
    text = Text("curation/a.yaml", content)
    tree, strictly = Tree(text, data), read_strictly(text)
    assert (data, (), ()) == (strictly.data, strictly.faults, strictly.gaps), content
    assert (places(tree.root), tree.scalars) == (places(strictly.root), strictly.scalars), content
    return True


def places(node: Node | None) -> object:
    """Where a value stands, and all that is inside, with the keys in their order."""
    if node is None or node.children is None:
        return node and (node.start, node.end)
    inside = node.children.items() if isinstance(node.children, dict) else enumerate(node.children)
    return node.start, node.end, [(step, places(child)) for step, child in inside], node.keys


@pytest.mark.parametrize("path", CURATION, ids=lambda path: str(path.relative_to(ROOT)))
def test_curation_files_are_plain(path: Path) -> None:
    assert is_plain(path.read_text("utf-8"))


PLAIN = """\
a: b
---
# first
a: b  c

b:   'x'
---
a:
- b
-   c: d
    e:
      f: g
    h:
    - i
-
  - j
  -
    k: l
m: n
---
- a: b
  c: d
- e
---
a: -5
b: 012
c: 12:30
d: NO
e: .5
f: https://a.b/#c
g: “words” (of 5%)
h: a 'b' "c"
i: "a \\"b\\" 'c' # d: e"
j: 'a ''b'' "c" \\ # d: e'
k: ""
l: ''
m: "dele\\xADgates \\xE9 \\"b\\""
---
a: [b, c d, "e, f", 'g: h']
b: {c: d, e: [f, {g: h}], i: "j"}
c: [{d: e, f: g}]
---
a:
  b: >-
    c: d
    - e # f
    g
  h: i
j: >-
 k

l: >-
  m

# n
"""
"""What is known, file by file."""


@pytest.mark.parametrize("content", PLAIN.split("---\n"))
def test_what_is_plain(content: str) -> None:
    assert is_plain(content)


REFUSED = [
    "", "# nothing\n", "a\n", "a:\n", "a: null\n", "a: ~\n", "a: b # c\n", "a: b #c\n", "a: b\n  c\n", "a: 'b\n  c'\n",
    "a: b: c\n", "a: b:\n", "a:b\n", "a : b\n", "? a\n", "'a': b\n", "a b: c\n", "null: a\n", "<<: {a: b}\n",
    "a: b\na: c\n", "a: {b: c, b: d}\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: |\n  b\n", "a: >\n  b\n",
    "a: >-\n  b\n\n  c\n", "a: >-\n  b\n   c\n", "a: >-\n  b\n   # c\n", "a: >-\n  b\n\n  # c\n", "a: >-\nb: c\n",
    "a:\n  b: >-\n  c\n", "- a: >-\n  b\n", "a:\tb\n", "a: b\r\n", "a: b\r", "\ufeffa: b\n", "a: b\x85c: d\n",
    "a: b\u2028c: d\n", "a: \ud800\n", "a: \x07\n", "---\na: b\n", "a: b\n---\n", "a: b\n...\n", "%YAML 1.1\n",
    'a: "b\\n"\n', 'a: "b\\\\"\n', 'a: "b" c\n', "a: 'b' c\n", "a: 'b''\n", 'a: "b\n', "a: [b\n", "a: [b]]\n",
    "a: [b}\n", "a: []\n", "a: {}\n", "a: [b,]\n", "a: [b c: d]\n", "a: {b}\n", "a: {b:}\n", "a: {b: }\n", "a: [,]\n",
    "a: [b] c\n", "a: [null]\n", "a: [~]\n", "a: {b: null}\n", "a: ['b'c]\n", "- - a\n", "- a\nb: c\n", "a: b\n- c\n",
    "a:\n  b: c\n d: e\n", "a: b\n c: d\n", " a: b\nc: d\n", "- a: b\n c: d\n", "a: - b\n", "a: @b\n", "a: `b`\n",
    "a: %b\n", "a: ?b\n", "a: ]\n", "a: ,\n", "a: :b\n", "a: -b\n", f"{'a' * 2000}: b\n", f"a: {'[' * 30}b{']' * 30}\n",
    "".join(f"{' ' * depth}a:\n" for depth in range(30)) + " " * 30 + "a: b\n",
    'a: "\\x85"\n', 'a: "\\xad"\n', 'a: "\\\\xAD"\n',
]  # fmt: skip


@pytest.mark.parametrize("content", REFUSED)
def test_what_is_left_to_the_strict_reader(content: str) -> None:
    assert not is_plain(content)


RECORDS = [
    dedent(record)
    for path in CURATION
    for record in re.findall(r"^  - .*(?:\n    .*|\n)*", path.read_text("utf-8"), re.MULTILINE)
]
SAMPLES = [*PLAIN.split("---\n"), *(record for record in RECORDS if len(record) < 1500)]
TOKENS = [
    ":", ": ", " :", " #", "#", "- ", "-", "?", "? ", "\t", "\r", "\n", "\n\n", "\n  ", " ", "  ", "'", '"', "''",
    '\\"', "\\", "{", "}", "[", "]", ",", ", ", "&a ", "*a", "!t ", "|", ">", ">-", ">-\n", "|-\n", "%", "@", "`", "~",
    "null", "---\n", "...\n", "<<: ", "=", "\ufeff", "\x85", "\u2028", "\xa0", "\u00ad", "\x00", "\x07", "é", "𝒳",
    "id: ", "1_000", "0x1F", ".inf", "1e3", "yes", "2022-02-30", "12:30:00", "x" * 1100, "\u202e", "\ufffe",
    "\\xAD", "\\x1F",
]  # fmt: skip


def _inserted(text: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(TOKENS) + text[at:]


def _shortened(text: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + text[at + dice.randint(1, 4) :]


def _replaced(text: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(TOKENS) + text[at + 1 :]


def _by_line(text: str, dice: random.Random) -> str:
    """A line left out, doubled, moved, indented otherwise, or in the place of another's value."""
    lines = text.split("\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = " " * dice.randint(1, 4) + lines[at]
        case 4:
            lines[at] = lines[at][dice.randint(1, 4) :]
        case 5:
            lines[at] = lines[at].partition(":")[0] + ":" + lines[other].partition(":")[2]
    return "\n".join(lines)


def _spliced(text: str, dice: random.Random) -> str:
    other = dice.choice(SAMPLES)
    return text[: dice.randint(0, len(text))] + other[dice.randint(0, len(other)) :]


WAYS: list[Callable[[str, random.Random], str]] = [_inserted, _shortened, _replaced, _by_line, _by_line, _spliced]


def test_files_that_were_tampered_with(pytestconfig: pytest.Config) -> None:
    dice = random.Random(20240412)
    count: int = pytestconfig.getoption("--tampered")
    plain = 0
    for _ in range(count):
        content = dice.choice(SAMPLES)
        for _ in range(dice.randint(1, 3)):
            content = dice.choice(WAYS)(content, dice)
        plain += is_plain(content)
    # Were hardly any still plain, nothing would have been compared.
    assert plain > count / 10
