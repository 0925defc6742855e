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
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from factpack import __version__
from factpack.config import untested
from factpack.diagnostic import Severity
from factpack.disk import below
from factpack.package.checksums import content_hash_from
from factpack.package.held import Files
from factpack.package.info import PackageInfo
from factpack.package.problem import Problem, shown

if TYPE_CHECKING:
    from factpack.dataset import Dataset

FILE = "provenance.json"


def describe(info: PackageInfo, content: str) -> str:
    """The file; `content` is the content hash."""
    made = {
        "name": info.name,
        "version": info.version,
        "content_hash": content,
        "git_commit": info.commit or None,
        "checked_with": info.checked_with or None,
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


def inputs(dataset: Dataset) -> dict[str, str]:
    """The SHA-256 of all that a dataset is made from: sources, curation, models and configuration, by path."""
    root, listing = dataset.config.root, dataset.listing
    models = sorted(
        path.relative_to(root).as_posix() for path in below(root / dataset.config.schema) if path.suffix == ".py"
    )
    paths = [*listing.sources, *listing.articles, *listing.registers, *models, "pyproject.toml"]
    return {path: sha256((root / path).read_bytes()).hexdigest() for path in paths}


def remarks(files: Files, *, whole: bool) -> Iterator[Problem]:
    """A warning where the factpack that runs is not one that the package's makers checked their dataset with.

    Of files that are `whole`, the content hash that it says must be theirs, too.
    """
    try:
        made = json.loads(files.get(FILE, b"{}"))
        message = untested(str(made.get("checked_with", "")))
        content = made.get("content_hash")
    except (ValueError, AttributeError, RecursionError) as error:
        yield Problem(FILE, f"cannot be read: {shown(str(error))}")
        return
    if whole and FILE in files and content != content_hash_from(files.sums):
        yield Problem(FILE, "is about other tables: its content hash is not theirs")
    if message:
        yield Problem(FILE, f"{message}: it may judge otherwise", severity=Severity.WARNING)
