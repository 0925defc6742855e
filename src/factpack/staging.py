"""All or nothing: a folder is written beside its place under another name, and its renaming is the commit."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from factpack.disk import below, mode_of
from factpack.exchange import exchange


@contextmanager
def staged(target: Path, *, replace: bool) -> Iterator[Path]:
    """A new folder to fill, which becomes `target` when the block ends, and vanishes when it raises.

    An older `target` is replaced, or without `replace` FileExistsError is raised. Two runs at once wait for
    each other; what a dead run left is cleared. Where two folders cannot change places in one step, a
    replacement takes two renamings, and if a run died between them, the next puts the old folder back first.
    """
    parent = target.parent
    partial, retired = parent / f".{target.name}.partial", parent / f".{target.name}.retired"
    with _made(parent), locked(parent):
        clear(partial)
        if mode_of(retired) and not mode_of(target):
            retired.rename(target)
        clear(retired)
        if mode_of(target) and not replace:
            raise FileExistsError(f"{target} exists, and what is published is never touched")
        make_folder(partial)
        try:
            yield partial
            _commit(partial, target, retired)
        finally:
            clear(partial)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Have a folder, and those above it; of those that were not there, none stays that nothing came to lie in."""
    missing = [one for one in (folder, *folder.parents) if not mode_of(one)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        with suppress(OSError):  # one that is not empty
            for one in missing:
                one.rmdir()


def _commit(partial: Path, target: Path, retired: Path) -> None:
    for folder in (partial, *(path for path in below(partial) if path.is_dir())):
        sync(folder)
    old = bool(mode_of(target))
    if not (old and exchange(partial, target)):
        # A folder cannot be renamed onto a full one: the old one steps aside first.
        if old:
            target.rename(retired)
        try:
            partial.rename(target)
        except BaseException:
            if old:
                retired.rename(target)
            raise
    sync(target.parent)
    clear(retired)


def fill(folder: Path, files: Iterable[tuple[str, bytes]], mode: int = 0o644) -> None:
    """Write files, each of them on disk when this returns, with this mode whatever the umask says.

    They are given as path and bytes; of a large one the pieces may come one after the other, with its path each.
    """
    for path, pieces in groupby(files, itemgetter(0)):
        place = folder / path
        for missing in reversed([one for one in place.parents if not one.exists()]):
            make_folder(missing)
        with open(place, "xb") as file:
            # First, because whoever finds the whole content after a kill takes it as it is.
            os.chmod(place, mode)
            for _, piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())


def write(place: Path, data: bytes, mode: int = 0o644) -> None:
    """Write one file, in place of an older one: the old one or the new one is there, and never a part."""
    partial = place.with_name(f".{place.name}.partial")
    clear(partial)
    try:
        fill(place.parent, [(partial.name, data)], mode)
        os.replace(partial, place)
    finally:
        clear(partial)
    sync(place.parent)


def make_folder(folder: Path) -> None:
    """A folder that everybody may read, whatever the umask says."""
    folder.mkdir()
    folder.chmod(0o755)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder itself, so that no lock file is ever left behind; where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sync(folder: Path) -> None:
    """Have a folder's own entries on disk when this returns; where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear(path: Path) -> None:
    """Remove a file or folder, if it is there; a link, and not what it leads to. Raises OSError."""
    mode = mode_of(path)
    if stat.S_ISDIR(mode):
        shutil.rmtree(path)
    elif mode:
        path.unlink()
