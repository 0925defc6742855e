"""The quote counts something else, or in another currency.

The unit is the noun that is counted, as printed, or the ISO 4217 code of the money named ("VND10 billion", "US$6.5
million"). It stands by its number in the quote.

Fails:

    seeds/a.txt
        The collision cost US$6 million.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-cost
            event: evt-collision
            measure: cost of the collision
            value: 6000000
            comparator: eq
            unit: EUR  # error: unit-or-currency-mismatch
            quotes: [The collision cost US$6 million]

Passes:

    seeds/a.txt
        The collision cost US$6 million.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-cost
            event: evt-collision
            measure: cost of the collision
            value: 6000000
            comparator: eq
            unit: USD
            quotes: [The collision cost US$6 million]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "unit-or-currency-mismatch")
