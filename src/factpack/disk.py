"""What lies on a disk, or an error.

`rglob` and `os.walk` pass over a folder that cannot be read, and `os.path` says that nothing is
there where a disk fails.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def mode_of(place: str | Path) -> int:
    """The kind and the mode of what is there, itself and not what it links to; 0 for nothing. Raises OSError."""
    try:
        return os.lstat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def below(folder: Path) -> Iterator[Path]:
    """Files and folders below a folder, each folder before what lies in it; raises OSError.

    Links are given and not followed.
    """
    left = _within(folder)
    while left:  # no recursion: folders may lie deeper than Python calls
        entry = left.pop()
        yield Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            left += _within(entry.path)


def _within(folder: str | Path) -> list[os.DirEntry[str]]:
    """What lies directly in a folder, the last first."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name, reverse=True)
