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

from factpack.config import FILE, Config
from factpack.disk import mode_of
from factpack.files import Listing, Unreadable, Walk, listing_of, read_bytes, walk
from factpack.survey.index import Index, read_index

FEW = 1000
"""Files that are read sooner than git is asked about them."""


@dataclass(frozen=True, eq=False)
class Contents:
    """The files of a dataset: `paths` of all that are regular, `walks` through curation, sources and schema."""

    config: Config
    paths: frozenset[str]
    walks: tuple[Walk, ...]
    index: Index | None

    @cached_property
    def listing(self) -> Listing:
        """What of it stands in the folders of the curation and the sources."""
        curated, given, _ = self.walks
        known = [*curated.problems, *given.problems]
        return listing_of(curated.files, given.files, self.config.curation, self.config.sources, known)

    @cached_property
    def digest(self) -> bytes:
        """A digest of all paths and contents."""
        digest = hashlib.blake2b(digest_size=32)
        if self.index:
            digest.update(self.index.digest)
        for path in sorted(self.paths.difference(self.index.ids if self.index else ())):
            digest.update(b"\0".join((os.fsencode(path), self.id_of(path).encode(), b"")))
        problems = sorted("\0".join(problem) for found in self.walks for problem in found.problems)
        digest.update(b"\0".join([b"", *map(os.fsencode, problems)]))
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

    @property
    def models(self) -> dict[str, str]:
        """Path -> id of the files of the schema."""
        return self.ids_of(sorted(path for path in self.walks[-1].files if path in self.paths))

    def models_still_hold(self) -> bool:
        """Whether the files of the schema are still what they were when they were looked at."""
        return all(self._id(path) == known for path, known in self.models.items())


def blob_id(content: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file of this content."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()


def contents_of(config: Config, beside: Iterable[str] = (), indexed: bool = True) -> Contents:
    """Look at a dataset's folders, its configuration, and the files `beside` them that a check depends on.

    Without `indexed` all is read, and git is not asked.
    """
    folders = (config.curation, config.sources, config.schema)
    walks = tuple(walk(config.root, folder) for folder in folders)
    paths = {path for path in (FILE, *beside) if mode_of(config.root / path)}.union(*(found.files for found in walks))
    # What Python makes of the models says no more than they do, and comes and goes.
    paths.difference_update([path for path in walks[-1].files if "/__pycache__/" in path])
    index = read_index(config.root, folders, [FILE, *beside]) if indexed and len(paths) > FEW else None
    return Contents(config, frozenset(paths), walks, index)
