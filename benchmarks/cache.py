"""What a check costs that finds most of what it needs in its cache, beside git on the same files.

    python benchmarks/cache.py --articles 100 1000 10000 100000

Makes git repositories of many small articles (`benchmarks/corpus.py`, 2 facts each) in a temporary folder, and writes
`cache.md` and the plot `cache.svg`. Every figure is CPU time, user and system, of the whole command with all its
processes; of repeated ones the median.
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
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

import corpus
from page import HERE, Figure, write

ROUNDS = 5
SIZES = [100, 1_000, 10_000, 100_000]
"""Articles of the repositories."""
FACTPACK = (sys.executable, "-P", "-m", "factpack", "check", "--format", "concise")
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")


PLOTTED = {"first": "first check", "nothing": "nothing changed", "changed": "one changed", "status": "`git status`"}
"""What is plotted, and its name."""

Costs = dict[str, float]
"""What was run -> its CPU time in seconds."""


def main() -> None:
    """Measure, print, and write the page."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where they are installed
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--articles", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000], help="two sizes at least"
    )
    parser.add_argument("--facts", type=int, default=2)
    options = parser.parse_args()
    measured = {number: measure(number, options.facts) for number in options.articles}
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    sizes = " ".join(map(str, options.articles))
    how = (
        f"{machine}, two cores shared with other work, {date.today()}; CPU time, user and system,\n"
        f"medians of {ROUNDS}; articles of {options.facts} facts each with their sources in a git repository\n"
        f"(`python benchmarks/cache.py --articles {sizes} --facts {options.facts}`)."
    )
    write("cache", "The cache", how, [*lines(measured)])
    plot(measured)


def measure(articles: int, facts: int) -> Costs:
    """The costs on a repository of so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/secret"
        large, one = Path(folder) / "large", Path(folder) / "one"
        corpus.make(large, articles, 500, facts, plain=True)
        corpus.make(one, 1, 500, facts, plain=True)
        for path in large.glob("curation/registers/*.yaml"):  # which checking one article reads, too
            shutil.copy(path, one / path.relative_to(large))
        commit(large)
        return costs(large, one)


def costs(large: Path, one: Path) -> Costs:
    """What each command costs."""
    found: Costs = {}

    def run(what: str, command: tuple[str, ...], folder: Path, edit: bool = False, rounds: int = ROUNDS) -> None:
        each = []
        for number in range(rounds):
            path = large / f"curation/a{number * 7}.yaml"
            if edit:
                path.write_text(path.read_text("utf-8") + f"# {number}\n", "utf-8")
            each.append(cost(command, folder))
        found[what] = median(each)
        print(f"{what}: {found[what]:.3f} s", file=sys.stderr)

    run("first", FACTPACK, large, rounds=1)
    run("status", ("git", "status"), large)
    run("nothing", FACTPACK, large)
    subprocess.run(("git", "clone", "-q", large, large.parent / "clone"), check=True)
    (large.parent / "clone/.factpack").mkdir()
    shutil.copy(large / ".factpack/cache.sqlite", large.parent / "clone/.factpack")
    run("clone", FACTPACK, large.parent / "clone")
    run("diff", ("git", "diff", "--name-only"), large)
    run("one", (*FACTPACK, "--no-cache"), one)
    run("changed", FACTPACK, large, edit=True)
    return found


def lines(measured: dict[int, Costs]) -> Iterator[Figure]:
    """The page's table."""
    for number, found in measured.items():
        among = f"among {number:,} articles"
        yield Figure(f"first check, all kept, {among}", f"{found['first']:.1f} s")
        yield Figure(f"`git status` {among}", f"{found['status']:.3f} s")
        for what, name in (
            ("nothing", "`check`, nothing changed"),
            ("clone", "`check` in a fresh clone, given the cache,"),
        ):
            ratio = f"{found[what] / found['status']:.1f} times `git status`"
            yield Figure(f"{name} {among}", f"{found[what]:.2f} s", ratio, "2.5" if number == max(measured) else "")
        aim = found["one"] + 2 * found["diff"]
        yield Figure(f"`git diff --name-only` {among}", f"{found['diff']:.3f} s")
        yield Figure(f"`check` of one article alone, registers as {among}", f"{found['one']:.2f} s")
        ratio = f"{found['changed'] / aim:.2f} times that and twice `git diff`"
        yield Figure(
            f"`check`, one changed {among}", f"{found['changed']:.2f} s", ratio, "1" if number == max(measured) else ""
        )
    for (few, less), (many, more) in pairwise(sorted(measured.items())):
        for what, name in PLOTTED.items():
            exponent = log(more[what] / less[what]) / log(many / few)
            yield Figure(f"growth from {few:,} to {many:,}, {name}: exponent", f"{exponent:.2f}")


def plot(measured: dict[int, Costs]) -> None:
    """Draw the costs by the number of articles, both in powers of ten."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "cache"  # the same figures, the same bytes
    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    sizes = sorted(measured)
    for what, name in PLOTTED.items():
        axes.loglog(sizes, [measured[size][what] for size in sizes], marker="o", label=name)
    axes.set(xlabel="articles", ylabel="CPU seconds")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.savefig(HERE / "cache.svg", metadata={"Date": None})


def commit(folder: Path) -> None:
    """Make it a repository."""
    (folder / ".gitignore").write_text(".factpack/\n__pycache__/\n", "utf-8")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        subprocess.run((*GIT, *command), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def cost(command: tuple[str, ...], folder: Path) -> float:
    """CPU time of a command and its processes, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
