"""The faults that were found while a file was read, by the rule that reports them."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import File
from factpack.diagnostic import Finding


def faults(file: File, rule: str) -> Iterator[Finding]:
    """The findings of one rule, of the YAML reader and of the models."""
    for fault in file.tree.faults:
        if fault.rule == rule:
            related = tuple((file.text.at(start, end), label) for start, end, label in fault.related)
            yield Finding(file.text.at(fault.start, fault.end), fault.message, related=related)
    for name, finding in file.faults:
        if name == rule:
            yield finding
