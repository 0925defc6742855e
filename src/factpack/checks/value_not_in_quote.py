"""The quote does not state the value.

A number is compared with the numbers of the quote, by value ("forty-nine" is 49); a text stands in it word for word.
Swapped digits, or a quote that is too short, are the usual reasons. What was worked out from the text is declared:
`judged: {value: how it was worked out}`.

Fails:

    seeds/a.txt
        Fourteen passengers were treated after the collision.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [the collision]
        figures:
          - id: fig-treated
            event: evt-collision
            measure: passengers treated
            value: 41  # error: value-not-in-quote
            comparator: eq
            unit: passengers
            quotes: [Fourteen passengers were treated]

Passes:

    seeds/a.txt
        Fourteen passengers were treated after the collision.
    curation/a.yaml
        events:
          - id: evt-collision
            name: collision
            quotes: [the collision]
        figures:
          - id: fig-treated
            event: evt-collision
            measure: passengers treated
            value: 14
            comparator: eq
            unit: passengers
            quotes: [Fourteen passengers were treated]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "value-not-in-quote")
