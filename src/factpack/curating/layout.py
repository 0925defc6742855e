"""`factpack fmt`: one layout for curation files. What they say, their order and their comments stay as they are.

One pass after the other over the text, each of span edits only; what came out is read again and compared before
anybody may write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from factpack.curating import Refused
from factpack.mending.edits import spot_of
from factpack.nodes import node_at
from factpack.scalar import Spot, written
from factpack.text import Text
from factpack.tree import Node, Tree, read

STEP = 2
"""By how many columns a list or mapping is indented below its key."""

Change = tuple[int, int, str]
"""A span, and what belongs there."""

_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
_DASHES = re.compile(r" *(?:- +)*")
_ENDS = re.compile(r"\r\n?")


def formatted(text: Text) -> str:
    """The content in the house's layout; raises Refused where the file cannot be read."""
    before = read(text)
    if before.faults:
        line, column = text.position(before.faults[0].start)
        raise Refused(f"{text.path}:{line}:{column}: {before.faults[0].message}: mend this first")
    content = _ENDS.sub("\n", text.content)
    for apply in (_trailing, _unquoted, _indented, _spaced):
        tree = read(Text(text.path, content))
        content = _with(content, apply(tree))
    after = read(Text(text.path, content))
    if after.faults or after.data != before.data or _comments(after) != _comments(before):
        raise Refused(f"{text.path} would not say the same: this is a mistake of factpack's, please report it")
    return content


def _with(content: str, changes: Iterator[Change]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        content = content[:start] + new + content[end:]
    return content


def _comments(tree: Tree) -> list[str]:
    """The words of all comments, in their order."""
    content = _ENDS.sub("\n", tree.text.content)
    outside, last = [], 0
    for start, end in sorted(read(Text("", content)).scalars):
        outside.append(content[last:start])
        last = max(last, end)
    outside.append(content[last:])
    return [line.partition("#")[2].strip() for part in outside for line in part.split("\n") if "#" in line]


def _trailing(tree: Tree) -> Iterator[Change]:
    """Blanks at the ends of lines."""
    kept = [span for span in tree.scalars if "\n" in tree.text.content[slice(*span)]]
    for match in _TRAILING.finditer(tree.text.content):
        if not any(start <= match.start() < end for start, end in kept):
            yield match.start(), match.end(), ""


def _unquoted(tree: Tree) -> Iterator[Change]:
    """Quotation marks around names, which need none."""
    content = tree.text.content
    for start, end in tree.scalars:
        if content[start : start + 1] not in ("'", '"') or "\n" in content[start:end]:
            continue
        place = node_at(tree, start, end)
        value = content[start + 1 : end - 1]
        if place is None or not place.exact or not _is_name(value):
            continue
        spot = spot_of(tree, place)
        if written(value, Spot("", spot.column, spot.flow, spot.key, spot.listed)) == value:
            yield start, end, value


_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_resolve: Callable[..., str] = Resolver().resolve


def _is_name(value: str) -> bool:
    """Whether a text is an id, a choice or a field, and no `yes` or `no`, which other readers of YAML take for more.

    Around words of an article, quotation marks are no mistake, and around codes such as "NO" they are a precaution.
    """
    return bool(_NAME.fullmatch(value) and _resolve(ScalarNode, value, (True, False)) == _TEXT)


_TEXT = "tag:yaml.org,2002:str"


def _indented(tree: Tree) -> Iterator[Change]:
    """The indentation of every line, and one blank behind each `-` and each `:`."""
    return _Indenter(tree).changes()


class _Indenter:
    """One walk over the nodes says where each line is to begin; then the lines are gone through in their order."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.content = tree, tree.text.content
        self.wanted: dict[int, int] = {}  # line -> column of its first character
        self.shifts: dict[int, int] = {}  # line inside a scalar or between brackets -> how far it moves
        self.gaps: list[Change] = []

    def changes(self) -> Iterator[Change]:
        if self.tree.root is not None:
            self.block(self.tree.root, 0)
        yield from self.gaps
        starts = self.tree.text.line_starts
        following = 0
        for line in range(len(starts), 0, -1):
            text = self.tree.text.line(line)
            indent = len(text) - len(text.lstrip(" "))
            if line in self.wanted:
                following = column = self.wanted[line]
            elif line in self.shifts:
                column = indent + self.shifts[line]
            elif text.lstrip(" ").startswith("#"):
                column = self.comment(line, indent, following)
            else:
                continue
            if column != indent and text.strip():
                yield starts[line - 1], starts[line - 1] + indent, " " * max(0, column)

    def comment(self, line: int, indent: int, following: int) -> int:
        """A comment stands as what follows it, or where it is indented deeper, with what is above."""
        below = self.neighbour(line, 1)
        if below and indent > below[0]:
            above = self.neighbour(line, -1)
            moved = above[1] if above else 0
            return max(following, indent + moved)
        return following if below else 0

    def neighbour(self, line: int, step: int) -> tuple[int, int] | None:
        """The indentation of the nearest line with a node of its own, and how far it moves."""
        line += step
        while 0 < line <= len(self.tree.text.line_starts):
            if line in self.wanted:
                text = self.tree.text.line(line)
                indent = len(text) - len(text.lstrip(" "))
                return indent, self.wanted[line] - indent
            line += step
        return None

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
        while at > 0 and not _DASHES.fullmatch(self.content[self.content.rfind("\n", 0, at) + 1 : at]):
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
        last = child.start + len(self.content[child.start : child.end].rstrip())
        first = self.line_of(child.start) + (not self.begins_line(child.start))
        for line in range(first, self.line_of(max(last - 1, child.start)) + 1):
            self.shifts[line] = column - was


def _spaced(tree: Tree) -> Iterator[Change]:
    """Blank lines: one before each table; between its records one or none, as most have it; nowhere two."""
    text = tree.text
    lines = text.content.split("\n")
    kept = {
        line
        for start, end in tree.scalars
        if "\n" in text.content[start:end]
        for line in range(text.position(start)[0] + 1, text.position(_end_of(text.content, start, end))[0] + 1)
    }
    wanted = _wanted(tree, lines)
    blank_from: int | None = None
    for number, line in enumerate([*lines, None], 1):
        if line == "" and number not in kept and number < len(lines) + 1:
            blank_from = number if blank_from is None else blank_from
            continue
        blanks = number - blank_from if blank_from is not None else 0
        first = number - blanks
        if first - 1 in kept and lines[first - 2] == "":
            pass  # blank lines that a block scalar keeps (`|+`)
        elif line is None:
            # The last line end makes one empty string; a file without one gets it.
            if text.content.strip() and (blanks != 1 or first == 1):
                yield _at(text, first), len(text.content), "" if blanks else "\n"
        elif number not in kept:
            count = 0 if first == 1 else wanted.get(number, min(blanks, 1))
            if count != blanks:
                yield _at(text, first), _at(text, number), "\n" * count
        blank_from = None


def _end_of(content: str, start: int, end: int) -> int:
    """The last character of a scalar; of a block that keeps its line ends (`|+`), these too."""
    header = content[start : content.find("\n", start)]
    if header[:1] in ("|", ">") and "+" in header.partition("#")[0]:
        return max(start, end - 1)
    return start + max(0, len(content[start:end].rstrip()) - 1)


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
