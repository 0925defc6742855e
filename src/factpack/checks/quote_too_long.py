"""The quote is longer than the dataset allows.

The words belong to their publishers, and a long quote does not show what states the fact. Take the clause that
does, or several short quotes; `max_quote` in `[tool.factpack]` is the limit in characters (300 by default).

Fails:

    seeds/a.txt
        The ministers met in a hall that had been built for the occasion by the city, which had long been without one, and which had been paid for by subscriptions collected in all the schools of the province, by a lottery, by two concerts and by a loan that the last of the mayors signed on the very day on which he resigned.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met in a hall that had been built for the occasion by the city, which had long been without one, and which had been paid for by subscriptions collected in all the schools of the province, by a lottery, by two concerts and by a loan that the last of the mayors signed on the very day on which he resigned  # error: quote-too-long

Passes:

    seeds/a.txt
        The ministers met in a hall that had been built for the occasion by the city.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met in a hall
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.quote import fold_quote

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        length = len(fold_quote(placed.quote.exact))
        if length > article.max_quote:
            message = f"this quote has {length} characters; at most {article.max_quote} are allowed"
            yield Finding(placed.at, message, "too long", help=("quote the clause that states the fact",))
