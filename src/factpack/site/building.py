"""All pages of a release, written beside one another; a page that has not changed is not written again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from factpack import __version__, staging
from factpack.site import pages
from factpack.site.page import Frame
from factpack.site.published import ARTICLES, Published, opened
from factpack.site.settings import Settings

LIST = "pages.json"
"""The list of the site's pages; by it a folder is known to be a site that may be replaced."""

Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """How many pages a site has, and how many of them were written and taken away."""

    pages: int
    written: int
    removed: int
    without_source: tuple[str, ...]
    """The articles whose text is not at hand."""


def build(
    release: Path, out: Path, settings: Settings, sources: Path | None = None, dist: Path | None = None,
    own: Path | None = None, progress: Progress = lambda number, path: None,
) -> Built:  # fmt: skip
    """Make the site of a release's folder in `out`, all of it or nothing; a page that is as before is kept.

    `sources` is the folder of the articles' texts; a text is shown only if it is the one that the release names.
    `dist` is the folder of all versions, `own` that of the dataset's own pages. Raises PackageInvalid where the
    release is not sound, FileExistsError where `out` holds something else than a site.
    """
    earlier = _earlier(out)
    with opened(release, sources, dist) as published, staging.staged(out, replace=True) as folder:
        frame = _frame(published, settings, own)
        made: list[str] = []
        kept = 0
        for page in pages.every(published, settings, own):
            made.append(page.path)
            kept += _put(folder / page.path, out / page.path, frame.render(page).encode("utf-8"))
            progress(len(made), page.path)
        (folder / LIST).write_text(json.dumps(sorted(made), indent=0) + "\n", "utf-8")
        missing = [row["article_id"] for row in published.rows(ARTICLES) if published.source(row) is None]
    return Built(len(made), len(made) - kept, len(earlier - set(made)), tuple(missing))


def _frame(published: Published, settings: Settings, own: Path | None) -> Frame:
    return Frame(
        title=published.title,
        version=published.package.version,
        base_url=settings.base_url,
        ways=tuple(pages.ways(own)),
        facts=published.facts,
        entities=published.entities,
        licence=pages.licence(published),
        made_with=f"factpack {__version__}",
        own=own,
    )


def _earlier(out: Path) -> set[str]:
    """The pages of the site that stands there; raises FileExistsError where it is none."""
    try:
        return set(json.loads((out / LIST).read_bytes()))
    except (OSError, ValueError):
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise FileExistsError(f"{out} holds something else than a site: choose another folder") from None
        return set()


def _put(place: Path, before: Path, data: bytes) -> bool:
    """Write a page, or keep the one that stands there if it is the same; whether it was kept."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        if before.read_bytes() == data:
            os.link(before, place)
            return True
    except OSError:
        pass  # There is none yet, or the file system has no links: then it is written anew.
    place.write_bytes(data)
    return False
