"""What a check tells: the findings that are reported, those that are not, the counts; kept for when nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from factpack.diagnostic import Diagnostic
from factpack.reporters import Summary
from factpack.survey.contents import Contents
from factpack.survey.late import LateFiles
from factpack.survey.packing import (
    compressed,
    decoded,
    diagnostic_data,
    diagnostic_from,
    plain,
    plain_items,
    plain_list,
)

if TYPE_CHECKING:
    from factpack.article import File


@dataclass(frozen=True, eq=False)
class Verdict:
    """What is told of a dataset: `new` findings, those `ignored` with their reasons, those in the baseline (`known`).

    `files` are the curation files by path, for who needs to look into them; it is `idle` where only changes were
    asked for, and there are none.
    """

    new: tuple[Diagnostic, ...]
    ignored: tuple[tuple[Diagnostic, str], ...]
    known: tuple[Diagnostic, ...]
    summary: Summary
    files: Mapping[str, File]
    idle: bool = False

    def open(self) -> None:
        """Read the texts that the findings stand in; raises Stale where one is not what was checked."""
        for diagnostic in (*self.new, *(diagnostic for diagnostic, _ in self.ignored), *self.known):
            for location in (diagnostic.location, *(location for location, _ in diagnostic.related)):
                _ = location.text.content


def packed(verdict: Verdict) -> bytes:
    """A verdict to be kept."""
    summary = asdict(replace(verdict.summary, milliseconds=None))
    every = (*verdict.new, *(diagnostic for diagnostic, _ in verdict.ignored), *verdict.known)
    parts = [
        plain_items(map(diagnostic_data, verdict.new)),
        plain_items([diagnostic_data(diagnostic), reason] for diagnostic, reason in verdict.ignored),
        plain_items(map(diagnostic_data, verdict.known)),
        plain(summary),
        plain(sorted({d.location.text.path for d in every} & verdict.files.keys())),
    ]
    return compressed(plain_list(parts))


def unpacked(content: bytes, contents: Contents, milliseconds: float) -> Verdict:
    """A verdict that was kept; raises ValueError, TypeError or KeyError for anything else."""
    new, ignored, known, summary, paths = decoded(content)
    files = LateFiles(contents, paths)
    return Verdict(
        tuple(diagnostic_from(one, files.text_of) for one in new),
        tuple((diagnostic_from(one, files.text_of), reason) for one, reason in ignored),
        tuple(diagnostic_from(one, files.text_of) for one in known),
        Summary(**{**summary, "unread": tuple(summary["unread"]), "milliseconds": milliseconds}),
        files,
    )
