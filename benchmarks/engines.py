"""A check in our own processes beside the same by Daft, and both builds: wall, CPU, and whether the results agree.

    python benchmarks/engines.py --articles 100 1000 20000 --build 100 1000

Writes `benchmarks/engines.md`. Every command is run once in turn, from cold, in processes of its own; other work on the
machine lengthens wall times more than CPU times, and the ratio of two neighbours less than either.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import corpus

from factpack import __version__
from factpack.package.checksums import content_hash

HERE = Path(__file__).parent
RUN = (sys.executable, "-c", "import sys; from factpack.cli import main; sys.exit(main())")
WAYS = {"own processes": ("--no-cache", "--jobs", str(os.cpu_count() or 1)), "Daft": ("--engine", "daft")}
BUILDS: dict[str, tuple[str, ...]] = {"own process": ("--date", "2026-01-01"), "Daft": ("--engine", "daft")}
PLACES = {"own process": "candidate", "Daft": "tables"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall and CPU, the children's too, the largest process in MB, and a digest of the result."""

    wall: float
    cpu: float
    memory: float
    result: str


def measured(command: Sequence[str], result: Path) -> Measured:
    """Run a command, its output to a file."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with result.open("wb") as file:
        # A process of its own, so that the largest of its children is the command's and not an earlier one's.
        report = subprocess.run([sys.executable, __file__, "--alone", *command], stdout=file, stderr=subprocess.PIPE)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if report.returncode not in (0, 1):
        raise subprocess.CalledProcessError(report.returncode, command, stderr=report.stderr)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    memory = int(report.stderr.split()[-1]) / 1024
    return Measured(wall, cpu, memory, _digest(result))


def _digest(result: Path) -> str:
    text = re.sub(rb'"milliseconds": .*|[\d.,]+ m?s:', b"", result.read_bytes())
    return hashlib.sha256(text).hexdigest()


def alone(command: Sequence[str]) -> int:
    """Run a command and say on standard error how many kilobytes the largest of its processes had."""
    done = subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
    return done.returncode


def rows(folder: Path, sizes: Sequence[int], builds: Sequence[int], given: Path | None) -> list[str]:
    """The rows of the table."""
    found = []
    for size in sorted({*sizes, *builds}):
        place = given if given and size == max(sizes) else folder / str(size)
        if not place.exists():
            corpus.make(place, size, 1000)
        project = ("--project", str(place))
        if size in sizes:
            checks = {
                way: measured((*RUN, "check", *project, "--format", "json", *extra), folder / "out")
                for way, extra in WAYS.items()
            }
            found.append(_row(f"`check`, {size:,} articles", *checks.values(), "findings"))
        if size in builds:
            made = {way: measured((*RUN, "build", *project, *extra), folder / "out") for way, extra in BUILDS.items()}
            hashes = [content_hash(place / ".factpack" / PLACES[way]) for way in BUILDS]
            ours, theirs = (
                Measured(m.wall, m.cpu, m.memory, sum_) for m, sum_ in zip(made.values(), hashes, strict=True)
            )
            found.append(_row(f"`build`, {size:,} articles", ours, theirs, "content hash"))
        print(found[-1], flush=True)
    return found


def _row(what: str, own: Measured, daft: Measured, result: str) -> str:
    cells = (f"{m.wall:.1f} / {m.cpu:.1f}" for m in (own, daft))
    same = "the same" if own.result == daft.result else "DIFFERENT"
    memory = f"{own.memory:.0f} / {daft.memory:.0f}"
    ratios = f"{daft.wall / own.wall:.2f} / {daft.cpu / own.cpu:.2f}"
    return f"| {what} | {' | '.join(cells)} | {ratios} | {memory} | {result}: {same} |"


def main() -> None:
    """Measure, and write the page."""
    if sys.argv[1:2] == ["--alone"]:
        sys.exit(alone(sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000, 20000])
    parser.add_argument("--build", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--corpus", type=Path, help="a corpus of the largest size, made before with --length 1000")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        table = rows(Path(made), options.articles, options.build, options.corpus)
    how = (
        f"factpack {__version__}, Daft {version('daft')}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, {date.today()}. Articles of {corpus.FACTS} facts "
        "(`benchmarks/corpus.py --length 1000`). `check` by our own processes is "
        f"`{' '.join(WAYS['own processes'])}`; `build` by our own process writes a whole package and "
        "verifies it, by Daft only the tables. Seconds are wall / CPU, memory that of the largest process."
    )
    head = "| what | own, s | Daft, s | Daft / own | MB, own / Daft | result |\n|---|---|---|---|---|---|"
    page = HERE / "engines.md"
    known = page.read_text("utf-8") if page.exists() else ""
    kept = known[known.index("\n## ") :] if "\n## " in known else ""
    page.write_text("\n".join(["# Daft beside our own processes", "", how, "", head, *table, ""]) + kept, "utf-8")


if __name__ == "__main__":
    main()
