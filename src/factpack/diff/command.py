"""The command `factpack diff`: which sides, which format."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.config import Config, ConfigurationError
from factpack.diff.difference import compare
from factpack.diff.report import report
from factpack.diff.sides import WORKING, side, versions


def diff(
    config: Config, older: str | None, newer: str | None, format_: str, *, limit: int, color: bool
) -> Iterator[str]:
    """The report's lines; by default the newest published version against the working state.

    Raises ConfigurationError where a side cannot be had.
    """
    if older is None:
        older = next(iter(versions(config)), None)
        if older is None:
            raise ConfigurationError("nothing is published yet to compare with: name two sides")
    difference = compare(side(older, config), side(newer or WORKING, config))
    return report(difference, format_, limit=limit, color=color)
