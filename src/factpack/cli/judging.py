"""What a check tells of a dataset: of all that was found, what was asked for and is not known."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from factpack.article import File
from factpack.baseline import Fingerprint, compare, read_baseline
from factpack.checks import WAITING, Outcome, told
from factpack.diagnostic import Diagnostic
from factpack.files import Unreadable
from factpack.reporting import summary_of
from factpack.revision import changed_since
from factpack.selection import Selection, select
from factpack.survey.contents import Contents
from factpack.survey.findings import Findings
from factpack.survey.store import Store
from factpack.survey.surveying import survey
from factpack.survey.verdict import Verdict


def judge(options: argparse.Namespace, contents: Contents, store: Store | None, started: float) -> tuple[Verdict, bool]:
    """Survey a dataset and choose what is told of it; and whether that holds as long as the contents stay."""
    config = contents.config
    listing = contents.listing
    selection = select(config, listing, options.paths, options.select, options.ignore)
    changes = changed_since(config.root, options.since) if options.since is not None else None
    known = read_baseline(config.root) or Counter()
    found = survey(contents, store, selection.only({*listing.articles, *listing.registers}), options.jobs)
    if changes is not None:
        selection = selection.since(frozenset(changes), config, listing, found.sources)
    return verdict(found.outcome, found.files, found.unread, selection, known, started), found.lasting


def verdict(
    outcome: Outcome,
    files: Mapping[str, File],
    unread: Sequence[Unreadable],
    selection: Selection,
    known: Counter[Fingerprint],
    started: float,
) -> Verdict:
    """What is told of an outcome; `started` is the clock's reading before the dataset was looked at."""

    def asked() -> Iterator[Diagnostic]:
        return (diagnostic for diagnostic in outcome.found if selection.keeps(diagnostic))

    compared = compare(asked(), files, known)
    if isinstance(outcome.found, Findings) and not (known or selection.is_partial):
        new = outcome.found.revised(WAITING, told)  # all of it is asked for, and hardly any is looked at for that
    else:
        new = Findings.of(told(compared.new(asked())))
    ignored = tuple((i.diagnostic, i.reason) for i in outcome.ignored if selection.keeps(i.diagnostic))
    summary = summary_of(
        [each for each in outcome.counted if selection.covers(each.file)],
        unread,
        new,
        started,
        ignored=len(ignored),
        baselined=len(compared.known),
        # What no longer occurs is known only where nothing was left out.
        gone=0 if selection.is_partial else compared.gone.total(),
    )
    idle = selection.changed is not None and not selection.changed
    return Verdict(new, ignored, Findings.of(compared.old(asked())), summary, files, idle)
