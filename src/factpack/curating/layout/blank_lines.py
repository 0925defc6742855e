"""Blank lines: one before each table; between its records one or none, as most have it; nowhere two."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.text import Change, Text
from factpack.tree import Tree


def spaced(tree: Tree) -> Iterator[Change]:
    """Blank lines that are missing or too many."""
    text = tree.text
    lines = text.content.split("\n")
    kept: set[int] = set()
    closing: set[int] = set()  # the last lines of blocks that keep what blank lines follow them (`|+`)
    for start, end in tree.scalars:
        if "\n" in text.content[start:end]:
            first, last = text.position(start)[0], text.position(last_of(text.content, start, end))[0]
            kept.update(range(first + 1, last + 1))
            closing.update([last] if _keeps(text.content, start) else [])
    wanted = _wanted(tree, lines)
    blank_from: int | None = None
    for number, line in enumerate([*lines, None], 1):
        if line == "" and number not in kept and number < len(lines) + 1:
            blank_from = number if blank_from is None else blank_from
            continue
        blanks = number - blank_from if blank_from is not None else 0
        first = number - blanks
        if first - 1 in closing:
            pass
        elif line is None:
            # The last line end makes one empty string; a file without one gets it, but not into a block's words.
            if text.content.strip() and (blanks != 1 or first == 1) and (blanks or not _ends_in_block(tree)):
                yield _at(text, first), len(text.content), "" if blanks else "\n"
        elif number not in kept:
            count = 0 if first == 1 else wanted.get(number, min(blanks, 1))
            if count != blanks:
                yield _at(text, first), _at(text, number), "\n" * count
        blank_from = None


def _ends_in_block(tree: Tree) -> bool:
    start, end = max(tree.scalars, default=(0, 0))
    return tree.text.content[start : start + 1] in ("|", ">") and end == len(tree.text.content)


def last_of(content: str, start: int, end: int) -> int:
    """The last character of a scalar; of a block that keeps its line ends (`|+`), these too."""
    words = content[start:end]
    # Before what follows there may be its indentation; lines of a block that have more blanks are part of it.
    words = words if end == len(content) else words.rstrip(" ")
    return start + max(0, len(words if _keeps(content, start) else words.rstrip("\n")) - 1)


def _keeps(content: str, start: int) -> bool:
    header = content[start : content.find("\n", start)]
    return header[:1] in ("|", ">") and "+" in header.partition("#")[0]


def _at(text: Text, line: int) -> int:
    return text.line_starts[line - 1] if line <= len(text.line_starts) else len(text.content)


def _wanted(tree: Tree, lines: list[str]) -> dict[int, int]:
    """Line -> how many blank lines belong before it: lines that begin a table or a record, or the comment above."""
    found: dict[int, int] = {}
    root = tree.root
    if root is None or not isinstance(root.children, dict) or root.keys is None:
        return found
    for position, (key, node) in enumerate(root.children.items()):
        line = tree.text.position(root.keys[key][0])[0]
        if position:
            found[_above(lines, line)] = 1
        if not isinstance(node.children, list) or tree.text.content[node.start : node.start + 1] != "-":
            continue
        indent = tree.text.position(node.start)[1] - 1
        records = [n for n in range(line + 1, tree.text.position(node.end - 1)[0] + 1) if _is_record(lines, n, indent)]
        starts = {tree.text.position(item.start)[0] for item in node.children}
        firsts = [_above(lines, n) for n in records if n in starts]
        apart = 2 * sum(lines[first - 2] == "" for first in firsts[1:]) >= max(1, len(firsts) - 1)
        found.update(dict.fromkeys(firsts[1:], int(apart)))
        if firsts:
            found[firsts[0]] = 0
    return found


def _is_record(lines: list[str], number: int, indent: int) -> bool:
    line = lines[number - 1]
    return line[indent : indent + 1] == "-" and not line[:indent].strip()


def _above(lines: list[str], line: int) -> int:
    """The first of the comment lines right above a line, which are indented as it is."""
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))
    while line > 1 and lines[line - 2].startswith(" " * indent + "#"):
        line -= 1
    return line
