"""For a person at a terminal: each finding with the words it is about, in both files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from factpack.diagnostic import Diagnostic
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.concise import heading, sentence
from factpack.reporters.explanation import PLACES, advice, position
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import Paint, painter
from factpack.reporters.place import place
from factpack.reporters.snippet import Mark, snippet
from factpack.reporters.summary import Summary, counted

IN_FULL = 20
"""Findings shown with snippets; a longer list would scroll the first ones out of sight."""


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """The first findings in full, the others in one line each, then the summary."""
    paint = painter(color)
    detailed = [*islice(diagnostics, IN_FULL)]
    introduces = {diagnostic.rule: number for number, diagnostic in reversed(list(enumerate(detailed)))}
    for number, diagnostic in enumerate(detailed):
        explain = introduces[diagnostic.rule] == number
        yield f"{heading(diagnostic, paint, summary)}: {paint('strong', shown(diagnostic.message))}"
        yield from _body(diagnostic, width, paint, explain)
        yield ""
    if rest := len(diagnostics) - len(detailed):
        yield (
            f"The first {IN_FULL} of {counted(len(diagnostics), 'finding')} are shown in full; "
            f"the other {rest:,} in one line each:"
        )
        for diagnostic in islice(diagnostics, IN_FULL, None):
            yield sentence(diagnostic, paint, summary)
        yield ""
    yield from summary.sentences()


def _body(diagnostic: Diagnostic, width: int, paint: Paint, explain: bool) -> Iterator[str]:
    """The snippets and what to do, behind a gutter as wide as the largest line number."""
    groups = _groups(diagnostic)
    gutter = max(len(str(place(marks[0].location).line)) for marks in groups)
    indent = " " * max(gutter, 2)
    for number, marks in enumerate(groups):
        arrow = "-->" if number == 0 else ":::"
        yield f"{indent}{paint('gutter', arrow)} {position(marks[0].location)}"
        yield from snippet(marks, gutter=gutter, width=width, paint=paint)
    lines = list(advice(diagnostic))
    # The page of a rule is offered once, with the first of its findings.
    if explain and not any("factpack explain" in line for line in lines):
        lines.append(f"help: factpack explain {shown(diagnostic.rule)}")
    if lines:
        yield paint("gutter", " " * gutter + " |")
    for line in lines:
        yield f"{' ' * gutter} {paint('gutter', '=')} {line}"


def _groups(diagnostic: Diagnostic) -> list[list[Mark]]:
    """The finding's own mark, then the related ones; those on one line of a file share a snippet."""
    first = Mark(diagnostic.location, diagnostic.label, "^", diagnostic.severity)
    related = [Mark(location, label, "-", "related") for location, label in diagnostic.related[:PLACES]]
    groups = groupby([first, *related], key=_line)
    return [list(marks) for _, marks in groups]


def _line(mark: Mark) -> tuple[str, int]:
    where = place(mark.location)
    return where.file, where.line
