"""Files that are opened when somebody looks at them: of most, only what was found in them before is needed."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from factpack.files import Unreadable, as_curation, as_text, read_bytes
from factpack.survey.contents import Contents, blob_id
from factpack.text import Text

if TYPE_CHECKING:
    from factpack.article import File


KEPT = 100
"""Files that stay open; who looks into more does so in their order."""


class Stale(Exception):
    """A file is not what it was when what is known of it was found out; all has to be looked at anew."""


class LateText(Text):
    """The text of a file, read when it is needed; raises Stale where it is another one by then.

    There may be many of these, so they are held compressed.
    """

    def __init__(self, path: str, contents: Contents) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_contents", contents)

    @property
    def content(self) -> str:
        """The characters of the file."""
        return _plain(self._held).content

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        return _plain(self._held).line_starts

    @cached_property
    def _held(self) -> bytes:
        contents: Contents = vars(self)["_contents"]
        try:
            read = read_bytes(contents.config.root, self.path, contents.config.max_file)
            if blob_id(read, contents.algorithm) != contents.id_of(self.path):
                raise Stale(self.path)
            curated = self.path.startswith(f"{contents.config.curation}/")
            return zlib.compress((as_curation if curated else as_text)(self.path, read).content.encode(), 1)
        except Unreadable:
            raise Stale(self.path) from None


@lru_cache(maxsize=64)
def _plain(held: bytes) -> Text:
    return Text("", zlib.decompress(held).decode())


class LateFiles(Mapping[str, "File"]):
    """The curation files that can be read, by path."""

    def __init__(self, contents: Contents, paths: Iterable[str]) -> None:
        self._contents = contents
        self._files: dict[str, File | None] = dict.fromkeys(paths)
        self._texts: dict[str, LateText] = {}
        self._opened: deque[str] = deque()

    def text_of(self, path: str) -> Text:
        """The text of any file; one and the same each time."""
        file = self._files.get(path)
        return file.text if file else self._texts.setdefault(path, LateText(path, self._contents))

    def put(self, file: File) -> None:
        """Take over a file that has been read."""
        self._files[file.path] = file

    def leave_out(self, path: str) -> None:
        """Forget a file, as it cannot be read."""
        del self._files[path]

    def __getitem__(self, path: str) -> File:
        from factpack.article import File
        from factpack.tree import read

        file = self._files[path]
        if file is None:
            text = self.text_of(path)
            file = self._files[path] = File(path, text, read(text), (), ())
            self._opened.append(path)
            if len(self._opened) > KEPT:
                self._files[self._opened.popleft()] = None
        return file

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
