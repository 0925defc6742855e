"""What is unpacked for a moment: no room for it is told, and a kill leaves nothing that the next run does not clear."""

from __future__ import annotations

import errno
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import ASKING, Fault, run
from pages import Example, lay_out
from sample_package import resources
from test_survey import commit
from test_tables import FILES

from factpack.cli import main
from factpack.package import verification
from factpack.package.renditions import sqlite
from factpack.scratch import scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@pytest.fixture(scope="module", params=["verify ZIP", "diff git:REF"])
def unpacking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Path, Callable[[], int]]]:
    """A folder for temporary files, a log, and a command that needs such a folder."""
    place = tmp_path_factory.mktemp("unpacking")
    project, scratch = place / "project", place / "tmp"
    scratch.mkdir()
    lay_out(Example(FILES, set()), project)
    if request.param == "verify ZIP":
        assert main(["release", "--project", str(project)]) == 0
        arguments = ["verify", str(project / "dist/example-1.0.0.zip")]
    else:
        commit(project)
        arguments = ["diff", "git:HEAD", "working", "--project", str(project)]

    def work() -> int:
        tempfile.tempdir = str(scratch)
        return main(arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "frictionless_verdict", lambda package, directory: iter(()))
        yield scratch, place / "log", work


def test_nothing_that_was_unpacked_is_left(
    unpacking: tuple[Path, Path, Callable[[], int]], request: pytest.FixtureRequest
) -> None:
    scratch, log, work = unpacking
    code, calls = run(work, log)
    said = log.read_text()
    assert code == 0, said
    changing = [number for number, name in enumerate(calls, 1) if name not in ASKING]
    assert len(changing) > 5
    if not request.config.getoption("--every-call"):
        changing = random.Random(0).sample(changing, 5)
    left = 0
    for at in changing:
        assert run(work, log, "kill", at)[0] is None
        left += len(list(scratch.iterdir()))
        assert (run(work, log)[0], log.read_text()) == (code, said), f"after a kill at call {at}"
        assert list(scratch.iterdir()) == [], f"after a kill at call {at}"
    assert left, "no kill left anything"


@pytest.mark.parametrize("fault", ["ENOSPC", "EFBIG", "EIO", "EROFS"])
def test_no_room_to_unpack_is_told(
    unpacking: tuple[Path, Path, Callable[[], int]], fault: Fault, request: pytest.FixtureRequest
) -> None:
    scratch, log, work = unpacking
    _, calls = run(work, log)
    said = log.read_text()
    places = [number for number, name in enumerate(calls, 1) if name in ("open", "mkdir", "write")]
    chosen = places if request.config.getoption("--every-call") else [places[0], places[-1]]
    for at in chosen:
        code, _ = run(work, log, fault, at)
        if (code, fault, calls[at - 1], log.read_text()) == (0, "EIO", "mkdir", said):
            continue  # of a folder that was there already
        (line,) = log.read_text().splitlines()[-1:]
        assert code == 2, log.read_text()
        assert line.startswith("factpack: "), line
        assert line.endswith(os.strerror(getattr(errno, fault))), line
        if fault != "EROFS":  # where nothing can be taken away, either
            assert list(scratch.iterdir()) == []


def test_only_what_a_run_left_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "elsewhere/inside").mkdir(parents=True)
    (tmp_path / ".factpack-scratch-left0123/inside").mkdir(parents=True)
    (tmp_path / ".factpack-scratch-link0123").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".factpack-scratch-file0123").write_text("mine", "utf-8")
    others = {"elsewhere", ".factpack-scratch-link0123", ".factpack-scratch-file0123", "factpack-abcdefgh", "factpack"}
    for name in ("factpack-abcdefgh", "factpack"):  # such as a clone
        (tmp_path / name / "inside").mkdir(parents=True)
    with scratch() as one, scratch() as other:
        assert one != other
        assert {path.name for path in tmp_path.iterdir()} == {one.name, other.name, *others}
    assert {path.name for path in tmp_path.iterdir()} == others
    assert (tmp_path / "elsewhere/inside").is_dir()


@pytest.mark.parametrize("limit", [0, 4096, 40_000])
def test_no_room_for_the_sqlite_file_is_told(tmp_path: Path, limit: int) -> None:
    """SQLite writes by itself: a limit to the size of files stops it, as a full disk would."""
    (tmp_path / "tmp").mkdir()

    def work() -> int:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            return len([*sqlite.database(resources(), tmp_path / "tmp")])
        except OSError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            return 50 if str(tmp_path) in str(error) and "SQLite" in str(error) else 60

    assert run(work, tmp_path / "log")[0] == 50, (tmp_path / "log").read_text()
    assert list((tmp_path / "tmp").iterdir()) == []
