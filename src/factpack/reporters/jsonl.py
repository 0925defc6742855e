"""JSON Lines: one finding a line, the summary last: for streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from factpack.diagnostic import Diagnostic
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.json_report import VERSION, encoded, finding
from factpack.reporters.summary import Summary


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """The findings of the JSON report, each on a line, then `{"summary": {...}, "version": 1}`."""
    for diagnostic in diagnostics:
        yield encoded(finding(diagnostic))
    yield encoded({"summary": asdict(summary), "version": VERSION})
