"""What a package that is verified holds, files and tables: read each time it is asked for, and not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from factpack.package.checksums import Sum, sum_of

if TYPE_CHECKING:
    import pyarrow as pa

Read = Callable[[], "pa.Table"]
"""Reads a table, which has been read before and was sound."""


class Files(Mapping[str, bytes]):
    """Files, path to bytes, out of a folder or, without one, out of memory."""

    def __init__(self, get: Callable[[str], bytes], paths: Iterable[str], folder: Path | None = None) -> None:
        self.folder = folder
        self._get, self._paths = get, dict.fromkeys(paths)

    def __getitem__(self, path: str) -> bytes:
        """A file's bytes; raises KeyError for none of that path."""
        if path not in self._paths:
            raise KeyError(path)
        return self._get(path)

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file; it is not read."""
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self._paths)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._paths)

    @cached_property
    def sums(self) -> Mapping[str, Sum]:
        """The sums of all files by their paths."""
        return {path: sum_of(self.folder / path if self.folder else self[path]) for path in self}

    def only(self, paths: Set[str]) -> Files:
        """Some of the files."""
        return Files(self._get, (path for path in self if path in paths), self.folder)


class Tables(Mapping[str, "pa.Table"]):
    """Tables by their names."""

    def __init__(self, readers: Mapping[str, Read]) -> None:
        self._readers = readers

    def __getitem__(self, name: str) -> pa.Table:
        """A table; raises KeyError for none of that name."""
        return self._readers[name]()

    def __contains__(self, name: object) -> bool:
        """Whether there is such a table; it is not read."""
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._readers)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._readers)

    def only(self, names: Set[str]) -> Tables:
        """Some of the tables."""
        return Tables({name: read for name, read in self._readers.items() if name in names})
