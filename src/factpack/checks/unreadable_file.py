r"""A file cannot be read as text.

Curation files and sources are UTF-8 text, up to the size `max_file` of `[tool.factpack]`. Nothing in the file was
checked.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    curation/b.yaml  # error: unreadable-file
        \xff\xfe

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
    for path, why in extracts.unread:
        yield Finding(At(path, ()), why)
