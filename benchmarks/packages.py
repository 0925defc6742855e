"""What a package costs to write and to validate: CPU time beside bare pyarrow and stock frictionless, in one run.

    python benchmarks/packages.py [--rows 100000 1000000]

Writes `benchmarks/packages.md`. The tables are a parent of a tenth of the rows and a child with a key, a reference,
texts that repeat, texts that do not, numbers, dates and an enumeration.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from frictionless import Package
from frictionless import Resource as Stock
from page import Figure, write

from factpack import __version__
from factpack.package import arrow, parquet, tableschema, twins
from factpack.package.validation import validate
from factpack.resource import Field, ForeignKey, Resource

RELATIONS = ("supports", "context", "contradicts")


def parents(count: int) -> Resource:
    """The table that is referred to."""
    fields = (Field("id", pattern="[a-z0-9-]+", required=True), Field("title", required=True))
    rows = [{"id": f"record-{number:07d}", "title": f"The record of number {number}"} for number in range(count)]
    return Resource("parents", "Parents", "What is referred to.", fields, ("id",), rows=rows)


def children(count: int) -> Resource:
    """The table that refers."""
    random.seed(20)
    fields = (
        Field("id", "integer", required=True),
        Field("parent_id", required=True),
        Field("quote", required=True, max_length=500),
        Field("relation", required=True, enum=RELATIONS),
        Field("start", "integer", minimum=0),
        Field("amount", "number"),
        Field("day", "date"),
        Field("year", "year"),
        Field("typed", "boolean"),
        Field("note"),
    )
    rows = [
        {
            "id": number,
            "parent_id": f"record-{number % (count // 10):07d}",
            "quote": f"“The {number}th of the words, and what follows”, said one of them",
            "relation": random.choice(RELATIONS),
            "start": random.randrange(10_000),
            "amount": random.randrange(10_000) / 4 if number % 3 else None,
            "day": f"20{random.randrange(10, 27)}-0{random.randrange(1, 10)}-{random.randrange(10, 29)}",
            "year": random.randrange(1900, 2030),
            "typed": number % 2 == 0,
            "note": None if number % 5 else "looked up",
        }
        for number in range(count)
    ]
    key = ForeignKey(("parent_id",), "parents", ("id",))
    return Resource("children", "Children", "What refers.", fields, ("id",), (key,), rows)


def jobs(count: int, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and job. The files that are validated are written here, once."""
    tables = [parents(count // 10), children(count)]
    for table in tables:
        (folder / f"{table.name}.csv").write_bytes(arrow.csv(table))
        (folder / f"{table.name}.parquet").write_bytes(arrow.parquet(table))

    def bare() -> None:
        for table in tables:
            made = pa.Table.from_pylist([*map(native, table.rows)], schema=arrow.schema(table))
            pacsv.write_csv(made, BytesIO())
            pq.write_table(made, BytesIO())

    def ours() -> None:
        for table in tables:
            made = arrow.table(table)
            arrow.csv(table, made)
            arrow.parquet(table, made)

    def validated() -> None:
        found = {}
        for table in tables:
            data = folder / f"{table.name}.csv"
            left = twins.read_csv(data, table)
            size = parquet.Size(left.count, data.stat().st_size)
            found[table.name] = right = parquet.read_parquet(folder / f"{table.name}.parquet", table, size)
            assert not list(twins.differences(table, left, right))
        assert not list(validate(tables, found))

    def stock() -> None:
        described = [
            Stock.from_descriptor(
                {
                    "name": table.name,
                    "path": f"{table.name}.csv",
                    "schema": tableschema.of(table).model_dump(mode="json", by_alias=True, exclude_none=True),
                }
            )
            for table in tables
        ]
        assert Package(resources=described, basepath=str(folder)).validate().valid

    yield "bare pyarrow writes CSV and Parquet", bare
    yield "factpack writes CSV and Parquet", ours
    yield "factpack validates both files, and compares them", validated
    yield "frictionless validates the CSV", stock


def native(row: Mapping[str, object]) -> dict[str, object]:
    """A row as pyarrow wants it: with a day as a date."""
    return {**row, "day": date.fromisoformat(str(row["day"]))} if "day" in row else dict(row)


def seconds(job: Callable[[], object], rounds: int) -> float:
    """The median of its CPU time."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        job()
        found.append(time.process_time() - began)
    return statistics.median(found)


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    how = (
        f"factpack {__version__}, Python {platform.python_version()}, pyarrow {version('pyarrow')}, frictionless "
        f"{version('frictionless')}, {platform.system()} {platform.machine()}, {date.today()}: CPU seconds, medians "
        f"of {options.rounds} rounds (frictionless at a million rows: one). Made by `benchmarks/packages.py`."
    )
    figures = []
    for count in options.rows:
        with tempfile.TemporaryDirectory() as made:
            found = {
                name: seconds(job, 1 if name.startswith("frictionless") and count > 100_000 else options.rounds)
                for name, job in jobs(count, Path(made))
            }
        bare, ours, validated, stock = found.values()
        for (name, spent), ratio, budget in zip(
            found.items(),
            ("1.00", f"{ours / bare:.2f} of bare pyarrow", f"{validated / stock:.2f} of frictionless", "1.00"),
            ("", "1.5", "0.33" if count < 1_000_000 else "0.1", ""),
            strict=True,
        ):
            figures.append(Figure(f"{name}, {count:,} rows", f"{spent:.2f} s", ratio, budget))
    write("packages", "Packages", how, figures)


if __name__ == "__main__":
    main()
