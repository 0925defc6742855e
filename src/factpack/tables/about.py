"""Tables that describe articles and values: vocabulary, spans, searches, coverage."""

from __future__ import annotations

import re

from factpack.coverage import coverage as measure
from factpack.coverage import segments
from factpack.dataset import Dataset
from factpack.fact import Fact
from factpack.fields import derived_fields_of, fields_of, quote_model
from factpack.resource import ForeignKey
from factpack.tables.columns import (
    values_of,
)
from factpack.tables.provenance import Stated
from factpack.tables.sheet import Sheet, column, line
from factpack.vocabulary import DateBasis, DatePrecision, EvidenceRelation, SpanRole, Vocabulary


def vocabulary(dataset: Dataset) -> Sheet:
    """Every value of every closed list that the models use."""
    sheet = Sheet(
        "vocabulary",
        "Vocabulary",
        "Every value of every closed list, with its definition and the term of another standard.",
        "vocabulary_id",
        [
            column("vocabulary_id", "List and value.", unique=True),
            column("vocab", "Name of the closed list."),
            column("value", "The value as it stands in cells."),
            column("definition", "What the value means."),
            column("maps_to", "Term of another standard.", required=False),
        ],
    )
    for vocabulary in sorted(_vocabularies(dataset), key=lambda v: v.__name__):
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", vocabulary.__name__).lower()
        for member in vocabulary:
            sheet.add(
                {
                    "vocabulary_id": f"{name}/{member.value}",
                    "vocab": name,
                    "value": member.value,
                    "definition": member.definition,
                    "maps_to": member.maps_to or None,
                }
            )
    return sheet


def _vocabularies(dataset: Dataset) -> set[type[Vocabulary]]:

    found: set[type[Vocabulary]] = {DatePrecision, DateBasis, SpanRole, EvidenceRelation}
    for model in dataset.models.tables.values():
        own = fields_of(model)
        inner = [f for outer in own if outer.item for f in fields_of(outer.item)]
        quoted = fields_of(quote_model(model)) if issubclass(model, Fact) else ()
        found.update(f.choices for f in (*own, *inner, *quoted) if f.choices)
        found.update(f.choices for f in derived_fields_of(model) if f.choices)
    return found


def spans(dataset: Dataset) -> Sheet:
    """Each article from its first character to its last, by role."""
    sheet = Sheet(
        "article_spans",
        "Article spans",
        "Each article from its first character to its last: what is body, and what was read and holds no fact.",
        "article_span_id",
        [
            column("article_span_id", "Article and place.", unique=True),
            column("article_id", "The article."),
            column("char_start", "Offset of the first code point.", "integer", minimum=0),
            column("char_end", "Offset behind the last code point.", "integer", minimum=0),
            column("role", "What the passage is.", enum=values_of(SpanRole)),
            column("reason", "Why it holds no fact.", required=False),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        for (start, end), role, why in segments(article):
            identity = f"{article.article_id}/{start}-{end}"
            sheet.add(
                {
                    "article_span_id": identity,
                    "article_id": article.article_id,
                    "char_start": start,
                    "char_end": end,
                    "role": role.value,
                    "reason": why,
                }
            )
            if role != SpanRole.BODY:
                sheet.stated.append(
                    Stated(
                        "article_spans",
                        identity,
                        "role",
                        role.value,
                        "judged",
                        "omitted",
                        article.article_id,
                        (start, end),
                        reason="the curator's reading",
                    )
                )
    return sheet


def searches(dataset: Dataset) -> Sheet:
    """What was looked for and not found."""
    sheet = Sheet(
        "searches",
        "Searches",
        "What the curators looked for in an article and did not find.",
        "search_id",
        [
            column("search_id", "Article, table and number.", unique=True),
            column("article_id", "The article."),
            column("table", "The table that was looked for."),
            column("note", "What was looked for and not found."),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        for number, (_, search) in enumerate(article.searches, 1):
            sheet.add(
                {
                    "search_id": f"{article.article_id}/{search.table}/{number}",
                    "article_id": article.article_id,
                    "table": search.table,
                    "note": line(search.note),
                }
            )
    return sheet


def coverage(dataset: Dataset) -> Sheet:
    """How much of each article is used."""
    counts = {
        "words": "Words of the source.",
        "words_quoted": "Words that some record quotes.",
        "words_omitted": "Words in passages omitted with a reason, and not quoted.",
        "mentions": "Numbers, dates, countries and documents that the source states.",
        "mentions_used": "Of these, how many some value is grounded in.",
        "mentions_omitted": "Of these, how many stand in omitted passages only.",
    }
    sheet = Sheet(
        "coverage",
        "Coverage",
        "How much of each article is used by records or omitted with a reason.",
        "article_id",
        [
            column("article_id", "The article.", unique=True),
            *(column(name, text, "integer", minimum=0) for name, text in counts.items()),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        measured = measure(article)
        sheet.add({"article_id": article.article_id, **{name: getattr(measured, name) for name in counts}})
    return sheet
