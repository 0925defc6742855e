"""Plant one error at a time in a small package, and ask both validators: stock frictionless, and ours.

    python benchmarks/validators.py

Writes `benchmarks/validators.md`. The errors are those of `tests/test_validate.py` and `tests/test_verify.py`; each is
planted by somebody careful, who makes descriptor and checksums fit. Frictionless is asked as its users ask it, with
the descriptor as it lies there; ours is `factpack verify` without what frictionless says in it. Found is found
anything that the package without the error has not.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from unittest import mock

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from sample_package import INFO, files, resources, save, sums  # noqa: E402
from test_validate import CASES, CHANGED_BY_READERS, visits  # noqa: E402
from test_verify import HOSTILE, PLANTED, VISITS_PARQUET  # noqa: E402

from factpack import __version__  # noqa: E402
from factpack.package import arrow, checksums, verification  # noqa: E402

WHERE = ("rows", "CSV", "Parquet", "descriptor")
"""Where an error lies: in what the rows say, whichever the file; in how a file says it; in what describes them."""

UNENFORCED = ("wrong hash", "wrong size", "unique keys that nobody enforces", "categories that nobody enforces")
"""Of the hostile descriptors those that say something untrue or idle; the others lead a reader elsewhere."""

Contents = dict[str, bytes]


@functools.cache
def clean() -> Contents:
    """The package without an error."""
    return files(resources(), INFO)


def with_rows(rows: Mapping[str, object]) -> Contents:
    """A package with these rows in its CSV files and Parquet twins."""
    contents = dict(clean())
    for table in resources(**rows):  # type: ignore[arg-type]
        contents[f"data/{table.name}.csv"] = arrow.csv(table)
        contents[f"data/{table.name}.parquet"] = arrow.parquet(table)
    return contents


def edited(edit: Callable[[Contents], object]) -> Contents:
    """The package after an edit of its files."""
    contents = dict(clean())
    edit(contents)
    return contents


def planted() -> Iterator[tuple[str, str, Contents, bool]]:
    """Where, what, the package with the error in it, and whether its descriptor must be made to fit."""
    for name, (rows, *_) in CASES.items():
        yield "rows", name, with_rows(rows), True
    for text in CHANGED_BY_READERS:
        yield "rows", f"text that readers change: `{text}`", with_rows(visits(words=text)), True
    for name, (edit, file, *_) in PLANTED.items():
        yield "Parquet" if file == VISITS_PARQUET else "CSV", name, edited(edit), True
    for name in UNENFORCED:
        contents = edited(HOSTILE[name])
        yield "descriptor", name, contents | {checksums.FILE: checksums.listed(sums(contents))}, False


def stock(folder: Path) -> set[str]:
    """What frictionless finds."""
    from frictionless import FrictionlessException, Package

    try:
        report = Package.from_descriptor(json.loads((folder / "datapackage.json").read_text()), basepath=str(folder))
        return {str(row) for row in report.validate().flatten(["place", "rowNumber", "fieldName", "message"])}
    except FrictionlessException as refusal:
        return {str(refusal)}


def ours(folder: Path) -> set[str]:
    """What `factpack verify` finds by itself."""
    with mock.patch.object(verification, "frictionless_verdict", return_value=()):
        return {str(problem) for problem in verification.verify(folder)}


def measured() -> list[tuple[str, str, bool, bool]]:
    """For each planted error where it is, what it is, and who finds it: frictionless, we."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        folder = save(Path(place, "clean"), clean(), seal=False)
        usual = stock(folder), ours(folder)
        for number, (where, name, contents, seal) in enumerate(planted()):
            folder = save(Path(place, str(number)), contents, seal=seal)
            found.append((where, name, bool(stock(folder) - usual[0]), bool(ours(folder) - usual[1])))
    return sorted(found, key=lambda one: WHERE.index(one[0]))


def report(found: list[tuple[str, str, bool, bool]]) -> str:
    """The page, Markdown."""
    version = importlib.metadata.version("frictionless")
    lines = [
        "# Planted errors, two validators",
        "",
        f"One error at a time in a small package; {date.today()}, factpack {__version__}, frictionless {version}.",
        "",
        "    python benchmarks/validators.py",
        "",
        "Parquet files are plain files to frictionless here: it needs pandas to read them, and then errs on nulls.",
        "What it finds of keys and patterns it owes to how our descriptors are written: `required` for every part of a",
        "key, brackets around alternatives.",
        "",
        "| where | errors | frictionless misses | factpack misses |",
        "|---|--:|--:|--:|",
    ]
    for where in (*WHERE, ""):
        chosen = [one for one in found if where in ("", one[0])]
        missed = [sum(not one[side] for one in chosen) for side in (2, 3)]
        lines.append(f"| {where or '**all**'} | {len(chosen)} | {missed[0]} | {missed[1]} |")
    lines += ["", "| where | planted error | frictionless | factpack |", "|---|---|---|---|"]
    for where, name, *sides in found:
        lines.append(f"| {where} | {name} | " + " | ".join("found" if side else "**missed**" for side in sides) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (HERE / "validators.md").write_text(report(measured()), "utf-8")
    print((HERE / "validators.md").read_text("utf-8"))
