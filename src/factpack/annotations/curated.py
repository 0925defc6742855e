"""What goes to other tools: the records of an article as they are curated, with the places of their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factpack.annotations.mark import Path, leaves_of
from factpack.article import Article, PlacedQuote, Statement
from factpack.entry import Entry, references_of
from factpack.quote import Span

_SELECTOR = ("exact", "prefix", "suffix")
_ELSEWHERE = ("id", "quotes", "source", "sha256")
"""What an annotation says by what it is about."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is typed: the way to it, its words in the source, and what it rests on, where that is known."""

    path: Path
    value: str
    spans: tuple[Span, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote's place, and what is said of the quote itself; `number` counts the quotes of its record."""

    number: int
    span: Span
    leaves: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class CuratedRecord:
    """A record of an article. `references` are (field, id) for the records that it refers to."""

    table: str
    id: str
    quotes: tuple[Quoted, ...]
    values: tuple[Value, ...]
    references: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Curated:
    """An article. `lost` are the records, or `record, quote N`, whose words have no one place in it."""

    article_id: str
    source: str
    content: str
    language: str
    records: tuple[CuratedRecord, ...]
    lost: tuple[str, ...]


def curated(article: Article) -> Curated:
    """The article with all its records, its own metadata first."""
    content = article.source.content if article.source else ""
    records, lost = [], []
    for entry in article.all_entries:
        data = _data(article, entry)
        placed = article.quotes_of(entry)
        quotes = tuple(_quoted(one, data) for one in placed if one.span)
        lost += [f"{entry.id}, quote {one.index + 1}" for one in placed if not one.span]
        references = tuple((_field(route), target) for route, _, target in references_of(entry))
        if quotes:
            records.append(
                CuratedRecord(entry.table, entry.id, quotes, tuple(_values(article, entry, data)), references)
            )
        elif not placed:
            lost.append(entry.id)
    source = (article.source.path if article.source else "").rpartition("/")[2]
    return Curated(article.article_id, source, content, article.language, tuple(records), tuple(lost))


def _data(article: Article, entry: Entry) -> dict[str, Any]:
    """The record as it is written in the file."""
    data = article.tree.data
    for step in entry.route:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _quoted(placed: PlacedQuote, data: dict[str, Any]) -> Quoted:
    assert placed.span is not None
    written = data["quotes"][placed.index]
    leaves = leaves_of({k: v for k, v in written.items() if k not in _SELECTOR}) if isinstance(written, dict) else ()
    return Quoted(placed.index, placed.span, tuple((path, str(value)) for path, value in leaves if value is not None))


def _values(article: Article, entry: Entry, data: dict[str, Any]) -> Iterator[Value]:
    stated: dict[Path, Statement] = {}
    for statement in article.statements_of(entry):
        stated[tuple(map(str, statement.steps))] = statement
    quotes = [placed.span for placed in article.quotes_of(entry) if placed.span]
    for path, value in leaves_of({key: value for key, value in data.items() if key not in _ELSEWHERE}):
        if value is None:
            continue
        support = stated[path].support if path in stated else None
        # What was judged was judged from the whole record: its first quote stands for it.
        spans = (support.spans if support else ()) or tuple(quotes[:1])
        yield Value(path, str(value), tuple(dict.fromkeys(spans)), support.basis if support else "judged")


def _field(route: tuple[str | int, ...]) -> str:
    return next(step for step in reversed(route) if isinstance(step, str))
