"""What a pull request's check found and changes, as one Markdown text of bounded size.

It is made from the JSON of `check` and `diff`. These come from a run of somebody else's models, so every byte of
them is taken for hostile: what is printed is built anew from what they say, each quoted word in a code span, and
what does not fit the format is refused with a sentence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from factpack.diff import from_json
from factpack.diff.report import COMMENT, report, size
from factpack.digest import findings
from factpack.files import Unreadable, read_text
from factpack.reporters.glyphs import shown

FINDINGS, DIFF = "findings.json", "diff.json"
"""The files of a report: what `check --format json` and `diff --format json` print."""

MARK = "<!-- factpack digest -->"
"""The first line, by which a comment is found again; it is not drawn, and nothing quoted can look like it."""

_LIMIT = 64_000_000  # bytes of one file: some 100,000 findings

_Read = TypeVar("_Read")


def digest(folder: Path, room: int = COMMENT) -> Iterator[str]:
    """The lines of a digest of the report in `folder`, at most `room` bytes together; every cut is said."""
    yield MARK
    try:
        found = _read(folder, FINDINGS, findings.read)
    except ValueError as error:
        print(f"{FINDINGS}: {shown(str(error))}", file=sys.stderr)
        yield "## The check left no report that can be read"
        yield ""
        yield "Its log says why."
        return
    used = 0
    # The time it took differs each time and is nobody's finding. Half of the room is the difference's.
    found.summary = replace(found.summary, milliseconds=None)
    for line in _findings(found, room // 2):
        used += size(line)
        yield line
    yield ""
    try:
        difference = _read(folder, DIFF, from_json.read)
    except ValueError as error:
        print(f"{DIFF}: {shown(str(error))}", file=sys.stderr)
        yield "## What changes in the data"
        yield ""
        yield (
            "Is compared when the errors are mended." if found.summary.errors else "Was not compared: the log says why."
        )
        return
    yield from report(difference, "md", limit=0, room=room - used - 200)


def _findings(found: findings.Findings, room: int) -> Iterator[str]:
    head = list(findings.head(found))
    yield from head
    used = sum(map(size, head)) + 200
    number = 0
    for block in findings.blocks(found):
        used += sum(map(size, block))
        if used > room:
            break
        number += 1
        yield from block
    if left := len(found.findings) - number:
        yield ""
        yield findings.remainder(left, len(found.findings))


def _read(folder: Path, name: str, read: Callable[[Any], _Read]) -> _Read:
    try:
        return read(json.loads(read_text(folder, name, _LIMIT).content))
    except Unreadable as error:
        raise ValueError(error.why) from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
