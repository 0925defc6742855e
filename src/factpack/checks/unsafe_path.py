"""A file cannot be read safely everywhere.

Symbolic links could lead out of the project, devices and pipes could block, and some names cannot be checked out on
every system. Such files are not read.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    curation/aux.yaml  # error: unsafe-path
        events: []

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
        if rule == "unsafe-path":
            yield Finding(At(path, ()), message)
