"""provenance.json: what a package was made from, and with what; nothing of when or where.

The inputs' checksums let anybody see whether a checkout is the one that a release was made from. The versions
are those of the libraries that have a part in the bytes: with others the tables are the same, and the
Parquet, SQLite and XLSX files may not be.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import zlib
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from factpack import __version__
from factpack.package.info import PackageInfo

FILE = "provenance.json"


def describe(info: PackageInfo, content: str) -> str:
    """The file; `content` is the content hash."""
    made = {
        "name": info.name,
        "version": info.version,
        "content_hash": content,
        "git_commit": info.commit or None,
        "made_with": {
            "factpack": __version__,
            "python": platform.python_version(),
            "pyarrow": version("pyarrow"),
            "sqlite": sqlite3.sqlite_version,
            "xlsxwriter": version("xlsxwriter"),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        },
        "inputs": dict(sorted(info.inputs.items())),
    }
    said = {name: value for name, value in made.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def inputs(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files, by their paths from the root."""
    return {path: sha256((root / path).read_bytes()).hexdigest() for path in paths}
