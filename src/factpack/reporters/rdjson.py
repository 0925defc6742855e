"""The Reviewdog Diagnostic Format, for comments on pull requests of any forge.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factpack.diagnostic import Diagnostic
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.explanation import PLACES, advice, where_else
from factpack.reporters.glyphs import shown
from factpack.reporters.json_report import encoded
from factpack.reporters.markdown import inert
from factpack.reporters.place import place
from factpack.reporters.summary import Summary
from factpack.text import Location, Text


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """One `DiagnosticResult`. It has no room for the summary."""
    data = {
        "source": {"name": "factpack"},
        "diagnostics": [_diagnostic(diagnostic, background) for diagnostic in diagnostics],
    }
    yield from encoded(data, indent=2).split("\n")


def _diagnostic(diagnostic: Diagnostic, background: Background) -> dict[str, Any]:
    # Reviewdog puts the message into a Markdown comment as it is.
    lines = [shown(diagnostic.message), *where_else(diagnostic), *advice(diagnostic)]
    result = {
        "message": "\n".join(inert(line) for line in lines),
        "location": _location(diagnostic.location),
        "severity": diagnostic.severity.upper(),
        "code": {"value": diagnostic.rule},
        "related_locations": [
            {"message": inert(shown(label)), "location": _location(location)}
            for location, label in diagnostic.related[:PLACES]
        ],
    }
    if edit := background.edits.get(diagnostic):
        result["suggestions"] = [{"range": _location(edit[0])["range"], "text": edit[1]}]
    return result


def _location(location: Location) -> dict[str, Any]:
    where, text = place(location), location.text
    return {
        "path": where.file,
        "range": {
            "start": {"line": where.line, "column": _in_bytes(text, where.line, where.column)},
            "end": {"line": where.end_line, "column": _in_bytes(text, where.end_line, where.end_column)},
        },
    }


def _in_bytes(text: Text, line: int, column: int) -> int:
    """The column in this format's count, which is bytes of UTF-8."""
    start = text.line_starts[line - 1]
    before = text.content[start : start + column - 1]
    return len(before.encode("utf-8", "surrogatepass")) + 1
