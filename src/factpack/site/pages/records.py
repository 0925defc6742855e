"""The page of a record: its values, each with the words that state it in every article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factpack.site import address
from factpack.site.page import Page
from factpack.site.published import ARTICLES, RECORDS, Published
from factpack.site.record import Quoted, Said, Shown, Value, records
from factpack.site.settings import Settings

AT_ONCE = 500
"""How many records are read together."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a value rests on: the words, and the quote that they are part of, or the reason."""

    basis: str
    reason: str
    words: str = ""
    quote: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Another record that refers to this one, and as what."""

    field: str
    table: str
    id: str
    label: str


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """A page for every record."""
    key = published.key(RECORDS)
    ids = [row[key] for row in published.select(f'SELECT "{key}" FROM "{RECORDS}" ORDER BY 1')]
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        mentions = _mentions(published, part)
        for shown in records(published, part):
            yield _page(published, settings, shown, mentions.get(shown.id, []))


def _page(published: Published, settings: Settings, shown: Shown, mentions: Sequence[Mention]) -> Page:
    numbers = {quote.evidence_id: number for number, quote in enumerate(shown.quotes, 1)}
    by_id = {quote.evidence_id: quote for quote in shown.quotes}
    return Page(
        path=address.record(shown.id),
        title=shown.label,
        template="record.html",
        section="tables/index.html",
        styles=("record.css",),
        values={
            "record": shown,
            "table": published.shapes[shown.table],
            "bases": lambda value: _bases(value, numbers, by_id),
            "parts": [(published.shapes[name], rows) for name, rows in shown.parts],
            "mentions": mentions,
            "planned": settings.planned_as(shown.about),
            "headlines": _headlines(published, shown),
        },
    )


def _bases(value: Value, numbers: Mapping[str, int], quotes: Mapping[str, Quoted]) -> list[Basis]:
    """What a value rests on, said once where several quotes say the same."""
    found = [_basis(one, numbers, quotes) for one in value.said]
    grounded = [one for one in found if one.words]
    return list(dict.fromkeys(grounded or [Basis(one.basis, one.reason) for one in found]))


def _basis(said: Said, numbers: Mapping[str, int], quotes: Mapping[str, Quoted]) -> Basis:
    quote = quotes.get(said.evidence_id or "")
    if said.basis != "grounded" or quote is None or said.span is None:
        return Basis(said.basis, said.reason or "")
    start, end = said.span[0] - quote.span[0], said.span[1] - quote.span[0]
    # A line break of two characters is published as one space: then the offsets do not fit.
    fits = 0 <= start < end <= len(quote.exact) == quote.span[1] - quote.span[0]
    return Basis("grounded", "", quote.exact[start:end] if fits else quote.exact, numbers[quote.evidence_id])


def _headlines(published: Published, shown: Shown) -> dict[str, str]:
    ids = {quote.article_id for quote in shown.quotes}
    return published.labels(ARTICLES, ids)


def _mentions(published: Published, ids: Sequence[str]) -> dict[str, list[Mention]]:
    """The records that refer to these, by the one that they refer to."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for table, shape in published.shapes.items():
        owner = published.owner(table)
        for key in shape.foreign_keys:
            column = key.fields[0]
            if owner and key.resource in (RECORDS, *published.facts) and column not in (owner, shape.primary_key[0]):
                title = next(field.title for field in shape.fields if field.name == column)
                for row in published.rows(table, column, ids):
                    found[row[column]].append((f"{shape.title}: {title}", table, row[owner]))
    labels = published.labels(RECORDS, {owner for rows in found.values() for _, _, owner in rows})
    return {
        identity: [Mention(field, table, owner, labels.get(owner, owner)) for field, table, owner in rows]
        for identity, rows in found.items()
    }
