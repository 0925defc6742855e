"""The command `check`: findings that are asked for and not known, reported; and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from threading import Event
from typing import TextIO

from factpack.baseline import NAME
from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import WRITTEN
from factpack.config import ConfigurationError, load_config
from factpack.diagnostic import Severity
from factpack.reporters import Summary
from factpack.reporters.concise import sentence
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import painter
from factpack.reporting import background_of, format_or_default, print_report, print_statistics
from factpack.survey.contents import Contents, contents_of
from factpack.survey.late import Stale
from factpack.survey.store import Store, digest, open_store
from factpack.survey.tool import identity
from factpack.survey.verdict import Verdict, packed, unpacked

_TEXT = ("full", "concise")
_CARRYING = ("sarif", "rdjson")  # these say more than the findings, which costs a second look at each
_TRIES = 4


def check(options: argparse.Namespace, root: Path) -> int:
    """Run the command on the dataset at `root`; returns the exit code."""
    _refuse_contradictions(options)
    if options.watch:
        from factpack.cli.watching import watch_checks

        return watch_checks(root, options, Event())
    started = time.perf_counter()
    if options.fix or options.diff or options.write_baseline:
        from factpack.cli.mending import mend, show_fixes, write_known

        if options.write_baseline:
            return write_known(root, options.grow)
        if options.diff:
            return show_fixes(options, root)
        verdict, whole = mend(options, root, started, _beside(options))
        return report(options, verdict) if whole else report(options, verdict) or FINDINGS
    return report(options, verdict_on(options, root, started))


def check_with_engine(options: argparse.Namespace) -> int:
    """Run the command where Daft's workers are; returns the exit code."""
    _refuse_contradictions(options)
    started = time.perf_counter()
    from factpack.cli.distributing import judge

    verdict = judge(options, started)
    try:
        verdict.open()
    except Stale:
        raise ConfigurationError(WRITTEN) from None
    return report(options, verdict)


def verdict_on(options: argparse.Namespace, root: Path, started: float) -> Verdict:
    """What is to be told of the dataset; the same as last time where nothing has changed since."""
    config = load_config(root)
    store = None if options.no_cache else open_store(config)
    for attempt in range(_TRIES):
        # What git's index says is not relied upon after files turned out to hold something else.
        contents = contents_of(config, [NAME], indexed=attempt == 0)
        try:
            verdict = _found(options, contents, store, started)
            verdict.open()
            return verdict
        except Stale:
            continue
    raise ConfigurationError(WRITTEN)


def _found(options: argparse.Namespace, contents: Contents, store: Store | None, started: float) -> Verdict:
    """What was found before, if that holds; else what is found now, which is kept."""
    asked = [*map(os.path.realpath, options.paths), f"select={options.select}", f"ignore={options.ignore}"]
    name = "verdict:part" if options.paths or options.select or options.ignore else "verdict"
    key = digest(identity(), contents.digest, *asked) if store and options.since is None else b""
    if store and key:
        for _, _, of, value in store.values([name]):
            if of != key:
                break
            try:
                return unpacked(value, contents, (time.perf_counter() - started) * 1000)
            except (ValueError, TypeError, KeyError):
                break
    from factpack.cli.judging import judge

    verdict, lasting = judge(options, contents, store, started)
    if store and key and lasting:
        store.keep([(name, "", key, packed(verdict))])
    return verdict


def report(options: argparse.Namespace, verdict: Verdict) -> int:
    """Print what there is to tell; returns the exit code."""
    summary = verdict.summary
    if options.show_ignored:
        for diagnostic, reason in verdict.ignored:
            line = sentence(diagnostic, painter(False), Summary())
            print(f"{line} (ignored: {shown(reason)})", file=_beside(options))
    if options.statistics:
        print_statistics(verdict.new, summary)
    elif options.format in _CARRYING:
        new = tuple(verdict.new)
        background = background_of(verdict.files, new, verdict.ignored, tuple(verdict.known))
        print_report(options.format, new, summary, background)
    else:
        print_report(options.format, verdict.new, summary)
    weights = summary.errors, summary.warnings, summary.infos
    if any(weights[: list(Severity).index(Severity(options.fail_on)) + 1]):
        return FINDINGS
    if verdict.idle:
        print(f"Nothing has changed since {shown(options.since)}.", file=_beside(options))
        return CLEAN
    return CLEAN if summary.files else NOTHING


def _beside(options: argparse.Namespace) -> TextIO:
    """Where further lines go: a program that reads the report must not meet them."""
    return sys.stdout if format_or_default(options.format) in _TEXT else sys.stderr


def _refuse_contradictions(options: argparse.Namespace) -> None:
    mends = options.fix or options.diff
    partial = options.paths or options.select or options.ignore or options.since is not None
    for wrong, why in (
        (options.unsafe and not mends, "--unsafe says which fixes: add --fix or --diff"),
        (options.grow and not options.write_baseline, "--grow belongs to --write-baseline"),
        (options.write_baseline and (partial or mends), "--write-baseline takes all findings: leave the others out"),
        (options.watch and (mends or options.write_baseline), "--watch only looks: it mends and writes nothing"),
        (
            options.engine and (mends or options.write_baseline or options.watch or options.since is not None),
            "--engine only checks: leave --fix, --diff, --write-baseline, --watch and --since out",
        ),
        (options.engine and options.jobs, "--jobs are processes of this machine: --engine has workers of its own"),
        (options.statistics and options.format not in (None, *_TEXT), "--statistics is text: leave --format out"),
    ):
        if wrong:
            raise ConfigurationError(why)
