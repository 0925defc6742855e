"""Two files' names differ by case or Unicode form only.

On macOS and Windows they are one file, and one of the two would be lost in a checkout.

Fails:

    seeds/a.txt
        The ministers met.
    curation/A.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          quotes: [The ministers met]
    curation/a.yaml
        events:  # error: name-clash
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
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
MEETS = (Meets.LISTING,)


def check(extracts: Extracts) -> Iterator[Finding]:
    for rule, path, message in extracts.listing.problems:
        if rule == "name-clash":
            yield Finding(At(path, ()), message)
