"""Writing changed curation files: whole or not at all, in their place, and nowhere else."""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from factpack.config import Config
from factpack.files import Unreadable, read_bytes

_BOM = "\ufeff"


def rewrite(config: Config, path: str, old: str, new: str) -> None:
    """Replace a curation file's content, keeping its mode; raises Unreadable where that cannot be done safely.

    `old` is what was read: a file that has changed since then is left alone.
    """
    folder = _folder(config, path)
    current = _current(config, path)
    if current.removeprefix(_BOM) != old:
        raise Unreadable(path, "this file has changed meanwhile: it was not written")
    content = (_BOM if current.startswith(_BOM) else "") + new
    name = path.rpartition("/")[2]
    temporary = folder / f".{name}.{secrets.token_hex(6)}"
    mode = (config.root / path).stat(follow_symlinks=False).st_mode & 0o7777
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode())
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        os.replace(temporary, folder / name)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise Unreadable(path, f"this file cannot be written: {error.strerror}") from None


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
