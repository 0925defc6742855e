"""What formats for programs carry beside the findings: manual pages, changes to make, what is not reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from factpack.diagnostic import Diagnostic
from factpack.text import Location


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of findings and their rules.

    `pages` are the rules' manual pages by name; `edits` what mending a finding writes, and in place of which
    words; `fingerprints` by what a finding is known again in a later run; `ignored` findings that a comment lets
    stand, with the reason, and `baselined` those that the baseline knows: neither is among the findings reported.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[Diagnostic, tuple[Location, str]] = field(default_factory=dict)
    fingerprints: Mapping[Diagnostic, str] = field(default_factory=dict)
    ignored: tuple[tuple[Diagnostic, str], ...] = ()
    baselined: tuple[Diagnostic, ...] = ()


NO_BACKGROUND = Background()
"""For formats that people read."""
