"""The files of a release as pages offer them: where they lie, how large they are, and their checksums."""

from __future__ import annotations

from dataclasses import dataclass

from factpack.package import checksums
from factpack.site.published import Published
from factpack.site.settings import Settings


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the release; `url` is empty where nobody said where it lies, `rows` None for what is no table."""

    path: str
    size: int | None
    sha256: str
    url: str
    rows: int | None

    @property
    def shown_size(self) -> str:
        """The size as people read it; nothing where it is not known."""
        if self.size is None:
            return ""
        size = float(self.size)
        for unit in ("bytes", "kB", "MB", "GB"):
            if size < 1000 or unit == "GB":
                return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
            size /= 1000
        return ""


def downloads(published: Published, settings: Settings) -> list[Download]:
    """All files that the release's checksums list, in that order."""
    tables = {file.path: file.path.split("/")[-1].split(".")[0] for file in published.package.resources}
    found = []
    for line in published.text(checksums.FILE).splitlines():
        digest, _, path = line.partition("  ")
        place = published.folder / path
        if path and place.is_file():
            rows = published.count(tables[path]) if path in tables else None
            url = settings.file(path, published.package.version)
            found.append(Download(path, place.stat().st_size, digest, url, rows))
    return found
