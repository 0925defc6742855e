"""One JSON object with all findings and the summary: for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from factpack.diagnostic import Diagnostic, Fix
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.place import place
from factpack.reporters.summary import Summary

VERSION = 1
"""Raised when a reader of an older report could misread a newer one."""

SCHEMA = Path(__file__).with_name("report.schema.json")
"""The report's JSON Schema; its `line` is that of the JSON Lines. `factpack schema --report` prints it."""

# Control, invisible and bidirectional characters and surrogates, which JSON allows as they are and a
# terminal does not.
_HAZARD = re.compile(
    "[\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# The second character of `::` and the `[` of `##name[`, which build runners act on.
_COMMAND = re.compile(r"(?<=:):|##[A-Za-z]{0,16}\[")


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """`{"findings": [...], "summary": {...}, "version": 1}`, a finding a line: indented, it costs ten times that."""
    yield '{"findings": ['
    for number, diagnostic in enumerate(diagnostics, start=1):
        yield encoded(finding(diagnostic)) + "," * (number < len(diagnostics))
    yield f'], "summary": {encoded(asdict(summary))}, "version": {VERSION}}}'


def finding(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding as data; lines and columns count from 1, columns in code points, ends exclusive."""
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        **place(diagnostic.location)._asdict(),
        "message": diagnostic.message,
        "label": diagnostic.label,
        "related": [{**place(location)._asdict(), "label": label} for location, label in diagnostic.related],
        "help": list(diagnostic.help),
        "fix": _fix(diagnostic.fix),
    }


def encoded(data: Any, indent: int | None = None) -> str:
    """Data as JSON that reads back the same, with what a terminal or a build runner obeys escaped."""
    written = _HAZARD.sub(_escape, _encoder(indent).encode(data))
    # One pattern for both would look at each character several times.
    return _COMMAND.sub(_escape, written) if "::" in written or "##" in written else written


@cache
def _encoder(indent: int | None) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, indent=indent, allow_nan=False)


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    return fix._asdict() if fix else None


def _escape(hazard: re.Match[str]) -> str:
    before, last = hazard[0][:-1], hazard[0][-1]
    return before + (json.dumps(last)[1:-1] if last not in ":[" else f"\\u{ord(last):04x}")
