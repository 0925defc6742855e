"""What runs: a digest that is another one as soon as anything that could find something else has changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache

_PACKAGE = os.path.dirname(os.path.dirname(__file__))


@cache
def identity() -> bytes:
    """A digest of this package's own files, of the names and versions of all that is installed, and of Python's.

    Not of version numbers alone: whoever develops a check changes it many times under the same number.
    """
    digest = hashlib.blake2b(sys.version.encode(), digest_size=32)
    for name in sorted(_installed()):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
    for path in sorted(_files(_PACKAGE)):
        with open(path, "rb", buffering=0) as file:
            content = file.read()
        digest.update(f"{path[len(_PACKAGE) :]}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.digest()


def _installed() -> set[str]:
    found: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return found


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif entry.name.endswith((".py", ".json", ".txt", ".tsv")):
                yield entry.path
