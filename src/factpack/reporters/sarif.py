"""SARIF 2.1.0: what code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from factpack import __version__
from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters.explanation import PLACES, advice
from factpack.reporters.glyphs import shown
from factpack.reporters.json_report import encoded, finding
from factpack.reporters.place import place
from factpack.reporters.summary import Summary, counted
from factpack.text import Location

RESULTS = 24_999
"""GitHub refuses a run of more than 25,000 results as a whole."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_WEIGHT = list(Severity)


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    rules: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """One run. `rules` holds the manual page of each rule by its name; unused ones are left out."""
    # The heaviest stay when there are too many; sorting keeps the reading order within a severity.
    kept = sorted(diagnostics, key=lambda one: _WEIGHT.index(one.severity))[:RESULTS]
    names = sorted({diagnostic.rule for diagnostic in kept})
    left_out = len(diagnostics) - len(kept)
    run = {
        "tool": {"driver": _driver(names, rules or {})},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(summary, left_out)],
        "results": [_result(diagnostic, names.index(diagnostic.rule)) for diagnostic in kept],
    }
    yield from encoded({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2).split("\n")


def _driver(names: Sequence[str], pages: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": "factpack",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name, pages.get(name, "").strip()) for name in names],
    }


def _rule(name: str, page: str) -> dict[str, Any]:
    first = page.partition("\n")[0] or name
    return {
        "id": name,
        "shortDescription": {"text": _text(first)},
        "help": {"text": _text(page) if page else f"factpack explain {name}"},
    }


def _invocation(summary: Summary, left_out: int) -> dict[str, Any]:
    """What the run covered: the summary's sentences, so that a viewer, too, sees what was not checked."""
    notes = [{"level": "note", "message": {"text": _text(line)}} for line in summary.sentences()]
    if left_out:
        text = f"{counted(left_out, 'finding')} of less weight left out: a run holds {RESULTS:,} at most."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    message = "\n".join([shown(diagnostic.message), *advice(diagnostic)])
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _text(message)},
        "locations": [_location(diagnostic.location)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(location), "message": {"text": _text(shown(label)) or "see also"}}
            for number, (location, label) in enumerate(diagnostic.related[:PLACES], start=1)
        ]
    if diagnostic.fix:
        # Not SARIF's own `fixes`: the replacement is data, and the bytes to write depend on the YAML style.
        result["properties"] = {"fix": finding(diagnostic)["fix"]}
    return result


def _location(location: Location) -> dict[str, Any]:
    where = place(location)
    region = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    uri = quote(where.file, errors="replace")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _text(text: str) -> str:
    """A plain text message in which nothing is a link or a placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return re.sub(r"\{(\d+)\}", r"{{\1}}", text.replace("](", r"\]("))
