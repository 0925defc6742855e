"""A key at the top of the file is no table of the dataset.

An article's file holds `article`, `omitted`, `searched` and the tables of the dataset's `schema/`; a register's
file holds the table that it is named after. What stands under any other key would be lost.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        event:  # error: unknown-table
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

from factpack.article import File
from factpack.checks.faults import faults
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(file: File) -> Iterator[Finding]:
    yield from faults(file, "unknown-table")
