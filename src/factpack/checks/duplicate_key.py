"""The same key stands twice in one mapping.

YAML readers keep one of the two and drop the other silently. Join the two values, or delete one.

Fails:

    seeds/a.txt
        The ministers met in Lyon.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            place: Lyon
            place: Paris  # error: duplicate-key
            quotes: [The ministers met in Lyon]

Passes:

    seeds/a.txt
        The ministers met in Lyon.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            place: Lyon
            quotes: [The ministers met in Lyon]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import File
from factpack.checks.faults import faults
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(file: File) -> Iterator[Finding]:
    yield from faults(file, "duplicate-key")
