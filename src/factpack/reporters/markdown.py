"""Text that a Markdown renderer prints and does nothing else with."""

from __future__ import annotations

import re

from factpack.reporters.glyphs import shown

# What Markdown as forges speak it may act on outside of code: HTML, links, mentions, references, tables,
# emphasis, mathematics, escapes and a backtick that closes nothing; blocks at the start of a line.
# A forge links the hash of a commit and GH-1, too.
_ACTIVE = re.compile(r"[<>&@#*_~|\\\[\]$`]|://|www\.|\bgh-\d|\b[0-9a-f]{7,40}\b|^\s*([-+=]|\d+[.)])", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")


_VALUE = 200


def inert(line: str) -> str:
    """One line of text for a Markdown document, in which quoted words stay words.

    A line with only its own `code` in it stays as it is; any other goes into a code span as a whole, the
    one construct in which Markdown, HTML, mentions and links all mean nothing.
    """
    if not _ACTIVE.search(_CODE.sub("", line)):
        return line
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    return f"{fence} {line} {fence}"


def code(text: str) -> str:
    """Any text as a code span on one line, its middle left out when long."""
    line = shown(text, _VALUE).strip()
    # `inert` makes a span of whatever could be active; what could not reads better as a span, too.
    made = inert(line)
    return made if made != line or not line or "`" in line else f"`{line}`"
