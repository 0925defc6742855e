"""SARIF 2.1.0: what code scanning and many editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from factpack import __version__
from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.explanation import PLACES, advice
from factpack.reporters.glyphs import shown
from factpack.reporters.json_report import encoded, finding
from factpack.reporters.place import place
from factpack.reporters.summary import Summary, counted
from factpack.text import Location

RESULTS = 24_999
"""GitHub refuses a run of more than 25,000 results as a whole."""

FINGERPRINT = "factpackFinding/v1"
"""Made of rule, record, field and message, so that a finding that has moved is no new one."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_WEIGHT = list(Severity)


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """One run: what is reported, then what is not, as suppressed results. Pages of unused rules are left out."""
    # The heaviest stay when there are too many; sorting keeps the reading order within a severity.
    kept = sorted(diagnostics, key=lambda one: _WEIGHT.index(one.severity))[:RESULTS]
    suppressed = list(_suppressed(background))[: RESULTS - len(kept)]
    every = [*kept, *(diagnostic for diagnostic, _ in suppressed)]
    levels = {diagnostic.rule: _LEVELS[diagnostic.severity] for diagnostic in every}
    names = sorted(levels)
    results = [_result(diagnostic, names, background, []) for diagnostic in kept]
    results += [_result(diagnostic, names, background, [why]) for diagnostic, why in suppressed]
    driver = {
        "name": "factpack",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name, levels[name], background.pages.get(name, "").strip()) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(summary, len(diagnostics) - len(kept))],
        "results": results,
    }
    yield from encoded({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2).split("\n")


def _suppressed(background: Background) -> Iterator[tuple[Diagnostic, dict[str, str]]]:
    """What is not reported, with what lets it stand."""
    for diagnostic, reason in background.ignored:
        yield diagnostic, {"kind": "inSource", "status": "accepted", "justification": reason}
    for diagnostic in background.baselined:
        yield diagnostic, {"kind": "external", "status": "accepted", "justification": "known: in the baseline"}


def _rule(name: str, level: str, page: str) -> dict[str, Any]:
    first, _, rest = page.partition("\n")
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": _text(first or name)},
        "defaultConfiguration": {"level": level},
        "help": {"text": _text(page or f"factpack explain {name}")},
    }
    if why := rest.strip().partition("\n\n")[0]:
        rule["fullDescription"] = {"text": _text(" ".join(why.split()))}
    if page:
        # A page is Markdown as it is written: paragraphs, and examples that are indented.
        rule["help"]["markdown"] = _text(page)
    return rule


def _invocation(summary: Summary, left_out: int) -> dict[str, Any]:
    """What the run covered: the summary's sentences, so that a viewer, too, sees what was not checked."""
    notes = [{"level": "note", "message": {"text": _text(line)}} for line in summary.sentences()]
    if left_out:
        text = f"{counted(left_out, 'finding')} of less weight left out: a run holds {RESULTS:,} at most."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _result(
    diagnostic: Diagnostic, names: Sequence[str], background: Background, suppressions: Sequence[dict[str, str]]
) -> dict[str, Any]:
    message = "\n".join([shown(diagnostic.message), *advice(diagnostic)])
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": names.index(diagnostic.rule),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _text(message)},
        "locations": [_location(diagnostic.location)],
        # Where one result of a run says whether it is suppressed, all have to (SARIF 2.1.0, 3.27.23).
        "suppressions": suppressions,
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(location), "message": {"text": _text(shown(label)) or "see also"}}
            for number, (location, label) in enumerate(diagnostic.related[:PLACES], start=1)
        ]
    if known := background.fingerprints.get(diagnostic):
        result["partialFingerprints"] = {FINGERPRINT: known}
    if diagnostic.fix:
        result["properties"] = {"fix": finding(diagnostic)["fix"]}
    if edit := background.edits.get(diagnostic):
        result["fixes"] = [_fix(diagnostic, *edit)]
    return result


def _fix(diagnostic: Diagnostic, location: Location, text: str) -> dict[str, Any]:
    where = _location(location)["physicalLocation"]
    change = {
        "artifactLocation": where["artifactLocation"],
        "replacements": [{"deletedRegion": where["region"], "insertedContent": {"text": text}}],
    }
    title = diagnostic.fix.title if diagnostic.fix else ""
    return {"description": {"text": _text(shown(title))}, "artifactChanges": [change]}


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
