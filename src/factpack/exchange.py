"""Two folders change places in one step, where the system can do that: at no moment is one of them missing."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are the process's own
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2); Python has no name for it


def exchange(one: Path, other: Path) -> bool:
    """Whether the two have changed places; where not, because it is not Linux or not its file system, both stay."""
    import ctypes  # late, for few commands write a folder

    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
