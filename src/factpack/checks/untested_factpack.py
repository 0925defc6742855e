"""Another version of factpack runs than the dataset was checked with.

`factpack = ">=0.1,<0.2"` in `[tool.factpack]` names the versions whose findings the curators have seen. Another one
may find more, or less, or publish other bytes; so `release` and `verify` say it too, and `release` publishes nothing.
Install a version of the range, or, when `check` and `diff` show nothing unexpected, widen it.

Fails:

    pyproject.toml
        [tool.factpack]
        name = "example"
        title = "An example"
        version = "1.0.0"
        factpack = "<0.1"  # warning: untested-factpack
    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]

Passes:

    pyproject.toml
        [tool.factpack]
        name = "example"
        title = "An example"
        version = "1.0.0"
        factpack = ">=0.1"
    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.dataset import Extracts, Meets
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.WARNING
MEETS = (Meets.LISTING,)

_SETTING = re.compile(
    r"^\[tool\.factpack\]$(?:\n(?!\[).*)*?\n\s*factpack\s*=\s*(?P<range>.+?)\s*(?:#.*)?$", re.MULTILINE
)


def check(extracts: Extracts) -> Iterator[Finding]:
    if message := extracts.config.untested:
        text = extracts.text("pyproject.toml")
        found = _SETTING.search(text.content) if text else None
        at = text.at(*found.span("range")) if text and found else At("pyproject.toml", ())
        yield Finding(at, message, "the range", help=("install one of these, or widen the range",))
