"""All that lies below a folder, or an error: `rglob` and `os.walk` pass over a folder that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def below(folder: Path) -> Iterator[Path]:
    """Files and folders below a folder, each folder before what lies in it; raises OSError.

    Links are given and not followed.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from below(Path(entry.path))
