"""A line of a file with marks under the words in question, clipped to fit the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpack.reporters.glyphs import shown
from factpack.reporters.paint import Paint
from factpack.reporters.place import place
from factpack.reporters.row import around, drawn_width
from factpack.text import Location

_NARROWEST = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """What to underline, with which character, what to write beside it and in which colour."""

    location: Location
    label: str = ""
    character: str = "^"
    role: str = "error"


def snippet(marks: Sequence[Mark], *, gutter: int, width: int, paint: Paint) -> Iterator[str]:
    """The line on which all the marks stand, clipped around the first one, and the marks under it.

    Marks outside the clip get the line drawn again, around them. An empty file has no line to show and
    yields nothing. A mark that runs on over several lines is drawn to the end of its first one. `gutter`
    is the width of the line numbers.
    """
    if marks[0].location.text.content:
        yield paint("gutter", " " * gutter + " |")
        yield from _rows([_placed(mark) for mark in marks], gutter, width, paint)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its offsets in the line and its label as it is written."""

    mark: Mark
    line: int
    span: tuple[int, int]
    label: str


def _placed(mark: Mark) -> _Placed:
    where = place(mark.location)
    length = len(mark.location.text.line(where.line))
    start = min(where.column - 1, length)
    end = where.end_column - 1 if where.end_line == where.line else length
    # A span that takes in the line's end but nothing behind it does not run on.
    over = where.end_line > where.line and (where.end_line, where.end_column) != (where.line + 1, 1)
    note = f"(to line {where.end_line})" if over else ""
    label = " ".join(filter(None, [shown(mark.label, 120), note]))
    return _Placed(mark, where.line, (start, max(min(end, length), start)), label)


def _rows(marks: list[_Placed], gutter: int, width: int, paint: Paint) -> Iterator[str]:
    first, *others = marks
    line = first.mark.location.text.line(first.line)
    row = around(line, first.span, max(width - gutter - 3, _NARROWEST), drawn_width(first.label))
    yield f"{paint('gutter', f'{first.line:>{gutter}} |')} {row.drawn}".rstrip()
    for placed in [first, *(other for other in others if row.has(other.span))]:
        before, length = row.extent(placed.span)
        drawn = " ".join(filter(None, [placed.mark.character * length, placed.label]))
        yield f"{paint('gutter', ' ' * gutter + ' |')} {' ' * before}{paint(placed.mark.role, drawn)}"
    if unseen := [other for other in others if not row.has(other.span)]:
        yield from _rows(unseen, gutter, width, paint)
