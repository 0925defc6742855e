"""The quote has a date that does not exist.

The source itself is wrong there, or garbled: 30 February is no day. A fact cannot rest on it; quote another passage, or
declare in `judged` what the date must be and why.

Fails:

    seeds/a.txt
        The ministers met on 30 February 2023.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met on 30 February 2023  # error: impossible-date

Passes:

    seeds/a.txt
        The ministers met on 28 February 2023.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The ministers met on 28 February 2023
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    impossible = [m for m in article.mentions if m.kind == "date" and not m.value and m.basis == "stated"]
    for placed in article.quotes if impossible else ():
        for mention in impossible:
            inside = placed.span and placed.span[0] <= mention.start and mention.end <= placed.span[1]
            if inside and "date" not in (placed.entry.values.judged or {}):
                at = article.source.at(mention.start, mention.end)
                yield Finding(
                    placed.at, "this quote has a date that does not exist", "you wrote this", ((at, "no such day"),)
                )
