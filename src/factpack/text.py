"""A file's content and places in it: sources and curation files alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no curator means to write: it acts on a terminal, turns words round, or is no character at all."""

Change = tuple[int, int, str]
"""A span of a content, and what belongs there."""


def changed(content: str, changes: Iterable[Change]) -> str:
    """The content with all changes made, in one pass; they must not overlap."""
    parts: list[str] = []
    last = 0
    for start, end, new in sorted(changes):
        parts += content[last:start], new
        last = end
    return "".join([*parts, content[last:]])


@dataclass(frozen=True, slots=False, eq=False)
class Text:
    """The content of one file, as strictly decoded UTF-8, nothing normalised.

    `path` is relative to the dataset's root, with forward slashes, and is what messages show.
    Offsets everywhere count code points of `content`.
    """

    path: str
    content: str = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; lines end at a line feed."""
        starts = [0]
        find = self.content.find
        while (end := find("\n", starts[-1])) >= 0:
            starts.append(end + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The line with this number (from 1), without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.content)
        return self.content[start:end].rstrip("\r\n")

    def at(self, start: int, end: int) -> Location:
        """The place from `start` up to, not including, `end`."""
        return Location(self, start, end)

    def whole(self) -> Location:
        """The place that stands for the file as a whole: its first position."""
        return Location(self, 0, 0)


@dataclass(frozen=True, slots=True)
class Location:
    """A half-open span of code points in a text (the W3C TextPositionSelector)."""

    text: Text
    start: int
    end: int

    @property
    def words(self) -> str:
        """The characters that stand there."""
        return self.text.content[self.start : self.end]

    @property
    def begins(self) -> tuple[int, int]:
        """Line and column of the first character."""
        return self.text.position(self.start)

    @property
    def ends(self) -> tuple[int, int]:
        """Line and column just behind the last character."""
        return self.text.position(self.end)
