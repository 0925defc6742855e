"""The part of a line that fits the terminal, and in which column each of its characters stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from factpack.reporters.glyphs import Glyph, glyphs

_ELLIPSIS = "..."
_SNAP = 12  # a clipped edge moves by this many characters at most, to begin or end with a whole word
_REACH = 8  # code points measured for each column of room, on either side


@dataclass(frozen=True, slots=True)
class Row:
    """The visible part of a line: its glyphs, the column each begins at, and whether more was cut off.

    `columns` has one more entry than `glyphs`: where the next one would begin.
    """

    glyphs: list[Glyph]
    columns: list[int]
    cut_before: bool
    cut_after: bool

    @property
    def drawn(self) -> str:
        """What is printed."""
        body = "".join(glyph.shown for glyph in self.glyphs)
        return (_ELLIPSIS if self.cut_before else "") + body + (_ELLIPSIS if self.cut_after else "")

    def has(self, span: tuple[int, int]) -> bool:
        """Whether all of `span` (offsets in the line) is visible."""
        if not self.glyphs:
            return not (self.cut_before or self.cut_after)
        after_start = not self.cut_before or span[0] >= self.glyphs[0].start
        return after_start and (not self.cut_after or span[1] <= self.glyphs[-1].end)

    def extent(self, span: tuple[int, int]) -> tuple[int, int]:
        """The column at which a mark under `span` begins and how wide it is: one at least."""
        first, last = _indexes(self.glyphs, span)
        return self.columns[first], max(self.columns[last] - self.columns[first], 1)


def around(line: str, span: tuple[int, int], room: int, label: int) -> Row:
    """As much of `line` as fits into `room` columns, so that `span` and a label behind it are seen."""
    # A slice around the span is all there is to measure: a line of a million characters costs no more.
    reach = _REACH * room
    low = max(span[0] - reach, 0)
    high = min(span[0] + 2 * reach, len(line))
    units = list(glyphs(line, low, high))
    columns = [0, *accumulate(drawn_width(unit.shown) for unit in units)]
    if low == 0 and high == len(line) and columns[-1] <= room:
        return Row(units, columns, False, False)
    left, right = _window(units, columns, _indexes(units, span), room - 2 * len(_ELLIPSIS), label)
    cut_before, cut_after = left > 0 or low > 0, right < len(units) or high < len(line)
    shift = columns[left] - (len(_ELLIPSIS) if cut_before else 0)
    moved = [column - shift for column in columns[left : right + 1]]
    return Row(units[left:right], moved, cut_before, cut_after)


def drawn_width(drawn: str) -> int:
    """How many columns of a terminal a text takes that is safe to print."""
    if drawn.isascii():
        return len(drawn)
    from wcwidth import wcswidth

    return max(wcswidth(drawn), 0)


def _indexes(units: list[Glyph], span: tuple[int, int]) -> tuple[int, int]:
    """The half-open range of glyphs that `span` touches; empty for an empty span or one out of sight."""
    first = next((i for i, unit in enumerate(units) if unit.end > span[0]), len(units))
    last = next((i for i, unit in enumerate(units) if unit.start >= span[1]), len(units))
    return first, max(last, first)


def _window(units: list[Glyph], columns: list[int], focus: tuple[int, int], room: int, label: int) -> tuple[int, int]:
    """Which glyphs to keep: the focus, some words before it, and what then fits behind it."""
    first, last = focus
    wide = columns[last] - columns[first]
    if wide > room:  # it is cut anyway, so cut it where its label still fits
        room = max(room // 2, room - 1 - label)
    behind = columns[-1] - columns[first]
    before = max(0, min(max(room // 3, room - behind), room - wide - 1 - label))
    left = first
    while left and columns[first] - columns[left - 1] <= before:
        left -= 1
    right = left
    while right < len(units) and columns[right + 1] - columns[left] <= room:
        right += 1
    if left:
        ahead = range(left, min(first, left + _SNAP))
        left = next((i for i in ahead if units[i - 1].shown == " "), left)
    if right < len(units):
        back = range(right, max(last, right - _SNAP), -1)
        right = next((i for i in back if units[i].shown == " "), right)
    return left, right
