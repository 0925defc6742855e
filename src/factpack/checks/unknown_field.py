"""A record has a field that its table does not have.

Usually a slip of the pen: the message names the field that comes closest. A field that is really new belongs
into the model in `schema/` first.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            nmae: ministers met  # error: unknown-field
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
    yield from faults(file, "unknown-field")
