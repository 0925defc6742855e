"""The quote bounds the number in another way.

"over 300" is more than 300, "nearly 200" is below 200, "millions of" is an order of magnitude and no number. To drop the
bound, or to turn it round, changes what the source says.

Fails:

    seeds/a.txt
        The collision left over 300 passengers without luggage.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-luggage
            event: evt-collision
            measure: passengers without luggage
            value: 300
            comparator: eq  # error: comparator-mismatch
            unit: passengers
            quotes: [over 300 passengers without luggage]

Passes:

    seeds/a.txt
        The collision left over 300 passengers without luggage.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-luggage
            event: evt-collision
            measure: passengers without luggage
            value: 300
            comparator: gt
            unit: passengers
            quotes: [over 300 passengers without luggage]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "comparator-mismatch")
