"""What a dataset's files hold, by the ids that git gives to contents: equal ids, equal bytes.

Of many files in a git work tree the ids are taken from git's index, which knows without reading them which files have
not changed; all others are read. An id does not depend on the time of a file, its place or the machine.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factpack.config import FILE, Config
from factpack.disk import mode_of
from factpack.files import Unreadable, read_bytes
from factpack.survey.index import Index, read_index

FEW = 1000
"""Files that are read sooner than git is asked about them."""


@dataclass(frozen=True, eq=False)
class Contents:
    """The files of a dataset's folders: `paths` of all that are regular, `odd` of what else stands there."""

    config: Config
    paths: frozenset[str]
    odd: tuple[str, ...]
    index: Index | None

    @cached_property
    def digest(self) -> bytes:
        """A digest of all paths and contents."""
        digest = hashlib.blake2b(digest_size=32)
        if self.index:
            digest.update(self.index.digest)
        for path in sorted(self.paths.difference(self.index.ids if self.index else ())):
            digest.update(b"\0".join((os.fsencode(path), self.id_of(path).encode(), b"")))
        digest.update(b"\0".join([b"", *map(os.fsencode, self.odd)]))
        return digest.digest()

    def id_of(self, path: str) -> str:
        """The id of a file's content; for one that cannot be read, why. Empty where there is no such file."""
        if path not in self.paths:
            return ""
        known = self.index.ids.get(path) if self.index else None
        return known or self._read.get(path) or self._read.setdefault(path, self._id(path))

    def ids_of(self, paths: Iterable[str]) -> dict[str, str]:
        """The same of several files, by their paths."""
        known = self.index.ids if self.index else {}
        return {path: known.get(path) or self.id_of(path) for path in paths}

    @cached_property
    def _read(self) -> dict[str, str]:
        return {}

    def _id(self, path: str) -> str:
        try:
            content = read_bytes(self.config.root, path, self.config.max_file)
        except Unreadable as error:
            return f"unreadable: {error.why}"
        return blob_id(content, self.algorithm)

    @property
    def algorithm(self) -> str:
        """How ids are made, as the repository does it."""
        return self.index.algorithm if self.index else "sha1"

    def still_holds(self, folder: str) -> bool:
        """Whether the files in a folder are still what they were when they were looked at."""
        return all(self._id(path) == known for path, known in self.below(folder).items())

    def below(self, folder: str) -> dict[str, str]:
        """Path -> id of all files in a folder."""
        within = f"{folder}/"
        return {path: self.id_of(path) for path in sorted([each for each in self.paths if each.startswith(within)])}


def blob_id(content: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file of this content."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()


def contents_of(config: Config, beside: Iterable[str] = (), indexed: bool = True) -> Contents:
    """Look at a dataset's folders, its configuration, and the files `beside` them that a check depends on.

    Without `indexed` all is read, and git is not asked.
    """
    paths: set[str] = {path for path in (FILE, *beside) if mode_of(config.root / path)}
    odd: list[str] = []
    folders = (config.curation, config.sources, config.schema)
    for folder in folders:
        _walk(config.root, folder, paths, odd, models=folder == config.schema)
    index = read_index(config.root, folders, [FILE, *beside]) if indexed and len(paths) > FEW else None
    return Contents(config, frozenset(paths), tuple(sorted(odd)), index)


def _walk(root: Path, folder: str, paths: set[str], odd: list[str], models: bool = False) -> None:
    try:
        entries = os.scandir(root / folder)
    except OSError as error:
        odd.append(f"{folder}: {error.strerror}")
        return
    add = paths.add
    with entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                add(f"{folder}/{entry.name}")
            elif models and entry.name == "__pycache__":
                continue  # what Python makes of the models says no more than they do, and comes and goes
            elif entry.is_dir(follow_symlinks=False):
                odd.append(f"{folder}/{entry.name}/")
                _walk(root, f"{folder}/{entry.name}", paths, odd, models)
            else:
                odd.append(f"{'link' if entry.is_symlink() else 'special'} {folder}/{entry.name}")
