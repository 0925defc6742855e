"""A prefix or suffix chooses nothing: the words stand in the article once.

`prefix` and `suffix` choose among several places. Where there is only one they are published nowhere, and a reader
wonders what they are for: leave them out.

Fails:

    seeds/a.txt
        The ministers met on Monday.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - {exact: The ministers met, suffix: on Monday}  # warning: needless-selector

Passes:

    seeds/a.txt
        The ministers met on Monday.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.quote import find

SEVERITY = Severity.WARNING


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        for selector in ("prefix", "suffix"):
            if not placed.span or not getattr(placed.quote, selector):
                continue
            others = placed.quote.model_copy(update={selector: None})
            if find(article.folded, others.exact, others.prefix, others.suffix).spans == (placed.span,):
                at = placed.entry.at("quotes", placed.index, selector)
                yield Finding(
                    at, f"this {selector} chooses nothing: the words stand in one place without it", "needless"
                )
