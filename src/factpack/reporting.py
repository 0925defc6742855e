"""What a run says at its end: the findings in a format, the counts, the summary."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters import FORMATS, Summary
from factpack.reporters.background import NO_BACKGROUND, Background

if TYPE_CHECKING:
    from factpack.article import File
    from factpack.checks import Tally
    from factpack.files import Unreadable

# What was found before is printed without loading models and checks, so what needs them is imported late.


def summary_of(
    counted: Sequence[Tally],
    unread: Sequence[Unreadable],
    diagnostics: Iterable[Diagnostic],
    started: float,
    **counts: int,
) -> Summary:
    """How much was checked and found; `started` is the clock's reading before the dataset was looked at."""
    found, mendable = Counter[Severity](), Counter[bool]()
    for diagnostic in diagnostics:
        found[diagnostic.severity] += 1
        if diagnostic.fix and diagnostic.mendable:
            mendable[diagnostic.fix.safe] += 1
    return Summary(
        files=len(counted),
        facts=sum(each.facts for each in counted),
        quotes=sum(each.quotes for each in counted),
        values=sum(each.values for each in counted),
        articles=sum(bool(each.source) for each in counted),
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
        infos=found[Severity.INFO],
        fixable=mendable[True],
        unsafe=mendable[False],
        milliseconds=(time.perf_counter() - started) * 1000,
        unread=tuple(error.path for error in unread),
        lost=sum(each.lost for each in counted),
        **counts,
    )


def background_of(
    files: Mapping[str, File],
    reported: Sequence[Diagnostic],
    ignored: Sequence[tuple[Diagnostic, str]],
    baselined: Sequence[Diagnostic],
) -> Background:
    """What the formats for programs carry beside the findings that are reported."""
    from factpack.checks import RULES
    from factpack.edits import edit_for

    every = [*reported, *(diagnostic for diagnostic, _ in ignored), *baselined]
    edits = {}
    for diagnostic in reported:
        file = files.get(diagnostic.location.text.path)
        if file and (edit := edit_for(diagnostic, file)):
            edits[diagnostic] = file.text.at(edit.start, edit.end), edit.text
    return Background(
        {rule: (check.__doc__ or "").strip() for rule, check in RULES.items()},
        edits,
        _fingerprints(every, files),
        tuple(ignored),
        tuple(baselined),
    )


def _fingerprints(diagnostics: Sequence[Diagnostic], files: Mapping[str, File]) -> dict[Diagnostic, str]:
    """A digest of what each finding is known again by; of several alike, which one it is."""
    import hashlib

    from factpack.baseline import fingerprint

    counts: Counter[str] = Counter()
    found = {}
    for diagnostic in diagnostics:
        digest = hashlib.sha256("\0".join(fingerprint(diagnostic, files)).encode("utf-8", "surrogatepass")).hexdigest()
        counts[digest] += 1
        found[diagnostic] = f"{digest[:32]}:{counts[digest]}"
    return found


def print_report(
    format_: str | None,
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    background: Background = NO_BACKGROUND,
) -> None:
    """Print findings in a format; the default suits where the output goes."""
    tty = sys.stdout.isatty()
    name = format_or_default(format_)
    color = tty and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = os.get_terminal_size().columns if tty else 100
    for line in FORMATS[name](diagnostics, summary, color=color, width=width, background=background):
        print(line)


def print_statistics(diagnostics: Sequence[Diagnostic], summary: Summary) -> None:
    """Print how many findings each rule has, the most frequent first, then the summary."""
    counts = Counter((diagnostic.rule, diagnostic.severity) for diagnostic in diagnostics)
    for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>7,}  {severity:<7}  {rule}")
    if counts:
        print()
    for line in summary.sentences():
        print(line)


def format_or_default(format_: str | None) -> str:
    """The format asked for; otherwise annotations where GitHub runs this, and full text elsewhere."""
    return format_ or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full")
