"""What Daft does: run the checks of single articles as a batch function, and join what meets by its keys."""

from __future__ import annotations

import logging
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from factpack import __version__
from factpack.config import ConfigurationError
from factpack.dataset import Elsewhere
from factpack.distributed.meeting import Row, told_apart
from factpack.distributed.tabling import Tabler
from factpack.files import Unreadable, as_text
from factpack.quote import find, fold, unwrapped
from factpack.survey.examiner import Examiner, cores

if TYPE_CHECKING:
    from daft import DataFrame

SHARE = 16
"""Articles handed to a worker at a time."""

INSTALL = "--engine daft needs Daft: pip install 'factpack[daft]'"
INSTALL_RAY = "DAFT_RUNNER=ray needs Ray: pip install 'factpack[ray]'"


QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",  # a check tells nobody that it was run
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
}


def engine() -> Any:
    """Daft, on this machine or, by `DAFT_RUNNER=ray`, on a cluster; raises ConfigurationError where it is not there."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import daft
    except ModuleNotFoundError as error:
        if error.name != "daft":
            raise
        raise ConfigurationError(INSTALL) from None
    if _is_cluster():
        _join()
    return daft


def _is_cluster() -> bool:
    return os.environ.get("DAFT_RUNNER", "").lower() == "ray"


def _join() -> None:
    """Connect to the cluster at `RAY_ADDRESS`, or start one here, if that was not done before."""
    try:
        import ray
    except ModuleNotFoundError:
        raise ConfigurationError(INSTALL_RAY) from None
    if ray.is_initialized():
        return
    try:
        # What workers print is kept in the cluster's own logs. They take the environment of whoever started them.
        ray.init(log_to_driver=False, logging_level=logging.ERROR, runtime_env={"env_vars": QUIET})
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ConfigurationError(f"no Ray cluster answers at {os.environ.get('RAY_ADDRESS')}: {error}") from None


@dataclass(frozen=True, slots=True)
class Met:
    """What of the articles a check over all of them may have something to say of: rows by article, and their rest.

    `unreadable` are the articles whose file cannot be read, with the reason; `elsewhere` what all of them name.
    """

    rest: dict[str, bytes]
    unreadable: dict[str, str]
    entries: dict[str, list[Row]]
    references: dict[str, list[Row]]
    elsewhere: Elsewhere


def look(examiner: Examiner, paths: Sequence[str]) -> DataFrame:
    """One row for each article, with all that `told_apart` says of it; worked out once, and kept by the engine."""
    daft = engine()
    types = daft.DataType
    text, number = types.string(), types.int64()
    entry = types.struct(
        {"number": number, "table": text, "id": text, "folded": text, "alike": text, "is_whole": types.bool(),
         "written": text}
    )  # fmt: skip
    reference = types.struct({"number": number, "table": text, "id": text, "route": text})
    looked = types.struct(
        {"why": text, "rest": types.binary(), "entries": types.list(entry), "references": types.list(reference),
         "printed": types.list(text)}
    )  # fmt: skip

    found = daft.from_pydict({"path": list(paths)}).into_batches(SHARE)
    column = _row_by_row(partial(looked_at, examiner), looked)(daft.col("path"))
    return _kept(found.select("path", column.alias("looked")).select("path", daft.col("looked").unnest()))


def _row_by_row(done: Callable[..., Any], dtype: Any) -> Any:
    """A function of columns that does something with each row, in as many processes as there are cores."""
    daft = engine()

    @daft.cls(**_processes())
    class Work:
        def __init__(self, done: Callable[..., Any], made_by: str) -> None:
            self.done, self.made_by = done, made_by

        @daft.method.batch(return_dtype=dtype, batch_size=SHARE)  # type: ignore[untyped-decorator]
        def all(self, *columns: Any) -> list[Any]:
            refuse_other(self.made_by)
            return [self.done(*row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]

    return Work(done, __version__).all


def refuse_other(version: str) -> None:
    """Raises ConfigurationError where a worker has another factpack, which could find something else."""
    if version != __version__:
        raise ConfigurationError(f"a worker has factpack {__version__}, not {version}: install the same one everywhere")


def _kept(frame: DataFrame) -> DataFrame:
    """Work out a frame once; raises ConfigurationError where a worker did."""
    try:
        return frame.collect()
    except Exception as error:  # what a worker raised comes back as text, in whatever the engine raises
        if why := re.search(r"ConfigurationError: (.+)", str(error)):
            raise ConfigurationError(why[1]) from None
        raise


def _processes() -> dict[str, Any]:
    """How many workers: the cores of this machine, or of the cluster."""
    if _is_cluster():
        import ray

        # Actors, which Ray starts again; each process that Daft starts itself would live for a single batch there.
        return {"max_concurrency": max(1, int(ray.cluster_resources().get("CPU", 1)))}
    return {"use_process": True, "max_concurrency": cores()}


def looked_at(examiner: Examiner, path: str) -> Row:
    """The row of one article."""
    looked, _ = examiner.look(path)
    empty: Row = {"rest": None, "entries": [], "references": [], "printed": []}
    return {"why": looked.why} | (told_apart(looked.examined, examiner.shared.models) if looked.examined else empty)


def meet(looked: DataFrame, registered: Iterable[tuple[str, str]], referred: Iterable[tuple[str, str]]) -> Met:
    """Join the rows of all articles by their keys.

    `registered` are the (table, id) of the registers' records, `referred` those that these refer to.
    """
    daft = engine()
    col = daft.col
    entries = _each(looked, "entries")
    references = _each(looked, "references")
    known, asked = _pairs(registered), _pairs(referred)
    named = entries.where(col("id") != "")
    every = known.concat(named.select("table", "id")).concat(named.select(daft.lit("records").alias("table"), "id"))
    missed = references.join(every.distinct(), on=["table", "id"], how="anti").collect()
    wanted = missed.select("table", "id").concat(asked.join(every.distinct(), on=["table", "id"], how="anti"))
    used = references.join(known, on=["table", "id"], how="semi").select("table", "id").distinct().to_pylist()
    shared = entries.groupby("folded").agg(col("number").count()).where(col("number") > 1)
    likened = entries.where(col("alike").not_null())
    alike = likened.groupby("alike").agg(col("folded").count_distinct()).where(col("folded") > 1)
    meeting = [
        entries.where(~col("is_whole")),
        entries.join(shared.select("folded"), on="folded", how="semi"),
        likened.join(alike.select("alike"), on="alike", how="semi"),
        entries.join(asked.select("id").distinct(), on="id", how="semi"),
        *_near(entries, {row["table"] for row in wanted.select("table").distinct().to_pylist()}),
    ]
    names = looked.select("printed").explode("printed").where(col("printed").not_null()).distinct().to_pylist()
    read = looked.select("path", "why", "rest").to_pylist()
    return Met(
        {row["path"]: row["rest"] for row in read if row["rest"] is not None},
        {row["path"]: row["why"] for row in read if row["rest"] is None},
        _by_path(meeting),
        _by_path([missed]),
        Elsewhere(frozenset((row["table"], row["id"]) for row in used), frozenset(row["printed"] for row in names)),
    )


def _pairs(several: Iterable[tuple[str, str]]) -> DataFrame:
    daft = engine()
    pairs = list(several)
    columns = {"table": [table for table, _ in pairs], "id": [identity for _, identity in pairs]}
    frame: DataFrame = daft.from_pydict(columns)
    return frame.select(*(daft.col(name).cast(daft.DataType.string()) for name in ("table", "id")))


def _each(looked: DataFrame, column: str) -> DataFrame:
    col = engine().col
    exploded = looked.select("path", column).explode(column).where(col(column).not_null())
    return exploded.select("path", col(column).unnest())


def _near(entries: DataFrame, tables: set[str]) -> Iterator[DataFrame]:
    """Where a reference leads nowhere, all records of its table: one of them may have been meant."""
    if "records" in tables:
        yield entries
    elif tables:
        yield entries.where(engine().col("table").is_in(sorted(tables)))


def _by_path(frames: Iterable[DataFrame]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for frame in frames:
        for row in frame.to_pylist():
            found[row["path"]].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """Records that others have to do with: those of several articles with their paths, and who else is referred to.

    `named` are the (table, id) -> entries, as `told_apart` writes them, of all whose name another article needs.
    """

    records: dict[str, list[str]]
    named: dict[tuple[str, str], list[Row]]


def shared(looked: DataFrame) -> Shared:
    """Find by joins which records several articles report, and which are referred to from elsewhere."""
    daft = engine()
    col = daft.col
    entries = _each(looked, "entries").where(col("id") != "")
    several = entries.groupby("id").agg(col("path").count_distinct()).where(col("path") > 1).select("id")
    parts = entries.join(several, on="id", how="semi").select("id", "path").distinct().to_pylist()
    records: dict[str, list[str]] = defaultdict(list)
    for row in parts:
        records[row["id"]].append(row["path"])
    alone = entries.join(several, on="id", how="anti").select("path", "table", "id")
    wanted = _each(looked, "references").join(alone, on=["path", "table", "id"], how="anti")
    named: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in entries.join(wanted, on=["table", "id"], how="semi").to_pylist():
        named[row["table"], row["id"]].append(row)
    return Shared(records, named)


def tabled(tabler: Tabler, articles: Sequence[str], records: Mapping[str, Sequence[str]]) -> DataFrame:
    """All rows of all tables, worked out once: table, key, cells. A row without a key tells the table's fields."""
    daft = engine()
    text = daft.DataType.string()
    row = daft.DataType.struct({"table": text, "key": text, "cells": text})

    units = {
        "id": [*(None for _ in articles), *records],
        "paths": [*([path] for path in articles), *map(list, records.values())],
    }
    asked = daft.from_pydict(units).select(daft.col("id").cast(text), "paths").into_batches(SHARE)
    made = _row_by_row(partial(_rows_of, tabler), daft.DataType.list(row))(daft.col("id"), daft.col("paths"))
    found = asked.select(made.alias("rows")).explode("rows")
    own = daft.from_pylist(tabler.of_registers()).select("table", daft.col("key").cast(text), "cells")
    return _kept(found.where(daft.col("rows").not_null()).select(daft.col("rows").unnest()).concat(own))


def _rows_of(tabler: Tabler, identity: str | None, paths: Sequence[str]) -> list[Row]:
    return tabler.of_article(paths[0]) if identity is None else tabler.of_record(identity, paths)


def holding(examiner: Examiner, sources: Sequence[str], quotes: Sequence[str]) -> frozenset[str]:
    """The sources that have any of some quotes."""
    daft = engine()

    found = daft.from_pydict({"path": list(sources)}).into_batches(SHARE)
    asked = _row_by_row(partial(holds, examiner, quotes), daft.DataType.bool())(daft.col("path"))
    found = found.where(asked)
    return frozenset(row["path"] for row in found.to_pylist())


def holds(examiner: Examiner, quotes: Sequence[str], path: str) -> bool:
    """Whether a source has any of some quotes."""
    try:
        content = as_text(path, examiner.read(path)).content
    except Unreadable:
        return False
    folded = fold(unwrapped(content) if examiner.config.paragraphs == "blank-line" else content)
    return any(find(folded, quote).spans for quote in quotes)
