"""The files of a release as pages offer them: where they lie, how large they are, and their checksums."""

from __future__ import annotations

from dataclasses import dataclass

from factpack.package import checksums
from factpack.site.published import Published


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the release."""

    path: str
    size: int
    sha256: str

    @property
    def shown_size(self) -> str:
        """The size as people read it."""
        size = float(self.size)
        for unit in ("bytes", "kB", "MB", "GB"):
            if size < 1000 or unit == "GB":
                return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
            size /= 1000
        return ""


def downloads(published: Published) -> list[Download]:
    """All files that the release's checksums list, in that order."""
    found = []
    for line in published.text(checksums.FILE).splitlines():
        digest, _, path = line.partition("  ")
        place = published.folder / path
        if path and place.is_file():
            found.append(Download(path, place.stat().st_size, digest))
    return found
