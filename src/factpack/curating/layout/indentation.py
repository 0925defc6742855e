"""The indentation of every line, and one blank behind each `-` and each `:`."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from factpack.curating.layout.blank_lines import last_of
from factpack.text import Change
from factpack.tree import Node, Tree

STEP = 2
"""By how many columns a list or mapping is indented below its key."""

_DASHES = re.compile(r" *(?:- +)*")


def indented(tree: Tree) -> Iterator[Change]:
    """Lines that begin in another column than they should, and gaps that are wider."""
    return _Indenter(tree).changes()


class _Indenter:
    """One walk over the nodes says where each line is to begin; then the lines are gone through in their order."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.content = tree, tree.text.content
        self.wanted: dict[int, int] = {}  # line -> column of its first character
        self.shifts: dict[int, int] = {}  # line inside a scalar or between brackets -> how far it moves
        self.lines: list[int] = []  # those of `wanted`
        self.gaps: list[Change] = []

    def changes(self) -> Iterator[Change]:
        if self.tree.root is not None:
            self.block(self.tree.root, 0)
        yield from self.gaps
        self.lines = sorted(self.wanted)
        starts = self.tree.text.line_starts
        following = 0
        for line in range(len(starts), 0, -1):
            text, indent = self.tree.text.line(line), self.indent(line)
            if line in self.wanted:
                following = column = self.wanted[line]
            elif line in self.shifts:
                column = indent + self.shifts[line]
            elif text.lstrip(" ").startswith("#"):
                column = self.comment(line, indent, following)
            else:
                continue
            if column != indent and (text.strip() or (text and line in self.shifts)):
                yield starts[line - 1], starts[line - 1] + indent, " " * max(0, column)

    def comment(self, line: int, indent: int, following: int) -> int:
        """A comment stands as what follows it, or where it is indented deeper, with what is above."""
        below = bisect(self.lines, line)
        if below == len(self.lines):
            return 0
        if indent <= self.indent(self.lines[below]):
            return following
        above = self.lines[below - 1] if below else 0
        moved = self.wanted[above] - self.indent(above) if above else 0
        return max(following, indent + moved)

    def indent(self, line: int) -> int:
        text = self.tree.text.line(line)
        return len(text) - len(text.lstrip(" "))

    def line_of(self, offset: int) -> int:
        return self.tree.text.position(offset)[0]

    def begins_line(self, offset: int) -> bool:
        return not self.content[self.tree.text.line_starts[self.line_of(offset) - 1] : offset].strip()

    def block(self, node: Node, column: int) -> None:
        if self.content[node.start : node.start + 1] in ("[", "{") or node.children is None:
            return
        if isinstance(node.children, list):
            self.sequence(node.children, column)
            return
        for name, child in node.children.items():
            assert node.keys is not None
            start, end = node.keys[name]
            if self.begins_line(start):
                self.wanted[self.line_of(start)] = column
            self.below(child, start, end, column)

    def sequence(self, items: list[Node], column: int) -> None:
        for item in items:
            dash = self.dash(item)
            if self.begins_line(dash):
                self.wanted[self.line_of(dash)] = column
            between = self.content[dash + 1 : item.start]
            if between.strip(" ") or item.start == item.end:
                self.block(item, column + STEP)  # a comment, or a new line, behind the dash
                continue
            if between != " ":
                self.gaps.append((dash + 1, item.start, " "))
            self.continued(item, self.tree.text.position(dash)[1] - 1, column)
            self.block(item, column + STEP)

    def dash(self, item: Node) -> int:
        """Where the `-` of an element stands; one in a comment behind it has a `#` before it."""
        at = self.content.rfind("-", 0, item.start)
        while at > 0 and not _DASHES.fullmatch(self.content, self.content.rfind("\n", 0, at) + 1, at):
            at = self.content.rfind("-", 0, at)
        return at

    def below(self, child: Node, start: int, end: int, column: int) -> None:
        """The value of a key: on the key's line, or below it."""
        between = self.content[end : child.start]
        if child.start > end and re.fullmatch(r" *: +", between) and between != ": ":
            self.gaps.append((end, child.start, ": "))
        self.continued(child, self.tree.text.position(start)[1] - 1, column)
        self.block(child, column + STEP)

    def continued(self, child: Node, was: int, column: int) -> None:
        """The further lines of a scalar, or of what stands between brackets, move as their owner does."""
        brackets = self.content[child.start : child.start + 1] in ("[", "{")
        if child.children is not None and not brackets:
            return
        first = self.line_of(child.start) + (not self.begins_line(child.start))
        last = self.line_of(last_of(self.content, child.start, child.end))
        for line in range(first, last + 1):
            self.shifts[line] = column - was
