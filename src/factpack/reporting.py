"""What a run says at its end: the findings in a format, the counts, the summary."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence

from factpack.article import Article, File
from factpack.baseline import fingerprint
from factpack.checks import RULES
from factpack.dataset import Dataset
from factpack.diagnostic import Diagnostic, Severity
from factpack.ignores import Ignored
from factpack.mending.edits import edit_for
from factpack.mending.fixes import is_mendable
from factpack.reporters import FORMATS, Summary
from factpack.reporters.background import NO_BACKGROUND, Background


def summary_of(
    dataset: Dataset, files: Sequence[File], diagnostics: Sequence[Diagnostic], started: float, **counts: int
) -> Summary:
    """How much was checked and found; `started` is the clock's reading before the dataset was loaded."""
    articles = [file for file in files if isinstance(file, Article)]
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    mendable = Counter(d.fix.safe for d in diagnostics if d.fix and is_mendable(d, dataset, unsafe=True))
    return Summary(
        files=len(files),
        facts=sum(len(article.all_entries) for article in articles),
        quotes=sum(len(article.quotes) for article in articles),
        values=sum(len(article.statements) for article in articles),
        articles=sum(article.source is not None for article in articles),
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
        infos=found[Severity.INFO],
        fixable=mendable[True],
        unsafe=mendable[False],
        milliseconds=(time.perf_counter() - started) * 1000,
        unread=tuple(error.path for error in dataset.unread),
        lost=sum(len(file.tree.lost) for file in files),
        **counts,
    )


def background_of(
    dataset: Dataset, reported: Sequence[Diagnostic], ignored: Sequence[Ignored], baselined: Sequence[Diagnostic]
) -> Background:
    """What the formats for programs carry beside the findings that are reported."""
    ignored_with_reasons = tuple((each.diagnostic, each.reason) for each in ignored)
    every = [*reported, *(diagnostic for diagnostic, _ in ignored_with_reasons), *baselined]
    edits = {}
    for diagnostic in reported:
        file = dataset.by_path.get(diagnostic.location.text.path)
        if file and (edit := edit_for(diagnostic, file)):
            edits[diagnostic] = file.text.at(edit.start, edit.end), edit.text
    return Background(
        {rule: (check.__doc__ or "").strip() for rule, check in RULES.items()},
        edits,
        _fingerprints(every, dataset),
        ignored_with_reasons,
        tuple(baselined),
    )


def _fingerprints(diagnostics: Sequence[Diagnostic], dataset: Dataset) -> dict[Diagnostic, str]:
    """A digest of what each finding is known again by; of several alike, which one it is."""
    counts: Counter[str] = Counter()
    found = {}
    for diagnostic in diagnostics:
        digest = hashlib.sha256(
            "\0".join(fingerprint(diagnostic, dataset)).encode("utf-8", "surrogatepass")
        ).hexdigest()
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
