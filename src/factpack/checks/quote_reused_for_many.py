"""One quote carries more than five facts.

A sentence may state many things; but where six records rest on the very same words, quote for each the clause that
states it, so that a reader sees what belongs to what.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - {id: evt-one, name: ministers met, quotes: [The ministers met]}
          - {id: evt-two, name: ministers met, quotes: [The ministers met]}
          - {id: evt-three, name: ministers met, quotes: [The ministers met]}
          - {id: evt-four, name: ministers met, quotes: [The ministers met]}
          - {id: evt-five, name: ministers met, quotes: [The ministers met]}
          - {id: evt-six, name: ministers met, quotes: [The ministers met]}  # info: quote-reused-for-many

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - {id: evt-one, name: ministers met, quotes: [The ministers met]}
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article, PlacedQuote
from factpack.diagnostic import Finding, Severity
from factpack.entry import named
from factpack.grounding import Span
from factpack.vocabulary import EvidenceRelation

SEVERITY = Severity.INFO


MOST = 5


def check(article: Article) -> Iterator[Finding]:
    resting: dict[Span, list[PlacedQuote]] = {}
    for placed in article.quotes:
        if placed.span and placed.entry is not article.metadata and placed.quote.relation == EvidenceRelation.SUPPORTS:
            resting.setdefault(placed.span, []).append(placed)
    for quotes in resting.values():
        if len(quotes) > MOST:
            others = ", ".join(named(placed.entry.id) for placed in quotes[:3])
            message = f"{len(quotes)} records rest on these very words: {others} and others"
            yield Finding(quotes[MOST].at, message, "once more here")
