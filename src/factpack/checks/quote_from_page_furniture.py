"""The quote comes from page furniture, not from the article.

Counters, cookie notices and teasers of other articles were declared as omitted; they support nothing but the
article's own metadata, such as its publisher.

Fails:

    seeds/a.txt
        The ministers met.
        There were 1,096 press releases posted today.
    curation/a.yaml
        events:
          - id: evt-releases
            name: press releases posted
            quotes:
              - 1,096 press releases posted today  # error: quote-from-page-furniture
        omitted:
          - {exact: "There were 1,096 press releases posted today.", role: boilerplate, why: counter of the platform}

Passes:

    seeds/a.txt
        The ministers met.
        There were 1,096 press releases posted today.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met
        omitted:
          - {exact: "There were 1,096 press releases posted today.", role: boilerplate, why: counter of the platform}
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        if placed.span is None or placed.entry is article.metadata or article.source is None:
            continue
        start, end = placed.span
        for low, high in article.furniture:
            if start < high and low < end:
                related = ((article.source.at(low, high), "declared as page furniture"),)
                message = "these words are page furniture, which supports no fact"
                yield Finding(placed.at, message, "you wrote this", related)
                break
