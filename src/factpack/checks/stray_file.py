"""A file lies among the dataset's files and is not read.

Curation files end in `.yaml` and stand directly in `curation/` or `curation/registers/`, sources end in `.txt` and
stand directly in the folder of sources. Anything else would be overlooked silently.

Fails:

    seeds/a.txt
        The ministers met.
    curation/b.yml  # warning: stray-file
        events: []
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
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
MEETS = (Meets.LISTING,)


def check(extracts: Extracts) -> Iterator[Finding]:
    for rule, path, message in extracts.listing.problems:
        if rule == "stray-file":
            yield Finding(At(path, ()), message)
