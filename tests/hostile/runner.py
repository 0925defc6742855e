"""Run cases, each in a process of its own with little time and memory; speaks JSON lines on its standard streams.

    python -P tests/hostile/runner.py NAME...

factpack is imported once; for each case the process forks, so that a case costs milliseconds, and one that hangs,
crashes or eats memory ends nothing but itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile.cases import CASES
from hostile.project import SLOWER, Case, lay_out, remove

from factpack.cli import main

WALL = 240
"""Seconds after which a case that only waits is ended; what it computes is limited by Case.seconds."""
NOBODY = 65534


def run(case: Case) -> dict[str, object]:
    """The outcome of a case as plain data."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)
    try:
        root = lay_out(case, folder)
        before = _contents(folder)
        out, err = folder / "out", folder / "err"
        child = os.fork()
        if child == 0:
            _become(case, root, out, err)
        _, status, usage = os.wait4(child, 0)
        stdout, stderr = (path.read_bytes().decode("utf-8", "replace") for path in (out, err))
        for path in (out, err):
            path.unlink()
        after = _contents(folder)
        return {
            "name": case.name,
            "code": os.waitstatus_to_exitcode(status),
            "stdout": stdout,
            "stderr": stderr,
            "seconds": usage.ru_utime + usage.ru_stime,
            "changed": sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)),
        }
    finally:
        remove(folder)


def _become(case: Case, root: Path, out: Path, err: Path) -> None:
    """What the forked process does; it never returns."""
    code = 70
    try:
        for path, descriptor in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), descriptor)
        os.chdir(root)
        if any(path == "locked" or "locked" in case.name for path in case.files) and os.geteuid() == 0:
            os.seteuid(NOBODY)  # nothing is locked for root
        size = case.mebibytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        limit = SLOWER * max(1, round(case.seconds))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        signal.alarm(WALL)
        code = main([argument.replace("{outside}", str(root.parent / "outside")) for argument in case.arguments])
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 0 if stopped.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _contents(folder: Path) -> dict[str, object]:
    """Everything below a folder: what kind of thing, and the content of regular files."""
    found: dict[str, object] = {}
    for path, folders, files in os.walk(os.fsencode(folder)):
        for name in [*folders, *files]:
            place = os.path.join(path, name)
            status = os.lstat(place)
            regular = os.path.isfile(place) and not os.path.islink(place)
            if b"__pycache__" not in place:
                key = os.fsdecode(os.path.relpath(place, os.fsencode(folder))).encode("utf-8", "replace").decode()
                found[key] = (status.st_mode, status.st_size, _bytes(place) if regular else b"")
    return found


def _bytes(place: bytes) -> bytes:
    with open(place, "rb") as file:
        return file.read(100_000)


def _prepare() -> None:
    """Import what checks need, so that a case pays for itself only."""
    import wcwidth  # noqa: F401

    import factpack.reporters as reporters

    for name in reporters.FORMATS:
        list(reporters.FORMATS[name]([], reporters.Summary()))
    run_here = tempfile.mkdtemp(prefix="hostile-")
    root = lay_out(CASES["nothing is wrong"], Path(run_here))
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        main(["check", "--project", str(root)])
    remove(Path(run_here))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    _prepare()
    for name in sys.argv[1:] or [*CASES]:
        print(json.dumps(run(CASES[name])), flush=True)
