"""Changes of whole quotes and records: words, bounds, articles, references and ids exchanged, records deleted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

from mutation_cases import Edit, cell_of, edit_of, typed, value_span

from factpack.article import Article, PlacedQuote, Statement
from factpack.dataset import Dataset
from factpack.diagnostic import Route
from factpack.entry import Entry
from factpack.grounding import Cue, Ref, Wording

_WORD = re.compile(r"[^\W\d_]{4,}")


def record_mutations(dataset: Dataset, rng: random.Random, per_kind: int) -> list[Edit]:
    """At most so many changes of each kind, all of grounded words or records."""
    made: dict[str, list[Edit]] = {}
    for article in dataset.articles:
        others = [other for other in dataset.articles if other is not article]
        found = [
            *(edit for placed in article.quotes if placed.span for edit in _quote_changes(article, placed, rng)),
            *(edit for entry in article.entries for edit in _record_changes(article, entry, others, rng)),
            *_exchanges(article, dataset),
        ]
        for edit in found:
            made.setdefault(edit.kind, []).append(edit)
    for edits in made.values():
        rng.shuffle(edits)
    return [
        edit for edits in made.values() for edit in edits[: per_kind // 8 if edits[0].cell == "judged" else per_kind]
    ]


# --- quotes -------------------------------------------------------------------------------------------


def _quote_changes(article: Article, placed: PlacedQuote, rng: random.Random) -> Iterator[Edit]:
    """A quote with another word, or with other bounds."""
    start, end = placed.span or (0, 0)
    exact, content = placed.quote.exact, article.content
    word = rng.choice(list(_WORD.finditer(exact)) or [None])
    other = rng.choice(_WORD.findall(content))
    if word and other.lower() != word[0].lower():
        yield _requoted(article, placed, "word of a quote", exact[: word.start()] + other + exact[word.end() :])
    if exact[-2:].isalpha():
        yield _requoted(article, placed, "quote trimmed within a word", exact[:-1])
    if re.fullmatch(r" [^\W\d_]{3}", behind := content[end : end + 4]):
        yield _requoted(article, placed, "quote extended within a word", exact + behind[:-1])
    line_end, following = content.find("\n", end), re.compile(r"\s*((?:\S+ ){2}\S+)")
    if 0 <= line_end <= start + 200 and (more := following.match(content, line_end)):
        yield _requoted(article, placed, "quote extended over a paragraph", f"{exact}{content[end:line_end]} {more[1]}")
    if trimmed := _without_a_value(article, placed):
        yield _requoted(article, placed, "quote trimmed before a value", trimmed)


def _without_a_value(article: Article, placed: PlacedQuote) -> str:
    """A quote up to the first word that alone states a grounded value of its record."""
    start, end = placed.span or (0, 0)
    content = article.content
    others = " ".join(
        content[slice(*other.span)]
        for other in (
            *article.quotes_of(placed.entry),
            *(article.quotes_of(article.metadata) if article.metadata else ()),
        )
        if other.span and other is not placed
    )
    sole = [
        min(statement.support.spans)[0]
        for statement in article.statements_of(placed.entry)
        if cell_of(statement) == "grounded" and statement.typed and _stated_by_words(statement)
        if all(start <= a and b <= end and content[a:b] not in others for a, b in statement.support.spans)
    ]
    cut = content[start : min(sole, default=start)].rstrip(" ,;:–-(“‘\"'")
    return cut if len(_WORD.findall(cut)) >= 2 else ""


def _stated_by_words(statement: Statement) -> bool:
    grounding = statement.field.grounding
    if isinstance(grounding, Wording) or (isinstance(grounding, Cue) and statement.value == grounding.default):
        return False
    return statement.support.basis == "grounded" and bool(statement.support.spans)


def _requoted(article: Article, placed: PlacedQuote, kind: str, exact: str) -> Edit:
    route: Route = (*placed.entry.route, "quotes", placed.index)
    if isinstance(typed(article, route), dict):
        route = (*route, "exact")
    return edit_of(article, route, kind, placed.quote.exact, exact, "quoted")


# --- records ------------------------------------------------------------------------------------------


def _record_changes(article: Article, entry: Entry, others: Sequence[Article], rng: random.Random) -> Iterator[Edit]:
    """A record deleted, or with what another article says."""
    table, index = entry.route
    records = typed(article, (table,))
    yield _rewritten(
        article, entry, "record deleted", [*records[: int(index)], *records[int(index) + 1 :]], "", "deleted"
    )
    theirs = [(other, one) for other in others for one in other.entries if one.table == table and one.id != entry.id]
    if not theirs:
        return
    other, one = rng.choice(theirs)
    foreign = typed(other, one.route)
    moved = [*records[: int(index)], foreign, *records[int(index) + 1 :]]
    yield _rewritten(article, entry, "record of another article", moved, one.id)
    requoted = [*records[: int(index)], records[int(index)] | {"quotes": foreign["quotes"]}, *records[int(index) + 1 :]]
    yield _rewritten(article, entry, "quotes of another article", requoted, f"the quotes of {one.id}")


def _exchanges(article: Article, dataset: Dataset) -> Iterator[Edit]:
    """Two records of a table that exchange what they refer to, or their ids where another article has one of them."""
    elsewhere = {entry.id for other in dataset.articles if other is not article for entry in other.entries}
    referring = [s for s in article.statements if s.typed and isinstance(s.field.grounding, Ref) and cell_of(s)]
    seats = [s for s in referring if cell_of(s) == "grounded" and len(s.steps) == 1 and len(s.entry.route) == 2]
    for number, first in enumerate(seats):
        for second in seats[number + 1 :]:
            if first.entry.table == second.entry.table and first.field.name == second.field.name:
                yield from _exchanged(article, first.entry, second.entry, first.field.name, "references exchanged")
    for number, one in enumerate(article.entries):
        for other in article.entries[number + 1 :]:
            if one.table == other.table and {one.id, other.id} & elsewhere:
                yield from _exchanged(article, one, other, "id", "ids exchanged")


def _exchanged(article: Article, one: Entry, other: Entry, field: str, kind: str) -> Iterator[Edit]:
    records = [dict(record) for record in typed(article, (one.table,))]
    first, second = records[int(one.route[1])], records[int(other.route[1])]
    if first.get(field) != second.get(field):
        first[field], second[field] = second.get(field), first.get(field)
        cell = "judged" if field == "id" else "quoted"
        yield _rewritten(article, one, kind, records, f"{field} of {other.id}", cell)


def _rewritten(
    article: Article, entry: Entry, kind: str, records: Sequence[Any], new: str, cell: str = "quoted"
) -> Edit:
    """A table written anew, as JSON; without records, it is left out."""
    start, end = value_span(article, (entry.table,))
    if not records:
        start = article.text.content.rfind(f"{entry.table}:", 0, start)
    written = json.dumps(records, ensure_ascii=False) if records else ""
    return Edit(kind, article.path, entry.id, entry.route, entry.id, new, start, end, written, cell)
