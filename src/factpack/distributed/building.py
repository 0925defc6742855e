"""The tables of a dataset of any size: CSV and partitioned Parquet, rows in the order and bytes of a local build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpack import staging
from factpack.distributed.frames import engine, shared, tabled
from factpack.distributed.surveying import FarSurvey
from factpack.distributed.tabling import Tabler
from factpack.merge import preferences
from factpack.package import arrow, checksums
from factpack.package.checksums import Sums
from factpack.package.problem import PackageInvalid
from factpack.records import named
from factpack.resource import Field, Resource
from factpack.survey.condensed import entry_from

if TYPE_CHECKING:
    from daft import DataFrame

PART = 1 << 18
"""Rows of one Parquet file, and in memory at a time."""


def build(found: FarSurvey, target: Path) -> str:
    """Write the tables to the folder `target`, in place of older ones; returns their content hash.

    Raises PackageInvalid where a value is not of its field's type.
    """
    listing = found.dataset.listing
    joined = shared(found.looked)
    order = {path: number for number, path in enumerate(listing.articles)}
    records = {identity: sorted(paths, key=order.__getitem__) for identity, paths in sorted(joined.records.items())}
    choices = preferences(found.extracts)
    titles = {}
    for (table, identity), parts in joined.named.items():
        entries = [
            entry_from(json.loads(row["written"]))
            for row in sorted(parts, key=lambda row: (order[row["path"]], row["number"]))
        ]
        titles[table, identity] = named(identity, entries, choices)
    tabler = Tabler(found.examiner, listing, frozenset(records), titles)
    rows = tabled(tabler, listing.articles, records)
    with staging.staged(target, replace=True) as folder:
        sums = Sums()
        for form in _forms(rows):
            staging.fill(folder, sums.passing(f"data/{form.name}.csv", _written(form, rows, folder, sums)))
        staging.fill(folder, [(checksums.FILE, checksums.listed(sums))])
    return checksums.content_hash_from(sums)


def _forms(rows: DataFrame) -> list[Resource]:
    """The tables that have rows, without them."""
    col = engine().col
    told = rows.where(col("key").is_null()).select("table", "cells").distinct().to_pylist()
    forms = {row["table"]: json.loads(row["cells"]) for row in told}
    return [_form(forms[table]) for table in sorted(forms)]


def _form(told: dict[str, Any]) -> Resource:
    fields = tuple(Field(**{**field, "enum": tuple(field["enum"])}) for field in told["fields"])
    return Resource(told["name"], told["title"], told["description"], fields, tuple(told["primary_key"]))


def _written(form: Resource, rows: DataFrame, folder: Path, sums: Sums) -> Iterator[bytes]:
    """A table's CSV file piece by piece; each is written as a Parquet file, too, and its sum noted."""
    head = len(arrow.csv(form))
    for number, part in enumerate(_parts(form, rows)):
        resource = replace(form, rows=part)
        if problems := list(arrow.mistyped(resource)):
            raise PackageInvalid(problems)
        made = arrow.table(resource)
        path = f"data/{form.name}/part-{number:05}.parquet"
        staging.fill(folder, sums.passing(path, [arrow.parquet(resource, made)]))
        yield arrow.csv(resource, made)[head if number else 0 :]


def _parts(form: Resource, rows: DataFrame) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The rows of a table by its key, so many at a time."""
    col = engine().col
    own = rows.where((col("table") == form.name) & col("key").not_null()).sort("key").select("cells")
    names = [field.name for field in form.fields]
    every = (cells for batch in own.to_arrow_iter() for cells in batch.column(0).to_pylist())
    while part := [dict(zip(names, json.loads(cells), strict=True)) for cells in islice(every, PART)]:
        yield part
