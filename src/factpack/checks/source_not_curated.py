"""A source has no curation file.

Every source in the folder is curated in a file of the same stem. A source that holds no fact still gets one, with its
passages under `omitted`.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    seeds/b.txt  # warning: source-not-curated
        Nothing has been read here.

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
MEETS = (Meets.UNION,)


def check(extracts: Extracts) -> Iterator[Finding]:
    unread = {path for path, _ in extracts.unread}
    for path in extracts.listing.sources:
        if path in extracts.curated:
            continue
        file = f"{extracts.config.curation}/{path.rpartition('/')[2].removesuffix('.txt')}.yaml"
        if not unread & {path, file}:
            yield Finding(At(path, ()), f"this source has no curation file: {file}")
