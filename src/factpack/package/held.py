"""What a package that is verified holds, files and tables: read each time it is asked for, and not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from factpack.package.checksums import Sum, sum_of

if TYPE_CHECKING:
    import pyarrow as pa

Content = TypeVar("Content")

Read = Callable[[], "pa.Table"]
"""Reads a table, which has been read before and was sound."""


class Held(Mapping[str, Content]):
    """Contents by their names; each is read when it is asked for."""

    def __init__(self, readers: Mapping[str, Callable[[], Content]]) -> None:
        self._readers = readers

    def __getitem__(self, name: str) -> Content:
        """The content of that name; raises KeyError for none."""
        return self._readers[name]()

    def __contains__(self, name: object) -> bool:
        """Whether there is one of that name; it is not read."""
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._readers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._readers)

    def only(self, names: Set[str]) -> Held[Content]:
        """Some of them."""
        return Held({name: read for name, read in self._readers.items() if name in names})


class Files(Held[bytes]):
    """Files, path to bytes, out of a folder or, without one, out of memory."""

    def __init__(self, readers: Mapping[str, Callable[[], bytes]], folder: Path | None = None) -> None:
        super().__init__(readers)
        self.folder = folder

    @cached_property
    def sums(self) -> Mapping[str, Sum]:
        """The sums of all files by their paths."""
        return {path: sum_of(self.folder / path if self.folder else self[path]) for path in self}

    def only(self, names: Set[str]) -> Files:
        """Some of the files."""
        return Files({path: self._readers[path] for path in self if path in names}, self.folder)
