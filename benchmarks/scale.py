"""What ten million articles and a billion facts would need, worked out from what small builds by Daft cost here.

    python benchmarks/scale.py

Measures checks and builds of three small datasets, each in a process of its own, and writes the tables of
`docs/scale.md` anew. A cost of an article and of a fact is the least that explains all three: `start + articles * a +
facts * f`. CPU time is little disturbed by other work; wall time is not used.
"""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import corpus

PAGE = Path(__file__).parent.parent / "docs/scale.md"
SIZES = ((100, 4), (500, 4), (500, 20))
"""Articles and facts of each: few, many, and large ones."""
ARTICLES, FACTS = 10**7, 10**9
WORKERS = 200
"""Processes at work."""
PRICES = {"core_hour": 0.05, "get": 0.4e-6, "list": 5e-6, "gb_month": 0.023}
"""Assumed, in dollars: a core for an hour with 4 GB, a read and a listing of object storage, a GB kept for a month."""

ALONE = """
import json, resource, sys, time
from factpack.cli import main
main(sys.argv[1:])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
own, workers = (each.ru_utime + each.ru_stime for each in used)
print(json.dumps({"all": own + workers, "serial": time.thread_time(), "driver_kb": used[0].ru_maxrss,
                  "worker_kb": used[1].ru_maxrss}), file=sys.stderr)
"""
"""What a command costs: CPU of all its processes, of its first thread alone, and the memory of its processes."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost that is made up of a start, and so much for each article and each fact."""

    start: float
    article: float
    fact: float

    @property
    def whole(self) -> float:
        """Of all articles and facts."""
        return self.article * ARTICLES + self.fact * FACTS

    @property
    def each(self) -> str:
        """As the table has it, with three figures."""
        return " | ".join(rounded(part) for part in (self.start, self.article, self.fact))


def rounded(number: float, figures: int = 3) -> str:
    """A number with so many figures."""
    return f"{float(f'{number:.{figures}g}'):,.15g}"


def cost(values: list[float]) -> Cost:
    """The cost that explains the three values, one for each of SIZES."""
    (few, facts), (many, _), (_, more) = SIZES
    fact = (values[2] - values[1]) / (many * (more - facts))
    article = (values[1] - values[0]) / (many - few) - fact * facts
    return Cost(values[0] - few * (article + fact * facts), article, fact)


def measured(folder: Path) -> Iterator[dict[str, float]]:
    """All that is measured of each dataset."""
    for articles, facts in SIZES:
        root = folder / f"{articles}-{facts}"
        corpus.make(root, articles, 150 * facts, facts)
        found: dict[str, float] = {}
        for command in ("check", "build"):
            run = (sys.executable, "-c", ALONE, command, "--project", str(root), "--engine", "daft")
            told = subprocess.run(run, capture_output=True, text=True, check=True).stderr.splitlines()[-1]
            found |= {f"{command} {what}": value for what, value in json.loads(told).items()}
        for suffix in ("csv", "parquet"):
            found[suffix] = sum(path.stat().st_size for path in (root / ".factpack/tables").rglob(f"*.{suffix}"))
        rows = (root / ".factpack/tables").rglob("*.csv")
        found["rows"] = sum(path.read_bytes().count(b"\n") - 1 for path in rows)
        found["sources"] = sum(path.stat().st_size for path in (root / "seeds").iterdir())
        found["curation"] = sum(path.stat().st_size for path in (root / "curation").glob("*.yaml"))
        yield found | sent(root)
        print(articles, facts, found, flush=True)


def sent(root: Path) -> dict[str, float]:
    """Bytes that are sent or held of a dataset: by what checks over all articles see."""
    from factpack.dataset import load_registers, names_in, printed_in
    from factpack.distributed.frames import looked_at
    from factpack.distributed.surveying import project
    from factpack.models import load_models

    dataset = project(root)
    config = dataset.config
    registers, _ = load_registers(config, load_models(config.root / config.schema), dataset.listing.registers)
    examiner = dataset.examiner(registers)
    rows = [looked_at(examiner, path) for path in dataset.listing.articles]
    entries = [entry for row in rows for entry in row["entries"]]
    references = [reference for row in rows for reference in row["references"]]

    def size(rows: list[dict[str, object]], *names: str) -> float:
        """As Arrow has them: a text's bytes and an offset, a number's eight."""
        texts = [row[name] for row in rows for name in names or row]
        return sum(len(value.encode()) + 8 if isinstance(value, str) else 8 for value in texts)

    about = len(entries) * 16  # the path of its article
    names = sum(len(json.dumps([*words])) for words in (printed_in(registers), names_in(registers)))
    return {
        "rest": sum(len(row["rest"]) for row in rows),
        "entries": size(entries) + about,
        "references": size(references) + len(references) * 16,
        "keys": size(entries, "table", "id"),
        "folded": size(entries, "folded"),
        "alike": size(entries, "alike"),
        "examiner": len(pickle.dumps(examiner)) - names,
    }


def tables(found: list[dict[str, float]]) -> dict[str, list[str]]:
    """The page's tables: what was measured, what follows, and what breaks first."""
    of = {name: cost([each[name] for each in found]) for name in found[0]}
    return {"measured": _measured(of), "follows": _follows(of), "breaks": _breaks(of)}


MEASURED = {
    "check all": ("`check`: CPU of all processes", "ms", 1e3),
    "check serial": ("`check`: of that, in the driver's first thread", "ms", 1e3),
    "build all": ("`build`: CPU of all processes, its check included", "ms", 1e3),
    "build serial": ("`build`: of that, in the driver's first thread", "ms", 1e3),
    "check driver_kb": ("`check`: memory of the driver, with the engine in it", "kB", 1.024),
    "build driver_kb": ("`build`: memory of the driver, with the engine in it", "kB", 1.024),
    "check worker_kb": ("`check`: memory of the largest worker", "kB", 1.024),
    "build worker_kb": ("`build`: memory of the largest worker", "kB", 1.024),
    "curation": ("curation files", "bytes", 1),
    "sources": ("sources", "bytes", 1),
    "rest": ("an article's findings and counts, packed, to the driver", "bytes", 1),
    "entries": ("records as the joins see them", "bytes", 1),
    "references": ("references as the joins see them", "bytes", 1),
    "keys": ("of the records: table and id", "bytes", 1),
    "folded": ("of the records: id, folded", "bytes", 1),
    "alike": ("of the records: what makes them alike", "bytes", 1),
    "examiner": ("what is sent to each worker, without names", "bytes", 1),
    "rows": ("rows of all tables", "rows", 1),
    "csv": ("CSV", "bytes", 1),
    "parquet": ("Parquet", "bytes", 1),
}
"""Name -> what it is, its unit, and how many of these are one of what was measured."""


def _measured(of: dict[str, Cost]) -> list[str]:
    rows = ["| measured | unit | to begin with | an article | a fact |", "|---|---|---|---|---|"]
    for name, (what, unit, factor) in MEASURED.items():
        one = Cost(*(factor * part for part in (of[name].start, of[name].article, of[name].fact)))
        rows.append(f"| {what} | {unit} | {one.each} |")
    return rows


def _follows(of: dict[str, Cost]) -> list[str]:
    """The bill: what the measured costs make of all articles and facts."""
    hours = {name: of[name].whole / 3600 for name in ("check all", "check serial", "build all", "build serial")}
    lasts = {
        each: (hours[f"{each} all"] - hours[f"{each} serial"]) / WORKERS + hours[f"{each} serial"]
        for each in ("check", "build")
    }
    reads = 4 * ARTICLES  # of article and source, first its size and then itself
    kept = (of["csv"].whole + of["parquet"].whole) / 1e9
    shuffled = {
        "references that lead nowhere": of["references"].whole + 2 * of["keys"].whole,
        "ids that are shared": of["entries"].whole + of["folded"].whole,
        "records that are alike": of["entries"].whole + of["alike"].whole,
        "titles that other articles need (`build`)": of["entries"].whole + of["references"].whole,
    }
    rows = [f"| {ARTICLES:,} articles, {FACTS:,} facts | |", "|---|---|"]
    for each in ("check", "build"):
        rows.append(f"| `{each}`: core hours | {hours[f'{each} all']:,.0f} |")
        rows.append(f"| `{each}`: hours that one thread needs | {hours[f'{each} serial']:,.0f} |")
        rows.append(f"| `{each}`: hours with {WORKERS} workers | {lasts[each]:,.0f} |")
    rows += [f"| join for {what}, at most | {size / 1e9:,.0f} GB |" for what, size in shuffled.items()]
    for name, what in (("curation", "curation files"), ("sources", "sources"), ("csv", "CSV"), ("parquet", "Parquet")):
        rows.append(f"| {what} | {of[name].whole / 1e9:,.0f} GB |")
    rows += [
        f"| cores, `build` | ${hours['build all'] * PRICES['core_hour']:,.0f} |",
        f"| the same, if {WORKERS} wait for the driver | ${lasts['build'] * WORKERS * PRICES['core_hour']:,.0f} |",
        f"| reads of object storage, {reads:,} | ${reads * PRICES['get']:,.0f} |",
        f"| listing it, {ARTICLES * 2 // 1000:,} pages | ${ARTICLES * 2 / 1000 * PRICES['list']:.2f} |",
        f"| keeping CSV and Parquet | ${kept * PRICES['gb_month']:,.0f} a month |",
    ]
    return rows


DRIVER = 64e9
"""Bytes of memory that a machine has."""


def _breaks(of: dict[str, Cost]) -> list[str]:
    """What ends first as a dataset of a hundred facts an article grows, with the number of facts at which it does."""
    each = FACTS / ARTICLES

    def a_fact(name: str, factor: float = 1) -> float:
        return factor * (of[name].article / each + of[name].fact)

    found = [
        ("`build` on one machine: 64 GB of memory are full", DRIVER / a_fact("build driver_kb", 1024)),
        ("`check` on one machine: 64 GB of memory are full", DRIVER / a_fact("check driver_kb", 1024)),
        ("one thread of `build` needs a day", 86400 / a_fact("build serial")),
        ("one thread of `check` needs a day", 86400 / a_fact("check serial")),
        ("what is sent to each worker is 1 GB", 1e9 / a_fact("examiner")),
        ("CSV is larger than a disk of 1 TB", 1e12 / a_fact("csv")),
        ("listing the files, 0.1 s a page, takes an hour", 3600 / 0.1 * 1000 / 2 * each),
    ]
    rows = ["| what ends | facts |", "|---|---|"]
    return rows + [f"| {what} | {rounded(facts, 2)} |" for what, facts in sorted(found, key=lambda one: one[1])]


def main() -> None:
    """Measure, and write the tables into the page."""
    with tempfile.TemporaryDirectory() as folder:
        made = tables(list(measured(Path(folder))))
    text = PAGE.read_text("utf-8")
    for name, rows in made.items():
        table = "\n".join(rows).replace("\\", r"\\")
        text, count = re.subn(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{table}\n\2", text, flags=re.DOTALL)
        assert count == 1, name
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
