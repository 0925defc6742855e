"""A check and a build on a Ray cluster of two workers, one of which is killed, find and write what local ones do.

They need Ray (`pip install 'factpack[ray]'`: 240 MB unpacked) and some minutes: `pytest tests/test_ray.py --ray`.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import corpus
import pytest
from test_engine import corroborated, run, spoilt

from factpack.package.checksums import content_hash

pytest.importorskip("daft", reason="Daft is not installed: pip install 'factpack[daft]'")


@dataclass(frozen=True)
class Running:
    """A cluster: the environment in which it is found, and the processes whose children are its workers."""

    environment: dict[str, str]
    nodes: frozenset[int]


@pytest.fixture(scope="module")
def cluster(request: pytest.FixtureRequest) -> Iterator[Running]:
    """A cluster on this machine: a head that does no work, and two nodes of one core each."""
    if not request.config.getoption("--ray"):
        pytest.skip("not asked for by --ray")
    cluster_utils = pytest.importorskip("ray.cluster_utils", reason="Ray is not installed: 'factpack[ray]'")
    of_all = {"include_dashboard": False, "object_store_memory": 2**28}
    made = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **of_all})
    try:
        nodes = [made.add_node(num_cpus=1, **of_all) for _ in range(2)]
        pids = frozenset(node.all_processes["raylet"][0].process.pid for node in nodes)
        yield Running({"DAFT_RUNNER": "ray", "RAY_ADDRESS": made.address}, pids)
    finally:
        made.shutdown()


def test_findings_are_those_of_a_local_check(tmp_path: Path, cluster: Running) -> None:
    root = str(spoilt(tmp_path / "c"))
    local = run("check", "--project", root, "--no-cache", "--format", "json")
    assert run("check", "--project", root, "--engine", "daft", "--format", "json", **cluster.environment) == local
    assert local[0] == 1


def test_tables_are_those_of_a_local_build(tmp_path: Path, cluster: Running) -> None:
    root = corroborated(tmp_path / "c")
    assert run("build", "--project", str(root), "--date", "2026-01-01")[0] == 0
    assert run("build", "--project", str(root), "--engine", "daft", **cluster.environment)[0] == 0
    assert content_hash(root / ".factpack/tables") == content_hash(root / ".factpack/candidate")


def test_a_killed_worker_changes_nothing(tmp_path: Path, cluster: Running) -> None:
    corpus.make(tmp_path / "c", 96, 600, 10)
    root = str(tmp_path / "c")
    local = run("check", "--project", root, "--no-cache", "--format", "json")
    killed: list[int] = []
    watch = threading.Thread(target=_kill_one_at_work, args=(killed, cluster.nodes, time.monotonic() + 300))
    watch.start()
    found = run("check", "--project", root, "--engine", "daft", "--format", "json", **cluster.environment)
    watch.join()
    assert len(killed) == 1
    assert found == local


def _kill_one_at_work(killed: list[int], nodes: frozenset[int], until: float) -> None:
    """Kill the first of these nodes' processes that is seen looking at articles."""
    while not killed and time.monotonic() < until:
        for place in Path("/proc").glob("[0-9]*"):
            try:
                is_at_work = b"UDFActor.eval_input" in (place / "cmdline").read_bytes()
                if is_at_work and int((place / "stat").read_text("utf-8").rpartition(")")[2].split()[1]) in nodes:
                    os.kill(int(place.name), signal.SIGKILL)
                    killed.append(int(place.name))
                    break
            except (FileNotFoundError, ProcessLookupError):
                continue
        time.sleep(0.02)
