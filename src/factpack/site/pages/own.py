"""Pages that a dataset brings itself: Jinja templates in `site/` beside its models.

    {# The yearly cycle #}
    {% extends "base.html" %}
    {% block main %}
    <h1>{{ page.title }}</h1>
    {% for task in rows("SELECT task_id, text FROM tasks WHERE task_year = 2023") %}
    <p><a href="{{ link('records', task.task_id) }}">{{ task.text }}</a></p>
    {% endfor %}
    {% endblock %}

The first line is a comment that names the page; its name stands in the head of every page. `rows(query)` gives the
rows of a query on the release's tables and views, `link(table, id)` the address of a row's page, `to(path)` that of
another page, and `facts(ids)` the records with their values and quotes (`factpack.site.record.Shown`). A file
`NAME.css` beside `NAME.html` is its style. The address is `NAME.html`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from factpack.config import ConfigurationError
from factpack.site.page import Page
from factpack.site.published import Published, text_of
from factpack.site.record import records

_TITLE = re.compile(r"\{#\s*(?P<title>\S.*?)\s*#\}")


def ways(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Name and path of the dataset's own pages; raises ConfigurationError for one without a name."""
    for place in sorted(folder.iterdir()) if folder else ():
        if place.suffix != ".html":
            continue
        named = _TITLE.match(text_of(place.parent, place.name))
        if named is None:
            raise ConfigurationError(f"{place}: the first line is no comment `{{# ... #}}` that names the page")
        yield named["title"], place.name


def pages(published: Published, folder: Path | None) -> Iterator[Page]:
    """The dataset's own pages."""
    for title, path in ways(folder):
        assert folder is not None
        yield Page(
            path=path,
            title=title,
            template=f"own/{path}",
            styles=("record.css",),
            own_style=text_of(folder, Path(path).with_suffix(".css").name),
            values={
                "rows": lambda query, path=path: _rows(published, query, path),
                "facts": lambda ids: records(published, list(ids)),
            },
        )


def _rows(published: Published, query: str, path: str) -> list[dict[str, object]]:
    try:
        return [dict(row) for row in published.select(query)]
    except sqlite3.Error as error:
        raise ConfigurationError(f"{path}: a query does not work: {error}") from None
