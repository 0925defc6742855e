"""The floor: the same job done with the fastest well-kept parts, and nothing that makes a checker of them.

    python benchmarks/floor.py DIR        DIR: a dataset that benchmarks/corpus.py wrote

Run by the Python of an environment with yaml-rs, pydantic and pyarrow: read every curation file, validate its records
against plain models, find every quote in the source's text with its typography replaced, write a table. No places,
no values, no messages.
"""

from __future__ import annotations

import sys
import time
import unicodedata
from datetime import date
from pathlib import Path

import pyarrow as pa
import yaml_rs
from pydantic import BaseModel, TypeAdapter

FOLDS = {"’": "'", "“": '"', "”": '"', "–": "-", "…": "...", "\u00a0": " ", "\u00ad": ""}


class Event(BaseModel):
    """An event, its values as typed."""

    id: str
    name: str
    date: date
    place: str
    speakers: list[str]
    country: str
    quotes: list[str]


class Figure(BaseModel):
    """A figure, its values as typed."""

    id: str
    event: str
    measure: str
    value: int
    comparator: str
    unit: str
    quotes: list[str]


EVENTS, FIGURES = TypeAdapter(list[Event]), TypeAdapter(list[Figure])


def folded(text: str) -> str:
    """A text with its typography replaced, where there is any, and its letters composed."""
    for old, new in FOLDS.items():
        if old in text:
            text = text.replace(old, new)
    return unicodedata.normalize("NFC", text)


def main() -> None:
    """Do the job on the dataset of the command line."""
    root, started = Path(sys.argv[1]), time.process_time()
    rows: list[tuple[str, str, int]] = []
    for path in sorted((root / "curation").glob("*.yaml")):
        data = yaml_rs.loads(path.read_text("utf-8"))
        source = folded((root / "seeds" / data["article"]["source"]).read_text("utf-8"))
        for fact in (*EVENTS.validate_python(data["events"]), *FIGURES.validate_python(data["figures"])):
            # One search for each quote, as often as it is typed; a place of -1 is not found.
            rows.extend((fact.id, quote, source.find(folded(quote))) for quote in fact.quotes)
    columns = zip(*rows, strict=True)
    table = pa.table([pa.array(column) for column in columns], names=["fact", "quote", "start"])
    lost = sum(start < 0 for _, _, start in rows)
    print(f"{time.process_time() - started:.6f} seconds of CPU: {table.num_rows} quotes, {lost} not found")


if __name__ == "__main__":
    main()
