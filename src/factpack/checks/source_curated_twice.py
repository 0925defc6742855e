"""Two curation files name the same source.

An article has one file; join the two.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    curation/b.yaml
        article:
          source: a.txt  # error: source-curated-twice
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

SEVERITY = Severity.ERROR
MEETS = (Meets.SOURCE,)


def check(extracts: Extracts) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for file in extracts.articles:
        if file.source and file.source in first:
            other = At(first[file.source], ("article", "source"))
            message = f"`{file.source}` is curated in {first[file.source]} already"
            yield Finding(At(file.file, ("article", "source")), message, "again here", ((other, "first here"),))
        elif file.source:
            first[file.source] = file.file
