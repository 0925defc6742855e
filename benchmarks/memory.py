"""The memory that `check` and `build` need, by the number of facts: peak resident memory and CPU time of the command.

    python benchmarks/memory.py [--articles 100 400 1600] [--length 1000]

Writes `benchmarks/memory.md`. Each command runs in a process of its own, without a cache. The slope is that between the
two largest datasets, and what a million facts need is what it says; nobody has run that.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus import FACTS, make
from page import Figure, write

from factpack import __version__

COMMANDS = {"check": ("check", "--no-cache"), "build": ("build",)}
MANY = 1_000_000
MOST = 500
"""Megabytes that a million facts may need."""


def cost(folder: Path, command: tuple[str, ...]) -> tuple[float, float]:
    """Peak resident memory in MB, and CPU time in seconds."""
    run = [sys.executable, "-P", "-m", "factpack", *command, "--project", str(folder)]
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(run)} exits with {process.returncode}")
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6, used.ru_utime + used.ru_stime


def figures(sizes: list[int], length: int, folder: Path) -> Iterator[Figure]:
    """The cost of each command at each size, then its slope."""
    measured: dict[str, list[tuple[int, float, float]]] = {name: [] for name in COMMANDS}
    for articles in sorted(sizes):
        made = folder / str(articles)
        make(made, articles, length)
        for name, command in COMMANDS.items():
            memory, seconds = cost(made, command)
            measured[name].append((articles * FACTS, memory, seconds))
    for name, found in measured.items():
        for facts, memory, seconds in found:
            yield Figure(f"`{name}`, {facts:,} facts: peak, and CPU s", f"{memory:,.0f} MB, {seconds:.1f}")
        (fewer, less, _), (more, most, _) = found[-2:]
        slope = (most - less) / (more - fewer)
        whole = most + slope * (MANY - more)
        yield Figure(f"`{name}`, each fact more", f"{slope * 1000:.1f} kB")
        ratio = f"{whole / MOST:.0f} of {MOST} MB"
        yield Figure(f"`{name}`, {MANY:,} facts, by that slope", f"{whole:,.0f} MB", ratio, "1")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="+", type=int, default=[100, 400, 1600])
    parser.add_argument("--length", type=int, default=1000, help="words of filling in characters")
    options = parser.parse_args()
    how = (
        f"factpack {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{date.today()}: articles of {FACTS} facts, one run each. Made by `python benchmarks/memory.py --articles "
        f"{' '.join(map(str, options.articles))}`."
    )
    with tempfile.TemporaryDirectory() as folder:
        write("memory", "Memory", how, figures(options.articles, options.length, Path(folder)))


if __name__ == "__main__":
    main()
