"""The file is not the plain YAML that a curation is written in.

A curation file is one YAML document of text, lists and mappings: no tags, anchors, aliases or merge keys, no
tabs, no characters that cannot be seen. The record that cannot be read is left out; the rest is still checked.
Most often a value with `: ` or ` #` in it needs quotation marks.

Fails:

    seeds/a.txt
        The ministers met: nothing was signed. The mayors dined.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met: nothing was signed  # error: yaml-syntax
            quotes: ["The ministers met: nothing was signed"]
          - id: evt-dinner
            name: mayors dined
            quotes: [The mayors dined]

Passes:

    seeds/a.txt
        The ministers met: nothing was signed. The mayors dined.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: "ministers met: nothing was signed"
            quotes: ["The ministers met: nothing was signed"]
          - id: evt-dinner
            name: mayors dined
            quotes: [The mayors dined]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import File
from factpack.checks.faults import faults
from factpack.diagnostic import Finding, Fix, Severity
from factpack.scalar import unquoted
from factpack.text import Location

SEVERITY = Severity.ERROR


def check(file: File) -> Iterator[Finding]:
    for finding in faults(file, "yaml-syntax"):
        value = unquoted(file.text.content, finding.at.start) if isinstance(finding.at, Location) else None
        if value:
            fix = Fix("put the value in quotation marks", file.text.content[slice(*value)], safe=True)
            finding = finding._replace(fix=fix)
        yield finding
