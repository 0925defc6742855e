"""The quote does not have a document with this number.

Numbers are compared in normal form: `Directive No.12-CT/TW` is `12-CT/TW`. Two documents may share their first digits, so
the whole number must be printed.

Fails:

    seeds/a.txt
        The ministers met on Directive No.12-CT/TW.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            document: 12-KL/TW  # error: document-id-not-in-quote
            quotes: ["The ministers met on Directive No.12-CT/TW"]

Passes:

    seeds/a.txt
        The ministers met on Directive No.12-CT/TW.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            document: 12-CT/TW
            quotes: ["The ministers met on Directive No.12-CT/TW"]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "document-id-not-in-quote")
