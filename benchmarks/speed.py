"""What a check costs: CPU time beside the floor, the start of Python, and two peers, all in one run.

    python benchmarks/speed.py --floor PYTHON --peers linkml-reference-validator=PYTHON citations=PYTHON

PYTHON is that of an environment with yaml-rs, pydantic and pyarrow, or with the peer. Writes `benchmarks/speed.md`.
Every command is run in turn, round after round; its figure is the median of its CPU time, user and system, so that
other work on the machine counts little. Costs of one fact or quote are the difference between two sizes of a
corpus, which takes the start of Python and its imports out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import corpus

from factpack import __version__
from factpack.article import Article
from factpack.config import load_config
from factpack.dataset import load

HERE = Path(__file__).parent
FLAGSHIP = HERE.parent
SMALL, LARGE = 20, 320
"""Articles of the two corpora."""
FACTS = (LARGE - SMALL) * corpus.FACTS
FEW, SAMPLE, ALL, QUOTED = 20, 200, 2000, 10
"""Files for the whole commands, of ten facts: the cost of all is told from that of a few and of a sample."""

MODELS = "import sys; from pathlib import Path; from factpack.models import load_models; load_models(Path(sys.argv[1]))"
QUOTES = (
    "import gc; gc.set_threshold(1_000_000, 50, 50)\n"  # as the commands do
    "import sys; from pathlib import Path; from factpack.dataset import load\n"
    "import time; started = time.process_time()\n"
    "count = sum(len(article.quotes) for article in load(Path(sys.argv[1])).articles)\n"
    "print(time.process_time() - started, count)"
)
MAIN = "import sys; from factpack.cli import main; main()"
CHECK = (sys.executable, "-c", MAIN, "check", "--format", "json")
CHANGED = (sys.executable, "-c", "import sys; open(sys.argv[-1], 'a').write('# changed\\n'); " + MAIN, *CHECK[3:])
"""After a line was added to the one file, which is otherwise known from the run before."""
LINKML_PEER = "linkml-reference-validator"
WHOLE = "\n".join([*QUOTES.splitlines()[:2], "[article.quotes for article in load(Path(sys.argv[1])).articles]"])
PARTS = ("files", "YAML", "records", "sources folded", "quotes found", "YAML strictly")
"""What `reading.py` measures."""


def cpu(command: Sequence[str], given: str = "") -> float:
    """Seconds of CPU that a command takes, its children's too; raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, input=given, capture_output=True, text=True, cwd=FLAGSHIP, check=False)
    if run.returncode not in (0, 1):
        raise subprocess.CalledProcessError(run.returncode, command, run.stdout, run.stderr)
    if QUOTES in command or any(part.endswith("floor.py") for part in command):
        return float(run.stdout.split()[0])  # neither the imports nor the end of the process are the job
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def parts(folder: Path) -> dict[str, float]:
    """What `reading.py` measures: part -> seconds."""
    command = (sys.executable, str(HERE / "reading.py"), str(folder))
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def questions(folder: Path) -> str:
    """All quotes of a corpus, as `quote_peers.py` takes them."""
    articles = [article for article in load(folder).articles if article.source]
    cases = [(number, placed.quote.exact) for number, one in enumerate(articles) for placed in one.quotes]
    return json.dumps({"sources": [_text(article) for article in articles], "cases": cases})


def _text(article: Article) -> str:
    return article.source.content if article.source else ""


def commands(folder: Path, floor: str, peers: Mapping[str, str]) -> dict[str, tuple[Sequence[str], str]]:
    """Name -> command and what it reads."""
    config = load_config(FLAGSHIP)
    flagship = folder / "flagship"
    shutil.copytree(FLAGSHIP / config.schema, flagship / config.schema, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (config.curation, config.sources):
        shutil.copytree(FLAGSHIP / name, flagship / name)
    shutil.copy(FLAGSHIP / "pyproject.toml", flagship)
    one = str(min((flagship / config.curation).glob("*.yaml")))
    cpu((*CHECK, "--project", str(flagship)))  # after which all files are known
    found: dict[str, tuple[Sequence[str], str]] = {
        "start": ((sys.executable, "-c", MODELS, str(flagship / config.schema)), ""),
        "flagship, cold": ((*CHECK, "--no-cache", "--project", str(flagship)), ""),
        "flagship, one file, cold": ((*CHECK, "--no-cache", one), ""),
        "flagship, one file": ((*CHANGED, one), ""),
    }
    for size in (SMALL, LARGE):
        place = folder / str(size)
        found[f"floor {size}"] = ((floor, str(HERE / "floor.py"), str(place)), "")
        found[f"quotes {size}"] = ((sys.executable, "-c", QUOTES, str(place)), "")
        found[f"check {size}"] = ((*CHECK, "--no-cache", "--project", str(place)), "")
        for name, python in peers.items():
            found[f"{name} {size}"] = ((python, str(HERE / "quote_peers.py"), name), questions(place))
    for count in (FEW, SAMPLE):
        place = folder / f"{count} files"
        found[f"whole reading {count}"] = ((sys.executable, "-c", WHOLE, str(place)), "")
        found[f"whole check {count}"] = ((*CHECK, "--no-cache", "--project", str(place)), "")
        if LINKML_PEER in peers:
            found[f"whole peer {count}"] = (for_linkml(place, peers[LINKML_PEER]), "")
    found["check spoiled"] = ((*CHECK, "--no-cache", "--project", str(folder / "spoiled")), "")
    return found


LINKML = """\
id: https://example.org/quotes
name: quotes
prefixes: {linkml: https://w3id.org/linkml/, oa: http://www.w3.org/ns/oa#, dcterms: http://purl.org/dc/terms/}
imports: [linkml:types]
default_range: string
classes:
  Article:
    tree_root: true
    attributes:
      statements: {range: Statement, multivalued: true, inlined: true, inlined_as_list: true}
  Statement:
    attributes:
      supporting_text: {slot_uri: oa:exact}
      reference: {slot_uri: dcterms:references}
"""


def for_linkml(folder: Path, python: str) -> Sequence[str]:
    """The quotes of a dataset written down for linkml-reference-validator, and the command that validates them."""
    place = folder / "linkml"
    place.mkdir()
    (place / "schema.yaml").write_text(LINKML, "utf-8")
    for article in load(folder).articles:
        source = f"file:{folder / article.source.path}" if article.source else ""
        stated = [{"supporting_text": placed.quote.exact, "reference": source} for placed in article.quotes]
        (place / f"{article.article_id}.yaml").write_text(corpus.written({"statements": stated})[1:] + "\n", "utf-8")
    files = [str(path) for path in sorted(place.glob("a*.yaml"))]
    command = (str(Path(python).parent / "linkml-reference-validator"), "validate", "data", *files)
    return (*command, "--schema", str(place / "schema.yaml"), "--target-class", "Article", "-c", str(place / "cache"))


def report(seconds: Mapping[str, float], peers: Sequence[str], how: str) -> str:
    """The page as Markdown."""

    def each(name: str, ways: int = 1) -> float:
        return (seconds[f"{name} {LARGE}"] - seconds[f"{name} {SMALL}"]) / FACTS / ways * 1e6

    floor, start = each("floor"), seconds["start"]
    rows = [
        ("the floor (benchmarks/floor.py), a fact", f"{floor:.0f} us", "1.0 F", ""),
        ("files read, records validated, quotes found, a fact", f"{each('quotes'):.0f} us",
         f"{each('quotes') / floor:.1f} F", "2.5 F"),
        *((f"- {part}" + ", for comparison" * (part == PARTS[-1]), f"{cost:.0f} us", f"{cost / floor:.1f} F", "")
          for part, cost in ((part, seconds[part] / LARGE / corpus.FACTS * 1e6) for part in PARTS)),
        ("`check --no-cache`, every value and all checks, a fact", f"{each('check'):.0f} us",
         f"{each('check') / floor:.1f} F", "5 F"),
        ("Python, pydantic and the flagship's models", f"{start:.2f} s", "1.0", ""),
        *((what, f"{seconds[name]:.2f} s", f"{seconds[name] / start:.1f}", budget) for what, name, budget in (
            ("`check ONE` on the flagship, which was changed", "flagship, one file", "1.3"),
            ("`check ONE --no-cache` on the flagship", "flagship, one file, cold", ""),
            ("`check --no-cache` on the flagship", "flagship, cold", ""),
        )),
    ]  # fmt: skip
    failing = (seconds["check spoiled"] - seconds[f"check {LARGE}"]) / (LARGE * corpus.FACTS / 2)
    rows.append(("a quote that fails, more than one that is found", f"{failing * 1e6:.0f} us", "", "300 us"))
    alone = (seconds["sources folded"] + seconds["quotes found"]) / LARGE / corpus.FACTS * 1e6
    rows.append(("our search for a quote alone, its source folded", f"{alone:.0f} us", "", ""))
    for name in peers:
        # quote_peers.py asks the first of them twice, in two ways of use.
        cost = each(name, 2 if name == LINKML_PEER else 1)
        budget = "50 times" if name == LINKML_PEER else "1 time"
        ratio = f"{cost / alone:.0f} times ours; {cost / each('quotes'):.1f} times, read and validated"
        rows.append((f"{name}, a quote", f"{cost:.0f} us", ratio, budget))
    rows.extend(_of_commands(seconds))
    lines = ["# Speed", "", how, "", "| what | cost | ratio | budget |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


def _of_commands(seconds: Mapping[str, float]) -> Iterator[tuple[str, str, str, str]]:
    """The whole commands, on as many files as none of them was run on."""

    def all_of(name: str) -> float:
        few, sample = seconds[f"whole {name} {FEW}"], seconds[f"whole {name} {SAMPLE}"]
        return few + (sample - few) / (SAMPLE - FEW) * (ALL - FEW)

    of = f"{ALL:,} files, {ALL * QUOTED:,} quotes (told from {FEW} and {SAMPLE} files): "
    yield of + "a process that reads, validates and finds the quotes", f"{all_of('reading'):.1f} s", "1.0", ""
    yield of + "`check --no-cache`, with every value", f"{(ours := all_of('check')):.1f} s", "", ""
    if f"whole peer {FEW}" in seconds:
        cost = all_of("peer")
        ratio = f"{cost / all_of('reading'):.0f} times ours, reading; {cost / ours:.1f} times `check`"
        yield of + f"`{LINKML_PEER} validate data`", f"{cost:.1f} s", ratio, "25 times"


def main() -> None:
    """Measure, and write the page."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where they are installed
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floor", required=True, metavar="PYTHON")
    parser.add_argument("--peers", nargs="*", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peers = dict(peer.split("=", 1) for peer in options.peers)
    with tempfile.TemporaryDirectory() as made:
        for size in (SMALL, LARGE):
            corpus.make(Path(made) / str(size), size)
        for count in (FEW, SAMPLE):
            corpus.make(Path(made) / f"{count} files", count, facts=QUOTED)
        corpus.make(Path(made) / "spoiled", LARGE)
        corpus.spoil(Path(made) / "spoiled")
        asked = commands(Path(made), options.floor, peers)
        rounds = [
            {**{name: cpu(*command) for name, command in asked.items()}, **parts(Path(made) / str(LARGE))}
            for _ in range(options.rounds)
        ]
    seconds = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    how = (
        f"factpack {__version__}, Python {platform.python_version()}, pydantic {version('pydantic')}, "
        f"{platform.system()} {platform.machine()}, {date.today()}: medians of {options.rounds} rounds, every command "
        f"in turn. Corpora of {SMALL} and {LARGE} articles of {corpus.FACTS} facts, 5,000 characters each "
        "(`benchmarks/corpus.py`)."
    )
    page = HERE / "speed.md"
    known = page.read_text("utf-8") if page.exists() else ""
    kept = known[known.index("\n## ") :] if "\n## " in known else ""
    page.write_text(report(seconds, list(peers), how) + kept, "utf-8")


if __name__ == "__main__":
    main()
