"""Offsets in a text, and the positions that editors count: lines and characters from 0, in units of an encoding."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from factpack.text import Text

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_LINE_END = re.compile(r"\r\n|\r|\n")

Position = tuple[int, int]
"""Line and character."""


@dataclass(frozen=True)
class Ruler:
    """Measures one text for a client that counts characters in `encoding`, mostly UTF-16."""

    text: Text
    encoding: str

    @cached_property
    def starts(self) -> list[int]:
        """Where lines begin; unlike in a `Text`, a carriage return alone ends one."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text.content))]

    def position(self, offset: int) -> Position:
        """Where an offset is; one past the end is at the end."""
        offset = min(max(offset, 0), len(self.text.content))
        line = bisect_right(self.starts, offset) - 1
        codec, unit = _CODECS[self.encoding]
        before = self.text.content[self.starts[line] : offset]
        return line, len(before.encode(codec, "surrogatepass")) // unit

    def offset(self, position: Position) -> int:
        """The offset at a position; one behind a line's end is at its end."""
        line, character = position
        if line >= len(self.starts):
            return len(self.text.content)
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text.content)
        words = self.text.content[self.starts[line] : end].rstrip("\r\n")
        codec, unit = _CODECS[self.encoding]
        before = words.encode(codec, "surrogatepass")[: character * unit]
        return self.starts[line] + len(before.decode(codec, "ignore"))
