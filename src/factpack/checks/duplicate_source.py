"""Two sources have the same bytes.

The same text under two names would count as two independent articles. Keep one of them.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    seeds/b.txt
        The ministers met.
    curation/b.yaml
        article:
          source: b.txt  # warning: duplicate-source
          sha256: {sha256}
          language: en
          quotes: [The ministers met]

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Extracts, Meets
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.WARNING
MEETS = (Meets.SOURCE,)


def check(extracts: Extracts) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for file in extracts.articles:
        if file.sha256 and first.setdefault(file.sha256, file.source) != file.source:
            message = f"`{file.source}` has the same text as `{first[file.sha256]}`"
            yield Finding(At(file.file, ("article", "source")), message)
