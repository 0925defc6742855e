"""The quote is too thin to support anything.

One letter, a stop word or punctuation stands in every text. Quote the words that state the fact.

Fails:

    seeds/a.txt
        The ministers met in a hall.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met
              - a  # error: quote-too-thin

Passes:

    seeds/a.txt
        The ministers met in a hall.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met
              - in a hall
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR

_WORDS = re.compile(r"\w+")
_THREE_WORDS = re.compile(r"\W*\w+\W+\w+\W+\w")


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        if is_thin(placed.quote.exact):
            yield Finding(placed.at, "this quote is too thin to support a fact", "only this")


def is_thin(exact: str) -> bool:
    """Whether a quote has less than three words, and no number, name or word of four letters among them."""
    return _THREE_WORDS.match(exact) is None and not any(
        len(word) >= 4 or word[0].isdigit() or (word.isupper() and len(word) > 1) for word in _WORDS.findall(exact)
    )
