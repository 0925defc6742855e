"""Where articles disagree: the same record with different values, and quotes that contradict a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from factpack.site.page import Page
from factpack.site.published import ARTICLES, EVIDENCE, RECORDS, STATEMENTS, Published
from factpack.site.record import Quoted, Shown, records
from factpack.site.settings import Settings


@dataclass(frozen=True, slots=True)
class Account:
    """What an article says a field's value is, in its own words."""

    article_id: str
    value: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record to which articles give different values."""

    shown: Shown
    field: str
    accounts: tuple[Account, ...]


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """One page with all of them."""
    against = [row["record_id"] for row in published.select(
        f"SELECT DISTINCT record_id FROM \"{EVIDENCE}\" WHERE relation = 'contradicts' ORDER BY 1"
    )]  # fmt: skip
    yield Page(
        path="disagreements.html",
        title="Disagreements",
        template="disagreements.html",
        section="coverage.html",
        styles=("record.css",),
        values={
            "contradicted": records(published, against),
            "differences": list(_differences(published)),
            "headlines": published.labels(ARTICLES, [row["article_id"] for row in published.rows(ARTICLES)]),
        },
    )


def _differences(published: Published) -> Iterator[Difference]:
    """The fields of records for which the statements of two articles have different values."""
    query = f"""
        SELECT "table", row_id, field FROM "{STATEMENTS}"
        WHERE article_id IS NOT NULL AND path IS NOT NULL AND basis = 'grounded'
        GROUP BY 1, 2, 3 HAVING count(DISTINCT article_id) > 1 AND count(DISTINCT value) > 1 ORDER BY 2, 1, 3
    """
    places = [row for row in published.select(query) if row["table"] in (*published.facts, RECORDS)]
    shown = {one.id: one for one in records(published, sorted({row["row_id"] for row in places}))}
    for place in places:
        one = shown[place["row_id"]]
        values: dict[tuple[str, str], None] = {}
        for row in published.rows(STATEMENTS, "row_id", [place["row_id"]]):
            if (row["table"], row["field"]) == (place["table"], place["field"]) and row["article_id"]:
                values[row["article_id"], row["value"]] = None
        quotes = defaultdict(list)
        for quote in one.quotes:
            quotes[quote.article_id].append(quote)
        accounts = tuple(Account(article, value, tuple(quotes[article])) for article, value in sorted(values))
        field = next(f.title for f in published.shapes[place["table"]].fields if f.name == place["field"])
        yield Difference(one, field, accounts)
