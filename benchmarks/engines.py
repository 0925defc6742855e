"""A check in our own processes beside the same by Daft, and both builds: wall, CPU, and whether the results agree.

    python benchmarks/engines.py --articles 2000 20000 --build 2000 --maps 2000

Writes `benchmarks/engines.md`. With `--maps` the part that sees one article only is also run by plain Ray tasks, Ray
Data, Dask and Spark, where these are installed. Every command is run once in turn, from cold, in processes of its own;
other work on the machine lengthens wall times more than CPU times, and the ratio of two neighbours less than either.
"""

from __future__ import annotations

import argparse
import ctypes
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
from importlib.util import find_spec
from pathlib import Path

import corpus

from factpack import __version__
from factpack.package.checksums import content_hash

HERE = Path(__file__).parent
RUN = (sys.executable, "-c", "import sys; from factpack.cli import main; sys.exit(main())")
WAYS = {"own processes": ("--no-cache", "--jobs", str(os.cpu_count() or 1)), "Daft": ("--engine", "daft")}
BUILDS: dict[str, tuple[str, ...]] = {"own process": ("--date", "2026-01-01"), "Daft": ("--engine", "daft")}
MAPS = {"own": "factpack", "daft": "daft", "ray": "ray", "ray-data": "ray", "dask": "dask", "spark": "pyspark"}
"""Ways to look at articles one by one -> what each needs."""
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
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what Ray leaves behind is counted, too
    done = subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
    return done.returncode


def maps(folder: Path, options: argparse.Namespace) -> list[str]:
    """The table of the ways to look at articles one by one; those that are not installed are left out."""
    place = _corpus(folder, options.maps, options)
    found: dict[str, Measured] = {}
    for way in (way for way, needed in MAPS.items() if find_spec(needed)):
        command = (sys.executable, str(HERE / "engine_maps.py"), way, str(place))
        found[way] = measured(command, folder / "out")
        print(way, found[way], flush=True)
    own = found["own"]
    return [
        f"| {options.maps:,} articles one by one | wall / CPU, s | wall / CPU, to own | MB |",
        "|---|---|---|---|",
        *(
            f"| {way} | {m.wall:.1f} / {m.cpu:.1f} | {m.wall / own.wall:.2f} / {m.cpu / own.cpu:.2f} | {m.memory:.0f} |"
            for way, m in found.items()
        ),
    ]


def rows(folder: Path, options: argparse.Namespace) -> list[str]:
    """The rows of the table of whole commands."""
    found = []
    for size in sorted({*options.articles, *options.build}):
        place = _corpus(folder, size, options)
        project = ("--project", str(place))
        if size in options.articles:
            checks = {
                way: measured((*RUN, "check", *project, "--format", "json", *extra), folder / "out")
                for way, extra in WAYS.items()
            }
            found.append(_row(f"`check`, {size:,} articles", *checks.values(), "findings"))
            print(found[-1], flush=True)
        if size in options.build:
            made = {way: measured((*RUN, "build", *project, *extra), folder / "out") for way, extra in BUILDS.items()}
            hashes = [content_hash(place / ".factpack" / PLACES[way]) for way in BUILDS]
            ours, theirs = (
                Measured(m.wall, m.cpu, m.memory, sum_) for m, sum_ in zip(made.values(), hashes, strict=True)
            )
            found.append(_row(f"`build`, {size:,} articles", ours, theirs, "content hash"))
            print(found[-1], flush=True)
    return found


def _corpus(folder: Path, size: int, options: argparse.Namespace) -> Path:
    place = folder / str(size)
    if not place.exists():
        corpus.make(place, size, options.length, options.facts)
    return place


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
    parser.add_argument("--articles", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--build", type=int, nargs="*", default=[2000])
    parser.add_argument("--maps", type=int, default=2000, help="articles to look at one by one only; 0: none")
    parser.add_argument("--facts", type=int, default=4, help="facts of an article")
    parser.add_argument("--length", type=int, default=600, help="characters of a source")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        peers = maps(folder, options) if options.maps else []
        table = rows(folder, options)
    how = (
        f"factpack {__version__}, Daft {version('daft')}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, {date.today()}. Articles of {options.facts} facts "
        f"(`benchmarks/corpus.py --length {options.length} --facts {options.facts}`). `check` by our own processes is "
        f"`{' '.join(WAYS['own processes'])}`; `build` by our own process writes a whole package and "
        "verifies it, by Daft only the tables. Seconds are wall / CPU, memory that of the largest process."
    )
    head = "| what | own, s | Daft, s | Daft / own | MB, own / Daft | result |\n|---|---|---|---|---|---|"
    page = HERE / "engines.md"
    known = page.read_text("utf-8") if page.exists() else ""
    kept = known[known.index("\n## ") :] if "\n## " in known else ""
    lines = ["# Daft beside our own processes", "", how, "", head, *table, "", *peers, ""]
    page.write_text("\n".join(lines) + kept, "utf-8")


if __name__ == "__main__":
    main()
