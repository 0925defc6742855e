"""Findings that a curator has read and lets stand: `# factpack: ignore[rule] reason`, on the finding's line.

YAML readers drop comments, so they are found in the text itself, outside of all keys and values.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from factpack.article import File
from factpack.diagnostic import Diagnostic
from factpack.nodes import node_at, record_of
from factpack.text import Location

_COMMENT = re.compile(r"(?:(?<=[\s\ufeff])|^)#[ \t]*factpack:[ \t]*(?P<said>[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_IGNORE = re.compile(r"ignore\[(?P<rules>[^\]]*)\](?P<reason>.*)")
_HEADER = re.compile(r"[|>][0-9+-]{0,2}[^\n]*\n")


class Ignore(NamedTuple):
    """A comment of this kind: its place, the rules it names with their places, its reason.

    `rules` is None where the comment has not the form `ignore[rule] reason`.
    """

    location: Location
    rules: tuple[tuple[str, Location], ...] | None
    reason: str

    @property
    def line(self) -> int:
        """The line it stands on."""
        return self.location.begins[0]


class Ignored(NamedTuple):
    """A finding that is not reported, and why."""

    diagnostic: Diagnostic
    reason: str


class Silenced(NamedTuple):
    """What ignores did to a file's findings: what is left, what is not reported, and which did nothing."""

    left: tuple[Diagnostic, ...]
    ignored: tuple[Ignored, ...]
    unused: tuple[tuple[str, Location], ...]


def ignores(file: File) -> Iterator[Ignore]:
    """The comments that begin with `factpack:`, in reading order.

    Those in a record that cannot be read are left out: there it is unknown what is a comment.
    """
    content = file.text.content
    if not may_ignore(file):
        return
    closed = sorted([*(_body(content, *span) for span in file.tree.scalars), *file.tree.gaps])
    starts = [start for start, _ in closed]
    for match in _COMMENT.finditer(content):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or closed[before][1] <= match.start():
            yield _read(file, match)


def may_ignore(file: File) -> bool:
    """Whether it is worth looking for such comments in a file at all."""
    return "factpack:" in file.text.content.lower()


def silence(file: File, found: Sequence[Diagnostic]) -> Silenced:
    """Take the findings of a file that it ignores out of those found there."""
    by_line: dict[int, list[Ignore]] = {}
    for ignore in ignores(file):
        # Without a reason it is a mistake itself, and silences nothing.
        if ignore.rules and ignore.reason:
            by_line.setdefault(ignore.line, []).append(ignore)
    if not by_line:
        return Silenced(tuple(found), (), ())
    left: list[Diagnostic] = []
    ignored: list[Ignored] = []
    used: set[tuple[str, int]] = set()
    for diagnostic in found:
        here = [i for line in _lines(file, diagnostic) for i in by_line.get(line, ())]
        match = next(((i, where) for i in here for rule, where in i.rules or () if rule == diagnostic.rule), None)
        if match is None:
            left.append(diagnostic)
        else:
            ignored.append(Ignored(diagnostic, match[0].reason))
            used.add((diagnostic.rule, match[1].start))
    unused = (
        (rule, where)
        for several in by_line.values()
        for ignore in several
        for rule, where in ignore.rules or ()
        if (rule, where.start) not in used
    )
    return Silenced(tuple(left), tuple(ignored), tuple(sorted(unused, key=lambda item: item[1].start)))


def _lines(file: File, diagnostic: Diagnostic) -> list[int]:
    """The lines on which a finding can be ignored."""
    location = diagnostic.location
    lines = [location.begins[0]]
    node = node_at(file.tree, location.start, location.end)
    if node is None:
        return lines
    if node.scalar:
        # Behind a value of several lines, a comment can stand on the last one only. A block ends with blank
        # lines, and then the next line begins.
        last = location.start + len(location.words.rstrip())
        return [*lines, location.text.position(last)[0]]
    if node.route and node.route == record_of(node.route):
        lines.append(file.tree.locate((*node.route, "id")).begins[0])
    return lines


def _body(content: str, start: int, end: int) -> tuple[int, int]:
    """Where a scalar's text stands: on the line of a block's `|` or `>` there may be a comment."""
    header = _HEADER.match(content, start, end)
    return (header.end(), end) if header else (start, end)


def _read(file: File, match: re.Match[str]) -> Ignore:
    said = match["said"].rstrip()
    place = file.text.at(match.start(), match.start("said") + len(said))
    form = _IGNORE.fullmatch(said)
    if form is None:
        return Ignore(place, None, "")
    first = match.start("said") + form.start("rules")
    names = re.finditer(r"[^\s,][^,]*", form["rules"])
    rules = tuple(
        (m[0].rstrip(), file.text.at(first + m.start(), first + m.start() + len(m[0].rstrip()))) for m in names
    )
    return Ignore(place, rules, form["reason"].strip())
