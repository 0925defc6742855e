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
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from below(Path(entry.path))
