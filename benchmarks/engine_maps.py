"""Looks at all articles of a dataset one by one, without what is seen of all together, by one of several engines.

    python benchmarks/engine_maps.py own|daft|ray|ray-data|dask|spark DIR

Prints how many articles that were. `engines.py` runs and measures it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from factpack.dataset import load_registers
from factpack.distributed.frames import SHARE, look, looked_at
from factpack.distributed.surveying import project
from factpack.models import load_models
from factpack.survey.examiner import Examiner, look_at

JOBS = os.cpu_count() or 1


def by_own_pool(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The articles that were looked at, by the processes of a local check."""
    return [looked.path for looked, _ in look_at(examiner, paths, JOBS)]


def by_daft(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The same by Daft's workers."""
    return [row["path"] for row in look(examiner, paths).to_pylist()]


def by_ray(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The same by plain Ray tasks, one for each share of the articles."""
    import ray

    ray.init(num_cpus=JOBS, log_to_driver=False, include_dashboard=False)
    given = ray.put(examiner)
    task = ray.remote(_looked_at_all)
    found = ray.get([task.remote(given, share) for share in _shares(paths)])
    ray.shutdown()
    return [row["path"] for rows in found for row in rows]


def by_ray_data(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The same by Ray Data's batches."""
    import ray

    ray.init(num_cpus=JOBS, log_to_driver=False, include_dashboard=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    made = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(_shares(paths)))
    rows = made.map_batches(partial(_looked_at_batch, examiner), batch_size=SHARE).take_all()
    ray.shutdown()
    return [row["path"] for row in rows]


def by_spark(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The same by an RDD of Spark, on this machine."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master(f"local[{JOBS}]").config("spark.ui.enabled", "false").getOrCreate()
    given = session.sparkContext.parallelize(paths, len(_shares(paths)))
    rows = given.mapPartitions(partial(_looked_at_all, examiner)).collect()
    session.stop()
    return [row["path"] for row in rows]


def by_dask(examiner: Examiner, paths: Sequence[str]) -> list[str]:
    """The same by a Dask bag in processes."""
    from dask import bag

    made = bag.from_sequence(paths, partition_size=SHARE).map_partitions(partial(_looked_at_all, examiner))
    return [row["path"] for row in made.compute(scheduler="processes", num_workers=JOBS)]


def _looked_at_batch(examiner: Examiner, batch: dict[str, Any]) -> dict[str, list[Any]]:
    rows = _looked_at_all(examiner, [str(path) for path in batch["path"]])
    return {"path": [row["path"] for row in rows], "rest": [row["rest"] for row in rows]}


def _looked_at_all(examiner: Examiner, paths: Iterable[str]) -> list[dict[str, object]]:
    return [{"path": path} | looked_at(examiner, path) for path in paths]


def _shares(paths: Sequence[str]) -> list[Sequence[str]]:
    return [paths[start : start + SHARE] for start in range(0, len(paths), SHARE)]


MAPS: dict[str, Callable[[Examiner, Sequence[str]], list[str]]] = {
    "own": by_own_pool,
    "daft": by_daft,
    "ray": by_ray,
    "ray-data": by_ray_data,
    "dask": by_dask,
    "spark": by_spark,
}


def map_only(way: str, place: Path) -> None:
    """Look at all articles one by one, by one way, and say how many that were."""
    dataset = project(place)
    models = load_models(dataset.config.root / dataset.config.schema)
    registers, _ = load_registers(dataset.config, models, dataset.listing.registers)
    found = MAPS[way](dataset.examiner(registers), dataset.listing.articles)
    assert sorted(found) == sorted(dataset.listing.articles)
    print(len(found))


if __name__ == "__main__":
    map_only(sys.argv[1], Path(sys.argv[2]))
