"""How long the site of a large dataset takes, how much memory, and how much of it is written again.

    .venv/bin/python benchmarks/site.py               # 2,000 articles, 60,000 records
    .venv/bin/python benchmarks/site.py --times 10    # a tenth of it

A small dataset is made through the tool; its release is then multiplied row by row, ids and references with it, because
checking 60,000 records is another matter. The site is built twice, as two processes, so that each has its own peak.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from hashlib import file_digest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from generated import ordinary, release

from factpack.package import checksums, descriptor
from factpack.resource import Resource
from factpack.site import Settings, build

ARTICLES, RECORDS = 20, 30
"""How many articles the small dataset has, and how many records each of them."""


def multiply(folder: Path, sources: Path, times: int) -> None:
    """Make of a release one that is so many times as large; articles and all that belongs to them is repeated."""
    package, _ = descriptor.load((folder / descriptor.FILE).read_bytes())
    assert package is not None
    file = folder / f"{package.name}.sqlite"
    shapes = {shape.name: shape for shape in package.tables()}
    shared = set(shapes) - _about_articles(list(shapes.values()))
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = OFF")
    for name, shape in shapes.items():
        if name in shared:
            continue
        own = {*shape.primary_key, "row_id", "file_name"}
        own |= {key.fields[0] for key in shape.foreign_keys if key.resource not in shared}
        columns = [field.name for field in shape.fields]
        several = ", ".join(f'"{c}" || ?1' if c in own else f'"{c}"' for c in columns)
        rows = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for number in range(1, times):
            database.execute(f'INSERT INTO "{name}" SELECT {several} FROM "{name}" LIMIT {rows}', (f"-{number}",))
    database.commit()
    database.close()
    for path in list(sources.iterdir()):
        for number in range(1, times):
            os.link(path, sources / f"{path.name}-{number}")
    sums = (folder / checksums.FILE).read_text("utf-8").splitlines()
    sums = [line for line in sums if not line.endswith(f"  {file.name}")]
    with file.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    (folder / checksums.FILE).write_text("\n".join([*sums, f"{digest}  {file.name}", ""]), "utf-8")


def _about_articles(shapes: list[Resource]) -> set[str]:
    """The tables that lead to records by their references; the others are registers, which all articles share."""
    found = {"records"}
    while more := {s.name for s in shapes if any(key.resource in found for key in s.foreign_keys)} - found:
        found |= more
    return found


def measured(folder: Path, out: Path, sources: Path) -> None:
    """Build the site and say what it took."""
    start, cpu = time.perf_counter(), time.process_time()
    built = build(folder, out, Settings(), sources)
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(f"{built.pages:,} pages, {built.written:,} written, in {took:.0f} s ({cpu:.0f} s of one core), ", end="")
    print(f"peak {int(peak) / 1024:.0f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--build", nargs=3, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        return measured(*options.build)
    with tempfile.TemporaryDirectory() as place:
        data, out = Path(place, "data"), Path(place, "site")
        folder = release(data, [[ordinary(a, n) for n in range(RECORDS)] for a in range(ARTICLES)])
        multiply(folder, data / "seeds", options.times)
        size = sum(path.stat().st_size for path in folder.glob("*.sqlite"))
        articles = ARTICLES * options.times
        print(f"{articles:,} articles, {articles * RECORDS:,} records, {size / 1e6:.0f} MB", flush=True)
        for _ in range(2):
            subprocess.run([sys.executable, __file__, "--build", folder, out, data / "seeds"], check=True)
        pages = [path.stat().st_size for path in out.rglob("*.html")]
        print(f"{sum(pages) / 1e6:.0f} MB; the median page has {sorted(pages)[len(pages) // 2] / 1e3:.1f} kB")
        for name in ("search.html", "console.html"):
            print(f"{name}: {(out / name).stat().st_size / 1e6:.1f} MB")
    return None


if __name__ == "__main__":
    main()
