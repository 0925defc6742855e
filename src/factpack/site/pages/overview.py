"""The first page: what the dataset is, how much there is of it, when, and what is new."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.site.page import Page
from factpack.site.pages import metadata
from factpack.site.pages.texts import newest
from factpack.site.pictures.timeline import timeline
from factpack.site.pictures.world import world
from factpack.site.published import ARTICLES, EVIDENCE, RECORDS, Published
from factpack.site.settings import Settings


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The one page."""
    counts = {
        "articles": published.count(ARTICLES),
        "facts": sum(published.count(table) for table in published.facts if table != ARTICLES),
        "quotes found word for word": published.count(EVIDENCE),
        "persons, bodies, places, themes": sum(published.count(table) for table in published.entities),
        **_reviewed(published),
    }
    yield Page(
        path="index.html",
        title=published.title,
        template="index.html",
        styles=("index.css", "timeline.css", "shades.css", "world.css"),
        description=published.package.description or "",
        data=metadata.dataset(published, settings),
        values={
            "also": list(metadata.pages(published, settings)),
            "package": published.package,
            "counts": {name: n for name, n in counts.items() if n},
            "timeline": timeline(published, settings),
            "world": world(published, settings.countries),
            "newest": newest(published),
            "table": published.facts[0] if published.facts else ARTICLES,
        },
    )


def _reviewed(published: Published) -> dict[str, int]:
    """How many records somebody else has reviewed, where the dataset says so."""
    if "review" not in {field.name for field in published.shapes[RECORDS].fields}:
        return {}
    [row] = published.select(f"SELECT count(*) AS n FROM \"{RECORDS}\" WHERE review = 'reviewed'")
    return {"records reviewed": int(row["n"])}
