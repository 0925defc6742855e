"""Surveying a dataset: what is known of a file is taken from the cache, the rest is looked at.

After a change only those articles are concluded on anew that meet what has changed: what is found in a file depends on
the file and on those that it meets (`Meets`), and on nothing else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import chain

from factpack.article import File
from factpack.checks import Concluded, Outcome, conclude_on, examine_file
from factpack.checks.unknown_reference import missed
from factpack.dataset import Extracts, Register, extract, names_in, printed_in, read_register
from factpack.diagnostic import Diagnostic
from factpack.files import Unreadable, as_curation, read_bytes
from factpack.ignores import Ignored
from factpack.models import Models, load_models
from factpack.survey.change import fetch_changed
from factpack.survey.contents import Contents, blob_id
from factpack.survey.examiner import Examiner
from factpack.survey.findings import Findings
from factpack.survey.gathering import Gathering
from factpack.survey.known import Known
from factpack.survey.late import LateFiles, Stale
from factpack.survey.meeting import digests, numbers, referred
from factpack.survey.quoted import KnownExtracts
from factpack.survey.standing import Standing
from factpack.survey.store import Store
from factpack.text import Text
from factpack.tree import read


@dataclass(frozen=True, eq=False)
class Survey:
    """What the checks found in a dataset. `files` are its curation files that can be read, by path.

    `sources` are the paths of the articles' sources by that of their file. It is `lasting` where the same contents will
    lead to the same survey.
    """

    files: Mapping[str, File]
    unread: tuple[Unreadable, ...]
    outcome: Outcome
    sources: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = False


def survey(contents: Contents, store: Store | None, only: Container[str] | None, jobs: int | None) -> Survey:
    """Survey a dataset; with `only`, report what is found in these curation files alone.

    What `store` knows of files that have not changed is taken over. `jobs` is the number of processes, by default as
    many as suit the work. Raises ConfigurationError, and Stale where a file was written meanwhile.
    """
    config, listing = contents.config, contents.listing
    models = load_models(config.root / config.schema)
    if store and not contents.models_still_hold():
        store = None  # who knows which of both were imported
    files = LateFiles(contents, [*listing.registers, *listing.articles])
    registers, unread = _registers(contents, models, files)
    sources = frozenset(listing.sources)
    examiner = Examiner(config, sources, printed_in(registers), names_in(registers), contents.algorithm)
    known = Known(contents, store, files, sources) if store else None
    asked = only if only is not None else {*listing.registers, *listing.articles}
    registered = frozenset((e.table, e.id) for register in registers for e in register.entries if e.id)
    gathered = Gathering(examiner, files, known, registered, asked, jobs)
    change = fetch_changed(gathered, known.standing if known else Standing(), contents)
    for path in listing.articles:
        unread.extend(gathered.problems(path))
    own = tuple(extract(register, examiner.names) for register in registers)
    reasons = tuple((error.path, error.why) for error in unread)
    given = config, models, listing, own, reasons, change.now.elsewhere
    extracts = KnownExtracts(*given, known=known, contents=contents) if known else Extracts(*given)
    reach = change.reach(extracts) if only is None else {path for path in change.now.lines if path in only}
    pairs = zip(registers, own, strict=True)
    examined = [examine_file(register, its) for register, its in pairs if register.path in asked]
    lines = change.now.lines
    counted = lines.keys() if only is None else reach
    before, ignored = change.before.left(counted - reach, files.text_of)
    at_hand = gathered.examined(path for path in listing.articles if path in reach)
    whole = _with_met(extracts, gathered, change.now, reach)
    concluded = conclude_on(chain(examined, at_hand), whole, files)
    del whole
    found = Findings.of(_found(concluded, ignored), before)
    ignored.sort(key=lambda i: i.diagnostic.order)
    if known and only is None and (change.articles or reach):
        known.leave(replace(change.now, uncertain=extracts.uncertain), found, ignored, change.articles | reach)
    tallies = (*(each.tally for each in examined), *(lines[path].tally for path in counted))
    outcome = Outcome(found, tuple(ignored), tallies, ())
    return Survey(files, tuple(unread), outcome, {path: line.named for path, line in lines.items()}, known is not None)


def _registers(contents: Contents, models: Models, files: LateFiles) -> tuple[list[Register], list[Unreadable]]:
    """The registers, and those that cannot be read; raises Stale."""
    registers: list[Register] = []
    unread: list[Unreadable] = []
    for path in contents.listing.registers:
        try:
            registers.append(read_register(read(_text(contents, path)), models))
            files.put(registers[-1])
        except Unreadable as error:
            unread.append(error)
            files.leave_out(path)
    return registers, unread


def _text(contents: Contents, path: str) -> Text:
    """A register's text; raises Unreadable, and Stale."""
    content = read_bytes(contents.config.root, path, contents.config.max_file)
    if blob_id(content, contents.algorithm) != contents.id_of(path):
        raise Stale(path)
    return as_curation(path, content)


def _with_met(extracts: Extracts, gathered: Gathering, now: Standing, reach: Set[str]) -> Extracts:
    """The extracts of the articles in reach, too, and of all that these and the registers meet."""
    gathered.fetch(sorted(reach))
    keys = [digests(referred(register, gathered.registered)) for register in extracts.files]
    gathered.fetch(sorted(now.meeting(numbers([*keys, *(now.lines[path].meets for path in reach)]))))
    near = _with_extracts(extracts, gathered, numbers(keys), frozenset())
    missing = missed(near)
    entities = near.models.entities
    tables = {table for file, _, table, _ in missing if table not in entities and (file.table or file.file in reach)}
    if not tables:
        return near
    # What comes closest to it may stand anywhere.
    gathered.fetch(extracts.listing.articles)
    return _with_extracts(extracts, gathered, numbers(keys), tables)


def _with_extracts(own: Extracts, gathered: Gathering, met: Set[int], tables: Set[str]) -> Extracts:
    return replace(own, files=(*own.files, *gathered.extracts(own.listing.articles, met, tables)))


def _found(concluded: Iterable[Concluded], ignored: list[Ignored]) -> Iterator[Diagnostic]:
    """What is left of what was found; the rest is put beside what is ignored."""
    for each in concluded:
        ignored.extend(each.ignored)
        yield from each.found
