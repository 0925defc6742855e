"""The page that answers questions in SQL without a server: SQLite in WebAssembly, and the release's tables inside."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from factpack.site.inlined import packed, vendored
from factpack.site.page import Page
from factpack.site.published import ARTICLES, EVIDENCE, STATEMENTS, Published, name_of
from factpack.site.settings import Settings
from factpack.views import FILE, QUESTIONS, Question, statements

PATH = "console.html"

LARGEST = 64_000_000
"""How many bytes of tables a page carries. Compressed that is about an eighth, which a browser opens in a second."""

_LEFT_OUT = (STATEMENTS, EVIDENCE)
"""What is left out first where a database is larger: their rows stand on the records' pages."""


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The one page."""
    data, left_out = _database(published)
    yield Page(
        path=PATH,
        title="Ask the data",
        template="console.html",
        section="data.html",
        styles=("console.css",),
        scripts=("inlined.js", "vendor/sql-wasm.js", "console.js"),
        policy="'wasm-unsafe-eval'",
        values={
            "examples": [("Questions to begin with", _questions(published)), ("Views", _views(published))],
            "tables": [shape for name, shape in published.shapes.items() if name not in left_out],
            "folders": json.dumps({ARTICLES: "articles"}),
            "left_out": left_out,
            "program": packed(vendored("sql-wasm.wasm")),
            "database": packed(data),
        },
    )


def _questions(published: Published) -> list[Question]:
    found = statements(published.text(QUESTIONS))
    return [Question(" ".join(asked.split()), statement) for asked, statement in found]


def _views(published: Published) -> list[Question]:
    """Every view as a question: what it answers, and how it is asked."""
    found = statements(published.text(FILE))
    return [Question(_sentence(said), f"SELECT * FROM {statement.split()[2]};") for said, statement in found]


def _sentence(text: str) -> str:
    """The first line of what is said of a view; the rest stands in the codebook."""
    return text.splitlines()[0] if text else "A view"


def _database(published: Published) -> tuple[bytes, list[str]]:
    """The release's database as a page carries it, and the tables that were left out to make it small enough."""
    data = (published.folder / f"{published.package.name}.sqlite").read_bytes()
    left_out: list[str] = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(data)
        for table in _LEFT_OUT:
            if len(data) <= LARGEST:
                break
            database.execute(f"DROP TABLE {name_of(table)}")
            database.execute("VACUUM")
            data = database.serialize()
            left_out.append(table)
    return data, left_out
