"""A free wording uses words that are not the quotes' own.

The wording of a task or a lesson may be shortened and turned, but two thirds of its content words, stemmed, come from the
quotes: what a curator adds is an interpretation. Its numbers, dates and countries must stand there in any case.

Fails:

    seeds/a.txt
        The ministers met to discuss fisheries.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: secret negotiations about fishing quotas  # warning: wording-not-from-quote
            quotes: [The ministers met to discuss fisheries]

Passes:

    seeds/a.txt
        The ministers met to discuss fisheries.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: meeting of ministers to discuss fisheries
            quotes: [The ministers met to discuss fisheries]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.WARNING


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "wording-not-from-quote")
