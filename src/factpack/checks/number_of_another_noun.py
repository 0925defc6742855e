"""The number in the quote counts something else.

"41 were killed and 14 injured" has both numbers, and still does not say that 41 were injured: the unit stands by its
own number, with no other number between. Take the number that belongs to the unit.

Fails:

    seeds/a.txt
        The collision left 41 passengers and 14 sailors without luggage.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-sailors
            event: evt-collision
            measure: sailors without luggage
            value: 41
            comparator: eq
            unit: sailors  # error: number-of-another-noun
            quotes: [41 passengers and 14 sailors without luggage]

Passes:

    seeds/a.txt
        The collision left 41 passengers and 14 sailors without luggage.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [The collision]
        figures:
          - id: fig-sailors
            event: evt-collision
            measure: sailors without luggage
            value: 14
            comparator: eq
            unit: sailors
            quotes: [41 passengers and 14 sailors without luggage]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "number-of-another-noun")
