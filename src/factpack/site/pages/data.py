"""The files of the release: how large they are, how many rows they have, their checksums, and how to load them."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.site.files import Download, downloads
from factpack.site.page import Page
from factpack.site.pages.texts import history
from factpack.site.prose import html, section
from factpack.site.published import Published
from factpack.site.settings import Settings

PATH = "data.html"


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The one page."""
    files = downloads(published, settings)
    whole = [file for file in files if file.path.endswith((".sqlite", ".xlsx"))]
    yield Page(
        path=PATH,
        title="Data",
        template="data.html",
        styles=("data.css",),
        description=f"The files of {published.title}, version {published.package.version}.",
        values={
            "package": published.package,
            "online": bool(settings.files),
            "whole": [*_archive(published), *whole],
            "tables": [file for file in files if file.rows is not None],
            "others": [file for file in files if file.rows is None and file not in whole],
            "load": _code_in_reach(html(section(published.text("README.md"), "Load it"))),
        },
    )


def _code_in_reach(text: str) -> str:
    """Code that may be scrolled can be reached with the keyboard."""
    return type(text)(text.replace("<pre>", '<pre tabindex="0">'))


def _archive(published: Published) -> Iterator[Download]:
    """The version's zip, as the list of versions has it: a file beside the version's folder."""
    if published.dist and (entry := history(published).get(published.package.version)):
        place = published.dist / entry.zip
        yield Download(entry.zip, place.stat().st_size if place.is_file() else None, entry.sha256, "", None)
