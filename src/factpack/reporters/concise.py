"""One line for each finding: `path:line:column: error[rule] message`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpack.diagnostic import Diagnostic
from factpack.reporters.background import NO_BACKGROUND, Background
from factpack.reporters.explanation import position
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import Paint, painter
from factpack.reporters.summary import Summary


def report(
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    *,
    color: bool = False,
    width: int = 100,
    background: Background = NO_BACKGROUND,
) -> Iterator[str]:
    """Findings as lines that editors can jump to, then the summary."""
    paint = painter(color)
    for diagnostic in diagnostics:
        yield sentence(diagnostic, paint, summary)
    if diagnostics:
        yield ""
    yield from summary.sentences()


def sentence(diagnostic: Diagnostic, paint: Paint, summary: Summary) -> str:
    """A finding on one line."""
    where = paint("strong", position(diagnostic.location) + ":")
    return f"{where} {heading(diagnostic, paint, summary)} {shown(diagnostic.message)}"


def heading(diagnostic: Diagnostic, paint: Paint, summary: Summary) -> str:
    """`error[rule]`, with a star when `factpack check --fix` mends it."""
    # The star refers to the summary's last line, so it is shown only together with that.
    mended = summary.fixable and diagnostic.fix and diagnostic.fix.safe
    star = " [*]" if mended else ""
    return paint(diagnostic.severity, f"{diagnostic.severity}[{shown(diagnostic.rule)}]") + star
