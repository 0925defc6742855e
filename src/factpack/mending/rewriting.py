"""Writing changed curation files: whole or not at all, in their place, and nowhere else."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from factpack import staging
from factpack.config import Config
from factpack.files import Unreadable, read_bytes
from factpack.mending import journal

_BOM = b"\xef\xbb\xbf"


def rewrite(config: Config, path: str, old: str, new: str) -> None:
    """Replace a curation file's content, keeping its mode; raises Unreadable where that cannot be done safely.

    `old` is what was read: a file that has changed since then is left alone.
    """
    rewrite_all(config, {path: (old, new)})


def rewrite_all(config: Config, contents: Mapping[str, tuple[str, str]]) -> None:
    """Replace several curation files, path -> (old, new), as `rewrite` does: all of them, or none.

    Where the process is killed in between, the next command finishes it. The baseline may be one of the files.
    Raises OSError where they are replaced, and the disk does not confirm it or what lay beside them stays.
    """
    if not contents:
        return
    with staging.locked(config.root / config.curation):
        changes = {path: _bytes(config, path, *both) for path, both in contents.items()}
        journal.begin(config.root, changes)
        try:
            # Nothing is replaced before everything is written: a full disk or a forbidden folder is met here.
            for path, (_, new) in changes.items():
                _write_beside(config.root / path, new)
        except BaseException as error:
            journal.end(config.root, changes)
            raise _unwritable(path, error) if isinstance(error, OSError) else error from None
        _replace(config.root, changes)
        try:
            journal.end(config.root, changes)
        except OSError as error:
            said = f"{', '.join(changes)}: changed, but then the disk failed ({error.strerror})"
            raise OSError(error.errno, f"{said}: the next command finishes what is left") from None


def _bytes(config: Config, path: str, old: str, new: str) -> tuple[bytes, bytes]:
    """What the file holds and is to hold; raises Unreadable where it does not hold `old`."""
    journal.refuse_elsewhere(config, path)
    current = read_bytes(config.root, path, config.max_file)
    mark = _BOM if current.startswith(_BOM) else b""
    if current != mark + old.encode():
        raise Unreadable(path, "this file has changed meanwhile: it was not written")
    return current, mark + new.encode()


def _write_beside(place: Path, content: bytes) -> None:
    """The next content, on disk, with the file's mode."""
    beside = journal.new_beside(place)
    staging.clear(beside)
    staging.fill(place.parent, [(beside.name, content)], place.stat(follow_symlinks=False).st_mode & 0o7777)
    staging.sync(place.parent)


def _replace(root: Path, paths: Collection[str]) -> None:
    """Let each next content take its file's place; an error puts back those that were replaced."""
    done: list[Path] = []
    try:
        for path in paths:
            place = root / path
            if len(paths) > 1:  # one alone is the old one or the new one, and nothing is left beside it
                _keep(place)
            os.replace(journal.new_beside(place), place)
            done.append(place)
    except BaseException as error:
        for place in done:
            os.replace(journal.old_beside(place), place)
        journal.end(root, paths)
        raise _unwritable(path, error) if isinstance(error, OSError) else error from None


def _keep(place: Path) -> None:
    """The file's earlier content under a second name."""
    kept = journal.old_beside(place)
    staging.clear(kept)
    try:
        os.link(place, kept)
    except OSError:  # a file system without links
        shutil.copy2(place, kept)


def _unwritable(path: str, error: OSError) -> Unreadable:
    return Unreadable(path, f"this file cannot be written: {error.strerror}")


def differences(contents: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """A unified diff, which `git apply` takes, of path -> (old, new)."""
    for path, (old, new) in sorted(contents.items()):
        # Not splitlines: YAML has line separators that no diff tool takes for one.
        before, after = old.split("\n"), new.split("\n")
        lines = difflib.unified_diff(_ended(before), _ended(after), f"a/{path}", f"b/{path}")
        for line in lines:
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _ended(lines: list[str]) -> list[str]:
    whole = [line + "\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole
