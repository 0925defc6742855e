"""A comment that is to ignore a finding does not say which, or why.

It names the rules in brackets and then gives a reason, because a finding that is let stand has to be
understood by whoever reads the file next. An ignore that is incomplete silences nothing.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers dined  # factpack: ignore[wording-not-from-quote]  # error: wording-not-from-quote, invalid-ignore
            quotes: [The ministers met]  # factpack: ignore[quote-to-thin] short article  # error: invalid-ignore

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers dined  # factpack: ignore[wording-not-from-quote] by the dinner's menu, on paper
            quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import File
from factpack.diagnostic import Finding, Severity
from factpack.ignores import ignores
from factpack.suggest import unknown

SEVERITY = Severity.ERROR
_FORM = "write `# factpack: ignore[rule-name] reason`, behind the line that the finding points at"


def check(file: File) -> Iterator[Finding]:
    # The list of rules is complete only when all checks, this one too, have been imported.
    from factpack.checks import RULES

    for ignore in ignores(file):
        if ignore.rules is None:
            yield Finding(
                ignore.location, "this comment is for factpack, but does not say what to ignore", help=(_FORM,)
            )
        elif not ignore.rules:
            yield Finding(ignore.location, "this ignore names no rule", help=(_FORM,))
        elif not ignore.reason:
            yield Finding(ignore.location, "this ignore gives no reason", "why?", help=(_FORM,))
        for rule, place in ignore.rules or ():
            if rule not in RULES:
                # A comment is no value, so no fix can be written there.
                yield unknown(place, "rule", rule, list(RULES))._replace(fix=None)
