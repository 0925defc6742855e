"""The list of articles: when and where each appeared, how many facts it gives, and how much of it they cover."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.site import address
from factpack.site.page import Page
from factpack.site.published import ARTICLES, EVIDENCE, Published, Row
from factpack.site.settings import Settings

ON_A_PAGE = 200


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The pages of the list, oldest article first."""
    columns = {field.name for field in published.shapes[ARTICLES].fields}
    order = "published_min, article_id" if "published_min" in columns else "article_id"
    facts = {row["article_id"]: row["n"] for row in published.select(
        f'SELECT article_id, count(DISTINCT record_id) AS n FROM "{EVIDENCE}" WHERE record_id != article_id GROUP BY 1'
    )}  # fmt: skip
    covered = {row["article_id"]: row for row in published.rows("coverage")}
    rows = list(published.select(f'SELECT * FROM "{ARTICLES}" ORDER BY {order}'))
    parts = [address.articles(n + 1) for n in range(max(1, -(-len(rows) // ON_A_PAGE)))]
    for n, path in enumerate(parts):
        yield Page(
            path=path,
            title="Articles",
            template="articles.html",
            section=parts[0],
            styles=("articles.css",),
            scripts=("sort.js",),
            values={
                "articles": rows[n * ON_A_PAGE : (n + 1) * ON_A_PAGE],
                "count": len(rows),
                "facts": facts,
                "covered": {identity: share(row) for identity, row in covered.items()},
                "parts": parts,
            },
        )


def share(coverage: Row) -> int:
    """How much of an article is quoted or left out with a reason, in percent of its words."""
    used = coverage["words_quoted"] + coverage["words_omitted"]
    return round(100 * used / coverage["words"]) if coverage["words"] else 100
