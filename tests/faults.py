"""A run in which one call to the file system fails, or is the last one before the process is killed.

`run` forks, so that what is imported is imported once; in the child every call that opens, writes, changes or asks for
something is counted, and at the chosen one the fault happens. `work_once` keeps what does not depend on the disk.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import stat
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import pytest
from jinja2 import Environment

import factpack.site.building  # noqa: F401  (imported before the forks)
from factpack import package
from factpack.package import verification
from factpack.package.held import Files
from factpack.site import prose
from factpack.site.page import Frame
from factpack.site.pages import console, texts

Fault = Literal["none", "kill", "torn", "ENOSPC", "EFBIG", "EIO", "EACCES", "EROFS"]
FAULTS: dict[str, tuple[Fault, Callable[[str], bool]]] = {
    "kill": ("kill", lambda call: call not in ASKING),  # between two of these, the disk is the same
    "torn": ("torn", lambda call: call == "write"),
    "ENOSPC": ("ENOSPC", lambda call: call in STAYING["ENOSPC"]),
    "EFBIG": ("EFBIG", lambda call: call in STAYING["EFBIG"]),
    "EIO": ("EIO", lambda call: call != "stat"),
    "EACCES": ("EACCES", lambda call: call != "stat"),
    "asked": ("EIO", lambda call: call == "stat"),
}
"""Which fault is tried at which calls.

`kill` and `torn` end the process, the latter in the middle of a write; `EIO` and `EACCES` fail once; a full disk
(`ENOSPC`), a limit to the size of files (`EFBIG`) and a disk that can only be read (`EROFS`) stay that.
"""

CALLS = (
    "open",
    "mkdir",
    "rename",
    "replace",
    "link",
    "unlink",
    "rmdir",
    "chmod",
    "fchmod",
    "fsync",
    "scandir",
    "listdir",
    "stat",
    "lstat",
    "read",
)
ASKING = {"read", "stat"}
"""What changes nothing."""
STAYING = {
    "ENOSPC": {"open", "mkdir", "link", "write"},
    "EFBIG": {"write"},
    "EROFS": {"open", "mkdir", "rename", "replace", "link", "unlink", "rmdir", "chmod", "fchmod", "write"},
}
"""The calls that a lasting fault lets fail."""


class Disk:
    """Counts calls and lets the fault happen at the n-th, counted from 1; before one of them it may wait for orders."""

    def __init__(self, fault: Fault, at: int, names: list[str], orders: Callable[[], tuple[Fault, int]] | None) -> None:
        self._fault, self._at, self.names, self._orders = fault, at, names, orders

    def call(self, name: str, file: Any = None, half: Callable[[], object] | None = None) -> None:
        self.names.append(name)
        number = len(self.names)
        if self._orders and number == self._at:
            (self._fault, self._at), self._orders = self._orders(), None
        fault = self._fault
        if name in STAYING.get(fault, ()) and number >= self._at:
            if half and fault != "EROFS":
                half()
            raise _error(fault, file)
        if number != self._at:
            return
        if fault in ("EIO", "EACCES"):
            raise _error(fault, file)
        if fault == "torn" and half:
            half()
        if fault in ("kill", "torn"):
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Let every call of this process go over this disk."""
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        plain = io.open

        def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            self.call("open" if set(mode) & set("wxa+") else "read", file)
            found = plain(file, mode, *rest, **more)
            return _Written(found, self) if set(mode) & set("wxa+") else found

        io.open = builtins.open = opened
        os.fdopen = opened

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            if name == "read" and not stat.S_ISREG(os.fstat(arguments[0]).st_mode):
                return real(*arguments, **more)  # a pipe is no disk
            reads = name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            listed = name in ("scandir", "listdir")
            self.call("read" if reads or listed else name.removeprefix("l") if "stat" in name else name, *arguments[:1])
            return real(*arguments, **more)

        return counted


def _error(fault: str, file: Any) -> OSError:
    number: int = getattr(errno, fault)
    named = [os.fspath(file)] if isinstance(file, str | os.PathLike) else []
    return OSError(number, os.strerror(number), *named)


class _Written:
    """A file that is written: its writes count, too."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: Any) -> int:
        self._disk.call("write", None, lambda: (self._file.write(data[: len(data) // 2]), self._file.flush()))
        count: int = self._file.write(data)
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def run(work: Callable[[], int], log: Path, fault: Fault = "none", at: int = 0) -> tuple[int | None, list[str]]:
    """The exit code of `work` in a child process, None where it was killed, and the calls that it made.

    What it prints goes to `log`.
    """
    child = begin(work, log, fault, at)
    code = code_of(os.waitpid(child, 0)[1])
    return code, [] if code is None else _calls(log).read_text().split()


def begin(
    work: Callable[[], int], log: Path, fault: Fault, at: int, orders: Callable[[], tuple[Fault, int]] | None = None
) -> int:
    """Start `work` in a child process over such a disk; returns the child's id."""
    child = os.fork()
    if child:
        return child
    names: list[str] = []
    code = 70
    plain = io.open
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        # What the test runner has put in their place would keep what is said to itself.
        sys.stdout, sys.stderr = plain(1, "w", closefd=False), plain(2, "w", closefd=False)
        Disk(fault, at, names, orders).install()
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        with plain(_calls(log), "w") as file:
            file.write("\n".join(names))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Paused:
    """A run that stands before one of its calls, having changed nothing yet, and goes on from there again and again."""

    def __init__(self, work: Callable[[], int], log: Path, before: int) -> None:
        ordered, self._to = os.pipe()
        self._from, ended = os.pipe()

        def orders() -> tuple[Fault, int]:
            os.close(self._to)
            while (order := os.read(ordered, 100).decode().split()) and order != ["end"]:
                os.truncate(1, 0)
                child = os.fork()
                if not child:
                    fault: Any = order[0]
                    return fault, int(order[1])
                os.write(ended, str(code_of(os.waitpid(child, 0)[1])).encode())
            os._exit(0)

        self._child = begin(work, log, "none", before, orders)
        os.close(ordered)
        os.close(ended)

    def go_on(self, fault: Fault, at: int) -> int | None:
        """The exit code of the rest with this fault, None where it was killed."""
        os.write(self._to, f"{fault} {at}".encode())
        code = os.read(self._from, 100).decode()
        return None if code == "None" else int(code)

    def end(self) -> None:
        """Let it go."""
        os.write(self._to, b"end")
        os.waitpid(self._child, 0)
        os.close(self._to)
        os.close(self._from)


def code_of(status: int) -> int | None:
    """The exit code of a process that has ended, None where it was killed."""
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _calls(log: Path) -> Path:
    return log.with_suffix(".calls")


def work_once(patch: pytest.MonkeyPatch) -> None:
    """Keep what is a function of its arguments and costs most, so that thousands of runs are cheap.

    These are a package's files of its tables, the verdict on a package's files, HTML of Markdown, compiled templates,
    and the pages of a version. Stock frictionless, which reads only what our own validator has read, is not asked.
    """
    files = package.files
    patch.setattr(package, "files", _kept(lambda *tables: [*files(*tables)], lambda *tables: repr(tables[:2])))
    patch.setattr(verification, "frictionless_verdict", lambda package, directory: iter(()))
    patch.setattr(verification, "_contents", _verdict(verification._contents))
    for module in (prose, texts):
        patch.setattr(module, "html", cache(prose.html))
    patch.setattr(console, "packed", cache(console.packed))
    patch.setattr(Frame, "render", _kept(Frame.render, lambda frame, page: f"{frame.version} {page.path}"))
    compiled = _kept(Environment.compile, lambda _, *source: repr(source))
    patch.setattr(Environment, "compile", lambda self, *source: compiled(self, *source))


def _kept(function: Callable[..., Any], key: Callable[..., str]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    def kept(*arguments: Any) -> Any:
        name = key(*arguments)
        if name not in known:
            known[name] = function(*arguments)
        return known[name]

    return kept


def _verdict(contents: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    known: dict[str, list[Any]] = {}

    def verdict(place: Path, files: Files, sources: Path | None, *, stock: bool) -> Iterator[Any]:
        key = sha256(repr(sorted(files.sums.items())).encode())
        name = f"{key.hexdigest()} {sources} {stock}"
        if name not in known:
            known[name] = list(contents(place, files, sources, stock=stock))
        return iter(known[name])

    return verdict
