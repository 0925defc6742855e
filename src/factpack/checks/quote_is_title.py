"""A fact rests on the headline alone.

Headlines shorten and sharpen, and are often written by somebody else. Quote the passage of the text that states it as
well.

Fails:

    seeds/a.txt
        Ministers meet
        The ministers met in Lyon.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          headline: Ministers meet
          quotes: [Ministers meet]
        events:
          - id: evt-meeting
            name: ministers meet
            quotes:
              - Ministers meet  # warning: quote-is-title

Passes:

    seeds/a.txt
        Ministers meet
        The ministers met in Lyon.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          headline: Ministers meet
          quotes: [Ministers meet]
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met in Lyon
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.quote import find

SEVERITY = Severity.WARNING


def check(article: Article) -> Iterator[Finding]:
    headline = article.meta("headline")
    if not headline:
        return
    titles = find(article.folded, str(headline)).spans
    for entry in article.entries:
        placed = article.quotes_of(entry)
        if placed and all(p.span and any(a <= p.span[0] and p.span[1] <= b for a, b in titles) for p in placed):
            yield Finding(placed[0].at, "this fact rests on the headline alone", "the headline")
