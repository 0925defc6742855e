"""The pages of the tables: what each means, its files, and its rows with links to what they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.site import address
from factpack.site.files import Download, downloads
from factpack.site.page import Page
from factpack.site.prose import codebook
from factpack.site.published import EVIDENCE, STATEMENTS, Published, Row, name_of
from factpack.site.record import Value, plain_values
from factpack.site.settings import Settings

ON_A_PAGE = 200
"""How many rows a page shows."""

INDEX = "tables/index.html"

_SHOWN_WITH_RECORDS = (EVIDENCE, STATEMENTS)
"""Tables whose rows stand on the records' pages: of these only the first page is made."""


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The list of tables, and every table's pages."""
    files = {file.path: file for file in downloads(published, settings)}
    counts = {name: published.count(name) for name in published.shapes}
    other = [name for name in published.shapes if name not in published.facts + published.entities]
    groups = {
        "Records": published.facts,
        "What records refer to": published.entities,
        "What belongs to them, and the evidence": other,
    }
    yield Page(
        path=INDEX,
        title="Tables",
        template="tables.html",
        values={
            "groups": [(title, [published.shapes[name] for name in names]) for title, names in groups.items()],
            "counts": counts,
        },
    )
    meanings = codebook(published.text("codebook.md")).tables
    for name in published.shapes:
        yield from _pages(published, name, counts[name], files, meanings.get(name, ""))


def _pages(published: Published, name: str, count: int, files: dict[str, Download], meaning: str) -> Iterator[Page]:
    number = max(1, -(-count // ON_A_PAGE))
    made = 1 if name in _SHOWN_WITH_RECORDS else number
    shape = published.shapes[name]
    parts = [address.table(name, n + 1) for n in range(made)]
    for n, path in enumerate(parts):
        key = name_of(published.key(name))
        query = f"SELECT * FROM {name_of(name)} ORDER BY {key} LIMIT {ON_A_PAGE} OFFSET {n * ON_A_PAGE}"
        rows = list(published.select(query))
        yield Page(
            path=path,
            title=shape.title or name,
            template="table.html",
            section=INDEX,
            styles=("table.css",),
            values={
                "table": shape,
                "columns": sorted(shape.fields, key=lambda field: field.name != published.key(name)),
                "count": count,
                "first": n * ON_A_PAGE + 1,
                "rows": _aligned(published, name, rows),
                "own_page": name in published.facts + published.entities or name == "records",
                "files": [files[path] for path in (f"data/{name}.csv", f"data/{name}.parquet") if path in files],
                "meaning": meaning if n == 0 else "",
                "parts": parts,
                "cut": made < number,
            },
        )


def _aligned(published: Published, name: str, rows: list[Row]) -> list[tuple[str, list[Value | None]]]:
    """Each row's key and its other cells, in the order of the columns."""
    columns = [field.name for field in published.shapes[name].fields if field.name != published.key(name)]
    found = []
    for identity, values in plain_values(published, name, rows).items():
        by_name = {value.field.name: value for value in values}
        found.append((identity, [by_name.get(column) for column in columns]))
    return found
