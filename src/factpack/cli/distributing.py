"""`--engine daft`: the same commands, where Daft's workers are."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import TypeVar

from factpack.baseline import read_baseline
from factpack.cli.exits import CLEAN, FINDINGS
from factpack.cli.judging import verdict
from factpack.cli.project import root_of, say
from factpack.cli.publishing import refused
from factpack.config import ConfigurationError
from factpack.distributed.frames import engine
from factpack.distributed.surveying import Project, project, survey
from factpack.reporting import summary_of
from factpack.selection import select
from factpack.survey.verdict import Verdict

Result = TypeVar("Result")


def judge(options: argparse.Namespace, started: float) -> Verdict:
    """Survey a dataset in a folder or in object storage, and choose what is told of it."""
    if isinstance(options.project, str) and options.paths:
        raise ConfigurationError("PATH names files of this machine: leave it out, or fetch the dataset")
    dataset = _dataset(options)
    config = dataset.config
    selection = select(config, dataset.listing, options.paths, options.select, options.ignore)
    found = _apart(lambda: survey(dataset))
    known = read_baseline(config.root) or Counter()
    return verdict(found.outcome, found.files, found.unread, selection, known, started)


def build(options: argparse.Namespace) -> int:
    """Check, and write all tables; what else a package has is left out."""
    from factpack.distributed import building
    from factpack.package.problem import PackageInvalid

    started = time.perf_counter()
    dataset = _dataset(options)
    config = dataset.config
    found = _apart(lambda: survey(dataset))
    outcome = found.outcome
    summary = summary_of(outcome.counted, found.unread, outcome.found, started, ignored=len(outcome.ignored))
    if code := refused(outcome.found, summary, bool(dataset.listing.articles), config):
        return code
    top = Path.cwd() if isinstance(options.project, str) else config.root
    target = top / ".factpack/tables"
    try:
        content = _apart(lambda: building.build(found, target))
    except PackageInvalid as error:
        for problem in error.problems:
            say(problem)
        print("Nothing was written: a table would not be valid.")
        return FINDINGS
    shown = target.relative_to(top).as_posix()
    print(f"The tables of {config.name} {config.version} lie in {shown}/ (content {content[:12]}).")
    return CLEAN


def _dataset(options: argparse.Namespace) -> Project:
    engine()
    return project(options.project if isinstance(options.project, str) else root_of(options))


def _apart(work: Callable[[], Result]) -> Result:
    """Let an engine work. What it tells, such as Ray of a worker that was lost, is no part of what was asked for."""
    with redirect_stdout(sys.stderr):
        return work()
