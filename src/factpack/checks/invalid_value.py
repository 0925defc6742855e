"""A value is not of the kind that its field holds.

Numbers are digits with a decimal point at most, dates are EDTF (`2022`, `2022-11`, `2022-11-03`, `2022-04-12?`,
`2021/2022`), ids are words of a-z and 0-9 joined by single hyphens, a closed list takes its own values only.

Fails:

    seeds/a.txt
        The ministers met on 30 March 2023.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2023-02-30  # error: invalid-value
            quotes: [The ministers met on 30 March 2023]

Passes:

    seeds/a.txt
        The ministers met on 30 March 2023.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2023-03-30
            quotes: [The ministers met on 30 March 2023]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import File
from factpack.checks.faults import faults
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(file: File) -> Iterator[Finding]:
    yield from faults(file, "invalid-value")
