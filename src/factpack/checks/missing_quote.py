"""A fact has no quote.

Every fact has at least one quote in every file that it stands in; without words of the source it would be
only a claim of its curator's.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting  # error: missing-quote
            name: ministers met
            quotes: []

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.entry import named
from factpack.suggest import closest

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    for entry in article.all_entries:
        if not entry.values.quotes and not closest("quotes", entry.broken):
            yield Finding(entry.at(), f"{named(entry.id)} has no quote: add the words of the article that state it")
