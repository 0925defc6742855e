"""The quote does not have this date.

A date is compared with the dates that the quote prints, read against the day of publication where the year is left out
or a weekday is given. A part that the article does not print is marked with EDTF's `?`, with the reason in `judged`.

Fails:

    seeds/a.txt
        The ministers met on 12 April 2022.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2022-04-21  # error: date-not-in-quote
            quotes: ["The ministers met on 12 April 2022"]

Passes:

    seeds/a.txt
        The ministers met on 12 April 2022.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2022-04-12
            quotes: ["The ministers met on 12 April 2022"]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "date-not-in-quote")
