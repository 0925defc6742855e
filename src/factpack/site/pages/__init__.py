"""The pages of a site: one module for each kind of page, each with a function `pages` that makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from factpack.site.page import Page
from factpack.site.pages import (
    articles,
    console,
    coverage,
    data,
    disagreements,
    entities,
    evidence,
    metadata,
    overview,
    own,
    records,
    search,
    tables,
    texts,
)
from factpack.site.published import Published
from factpack.site.settings import Settings

KINDS: tuple[Callable[[Published, Settings], Iterator[Page]], ...] = (
    overview.pages,
    articles.pages,
    evidence.pages,
    records.pages,
    entities.pages,
    tables.pages,
    coverage.pages,
    disagreements.pages,
    texts.pages,
    data.pages,
    console.pages,
    search.pages,
    metadata.pages,
)
"""Every kind of page, in the order in which they are made."""

WAYS = (
    ("Overview", "index.html"),
    ("Articles", "articles/index.html"),
    ("Tables", "tables/index.html"),
    ("Coverage", "coverage.html"),
    ("Data", "data.html"),
    ("Search", "search.html"),
)
"""Name and path of the pages in the head of every page."""


def every(published: Published, settings: Settings, folder: Path | None) -> Iterator[Page]:
    """All pages of a release; `folder` is that of the dataset's own."""
    paths = []
    for page in chain(*(kind(published, settings) for kind in KINDS), own.pages(published, folder)):
        paths.append(page.path)
        yield page
    yield from metadata.maps(paths, settings)


def ways(folder: Path | None) -> Iterator[tuple[str, str]]:
    """The way about the site, the dataset's own pages behind the articles."""
    yield from WAYS[:2]
    yield from own.ways(folder)
    yield from WAYS[2:]


def licence(published: Published) -> str:
    """One sentence on who may use what."""
    names = ", ".join(one.get("title") or one.get("name", "") for one in published.package.licenses or ())
    return f"Facts: {names or 'no licence given'}. Quoted words belong to their publishers."
