"""`check --watch`: a process that looks for changes, and one that checks and keeps in mind what it has read."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import sys
import time
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event

from factpack.baseline import NAME, read_baseline
from factpack.cli.checking import report, verdict_on
from factpack.cli.exits import CLEAN
from factpack.cli.judging import verdict
from factpack.cli.project import fail
from factpack.config import ConfigurationError, load_config
from factpack.mending.fixes import State, checked
from factpack.selection import select
from factpack.watch import INTERVAL, snapshot, watch

FEW = 200
"""Articles that are kept in mind; of more, the cache says faster what has changed."""


def watch_checks(root: Path, options: argparse.Namespace, stop: Event, interval: float = INTERVAL) -> int:
    """Run the command, and again after every change, until `stop` is set or the keyboard says so."""
    config = load_config(root)
    folders = [root / name for name in (config.curation, config.schema, config.sources, "pyproject.toml", NAME)]
    checker = _Checker(root, root / config.schema, options)

    def run() -> None:
        print(f"--- {time.strftime('%H:%M:%S')}: checking; Ctrl-C ends watching", flush=True)
        checker.check()

    try:
        watch(folders, run, stop, interval)
    except KeyboardInterrupt:
        print()
    finally:
        checker.end()
    return CLEAN


class _Checker:
    """A process that checks when it is asked to; after a change of the models, which are read once, another one."""

    def __init__(self, root: Path, schema: Path, options: argparse.Namespace) -> None:
        self._schema = schema
        self._arguments = root, {key: value for key, value in vars(options).items() if key != "run"}
        self._models = snapshot([schema])
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def check(self) -> None:
        """Have it check, and wait until it has."""
        models = snapshot([self._schema])
        if models != self._models or not (self._process and self._process.is_alive()):
            self.end()
            context = multiprocessing.get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_answer, args=(other, *self._arguments), daemon=True)
            self._process.start()
            other.close()
        self._models = models
        if self._line:
            try:
                self._line.send(None)
                self._line.recv()
            except (EOFError, OSError):
                self.end()  # it has said why

    def end(self) -> None:
        """Let the process go."""
        if self._line:
            self._line.close()
        if self._process:
            self._process.terminate()
            self._process.join()
        self._line = self._process = None


def _answer(line: Connection, root: Path, arguments: dict[str, object]) -> None:
    """Check whenever something comes in, and say when it is done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(100_000, 50, 50)
    options = argparse.Namespace(**arguments)
    state: State | None = None
    while True:
        try:
            line.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return  # nobody asks any more
        try:
            state = _check(options, root, state)
            sys.stdout.flush()
        except (ConfigurationError, OSError) as error:
            fail(str(error))
        except KeyboardInterrupt:
            return
        with suppress(OSError):
            line.send(None)


def _check(options: argparse.Namespace, root: Path, before: State | None) -> State | None:
    started = time.perf_counter()
    if options.since is not None or (before is None and _has_many(root)):
        report(options, verdict_on(options, root, started))
        return None
    state = checked(root, before=before)
    dataset = state.dataset
    selection = select(dataset.config, dataset.listing, options.paths, options.select, options.ignore)
    known = read_baseline(root) or Counter()
    report(options, verdict(state.outcome, dataset.by_path, dataset.unread, selection, known, started))
    return state


def _has_many(root: Path) -> bool:
    return sum(1 for _ in (root / load_config(root).curation).glob("*.yaml")) > FEW
