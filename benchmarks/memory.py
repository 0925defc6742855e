"""The memory that `check` and `build` need, by the number of facts: peak resident memory and CPU time of the command.

    python benchmarks/memory.py [--only check]

Writes `benchmarks/memory.md`; figures of the command that is left out stay. Each runs in one process, and in a dataset
where nothing was run before. The slope is that between the two largest datasets; what a million facts need is what it
says, and was not run.
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
from page import HERE, Figure, figures_in, write

from factpack import __version__

CHECK = ("check", "--jobs", "1")
CASES = {
    "`check`, nothing found": (CHECK, True, (5000, 10000)),
    "`check`, findings in all articles": (CHECK, False, (1000, 2000)),
    "`build`": (("build",), False, (600, 1800)),
}
"""What is measured: the command, whether there is nothing to find, and how many articles there are."""
LENGTH = 1000
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


def figures(name: str, folder: Path) -> Iterator[Figure]:
    """The cost of a case at each size, then its slope."""
    command, plain, sizes = CASES[name]
    found: list[tuple[int, float]] = []
    for articles in sizes:
        made = folder / f"{articles}-{plain}"
        make(made, articles, LENGTH, plain=plain)
        memory, seconds = cost(made, command)
        found.append((articles * FACTS, memory))
        what = f"{name}, {articles * FACTS:,} facts: peak, and CPU s"
        yield Figure(what, f"{memory:,.0f} MB, {seconds:.1f}")
    (fewer, less), (more, most) = found[-2:]
    slope = (most - less) / (more - fewer)
    whole = most + slope * (MANY - more)
    yield Figure(f"{name}, each fact more", f"{slope * 1000:.2f} kB")
    yield Figure(f"{name}, {MANY:,} facts, by that slope", f"{whole:,.0f} MB", f"{whole / MOST:.3g} of {MOST} MB", "1")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("check", "build"), help="measure this command alone")
    options = parser.parse_args()
    how = (
        f"factpack {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{date.today()}: articles of {FACTS} facts, one run each. Made by `python benchmarks/memory.py`."
    )
    page = HERE / "memory.md"
    known = figures_in(page.read_text("utf-8")) if page.exists() else {}
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            kept = [figure for what, figure in known.items() if what.startswith(name)]
            found.extend(kept if options.only and options.only not in name else figures(name, Path(folder)))
    write("memory", "Memory", how, found)


if __name__ == "__main__":
    main()
