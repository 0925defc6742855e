"""A folder for temporary files; what a killed run left of one is cleared by the next."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".factpack-scratch-"
_OWN = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]{{8}}")
"""Whole names, as `tempfile` makes them: what a user calls a folder of their own is never one."""


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that only this user can read, and that is gone when the block ends; raises OSError."""
    if os.name != "posix":
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
            yield Path(name)
        return
    for name in os.listdir(tempfile.gettempdir()):
        left = Path(tempfile.gettempdir(), name)
        with suppress(OSError):  # such as another user's
            if _OWN.fullmatch(name) and (held := _hold(left)) is not None:
                _clear(left, held)
    # Before it is held, another run may have taken it for one that was left.
    while (handle := _hold(folder := Path(tempfile.mkdtemp(prefix=_PREFIX)))) is None:
        continue
    try:
        yield folder
    finally:
        _clear(folder, handle)


def _hold(folder: Path) -> int | None:
    """A handle that holds a folder of this user's while it is open; None where another run holds it, or removed it."""
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    held = False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held = os.fstat(handle).st_uid == os.getuid() and folder.exists()
    except BlockingIOError:
        pass
    finally:
        if not held:
            os.close(handle)
    return handle if held else None


def _clear(folder: Path, handle: int) -> None:
    try:
        shutil.rmtree(folder)
    finally:
        os.close(handle)
