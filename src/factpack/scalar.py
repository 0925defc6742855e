"""How a text is written as a YAML scalar at a place where another one stands.

No rule book of YAML decides which text needs quotation marks: each way of writing is read back in the same
surroundings, and the first that reads as the very text is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from textwrap import wrap
from typing import NamedTuple

from factpack.plain_yaml import NotPlain, read_value
from factpack.text import Text
from factpack.tree import read

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N", "\xa0": "\xa0"}


class Spot(NamedTuple):
    """Where a scalar stands: what is written there, in which column, and in what surroundings."""

    old: str
    column: int = 0
    flow: bool = False
    key: bool = False
    listed: bool = False

    @property
    def block(self) -> bool:
        """Whether a literal (`|`) or folded (`>`) block stands here."""
        return self.old[:1] in ("|", ">") and not self.flow and not self.key


def written(value: str, spot: Spot) -> str | None:
    """The text that stands for `value` here, in the style that is there where that can be; else None."""
    if not value.isprintable() and _SURROGATE.search(value):
        return None
    return next((text for text in _ways(value, spot) if _reads_as(text, spot, value)), None)


def _ways(value: str, spot: Spot) -> Iterator[str]:
    if spot.block:
        yield from _as_block(value, spot.old)
        return
    single, double = "'" + value.replace("'", "''") + "'", '"' + _escaped(value) + '"'
    if spot.old[:1] == "'":
        ways = [single, double]
    elif spot.old[:1] == '"':
        ways = [double]
    else:
        ways = [value, single, double] if '"' in value or "\\" in value else [value, double, single]
    # Only double quotation marks hold a line break as such.
    ways = [way for way in ways if "\n" not in way]
    if "\n" in spot.old and not spot.key:
        yield from (_wrapped(way, spot) for way in ways)
    yield from ways


def _escaped(value: str) -> str:
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    if value.isprintable():
        return text
    return "".join([c if c.isprintable() else _ESCAPES.get(c) or _code(ord(c)) for c in text])


def _code(point: int) -> str:
    return f"\\x{point:02X}" if point < 0x100 else f"\\u{point:04X}" if point < 0x10000 else f"\\U{point:08X}"


def _wrapped(text: str, spot: Spot) -> str:
    """A text over several lines, as wide as the lines that stand there."""
    first, *others = spot.old.split("\n")
    indent = next((_indent(line) for line in others if line.strip()), " " * (spot.column or 1))
    width = max(spot.column + len(first.rstrip()), *(len(line.rstrip()) for line in others))
    return _filled(text, width, " " * spot.column, indent, _line_end(spot.old))[spot.column :]


def _as_block(value: str, old: str) -> Iterator[str]:
    """The body of a block scalar, behind the header that stands there and before the blank lines after it."""
    end = _line_end(old)
    header, _, body = old.partition("\n")
    lines = body.rstrip().split("\n")
    indent = next((_indent(line) for line in lines if line.strip()), "")
    if not indent:
        return
    tail = old[len(old.rstrip()) :]
    paragraphs = value.rstrip("\n").split("\n")
    if old[0] == "|":
        written_lines = [indent + line if line else "" for line in paragraphs]
    else:
        width = max(len(line.rstrip()) for line in lines)
        filled = [_filled(line, width, indent, indent, end) for line in paragraphs]
        written_lines = [line for paragraph in filled for line in (paragraph, "")][:-1]
    yield header.rstrip("\r") + end + end.join(written_lines) + tail


def _filled(text: str, width: int, first: str, others: str, end: str) -> str:
    return end.join(
        wrap(
            text, width, initial_indent=first, subsequent_indent=others, expand_tabs=False,
            replace_whitespace=False, break_long_words=False, break_on_hyphens=False,
        )
    )  # fmt: skip


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _line_end(old: str) -> str:
    return "\r\n" if "\r\n" in old else "\n"


def _reads_as(text: str, spot: Spot, value: str) -> bool:
    """Whether the text reads as the value, in surroundings like these; of a block, line ends at its end are layout."""
    wanted: object = value
    if not spot.flow and not spot.key:
        with suppress(NotPlain):
            return bool(read_value(text) == value)
    if spot.key:
        document, wanted = (f"{{{text}: v}}" if spot.flow else f"{text}: v"), {value: "v"}
    elif spot.listed:
        document, wanted = (f"[{text}]" if spot.flow else f"- {text}\n"), [value]
    else:
        document, wanted = (f"{{k: {text}}}" if spot.flow else f"k: {text}\n"), {"k": value}
    tree = read(Text("", document))
    if tree.faults:
        return False
    if spot.block:
        found = tree.data[0] if spot.listed and tree.data else (tree.data or {}).get("k")
        return isinstance(found, str) and found.rstrip("\n") == value.rstrip("\n")
    return bool(tree.data == wanted)


_LONGEST = 2000  # characters of a line that anybody has written by hand
_LINE = re.compile(r"(?>[ ]*(?:- +)*(?:[\w-]+: +)?)(?P<value>[^\s\"'\[\]{}|>&*!#?,-].*?)(?:\s+#.*)?\s*")


def unquoted(content: str, offset: int) -> tuple[int, int] | None:
    """The value on the line of a YAML fault that would be read if it stood in quotation marks."""
    start = content.rfind("\n", 0, offset) + 1
    end = content.find("\n", offset)
    if (end if end >= 0 else len(content)) - start > _LONGEST:
        return None
    match = _LINE.fullmatch(content[start : end if end >= 0 else len(content)])
    if match is None or not match.start("value") <= offset - start < match.end("value"):
        return None
    value = match["value"]
    if content[offset] not in ":@`%" or not (value[0] in "@`%" or re.search(r":(?:\s|$)", value)):
        return None
    return start + match.start("value"), start + match.end("value")
