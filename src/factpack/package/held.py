"""The files of a package that is verified: read each time they are asked for, and not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path

from factpack.package.checksums import Sum, sum_of
from factpack.package.parts import Content


class Files(Mapping[str, bytes]):
    """Files, path to bytes, out of a folder or out of memory."""

    def __init__(self, contents: Mapping[str, Content]) -> None:
        """`contents` says of each file what it holds, or where it lies."""
        self._contents = contents

    def __getitem__(self, path: str) -> bytes:
        """The content of a file; raises KeyError for none at that path."""
        content = self._contents[path]
        return content.read_bytes() if isinstance(content, Path) else content

    def __contains__(self, path: object) -> bool:
        """Whether there is a file at that path; it is not read."""
        return path in self._contents

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self._contents)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._contents)

    def content(self, path: str) -> Content:
        """What a file holds if it is in memory, or else where it lies."""
        return self._contents[path]

    @cached_property
    def sums(self) -> Mapping[str, Sum]:
        """The sums of all files by their paths."""
        return {path: sum_of(content) for path, content in self._contents.items()}

    def only(self, names: Set[str]) -> Files:
        """Some of the files."""
        return Files({path: content for path, content in self._contents.items() if path in names})
