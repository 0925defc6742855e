"""What a check costs that finds most of what it needs in its cache, beside git on the same files.

    python benchmarks/cache.py --articles 100000

Makes a git repository of many small articles (`benchmarks/corpus.py`, 2 facts each) in a temporary folder. Every figure
is CPU time, user and system, of the whole command with all its processes; of repeated ones the median. The time that
passed means something only on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import corpus

ROUNDS = 5
FACTPACK = (sys.executable, "-P", "-m", "factpack", "check", "--format", "concise")
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--facts", type=int, default=2)
    parser.add_argument("--processes", action="store_true", help="measure 1 and 2 processes, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/secret"
        large, one = Path(folder) / "large", Path(folder) / "one"
        corpus.make(large, options.articles, 500, options.facts, plain=True)
        corpus.make(one, 1, 500, options.facts, plain=True)
        for name in people(large):
            shutil.copy(large / name, one / name)
        commit(large)
        measured = list(figures(large, one, options.processes))
    print(
        f"{options.articles:,} articles, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n"
    )
    print("| what | CPU s | passed s |\n|---|---|---|")
    for what, cpu, passed in measured:
        print(f"| {what} | {cpu:.2f} | {passed:.2f} |")


def people(folder: Path) -> list[str]:
    """The registers: checking one article reads the same ones."""
    return [str(path.relative_to(folder)) for path in folder.glob("curation/registers/*.yaml")]


def figures(large: Path, one: Path, processes: bool) -> list[tuple[str, float, float]]:
    """What was measured, with CPU time and time passed."""
    rows = []

    def row(what: str, command: tuple[str, ...], folder: Path, prepare: Callable[[int], object], rounds: int) -> None:
        costs = []
        for number in range(rounds):
            prepare(number)
            costs.append(cost(command, folder))
        rows.append((what, median(c for c, _ in costs), median(p for _, p in costs)))
        print("done:", what, *rows[-1][1:], file=sys.stderr)

    def nothing(number: int) -> None:
        """Leave all as it is."""

    def edit(number: int) -> None:
        path = large / f"curation/a{number * 7}.yaml"
        path.write_text(path.read_text("utf-8") + f"# {number}\n", "utf-8")

    if processes:
        row("check without a cache, 1 process", (*FACTPACK, "--no-cache", "--jobs", "1"), large, nothing, 1)
        row("check without a cache, 2 processes", (*FACTPACK, "--no-cache", "--jobs", "2"), large, nothing, 1)
    row("first check", FACTPACK, large, nothing, 1)
    row("`git status`", ("git", "status"), large, nothing, ROUNDS)
    row("check, nothing changed", FACTPACK, large, nothing, ROUNDS)
    subprocess.run(("git", "clone", "-q", large, large.parent / "clone"), check=True)
    (large.parent / "clone/.factpack").mkdir()
    shutil.copy(large / ".factpack/cache.sqlite", large.parent / "clone/.factpack")
    row("check, nothing changed, in a fresh clone", FACTPACK, large.parent / "clone", nothing, ROUNDS)
    row("`git diff --name-only`", ("git", "diff", "--name-only"), large, nothing, ROUNDS)
    row("check of one article, no cache", (*FACTPACK, "--no-cache"), one, nothing, ROUNDS)
    row("check, one changed", FACTPACK, large, edit, ROUNDS)
    return rows


def commit(folder: Path) -> None:
    """Make it a repository."""
    (folder / ".gitignore").write_text(".factpack/\n__pycache__/\n", "utf-8")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        subprocess.run((*GIT, *command), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def cost(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """CPU time of a command and its processes, and the time that passed."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
    passed, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout.decode())
    print(done.stdout.decode().splitlines()[-1:], file=sys.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, passed


if __name__ == "__main__":
    main()
