"""Writing changed curation files: whole or not at all, in their place, and nowhere else."""

from __future__ import annotations

import difflib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from factpack.config import Config
from factpack.files import Unreadable, read_bytes

_BOM = "\ufeff"


def rewrite(config: Config, path: str, old: str, new: str) -> None:
    """Replace a curation file's content, keeping its mode; raises Unreadable where that cannot be done safely.

    `old` is what was read: a file that has changed since then is left alone.
    """
    rewrite_all(config, {path: (old, new)})


def rewrite_all(config: Config, contents: Mapping[str, tuple[str, str]]) -> None:
    """Replace several curation files, path -> (old, new), as `rewrite` does: all of them, or none."""
    with ExitStack() as stack:
        # Nothing is replaced before everything is written: a full disk or a forbidden folder is met here.
        new = {path: stack.enter_context(_beside(config, path, *both)) for path, both in contents.items()}
        with ExitStack() as undo:
            for path, temporary in new.items():
                place = config.root / path
                before = stack.enter_context(_kept(place, path))
                _replace(temporary, place, path)
                undo.callback(os.replace, before, place)
            undo.pop_all()


@contextmanager
def _beside(config: Config, path: str, old: str, new: str) -> Iterator[Path]:
    """The new content in a file beside the old one, which is gone when the block ends."""
    folder = _folder(config, path)
    current = _current(config, path)
    if current.removeprefix(_BOM) != old:
        raise Unreadable(path, "this file has changed meanwhile: it was not written")
    content = (_BOM if current.startswith(_BOM) else "") + new
    temporary = _unused(folder / path.rpartition("/")[2])
    mode = (config.root / path).stat(follow_symlinks=False).st_mode & 0o7777
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode())
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        yield temporary
    except OSError as error:
        raise Unreadable(path, f"this file cannot be written: {error.strerror}") from None
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _kept(place: Path, path: str) -> Iterator[Path]:
    """The old file under a second name, until the block ends."""
    kept = _unused(place)
    try:
        os.link(place, kept)
    except OSError:  # a file system without links
        shutil.copy2(place, kept)
    try:
        yield kept
    finally:
        kept.unlink(missing_ok=True)


def _replace(temporary: Path, place: Path, path: str) -> None:
    try:
        os.replace(temporary, place)
    except OSError as error:
        raise Unreadable(path, f"this file cannot be written: {error.strerror}") from None


def _unused(place: Path) -> Path:
    return place.with_name(f".{place.name}.{secrets.token_hex(6)}")


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


def _current(config: Config, path: str) -> str:
    try:
        return read_bytes(config.root, path, config.max_file).decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(path, "this file has changed meanwhile: it was not written") from None


def _folder(config: Config, path: str) -> Path:
    """The folder of a curation file, which is really inside the dataset's own."""
    root = config.root.resolve()
    folder = (root / path).parent
    inside = root / config.curation
    if folder.resolve() != folder or not (folder == inside or inside in folder.parents):
        raise Unreadable(path, f"only files in {config.curation}/ itself are written, not through symbolic links")
    return folder
