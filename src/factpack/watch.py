"""Running something again whenever files change: sizes and times are looked at, nothing is installed for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

INTERVAL = 0.02
"""Seconds between two looks; at a few dozen files one takes less than a thousandth."""

IDLE = 20
"""How many times as long as it looks it waits, at least."""

SETTLING = 20
"""Looks at files that keep changing, before they are checked as they are."""

State = dict[str, tuple[int, int]]
"""Path -> time of the last change in nanoseconds, and size."""


def snapshot(paths: Iterable[Path]) -> State:
    """The state of files, and of all files in folders; symbolic links are not followed."""
    found: State = {}
    waiting = [os.fspath(path) for path in paths]
    while waiting:
        path = waiting.pop()
        try:
            if os.path.isdir(path) and not os.path.islink(path):
                with os.scandir(path) as entries:
                    waiting.extend(entry.path for entry in entries if entry.name != "__pycache__")
            else:
                status = os.lstat(path)
                found[path] = status.st_mtime_ns, status.st_size
        except OSError:
            # It has gone since it was listed; the next round sees that.
            continue
    return found


def watch(
    paths: Iterable[Path], act: Callable[[], object], stop: Event, interval: float = INTERVAL, settle: float = 0.01
) -> None:
    """Act now and after every change, until `stop` is set. Changes that come together lead to one run.

    Between two looks there are `interval` seconds; more where a look takes long, so that it is idle most of the time.
    """
    paths = list(paths)
    seen: State | None = None
    while not stop.is_set():
        begun = time.perf_counter()
        now = snapshot(paths)
        cost = time.perf_counter() - begun
        if now != seen:
            # An editor writes a file in several steps; while they follow each other it is not yet time.
            for _ in range(SETTLING if seen is not None else 0):
                if stop.wait(settle):
                    return
                earlier, now = now, snapshot(paths)
                if now == earlier:
                    break
            # Taken before acting, so that a change made meanwhile is seen afterwards.
            seen = now
            act()
        stop.wait(max(interval, IDLE * cost))
