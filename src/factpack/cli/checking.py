"""The command `check`: which findings are asked for, mended, known, and reported; and the exit code."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TextIO

from factpack.baseline import NAME, Fingerprint, compare, read_baseline, shrunk, write_baseline
from factpack.checks import Outcome, examine, told
from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.config import ConfigurationError, load_config
from factpack.dataset import Dataset, load
from factpack.diagnostic import Diagnostic, Severity
from factpack.mending import show, write
from factpack.mending.fixes import State
from factpack.reporters import Summary
from factpack.reporters.background import NO_BACKGROUND
from factpack.reporters.concise import sentence
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import painter
from factpack.reporters.summary import counted
from factpack.reporting import background_of, format_or_default, print_report, print_statistics, summary_of
from factpack.selection import Selection, select
from factpack.watch import watch

_TEXT = ("full", "concise")
_CARRYING = ("sarif", "rdjson")  # these say more than the findings, which costs a second look at each


def check(options: argparse.Namespace, root: Path) -> int:
    """Run the command on the dataset at `root`; returns the exit code."""
    _refuse_contradictions(options)
    if options.watch:
        return watch_checks(root, options.arguments, Event())
    started = time.perf_counter()
    dataset = load(root)
    if options.write_baseline:
        return _write_baseline(dataset, options.grow)
    selection = select(dataset, options.paths, options.select, options.ignore, options.since)
    known = read_baseline(root) or Counter()

    def view(dataset: Dataset, outcome: Outcome) -> Sequence[Diagnostic]:
        return compare([d for d in outcome.found if selection.keeps(d)], dataset, known).new

    # Mending must see all that a change may lead to.
    only = None if options.fix or options.diff else selection.only(dataset)
    state = State(dataset, examine(dataset, only))
    if options.diff:
        return FINDINGS if show(state, options.unsafe, view, sys.stdout, sys.stderr) else CLEAN
    if options.fix:
        state = write(state, options.unsafe, view, _beside(options))
    return _report(options, state, selection, known, started)


def _report(
    options: argparse.Namespace, state: State, selection: Selection, known: Counter[Fingerprint], started: float
) -> int:
    dataset, outcome = state.dataset, state.outcome
    compared = compare([d for d in outcome.found if selection.keeps(d)], dataset, known)
    new = told(compared.new)
    ignored = [i for i in outcome.ignored if selection.keeps(i.diagnostic)]
    files = [file for file in dataset.files if selection.covers(file)]
    summary = summary_of(
        dataset,
        files,
        new,
        started,
        ignored=len(ignored),
        baselined=len(compared.known),
        # What no longer occurs is known only where nothing was left out.
        gone=0 if selection.is_partial else compared.gone.total(),
    )
    if options.fix:
        # What could be mended has been: a fix that was left out is not promised again.
        summary = replace(summary, fixable=0, unsafe=0 if options.unsafe else summary.unsafe)
    if options.show_ignored:
        for each in ignored:
            line = sentence(each.diagnostic, painter(False), Summary())
            print(f"{line} (ignored: {shown(each.reason)})", file=_beside(options))
    if options.statistics:
        print_statistics(new, summary)
    else:
        background = NO_BACKGROUND
        if options.format in _CARRYING:
            background = background_of(dataset, new, ignored, compared.known)
        print_report(options.format, new, summary, background)
    severities = list(Severity)
    failing = severities[: severities.index(Severity(options.fail_on)) + 1]
    if any(d.severity in failing for d in new):
        return FINDINGS
    if selection.changed is not None and not selection.changed:
        print(f"Nothing has changed since {shown(options.since)}.", file=_beside(options))
        return CLEAN
    return CLEAN if files else NOTHING


def _beside(options: argparse.Namespace) -> TextIO:
    """Where further lines go: a program that reads the report must not meet them."""
    return sys.stdout if format_or_default(options.format) in _TEXT else sys.stderr


def _write_baseline(dataset: Dataset, grow: bool) -> int:
    root = dataset.config.root
    found = examine(dataset).found
    old = read_baseline(root)
    new = shrunk(found, dataset, old, grow)
    write_baseline(root, new)
    left = len(found) - new.total()
    gone = (old - new).total() if old else 0
    print(f"{NAME} has {counted(new.total(), 'finding')}; {gone:,} taken out.")
    if left:
        print(f"{counted(left, 'finding')} left outside: a baseline only shrinks. --grow takes in what is new.")
    return FINDINGS if left else CLEAN


def watch_checks(root: Path, arguments: Sequence[str], stop: Event, interval: float = 0.5) -> int:
    """Run the command, and again after every change, until `stop` is set or the keyboard says so."""
    config = load_config(root)
    folders = [root / name for name in (config.curation, config.schema, config.sources, "pyproject.toml", NAME)]
    # A process of its own each time: models once imported stay as they are. -P, so that none of the
    # dataset's files is taken for a module of Python.
    program = "import sys; from factpack.cli import main; sys.exit(main())"
    rest = [each for each in arguments if not (len(each) > 3 and "--watch".startswith(each))]

    def run() -> None:
        print(f"--- {time.strftime('%H:%M:%S')}: checking; Ctrl-C ends watching", flush=True)
        subprocess.run([sys.executable, "-P", "-c", program, *rest], check=False)

    try:
        watch(folders, run, stop, interval)
    except KeyboardInterrupt:
        print()
    return CLEAN


def _refuse_contradictions(options: argparse.Namespace) -> None:
    mends = options.fix or options.diff
    partial = options.paths or options.select or options.ignore or options.since is not None
    for wrong, why in (
        (options.unsafe and not mends, "--unsafe says which fixes: add --fix or --diff"),
        (options.grow and not options.write_baseline, "--grow belongs to --write-baseline"),
        (options.write_baseline and (partial or mends), "--write-baseline takes all findings: leave the others out"),
        (options.watch and (mends or options.write_baseline), "--watch only looks: it mends and writes nothing"),
        (options.statistics and options.format not in (None, *_TEXT), "--statistics is text: leave --format out"),
    ):
        if wrong:
            raise ConfigurationError(why)
