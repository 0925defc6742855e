"""A location as the line and column numbers that every format prints."""

from __future__ import annotations

from typing import NamedTuple

from factpack.text import Location


class Place(NamedTuple):
    """Lines and columns count from 1, columns in code points; the end is the position just behind."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def place(location: Location) -> Place:
    """Where a location begins and ends; one that points past the end of its file stands at the end."""
    text = location.text
    start = min(max(location.start, 0), len(text.content))
    end = min(max(location.end, start), len(text.content))
    return Place(text.path, *text.position(start), *text.position(end))
