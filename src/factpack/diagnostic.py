"""What a check finds, and where: findings point by route, diagnostics by place.

A check yields `Finding`s. It points into a curation file by route (`("visits", 3, "host_country")`)
and into a source by span; the runner resolves both to places once, at the end, and stamps the rule's
name and severity.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from factpack.text import Location

Route = tuple[str | int, ...]
"""The way from a YAML file's root to one of its nodes: keys and list positions."""

MANY = 1000
"""Findings of one rule in one file, at most."""

MORE = f"there are more than {MANY} such findings in this file: mend these first"
"""The message of the one behind them."""


class Severity(StrEnum):
    """How much a finding weighs; only errors make a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class At(NamedTuple):
    """A node of a curation file: its value, or with `part="key"` the key it stands under."""

    file: str
    route: Route
    part: Literal["value", "key"] = "value"


Pointer = At | Location


class Fix(NamedTuple):
    """A change of the curation file that mends a finding.

    A *safe* fix changes how something is written, never what it says. `replacement` is the value that
    belongs at the finding's place, as data; whoever applies it writes it in the YAML style that stands there.
    """

    title: str
    replacement: str
    safe: bool


class Finding(NamedTuple):
    """What a check yields: one mistake, one finding.

    `message` is a sentence in the curator's words; `label` goes under the place pointed at; `related`
    holds further places with their labels; `help` lines each say one thing to do.
    """

    at: Pointer
    message: str
    label: str = ""
    related: tuple[tuple[Pointer, str], ...] = ()
    help: tuple[str, ...] = ()
    fix: Fix | None = None


class Diagnostic(NamedTuple):
    """A finding with its rule, its severity and every place resolved: what reporters print.

    It is `mendable` where its fix can be written at its place.
    """

    rule: str
    severity: Severity
    location: Location
    message: str
    label: str = ""
    related: tuple[tuple[Location, str], ...] = ()
    help: tuple[str, ...] = ()
    fix: Fix | None = None
    mendable: bool = False

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, place, rule and message."""
        place = self.location
        return place.text.path, place.start, place.end, self.rule, self.message
