"""A difference in one of its formats, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from factpack.diff import as_html, as_json, as_markdown, as_text, outline
from factpack.diff.difference import Difference, RowChange

FORMATS = ("text", "md", "json", "html")
"""The names that `--format` takes."""

ROWS = 100
"""Rows shown where nothing else is asked for."""

COMMENT = 60_000
"""Bytes of a report in Markdown where nothing else is asked for; a comment on GitHub has at most 65,536."""


class _Format(Protocol):
    """What a module of a format for people has."""

    def head(self, difference: Difference, color: bool) -> Iterator[str]: ...
    def section(self, title: str, color: bool) -> Iterator[str]: ...
    def row(self, difference: Difference, change: RowChange, title: str, color: bool) -> Iterator[str]: ...
    def foot(self, last: str, color: bool) -> Iterator[str]: ...


_MODULES: dict[str, _Format] = {"text": as_text, "md": as_markdown, "html": as_html}


def report(
    difference: Difference, format_: str, *, limit: int = ROWS, color: bool = False, room: int = COMMENT
) -> Iterator[str]:
    """The lines of a report; at most `limit` rows, 0 for all. The last line says what was left out.

    Markdown stays below `room` bytes, whatever the limit.
    """
    if format_ == "json":
        yield from as_json.report(difference, limit)
        return
    module = _MODULES[format_]
    room = room if format_ == "md" else 0
    used = 0
    left = dict(difference.left_out)
    shown = 0
    full = False
    for line in _within(module.head(difference, color), room // 2):
        used += size(line)
        yield line
    for title, rows in outline.sections(difference).items():
        for number, row in enumerate(rows):
            lines = [*(module.section(title, color) if number == 0 else ()), *module.row(difference, row, title, color)]
            used += sum(map(size, lines))
            # The last line, too, has to fit.
            full = full or bool(limit and shown >= limit) or bool(room and used > room - 500)
            if full:
                left[title] = left.get(title, 0) + len(rows) - number
                break
            shown += 1
            yield from lines
    how = f"`factpack diff --limit 0` shows all, this format at most {room:,} bytes" if room else "see --limit"
    yield from module.foot(outline.remainder(left, how if room else "`--limit 0` shows all"), color)


def size(line: str) -> int:
    """How many bytes a line takes up."""
    return len(line.encode("utf-8", "replace")) + 1


def _within(lines: Iterator[str], room: int) -> Iterator[str]:
    """Lines up to the room, 0 for any; a head is longer than half a report where there are thousands of tables."""
    used = 0
    for line in lines:
        used += size(line)
        if room and used > room:
            yield ""
            yield "And more: see `--format json`."
            return
        yield line
