"""A mark's place in the dataset: its article, its table, its id, and the quotes that lead to its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factpack.annotations.anchoring import Anchored, anchored
from factpack.annotations.mark import Leaf, Mark
from factpack.article import Article
from factpack.dataset import Dataset
from factpack.fact import MAX_ID, SLUG
from factpack.naming import free, suggested_id


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark whose words were found."""

    mark: Mark
    article: Article
    table: str
    id: str
    quotes: tuple[tuple[Anchored, tuple[Leaf, ...]], ...]

    @property
    def is_known(self) -> bool:
        """Whether the article has this record: of this id, or where it came without one, with these quotes."""
        places = [place for (place, _), _ in self.quotes]
        return any(
            entry.id == self.mark.record
            if self.mark.record
            else [quote.span for quote in self.article.quotes_of(entry)] == places
            for entry in self.article.entries
            if entry.table == self.table
        )


def article_of(dataset: Dataset, mark: Mark, name: str) -> Article | None:
    """The article that a mark is about: of this name, if any is said, or as its file names it or has its text."""
    document = re.split(r"[/\\]", mark.document)[-1]
    names = (name,) if name else (document, document.rpartition(".")[0])
    for article in dataset.articles:
        if article.source is not None and article.article_id in names:
            return article
    if name or not mark.text:
        return None
    return next((a for a in dataset.articles if a.source and a.source.content.split() == mark.text.split()), None)


def table_of(dataset: Dataset, label: str, tables: Mapping[str, str]) -> str:
    """The table of facts that `tables` says for a label, or that goes by it: its own name, or its model's; or none."""
    facts = dataset.models.facts
    names = {name: table for table, model in facts.items() for name in (table, snake(model.__name__))}
    return tables.get(label) or names.get(snake(label), "")


def snake(name: str) -> str:
    """A name as fields and tables are written."""
    return re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())).lower()


def placed(
    dataset: Dataset, mark: Mark, article: Article, table: str, taken: set[str]
) -> tuple[PlacedMark | None, list[str]]:
    """The mark with its quotes and an id that is not `taken`, or None; and why some or all words have no place."""
    quotes: list[tuple[Anchored, tuple[Leaf, ...]]] = []
    lost = [] if mark.passages else ["this record quotes no words"]
    for passage in mark.passages:
        for place in anchored(article, passage):
            if isinstance(place, str):
                lost.append(place)
            elif place[1] not in [quote for (_, quote), _ in quotes]:
                quotes.append((place, passage.leaves))
    if not quotes:
        return None, lost
    if SLUG.fullmatch(mark.record) and len(mark.record) <= MAX_ID:
        own = {entry.id for entry in article.entries}
        identity = free(mark.record, own)
    else:
        identity = suggested_id(dataset, table, quotes[0][0][1]["exact"], taken)
    return PlacedMark(mark, article, table, identity, tuple(quotes)), lost
