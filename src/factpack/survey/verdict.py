"""What a check tells: the findings that are reported, those that are not, the counts; kept for when nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, NamedTuple

from factpack.diagnostic import Diagnostic
from factpack.reporters import Summary
from factpack.survey.contents import Contents
from factpack.survey.findings import Findings, bundled, unbundled
from factpack.survey.late import LateFiles
from factpack.survey.packing import diagnostic_data, diagnostic_from, plain

if TYPE_CHECKING:
    from factpack.article import File


class Verdict(NamedTuple):
    """What is told of a dataset: `new` findings, those `ignored` with their reasons, those in the baseline (`known`).

    `files` are the curation files by path, for who needs to look into them; it is `idle` where only changes were
    asked for, and there are none.
    """

    new: Findings
    ignored: tuple[tuple[Diagnostic, str], ...]
    known: Findings
    summary: Summary
    files: Mapping[str, File]
    idle: bool = False

    def open(self) -> None:
        """Read the texts that the findings stand in; raises Stale where one is not what was checked."""
        self.new.open()
        self.known.open()
        for diagnostic, _ in self.ignored:
            for location in (diagnostic.location, *(location for location, _ in diagnostic.related)):
                _ = location.text.content


def packed(verdict: Verdict) -> bytes:
    """A verdict to be kept."""
    summary = asdict(replace(verdict.summary, milliseconds=None))
    ignored = [[diagnostic_data(diagnostic), reason] for diagnostic, reason in verdict.ignored]
    told = (*verdict.new.held, *(d.location.text.path for d, _ in verdict.ignored), *verdict.known.held)
    files = sorted({*told} & verdict.files.keys())
    return bundled(plain([summary, ignored, files]), verdict.new.held, verdict.known.held)


def unpacked(content: bytes, contents: Contents, milliseconds: float) -> Verdict:
    """A verdict that was kept; raises ValueError, TypeError or KeyError for anything else."""
    (summary, ignored, paths), (new, known) = unbundled(content)
    files = LateFiles(contents, paths)
    return Verdict(
        Findings(new, files.text_of),
        tuple((diagnostic_from(one, files.text_of), reason) for one, reason in ignored),
        Findings(known, files.text_of),
        Summary(**{**summary, "unread": tuple(summary["unread"]), "milliseconds": milliseconds}),
        files,
    )
