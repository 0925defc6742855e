"""A run in which one call to the file system fails, or is the last one before the process is killed.

`run` forks, so that what is imported is imported once; in the child every call that opens, writes or changes
something is counted, and at the chosen one the fault happens.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

Fault = Literal["none", "kill", "torn", "ENOSPC", "EIO", "EROFS"]
"""`kill` and `torn` end the process, the latter in the middle of a write; a full disk (`ENOSPC`) stays full, and one
that can only be read (`EROFS`) stays that."""

CALLS = ("open", "mkdir", "rename", "replace", "unlink", "rmdir", "chmod", "fsync", "scandir")
GROWING = {"open", "mkdir", "write"}


class Disk:
    """Counts calls and lets the fault happen at the n-th, counted from 1."""

    def __init__(self, fault: Fault, at: int, names: list[str]) -> None:
        self._fault, self._at, self.names = fault, at, names

    def call(self, name: str, half: Callable[[], object] | None = None) -> None:
        self.names.append(name)
        number = len(self.names)
        if self._fault == "ENOSPC" and number >= self._at and name in GROWING:
            if half:
                half()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self._fault == "EROFS" and number >= self._at and name not in ("read", "fsync"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if number != self._at:
            return
        if self._fault == "EIO":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if self._fault == "torn" and half:
            half()
        if self._fault in ("kill", "torn"):
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Let every call of this process go over this disk."""
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        plain = io.open

        def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            self.call("open" if set(mode) & set("wxa+") else "read")
            found = plain(file, mode, *rest, **more)
            return _Written(found, self) if set(mode) & set("wxa+") else found

        io.open = builtins.open = opened

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            reads = name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            self.call("read" if reads or name == "scandir" else name)
            return real(*arguments, **more)

        return counted


class _Written:
    """A file that is written: its writes count, too."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: Any) -> int:
        self._disk.call("write", lambda: (self._file.write(data[: len(data) // 2]), self._file.flush()))
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
    calls = log.with_suffix(".calls")
    child = os.fork()
    if not child:
        names: list[str] = []
        code = 70
        try:
            out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            plain = io.open
            # What the test runner has put in their place would keep what is said to itself.
            sys.stdout, sys.stderr = plain(1, "w", closefd=False), plain(2, "w", closefd=False)
            Disk(fault, at, names).install()
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            with plain(calls, "w") as file:
                file.write("\n".join(names))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None, []
    return os.WEXITSTATUS(status), calls.read_text().split()
