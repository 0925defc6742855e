"""SHA256SUMS, a package's list of its own files, and the content hash.

The list is in the format of coreutils: `sha256sum --check SHA256SUMS` verifies a package without factpack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from factpack.below import below
from factpack.package.problem import Problem

FILE = "SHA256SUMS"

_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<path>[^\r\n]+)")


def dump(files: Mapping[str, bytes]) -> bytes:
    """The list of these files, path to bytes, in the order of their paths; it does not list itself."""
    return listed({path: sha256(content).hexdigest() for path, content in files.items() if path != FILE})


def listed(sums: Mapping[str, str]) -> bytes:
    """The list of files, path to SHA-256, in the order of their paths."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode("utf-8")


def differences(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every file that is missing, extra or changed, and a list that is not as `dump` writes it."""
    if FILE not in files:
        yield Problem(FILE, "is missing: nothing says what the files should be")
        return
    if files[FILE] == dump(files):
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(files[FILE].decode("utf-8", "replace").splitlines(), start=1):
        if match := _LINE.fullmatch(line):
            listed[match["path"]] = match["sum"]
        else:
            yield Problem(FILE, f"line {number} is not a checksum and a path")
    for path in sorted(listed.keys() | files.keys() - {FILE}):
        if path not in files:
            yield Problem(path, f"is missing: {FILE} lists it")
        elif path not in listed:
            yield Problem(path, f"is not listed in {FILE}")
        elif sha256(files[path]).hexdigest() != listed[path]:
            yield Problem(path, f"is changed: its checksum is not the one in {FILE}")
    if set(listed) == files.keys() - {FILE}:
        yield Problem(FILE, "is not as factpack writes it for these files")


def content_hash(directory: Path) -> str:
    """SHA-256 over the sorted (path, CSV sha256) of a package: the data's identity.

    The same as `sha256sum data/*.csv | sha256sum` in the package (LC_ALL=C); neither Parquet's writer, nor
    the card, nor any metadata has a part in it.
    """
    paths = sorted(path.relative_to(directory).as_posix() for path in below(directory) if path.match("data/*.csv"))
    return content_hash_from({path: sha256((directory / path).read_bytes()).hexdigest() for path in paths})


def content_hash_of(files: Mapping[str, bytes]) -> str:
    """The content hash of a package's files, path to bytes."""
    return content_hash_from({path: sha256(data).hexdigest() for path, data in files.items()})


def content_hash_from(sums: Mapping[str, str]) -> str:
    """The content hash of a package's files, path to SHA-256."""
    tables = {path: sum_ for path, sum_ in sums.items() if re.fullmatch(r"data/[^/]+\.csv", path)}
    return sha256(listed(tables)).hexdigest()
