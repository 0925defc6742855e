"""The words of the quote say another status.

"planned", "will" and "is expected to" do not support something that took place; and what is said to be planned needs a
word that says so. The model's `Cue` lists the words of each value.

Fails:

    seeds/a.txt
        The ministers planned to meet.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers meet
            status: held  # error: status-contradicts-cue
            quotes: ["The ministers planned to meet"]

Passes:

    seeds/a.txt
        The ministers planned to meet.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers meet
            status: planned
            quotes: ["The ministers planned to meet"]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "status-contradicts-cue")
