"""SHA256SUMS, a package's list of its own files, and the content hash.

The list is in the format of coreutils: `sha256sum --check SHA256SUMS` verifies a package without factpack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple

from factpack.disk import below
from factpack.package.problem import Problem

FILE = "SHA256SUMS"

_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<path>[^\r\n]+)")


class Sum(NamedTuple):
    """What is known of a file's content: its length in bytes, and its SHA-256."""

    length: int
    sha256: str


class Sums(dict[str, Sum]):
    """The sums of the files that have passed, by their paths."""

    def passing(self, path: str, pieces: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
        """The pieces of a file, each with its path; its sum is known when the last has passed."""
        length, digest = 0, sha256()
        for piece in pieces:
            length += len(piece)
            digest.update(piece)
            yield path, piece
        self[path] = Sum(length, digest.hexdigest())


def sum_of(content: bytes | Path) -> Sum:
    """The sum of some bytes, or of a file, which is read piece by piece."""
    if isinstance(content, bytes):
        return Sum(len(content), sha256(content).hexdigest())
    with content.open("rb") as file:
        digest = file_digest(file, "sha256")
        return Sum(file.tell(), digest.hexdigest())


def listed(sums: Mapping[str, Sum]) -> bytes:
    """The list of files by their sums, in the order of their paths; it does not list itself."""
    return "".join(f"{sums[path].sha256}  {path}\n" for path in sorted(sums) if path != FILE).encode("utf-8")


def differences(sums: Mapping[str, Sum], content: bytes | None) -> Iterator[Problem]:
    """Every file that is missing, extra or changed, given its sum, and a list that is not as `listed` writes it."""
    if content is None:
        yield Problem(FILE, "is missing: nothing says what the files should be")
        return
    if content == listed(sums):
        return
    said: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        if match := _LINE.fullmatch(line):
            said[match["path"]] = match["sum"]
        else:
            yield Problem(FILE, f"line {number} is not a checksum and a path")
    for path in sorted(said.keys() | sums.keys() - {FILE}):
        if path not in sums:
            yield Problem(path, f"is missing: {FILE} lists it")
        elif path not in said:
            yield Problem(path, f"is not listed in {FILE}")
        elif sums[path].sha256 != said[path]:
            yield Problem(path, f"is changed: its checksum is not the one in {FILE}")
    if set(said) == sums.keys() - {FILE}:
        yield Problem(FILE, "is not as factpack writes it for these files")


def content_hash(directory: Path) -> str:
    """SHA-256 over the sorted (path, CSV sha256) of a package: the data's identity.

    The same as `sha256sum data/*.csv | sha256sum` in the package (LC_ALL=C); neither Parquet's writer, nor
    the card, nor any metadata has a part in it.
    """
    paths = sorted(path.relative_to(directory).as_posix() for path in below(directory) if path.match("data/*.csv"))
    return content_hash_from({path: sum_of(directory / path) for path in paths})


def content_hash_from(sums: Mapping[str, Sum]) -> str:
    """The content hash of a package by the sums of its files."""
    tables = {path: sum_ for path, sum_ in sums.items() if re.fullmatch(r"data/[^/]+\.csv", path)}
    return sha256(listed(tables)).hexdigest()
