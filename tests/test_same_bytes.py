"""The flagship built again elsewhere: the same bytes; under another pyarrow, the same CSV bytes and content hash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import flagship
import pytest
from installed import not_tested

from factpack.diagnostic import Severity
from factpack.package import content_hash, verify

OTHER_PYARROW = Path(sys.prefix) / "pyarrow-17"
"""Where `.ci/tools` lays it."""

BUILD = """
import os, sys
from factpack.cli import main

scandir, listdir = os.scandir, os.listdir

class Backwards:
    def __init__(self, *where):
        with scandir(*where) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
    def __iter__(self): return self.entries
    def __next__(self): return next(self.entries)

if sys.argv[2] == "backwards":
    os.scandir, os.listdir = Backwards, lambda *where: sorted(listdir(*where), reverse=True)
sys.exit(main(["build", "--project", sys.argv[1]]))
"""


def built(project: Path, order: str = "", umask: int = 0o022, **environment: str) -> Path:
    """The candidate of a copy of the flagship, built by a process of its own."""
    project.mkdir(parents=True)
    command = [sys.executable, "-c", BUILD, str(flagship.copy(project)), order]
    where = os.environ | environment
    run = subprocess.run(command, env=where, umask=umask, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return project / ".factpack/candidate"


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder with its mode."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    environment = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return built(tmp_path_factory.mktemp("usual") / "project", **environment)


def test_elsewhere(usual: Path, tmp_path: Path) -> None:
    """Another hash seed, time zone, locale, umask, directory, order of files and process."""
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "tr_TR.ISO-8859-9", "PYTHONUTF8": "0"}
    other = built(tmp_path / "else where" / "dự án", "backwards", 0o077, **environment)
    assert snapshot(other) == snapshot(usual)


def test_another_pyarrow(usual: Path, tmp_path: Path) -> None:
    if not OTHER_PYARROW.is_dir():
        not_tested("there is no second pyarrow beside the installed one (.ci/tools)")
    other = built(tmp_path / "project", PYTHONPATH=str(OTHER_PYARROW))
    ours, theirs = snapshot(usual), snapshot(other)
    unlike = {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}
    assert "provenance.json" in unlike, "it was not built by another version of pyarrow"
    # What is of pyarrow's making, and what says so or has its checksum.
    parquet = {path for path in ours if path.endswith(".parquet")}
    assert unlike <= parquet | {"datapackage.json", "provenance.json", "SHA256SUMS"}
    assert content_hash(other) == content_hash(usual)
    # The values are the same, too: its Parquet files, read by our version, equal the CSV files.
    assert [problem for problem in verify(other) if problem.severity is Severity.ERROR] == []
