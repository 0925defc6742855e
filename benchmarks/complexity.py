"""How cost grows with input, benign or made to be dear: CPU time over doubled sizes, and the exponent that fits.

    python benchmarks/complexity.py [CASE...] [--write]

Sizes are doubled six times, up to the largest of the case, each in a process of its own; the exponent is the slope of a
line through the logarithms, over sizes that take 5 ms or more. One is linear, two is square. `--write` writes
`benchmarks/complexity.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import os
import pickle
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import corpus

import factpack
from factpack.cli import main
from factpack.curating.layout import formatted
from factpack.diff.changes import changes
from factpack.edtf import Edtf
from factpack.mention import mentions
from factpack.nearest import nearest
from factpack.package import PackageInfo, files
from factpack.package.verification import verify
from factpack.quote import find, fold, plain, unwrapped
from factpack.resource import Field, Resource
from factpack.staging import fill
from factpack.text import Text
from factpack.tree import read

HERE = Path(__file__).parent
DOUBLINGS = 6
MEASURABLE = 0.005
PATIENCE = 40
"""Seconds of one run behind which no larger size is tried."""

FIGURES = "Hanoi, 2022: 1,204 delegates, 12.5% more, US$6.5 million; 17 of 63 provinces by 12 April.\n"
"""As many numbers and dates as a text has that is read."""
PROSE = "The mayors of Hanoi and Vientiane met on 12 April 2022, and more than 120 delegates from Laos came. "
DATELINE = Edtf.parse("2023-07-10")
MODELS = (Path(factpack.__file__).parent / "template/schema/__init__.py").read_text("utf-8")


@dataclass(frozen=True)
class Case:
    """`make(size)` gives what `run` is measured with; `size` counts `unit`."""

    make: Callable[[int], Any]
    run: Callable[[Any], object]
    largest: int
    unit: str = "characters"


def _repeated(words: str) -> Callable[[int], str]:
    return lambda size: (words * (size // len(words) + 1))[:size]


def _yaml(content: str) -> object:
    return read(Text("a.yaml", content))


def _records(size: int) -> str:
    return "visits:\n" + "".join(f"  - id: v{n}\n    guest: p{n % 9}\n    quotes: [They met]\n" for n in range(size))


def _keys(size: int) -> str:
    return "".join(f"k{n}: v\n" for n in range(size))


def _fold(text: str) -> object:
    folded = fold(text)
    return folded.plain, folded.bounded(0, 1), unwrapped(text), plain(text)


def _with_quote(source: Callable[[int], str], quote: Callable[[int], str]) -> Callable[[int], tuple[Any, str]]:
    return lambda size: (fold(source(size)), quote(size))


def _find(given: tuple[Any, str]) -> object:
    return find(*given)


def _nearest(given: tuple[Any, str]) -> object:
    return nearest(*given)


def _mentions(language: str = "en") -> Callable[[str], object]:
    return lambda text: mentions(text, language=language, date=DATELINE)


def _fmt(content: str) -> object:
    return formatted(Text("a.yaml", content))


def _table(size: int, change: int = 0, shift: int = 0) -> list[Resource]:
    fields = (Field("visit_id"), Field("guest"), Field("number", "integer"))
    rows = [{"visit_id": f"v{n + shift:07}", "guest": f"p{n % 9}", "number": n + change} for n in range(size)]
    return [Resource("visits", "Visits", "Visits.", fields, ("visit_id",), rows=rows)]


def _diff(older: Sequence[Resource], newer: Sequence[Resource]) -> object:
    return list(changes(older, newer))


def _package(size: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="complexity-"))
    licences = ({"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"},)
    info = PackageInfo("visits", "Visits", "Visits.", "1.0.0", licenses=licences, contributors=({"title": "Ann"},))
    fill(folder, files(_table(size), info, folder))
    return folder


def _project(size: int, record: str, source: str = "They met.\n") -> Path:
    """A dataset with one article of so many records, each of them `record` with its number."""
    root = Path(tempfile.mkdtemp(prefix="complexity-"))
    article = f"article:\n  source: a.txt\n  sha256: {sha256(source.encode()).hexdigest()}\n  language: en\n"
    names = ((n, f"Ann {n}") for n in range(max(30, size // 10)))
    people = "people:\n" + "".join(f"  - {{id: person-{n}, name: {name}, names: [{name}]}}\n" for n, name in names)
    for path, content in (
        (
            "pyproject.toml",
            '[tool.factpack]\nname = "visits"\ntitle = "Visits"\nversion = "0.1.0"\nmax_file = 100000000\n',
        ),
        ("schema/__init__.py", MODELS),
        ("seeds/a.txt", source),
        ("curation/registers/people.yaml", people),
        ("curation/a.yaml", article + "events:\n" + "".join(record.format(n=n) for n in range(size))),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return root


def _articles(size: int, spoiled: bool = False) -> Path:
    """A dataset of so many articles; where it is spoiled, half of the quotes are not found."""
    root = Path(tempfile.mkdtemp(prefix="complexity-"))
    corpus.make(root, size)
    if spoiled:
        corpus.spoil(root)
    return root


def _command(name: str, *arguments: str) -> Callable[[Path], object]:
    def run(root: Path) -> object:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main([name, "--project", str(root), *arguments])
        if code not in (0, 1):
            raise ValueError(out.getvalue())
        return out.getvalue()

    return run


def _explained(rule: str) -> object:
    with contextlib.redirect_stderr(io.StringIO()):
        return main(["explain", rule])


def _prose(size: int) -> Path:
    place = Path(tempfile.mkdtemp(prefix="complexity-")) / "prose.txt"
    place.write_text(_repeated(PROSE)(size), "utf-8")
    return place


def _mentioned(place: Path) -> object:
    with contextlib.redirect_stdout(io.StringIO()):
        return main(["mentions", str(place)])


_check = _command("check", "--no-cache", "--format", "concise")
_BEHIND = "--format", "concise", "--no-cache"


def _written(size: int, words: str) -> Path:
    """A dataset with one record, and one article of so many characters."""
    return _project(1, _GOOD, "They met.\n" + _repeated(words)(size))


_GOOD = "  - id: evt-{n}\n    name: They met\n    quotes: [They met]\n"
_UNKNOWN = "  - id: evt-{n}\n    name: They met\n    host: persn-x{n}\n    quotes: [They met]\n"
_MISQUOTED = "  - id: evt-{n}\n    name: They met\n    quotes: [They mett]\n"
_JUDGED = (
    "  - id: evt-{n}\n    name: They met\n    host: person-0\n    judged: {{host: why}}\n    quotes: [They met {n}x]\n"
)
_HOSTED = "  - id: evt-{n}\n    name: They met\n    host: person-0\n    quotes: [They met]\n"
_TWICE = "  - id: evt-0\n    name: They met\n    quotes: [They met]\n"

CASES = {
    "YAML: records": Case(_records, _yaml, 100_000, "records"),
    "YAML: keys of one mapping": Case(_keys, _yaml, 200_000, "keys"),
    "YAML: the same key again and again": Case(_repeated("k: v\n"), _yaml, 1_000_000),
    "YAML: one long line": Case(lambda size: "k: " + "word " * (size // 5), _yaml, 10_000_000),
    "YAML: one long text in quotation marks": Case(lambda size: 'k: "' + "\\u00e9\\n" * (size // 8) + '"', _yaml, 2_000_000),
    "YAML: blanks": Case(lambda size: "k: a" + " " * size + "b", _yaml, 10_000_000),
    "YAML: brackets opened": Case(_repeated("["), _yaml, 1_000_000),
    "YAML: brackets closed again": Case(lambda size: "k: [" + "[]," * (size // 3) + "]", _yaml, 500_000),
    "YAML: unseen characters": Case(_repeated("k\x01\u202e: v\n"), _yaml, 1_000_000),
    "YAML: every record broken": Case(_repeated("  - id: @x\n"), _yaml, 500_000),
    "YAML: quotation marks never closed": Case(_repeated('- "a\n'), _yaml, 500_000),
    "fold: prose": Case(_repeated(PROSE + "\n"), _fold, 10_000_000),
    "fold: marks on one letter": Case(lambda size: "a" + "\u0301\u0323" * (size // 2), _fold, 1_000_000),
    "fold: blanks": Case(_repeated(" "), _fold, 10_000_000),
    "fold: typography": Case(_repeated("“ﬁ–…”\u00ad\u00a0 &amp; "), _fold, 1_000_000),
    "fold: ampersands": Case(_repeated("&"), _fold, 10_000_000),
    "fold: entities in entities": Case(_repeated("&amp;amp;"), _fold, 1_000_000),
    "fold: divided words": Case(_repeated("ab-\n"), _fold, 2_000_000),
    "find: prose": Case(_with_quote(_repeated(PROSE), lambda size: "Ann Lee spoke to the delegates"), _find, 10_000_000),
    "find: a quote in a thousand places and more": Case(_with_quote(_repeated("ab "), lambda size: "ab"), _find, 1_000_000),
    "find: a quote as long as a tenth of the source": Case(
        _with_quote(_repeated(PROSE), lambda size: _repeated(PROSE)(size // 10) + "!"), _find, 1_000_000
    ),
    "find: a periodic quote in a periodic source": Case(
        _with_quote(_repeated("ab"), lambda size: "ab" * (size // 20) + "a"), _find, 1_000_000
    ),
    "find: a periodic quote, its last letter another": Case(
        _with_quote(_repeated("ab"), lambda size: "ab" * (size // 20) + "x"), _find, 1_000_000
    ),
    "find: a quote of one letter in a source of it": Case(
        _with_quote(_repeated("a"), lambda size: "a" * (size // 10)), _find, 1_000_000
    ),
    "find: divided words in the quote": Case(
        _with_quote(_repeated("a- b "), lambda size: "a- b " * (size // 100) + "x"), _find, 1_000_000
    ),
    "nearest: prose": Case(_with_quote(_repeated(PROSE + "\n"), lambda size: "Ann Lee spoke to the mayors"), _nearest, 10_000_000),
    "nearest: one long line": Case(_with_quote(_repeated(PROSE), lambda size: PROSE[:60] + "Laoss x"), _nearest, 10_000_000),
    "nearest: a longest quote": Case(
        _with_quote(_repeated(PROSE), lambda size: _repeated(PROSE)(1900) + "x"), _nearest, 400_000
    ),
    "nearest: a periodic quote": Case(
        _with_quote(_repeated("ab "), lambda size: "ab " * 600 + "ax"), _nearest, 1_000_000
    ),
    "mentions: prose": Case(_repeated(PROSE), _mentions(), 1_000_000),
    "mentions: figures": Case(_repeated(FIGURES), _mentions(), 1_000_000),
    "mentions: prose in lines": Case(_repeated(PROSE + "\n\n"), _mentions("vi"), 1_000_000),
    "mentions: digits in a row": Case(_repeated("7"), _mentions(), 8_000_000),
    "mentions: single digits": Case(_repeated("7 "), _mentions(), 500_000),
    "mentions: digits and commas": Case(_repeated("1,"), _mentions(), 500_000),
    "mentions: dates and slashes": Case(_repeated("1/2/"), _mentions(), 500_000),
    "mentions: number words": Case(_repeated("hundred thousand "), _mentions(), 200_000),
    "mentions: number words in French": Case(_repeated("quatre-vingt-dix "), _mentions("fr"), 200_000),
    "mentions: number words in Vietnamese": Case(_repeated("hai mươi lăm nghìn "), _mentions("vi"), 200_000),
    "mentions: and, and": Case(_repeated("one and "), _mentions(), 200_000),
    "mentions: months": Case(_repeated("May "), _mentions(), 200_000),
    "mentions: weekdays": Case(_repeated("last Friday and "), _mentions(), 200_000),
    "mentions: years": Case(_repeated("2021-2022-"), _mentions(), 200_000),
    "mentions: months without a year": Case(_repeated("in May. In June, "), _mentions(), 200_000),
    "mentions: signs": Case(_repeated("$-%"), _mentions(), 500_000),
    "mentions: nouns": Case(lambda size: "5 " + "big " * (size // 4), _mentions(), 1_000_000),
    "mentions: blanks": Case(lambda size: "5" + " " * size + "men", _mentions(), 5_000_000),
    "mentions: blank lines": Case(lambda size: "5" + "\n " * (size // 2) + "men", _mentions(), 5_000_000),
    "mentions: marks on one letter": Case(lambda size: "a" + "\u0301\u0323" * (size // 2), _mentions("vi"), 500_000),
    "fmt: records": Case(_records, _fmt, 100_000, "records"),
    "fmt: comments": Case(_repeated("  # a\n"), _fmt, 200_000),
    "fmt: quotation marks in one mapping": Case(
        lambda size: "".join(f"k{n}: 'v'\n" for n in range(size)), _fmt, 20_000, "keys"
    ),
    "fmt: blanks at the ends of lines": Case(_repeated("- a  \n"), _fmt, 200_000),
    "fmt: quoted names": Case(lambda size: "k:\n" + '  - "a"\n' * (size // 8), _fmt, 200_000),
    "fmt: texts over several lines, blanks at the ends of lines": Case(
        lambda size: "k:\n" + '    - "a\n       b"   \n' * (size // 20), _fmt, 200_000
    ),
    "diff: nothing changed": Case(lambda size: (_table(size), _table(size)), lambda two: _diff(*two), 100_000, "rows"),
    "diff: every value changed": Case(lambda size: (_table(size), _table(size, 1)), lambda two: _diff(*two), 100_000, "rows"),
    "diff: every id changed": Case(lambda size: (_table(size), _table(size, 0, size)), lambda two: _diff(*two), 50_000, "rows"),
    "verify: rows": Case(_package, lambda folder: list(verify(folder)), 32_000, "rows"),
    "check: records in one file": Case(lambda size: _project(size, _GOOD), _check, 100_000, "records"),
    "check: names judged, in one long line": Case(
        lambda size: _project(size, _JUDGED, "".join(f"They met {n}x, " for n in range(size))), _check, 16_000, "records"
    ),
    "check: a source of prose": Case(lambda size: _written(size, PROSE + "\n"), _check, 10_000_000),
    "check: a source of figures": Case(lambda size: _written(size, FIGURES), _check, 10_000_000),
    "check: a source of single digits": Case(lambda size: _written(size, "7 "), _check, 500_000),
    "check --fix: every quote": Case(
        lambda size: _project(size, _MISQUOTED), _command("check", "--fix", "--unsafe", *_BEHIND), 500, "records"
    ),
    "check --fix: a misspelt field in every record": Case(
        lambda size: _project(size, _GOOD.replace("name:", "nme:")), _command("check", "--fix", *_BEHIND), 10_000, "records"
    ),
    "rename: what every record refers to": Case(
        lambda size: _project(size, _HOSTED), _command("rename", "people", "person-0", "person-x"), 100_000, "records"
    ),
    "show: one of many records": Case(lambda size: _project(size, _GOOD), _command("show", "evt-1"), 100_000, "records"),
    "show: what many refer to": Case(lambda size: _project(size, _HOSTED), _command("show", "person-0"), 32_000, "records"),
    "explain: a rule that nobody knows": Case(_repeated("quote-not-found-"), _explained, 1_000_000),
    "mentions: a file of prose, as a command": Case(_prose, _mentioned, 1_000_000),
    "todo: prose": Case(lambda size: _written(size, PROSE + "\n"), _command("todo"), 1_000_000),
    "todo: one long line": Case(lambda size: _written(size, PROSE.replace(". ", ", ")), _command("todo"), 1_000_000),
    "check: the same id again and again": Case(lambda size: _project(size, _TWICE), _check, 16_000, "records"),
    "check: ids that nobody knows": Case(lambda size: _project(size, _UNKNOWN), _check, 16_000, "records"),
    "check: articles": Case(_articles, _check, 640, "articles"),
    "check: articles, half of their quotes found nowhere": Case(lambda size: _articles(size, True), _check, 640, "articles"),
    "build: articles": Case(_articles, _command("build"), 320, "articles"),
    "check: misquoted": Case(lambda size: _project(size, _MISQUOTED), _check, 16_000, "records"),
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Size, seconds of CPU, and by how many MiB the process grew."""

    size: int
    seconds: float
    mebibytes: float


def cost(case: Case, size: int) -> Cost:
    """One run in a process of its own; raises RuntimeError where that does not end as it should."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        case.run(case.make(10))  # which imports what it needs
        given = case.make(size)
        grown, start = _peak(), time.process_time()
        case.run(given)
        with os.fdopen(theirs, "wb") as out:
            pickle.dump(Cost(size, time.process_time() - start, max(0.0, _peak() - grown)), out)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as said:
        content = said.read()
    _, status = os.waitpid(child, 0)
    if status or not content:
        raise RuntimeError(f"the run with {size} {case.unit} ended with status {status}")
    measured: Cost = pickle.loads(content)
    return measured


def _peak() -> float:
    text = Path("/proc/self/status").read_text("ascii")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


def costs(case: Case, shrunk: int = 1) -> list[Cost]:
    """The costs at all sizes, smallest first, until one takes too long."""
    found: list[Cost] = []
    for step in range(DOUBLINGS, -1, -1):
        found.append(cost(case, case.largest // shrunk >> step))
        if found[-1].seconds > PATIENCE:
            break
    return found


def exponent(found: Sequence[Cost]) -> float:
    """The slope of a line through the logarithms of sizes and seconds; zero where nothing takes measurable time."""
    points = [(math.log(one.size), math.log(one.seconds)) for one in found if one.seconds >= MEASURABLE]
    if len(points) < 2:
        return 0.0
    across, up = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def row(name: str, found: Sequence[Cost]) -> str:
    """A row of the table."""
    last, case = found[-1], CASES[name]
    slope = f"{exponent(found):.2f}" if sum(one.seconds >= MEASURABLE for one in found) > 1 else "too fast"
    return f"| {name} | {last.size:,} {case.unit} | {last.seconds:.2f} s | {last.mebibytes:.0f} MiB | {slope} |"


def report(names: Sequence[str], write: bool) -> None:
    """Measure, print, and write the page."""
    lines = []
    for name in names:
        lines.append(row(name, costs(CASES[name])))
        print(lines[-1], flush=True)
    if write:
        head = (
            "# How cost grows with input\n\n"
            "    python benchmarks/complexity.py --write\n\n"
            f"Python {platform.python_version()} on a busy machine of {os.cpu_count()} cores; CPU time. The exponent is 1 where "
            "cost grows as the input does.\n\n"
            "| input | largest | CPU | memory | exponent |\n|---|---|---|---|---|\n"
        )
        (HERE / "complexity.md").write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="whole names, or how they begin")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    wanted = tuple(options.cases) or ("",)
    report([name for name in CASES if name.startswith(wanted)], options.write)
