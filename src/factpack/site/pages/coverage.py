"""The coverage page: which article gives which kind of record, what was looked for in vain, how much is covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factpack.site import address
from factpack.site.page import Page
from factpack.site.pages.articles import share
from factpack.site.pictures import shade
from factpack.site.published import ARTICLES, EVIDENCE, RECORDS, Published, Row
from factpack.site.settings import Settings

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """An article's records of one kind."""

    table: str
    count: int
    searched: bool
    """Whether the curators looked for some and say that there is none."""

    @property
    def shade(self) -> int:
        """How dark it is drawn, from 0, which is hollow."""
        return shade(self.count)


@dataclass(frozen=True, slots=True)
class Line:
    """An article's row of the matrix."""

    id: str
    headline: str
    cells: tuple[Cell, ...]
    share: int
    facts: int
    mentions: int
    mentions_open: int


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The pages of the matrix, the article that is covered least first."""
    kinds = [table for table in published.facts if table != ARTICLES]
    lines = sorted(_lines(published, kinds), key=lambda line: (line.share, line.facts, line.id))
    parts = [address.coverage(n + 1) for n in range(max(1, -(-len(lines) // ON_A_PAGE)))]
    for n, path in enumerate(parts):
        yield Page(
            path=path,
            title="What is covered, and what is not",
            template="coverage.html",
            section=parts[0],
            styles=("shades.css", "coverage.css"),
            values={
                "kinds": [published.shapes[table] for table in kinds],
                "lines": lines[n * ON_A_PAGE : (n + 1) * ON_A_PAGE],
                "count": len(lines),
                "searched": sum(cell.searched for line in lines for cell in line.cells),
                "most": max((line.facts for line in lines), default=1) or 1,
                "parts": parts,
            },
        )


def _lines(published: Published, kinds: list[str]) -> Iterator[Line]:
    counts = {(row["article_id"], row["record_type"]): row["n"] for row in published.select(
        f'SELECT e.article_id, r.record_type, count(DISTINCT e.record_id) AS n FROM "{EVIDENCE}" AS e '
        f'JOIN "{RECORDS}" AS r ON r.record_id = e.record_id GROUP BY 1, 2'
    )}  # fmt: skip
    searched = {(row["article_id"], row["table"]) for row in published.rows("searches")}
    covered = {row["article_id"]: row for row in published.rows("coverage")}
    for article in published.rows(ARTICLES):
        identity = article["article_id"]
        cells = tuple(Cell(table, counts.get((identity, table), 0), (identity, table) in searched) for table in kinds)
        yield _line(article, cells, covered.get(identity))


def _line(article: Row, cells: tuple[Cell, ...], covered: Row | None) -> Line:
    return Line(
        article["article_id"],
        article.get("headline") or article["article_id"],
        cells,
        share(covered) if covered else 0,
        sum(cell.count for cell in cells),
        covered["mentions"] if covered else 0,
        covered["mentions"] - covered["mentions_used"] - covered["mentions_omitted"] if covered else 0,
    )
