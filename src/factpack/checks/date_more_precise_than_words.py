"""The date is more precise than the words of the quote.

"November 2022" supports 2022-11 and 2022, not a day. Where another passage lets one know the rest, quote it too, or mark
the date with EDTF's `?` and say why in `judged`.

Fails:

    seeds/a.txt
        The ministers met in November 2022.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2022-11-21  # error: date-more-precise-than-words
            quotes: ["The ministers met in November 2022"]

Passes:

    seeds/a.txt
        The ministers met in November 2022.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2022-11
            quotes: ["The ministers met in November 2022"]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "date-more-precise-than-words")
