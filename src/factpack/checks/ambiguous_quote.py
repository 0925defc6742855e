"""The words stand in the article more than once.

A quote leads to one place. Quote a few words more, or say which place is meant with the words right before
(`prefix`) or after (`suffix`).

Fails:

    seeds/a.txt
        Ministers met on Monday. Ministers met on Tuesday.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - Ministers met  # error: ambiguous-quote

Passes:

    seeds/a.txt
        Ministers met on Monday. Ministers met on Tuesday.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - {exact: Ministers met, suffix: on Tuesday}
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.quote import MOST

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        spans = placed.match.spans
        if len(spans) > 1 and article.source is not None:
            places = tuple((article.source.at(*span), f"place {i}") for i, span in enumerate(spans[:4], 1))
            count = f"{len(spans)} times" if len(spans) < MOST else f"{MOST} times or more"
            message = f"these words occur {count} in the article"
            help_ = ("say which with `prefix:` or `suffix:`, the words right before or after",)
            yield Finding(placed.at, message, "which one?", places, help_)
