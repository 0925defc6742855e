"""The page that finds records, articles and what they refer to: it carries the names of all of them inside."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from factpack.site.inlined import packed
from factpack.site.page import Page
from factpack.site.published import ARTICLES, EVIDENCE, RECORDS, Published, name_of
from factpack.site.settings import Settings

PATH = "search.html"

MOST_WORDS = 16_000_000
"""How many characters of quotes a page carries, so that it still opens at once; names are always there."""

Entry = tuple[int, str, str, str]
"""The number of its kind, its id, what it is called, and further words that lead to it."""


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The one page."""
    kinds = [*published.facts, *published.entities]
    quotes = _quotes(published)
    entries = [*_records(published, kinds, quotes), *_entities(published, kinds)]
    index = {
        "kinds": [[published.shapes[name].title or name, _folder(published, name)] for name in kinds],
        "entries": entries,
    }
    yield Page(
        path=PATH,
        title="Search",
        template="search.html",
        styles=("search.css",),
        scripts=("inlined.js", "search.js"),
        values={
            "count": len(entries),
            "quoted": bool(quotes),
            "index": packed(json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode("utf-8")),
        },
    )


def _folder(published: Published, table: str) -> str:
    """Where the pages of a table's rows stand."""
    if table == ARTICLES:
        return "articles"
    return "records" if table in published.facts else f"entities/{table}"


def _records(published: Published, kinds: list[str], quotes: dict[str, str]) -> Iterator[Entry]:
    number = {name: n for n, name in enumerate(kinds)}
    for row in published.select(f"SELECT record_id, record_type, label FROM {name_of(RECORDS)} ORDER BY 1"):
        identity = row["record_id"]
        yield number[row["record_type"]], identity, row["label"], quotes.get(identity, "")


def _entities(published: Published, kinds: list[str]) -> Iterator[Entry]:
    for number, table in enumerate(kinds):
        if table in published.facts:
            continue
        other = _names(published, table)
        labels = published.labels(table, [row[published.key(table)] for row in published.rows(table)])
        for identity, label in labels.items():
            yield number, identity, label, " · ".join(sorted(other[identity] - {label}))


def _names(published: Published, table: str) -> dict[str, set[str]]:
    """The further names of a table's rows, by key: from tables that refer to it and have a column `name`."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, shape in published.shapes.items():
        columns = [key.fields[0] for key in shape.foreign_keys if key.resource == table]
        if columns and name not in published.entities and "name" in {field.name for field in shape.fields}:
            for row in published.rows(name):
                found[row[columns[0]]].add(row["name"])
    return found


def _quotes(published: Published) -> dict[str, str]:
    """The words quoted for each record; nothing where all of them together are too many for a page."""
    table = name_of(EVIDENCE)
    [size] = published.select(f"SELECT total(length(exact)) AS n FROM {table}")
    if size["n"] > MOST_WORDS:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for row in published.select(f"SELECT DISTINCT record_id, exact FROM {table} ORDER BY 1, 2"):
        found[row["record_id"]].append(row["exact"])
    return {identity: " · ".join(words) for identity, words in found.items()}
