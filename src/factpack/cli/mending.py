"""`check --fix`, `--diff` and `--write-baseline`: what is found leads to another file."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TextIO

from factpack.baseline import NAME, Fingerprint, compare, read_baseline, shrunk, write_baseline
from factpack.checks import Outcome, examine
from factpack.cli.exits import CLEAN, FINDINGS
from factpack.cli.judging import verdict
from factpack.dataset import Dataset, load, source_path
from factpack.diagnostic import Diagnostic
from factpack.mending import show, write
from factpack.mending.fixes import State, View
from factpack.reporters.summary import counted
from factpack.revision import changed_since
from factpack.selection import Selection, select
from factpack.survey.verdict import Verdict


def show_fixes(options: argparse.Namespace, root: Path) -> int:
    """Show what would be mended; returns the exit code."""
    state, selection, known = _state(options, root)
    view = _view(selection, known)
    return FINDINGS if show(state, options.unsafe, view, sys.stdout, sys.stderr) else CLEAN


def mend(options: argparse.Namespace, root: Path, started: float, beside: TextIO) -> tuple[Verdict, bool]:
    """Mend what can be mended and say so; returns what there is to tell then, and whether all could be written."""
    state, selection, known = _state(options, root)
    state, whole = write(state, options.unsafe, _view(selection, known), beside)
    dataset = state.dataset
    told = verdict(state.outcome, dataset.by_path, dataset.unread, selection, known, started)
    # What could be mended has been: a fix that was left out is not promised again.
    summary = replace(told.summary, fixable=0, unsafe=0 if options.unsafe else told.summary.unsafe)
    return told._replace(summary=summary), whole


def write_known(root: Path, grow: bool) -> int:
    """Write the baseline; returns the exit code."""
    dataset = load(root)
    found = examine(dataset).found
    old = read_baseline(root)
    new = shrunk(found, dataset.by_path, old, grow)
    write_baseline(root, new)
    left = len(found) - new.total()
    gone = (old - new).total() if old else 0
    print(f"{NAME} has {counted(new.total(), 'finding')}; {gone:,} taken out.")
    if left:
        print(f"{counted(left, 'finding')} left outside: a baseline only shrinks. --grow takes in what is new.")
    return FINDINGS if left else CLEAN


def _state(options: argparse.Namespace, root: Path) -> tuple[State, Selection, Counter[Fingerprint]]:
    """The dataset with all that is found in it: mending must see whatever a change may lead to."""
    dataset = load(root)
    selection = select(dataset.config, dataset.listing, options.paths, options.select, options.ignore)
    if options.since is not None:
        changes = frozenset(changed_since(root, options.since))
        sources = {article.path: source_path(article.tree, dataset.config.sources) for article in dataset.articles}
        selection = selection.since(changes, dataset.config, dataset.listing, sources)
    return State(dataset, examine(dataset, most=inf), most=inf), selection, read_baseline(root) or Counter()


def _view(selection: Selection, known: Counter[Fingerprint]) -> View:
    def view(dataset: Dataset, outcome: Outcome) -> Sequence[Diagnostic]:
        found = [d for d in outcome.found if selection.keeps(d)]
        return [*compare(found, dataset.by_path, known).new(found)]

    return view
