"""Annotations on a pull request: GitHub's workflow commands on standard output.

GitHub shows at most ten annotations of a level for each step and drops the others without a word, so a
longer list is cut to nine and one that says how many more there are; the log lists those.
https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.concise import sentence
from factpack.reporters.explanation import advice, where_else
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import painter
from factpack.reporters.place import Place, place
from factpack.reporters.summary import Summary, counted

SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MESSAGE = 3000  # the runner cuts a message at 4096 characters, in the middle of a word if need be


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """Commands by level, errors first; then, for the log, a line for each finding left out."""
    rest: list[Diagnostic] = []
    for severity in Severity:
        found = [diagnostic for diagnostic in diagnostics if diagnostic.severity == severity]
        fitting = len(found) if len(found) <= SHOWN else SHOWN - 1
        for diagnostic in found[:fitting]:
            yield _annotation(diagnostic)
        if len(found) > fitting:
            yield _more(severity, found[fitting:])
            rest += found[fitting:]
    for diagnostic in rest:
        yield sentence(diagnostic, painter(color), summary)
    yield from summary.sentences()


def _annotation(diagnostic: Diagnostic) -> str:
    lines = [shown(diagnostic.message), *where_else(diagnostic), *advice(diagnostic)]
    where = _where(place(diagnostic.location))
    return _command(diagnostic.severity, {**where, "title": diagnostic.rule}, lines)


def _where(where: Place) -> dict[str, str]:
    lines = {"file": where.file, "line": str(where.line), "endLine": str(where.end_line)}
    # The runner refuses columns of a place that goes over several lines.
    if where.line != where.end_line:
        return lines
    return {**lines, "col": str(where.column), "endColumn": str(where.end_column)}


def _more(severity: Severity, left: Sequence[Diagnostic]) -> str:
    by_rule = Counter(diagnostic.rule for diagnostic in left).most_common()
    rules = ", ".join(f"{count:,} {shown(rule)}" for rule, count in by_rule)
    noun = counted(len(left), f"more {severity}")
    verb = "is" if len(left) == 1 else "are"
    return _command(severity, {"title": "factpack"}, [f"{noun} {verb} listed in the log of this step: {rules}"])


def _command(severity: Severity, properties: Mapping[str, str], lines: Sequence[str]) -> str:
    written = ",".join(f"{key}={_property(shown(value))}" for key, value in properties.items())
    return f"::{_LEVELS[severity]} {written}::{_data(_within(lines))}"


def _within(lines: Sequence[str]) -> str:
    """The first lines that fit into a message, whole."""
    text = lines[0]
    for line in lines[1:]:
        if len(text) + len(line) >= _MESSAGE:
            break
        text += "\n" + line
    return text


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
