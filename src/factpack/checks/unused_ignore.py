"""An ignore silences nothing.

The finding that it was for has been mended, or stands on another line. Delete the comment, or the one name in its
brackets: it would hide a mistake that somebody makes there later.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met  # factpack: ignore[wording-not-from-quote] as on the menu  # warning: unused-ignore
            quotes: [The ministers met]

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers dined  # factpack: ignore[wording-not-from-quote] as on the menu
            quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.diagnostic import Finding, Severity
from factpack.ignores import Silenced

SEVERITY = Severity.WARNING


def check(silenced: Silenced) -> Iterator[Finding]:
    from factpack.checks import RULES

    for rule, place in silenced.unused:
        # A name that is no rule is reported as such.
        if rule in RULES:
            yield Finding(place, f"there is no `{rule}` on this line to ignore", "silences nothing")
