"""The quote does not name the country.

A country is named by its name, its adjective or its people, in the languages of the articles; a city is not enough. Add a
quote that names it, or say in `judged` how the text lets one know.

Fails:

    seeds/a.txt
        They met in Lyon in France, and met in the Spanish capital Madrid.
    curation/registers/countries.yaml
        countries:
          - {id: FRA, name: France}
          - {id: ESP, name: Spain}
    curation/a.yaml
        events:
          - id: evt-speech
            name: met in the capital
            country: FRA  # error: country-not-in-quote
            quotes: ["the Spanish capital Madrid"]
          - id: evt-second
            name: met in Madrid
            country: ESP
            quotes: [met in the Spanish capital Madrid]
          - id: evt-third
            name: met in Lyon
            country: FRA
            quotes: [met in Lyon in France]

Passes:

    seeds/a.txt
        They met in Lyon in France, and met in the Spanish capital Madrid.
    curation/registers/countries.yaml
        countries:
          - {id: FRA, name: France}
          - {id: ESP, name: Spain}
    curation/a.yaml
        events:
          - id: evt-speech
            name: met in the capital
            country: ESP
            quotes: ["the Spanish capital Madrid"]
          - id: evt-second
            name: met in Madrid
            country: ESP
            quotes: [met in the Spanish capital Madrid]
          - id: evt-third
            name: met in Lyon
            country: FRA
            quotes: [met in Lyon in France]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "country-not-in-quote")
