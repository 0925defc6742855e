"""The lines of a record in a curation file, with its comments: cut out of one place, put into another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factpack.curating import Refused
from factpack.text import Text
from factpack.tree import Node, Tree, read

_LAST = ("omitted", "searched")
"""What closes an article's file: new tables stand before it."""

_BLANK = re.compile(r"[ \t\r]*")
_COMMENT = re.compile(r"[ ]*#.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A record's lines without their common indentation, and whether a blank line parts it from its neighbours."""

    lines: tuple[str, ...]
    apart: bool


def cut(text: Text, table: str, index: int) -> tuple[Block, str]:
    """The record in this position of a table, and the file's content without it; raises Refused.

    A table that has no record left is left out.
    """
    tree = read(text)
    first, last = _lines_of(tree, table, index)
    lines = _lines(text)
    items = _items(tree, table)
    indent = _dash(tree, table)
    block = Block(tuple(_shifted(line, -indent) for line in lines[first:last]), _apart(tree, table))
    if len(items) == 1:
        first = _key_line(tree, table)
    if first in (0, _key_line(tree, table) + 1) or _BLANK.fullmatch(lines[first - 1]):
        while last < len(lines) and _BLANK.fullmatch(lines[last]):
            last += 1
    if last == len(lines):
        while first and _BLANK.fullmatch(lines[first - 1]):
            first -= 1
    return block, _joined(text, [*lines[:first], *lines[last:]])


def put(text: Text, table: str, block: Block) -> str:
    """The content with a record at the end of a table, which is begun where there is none; raises Refused."""
    tree, lines = read(text), _lines(text)
    if table in _tables(tree):
        indent = _dash(tree, table)
        count = len(_items(tree, table))
        _, at = _lines_of(tree, table, count - 1)
        apart = _apart(tree, table) if count > 1 else block.apart
        new = [_shifted(line, indent) for line in block.lines]
        return _joined(text, [*lines[:at], *([""] if apart else []), *new, *lines[at:]])
    new = [f"{table}:", *(_shifted(line, 2) for line in block.lines)]
    keys = [key for key in _LAST if key in _tables(tree)]
    if keys:
        at = min(_begin(tree, _key_line(tree, key)) for key in keys)
        return _joined(text, [*lines[:at], *new, "", *lines[at:]])
    while lines and _BLANK.fullmatch(lines[-1]):
        lines.pop()
    return _joined(text, [*lines, "", *new])


def _tables(tree: Tree) -> dict[str, Node]:
    return tree.root.children if tree.root and isinstance(tree.root.children, dict) else {}


def _items(tree: Tree, table: str) -> list[Node]:
    """The records of a table that is written as a list of blocks."""
    node = _tables(tree).get(table)
    items = node.children if node else None
    if node is None or not isinstance(items, list) or tree.text.content[node.start : node.start + 1] != "-":
        raise Refused(f"`{table}` in {tree.text.path} is not written as a list with one `- ` per record")
    return items


def _dash(tree: Tree, table: str) -> int:
    """In which column, from 0, the `- ` of a table's records stand."""
    _items(tree, table)
    return tree.text.position(_tables(tree)[table].start)[1] - 1


def _key_line(tree: Tree, table: str) -> int:
    assert tree.root is not None
    assert tree.root.keys is not None
    return tree.text.position(tree.root.keys[table][0])[0] - 1


def _lines_of(tree: Tree, table: str, index: int) -> tuple[int, int]:
    """The first line of a record, or of the comment above it, and the line behind its last, both from 0."""
    lines, text, items = _lines(tree.text), tree.text, _items(tree, table)
    first = text.position(text.content.rfind("-", 0, items[index].start))[0] - 1
    last = text.position(_end(tree, items[index]))[0]
    # A comment below the record that is indented as its fields are belongs to it, too.
    indent = _dash(tree, table)
    at = last
    while at < len(lines) and (_COMMENT.fullmatch(lines[at]) or _BLANK.fullmatch(lines[at])):
        at += 1
        if _COMMENT.fullmatch(lines[at - 1]) and len(lines[at - 1]) - len(lines[at - 1].lstrip(" ")) > indent:
            last = at
    return _begin(tree, first, after=_key_line(tree, table) + 1), last


def _begin(tree: Tree, line: int, after: int = 0) -> int:
    """The first of the comment lines right above a line."""
    lines = _lines(tree.text)
    indent = len(lines[line]) - len(lines[line].lstrip(" "))
    while line > after and _COMMENT.fullmatch(lines[line - 1]):
        if len(lines[line - 1]) - len(lines[line - 1].lstrip(" ")) > indent:
            break
        line -= 1
    return line


def _end(tree: Tree, node: Node) -> int:
    """The offset of the last character of a node: its own end is where the next one may begin."""
    return node.start + len(tree.text.content[node.start : node.end].rstrip()) - 1 if node.children is None else max(
        [_end(tree, child) for child in (node.children.values() if isinstance(node.children, dict) else node.children)]
        + [span[0] for span in (node.keys or {}).values()]
        + ([node.end - 1] if tree.text.content[node.end - 1 : node.end] in ("]", "}") and _flows(tree, node) else [])
        + [node.start]
    )  # fmt: skip


def _flows(tree: Tree, node: Node) -> bool:
    return tree.text.content[node.start : node.start + 1] in ("[", "{")


def _apart(tree: Tree, table: str) -> bool:
    """Whether most records of a table have a blank line before them; a table of one has none to tell."""
    items, lines = _items(tree, table), _lines(tree.text)
    firsts = [_lines_of(tree, table, index)[0] for index in range(1, len(items))]
    return 2 * sum(bool(_BLANK.fullmatch(lines[first - 1])) for first in firsts) >= max(1, len(firsts))


def _lines(text: Text) -> list[str]:
    """The lines without their ends."""
    return [line.removesuffix("\r") for line in text.content.removesuffix("\n").split("\n")]


def _joined(text: Text, lines: list[str]) -> str:
    end = "\r\n" if "\r\n" in text.content else "\n"
    return "".join(line + end for line in lines)


def _shifted(line: str, columns: int) -> str:
    if not line.strip():
        return ""
    indent = len(line) - len(line.lstrip(" "))
    return " " * max(0, indent + columns) + line[indent:]
