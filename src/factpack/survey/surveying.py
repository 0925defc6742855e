"""Surveying a dataset: what is known of a file is taken from the cache, the rest is looked at."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factpack.article import File
from factpack.checks import Examined, Outcome, conclude, examine_file
from factpack.dataset import Extracts, Register, extract, names_in, printed_in, read_register
from factpack.files import Listing, Unreadable, as_curation, read_bytes
from factpack.models import load_models
from factpack.survey.condensed import examined_from
from factpack.survey.contents import Contents, blob_id
from factpack.survey.examiner import Examiner, look_at, packed
from factpack.survey.known import Known
from factpack.survey.late import LateFiles, Stale
from factpack.survey.packing import decoded
from factpack.survey.store import Store
from factpack.text import Text
from factpack.tree import read

MANY = 1000
"""Articles to look at from which on further processes are worth their start."""


@dataclass(frozen=True, eq=False)
class Survey:
    """What the checks found in a dataset. `files` are its curation files that can be read, by path.

    It is `lasting` where the same contents will lead to the same survey.
    """

    files: Mapping[str, File]
    unread: tuple[Unreadable, ...]
    outcome: Outcome
    lasting: bool = False


def survey(
    contents: Contents, listing: Listing, store: Store | None, only: Container[str] | None, jobs: int | None
) -> Survey:
    """Survey a dataset; with `only`, report what is found in these curation files alone.

    What `store` knows of files that have not changed is taken over. `jobs` is the number of processes, by default as
    many as suit the work. Raises ConfigurationError, and Stale where a file was written meanwhile.
    """
    config = contents.config
    models = load_models(config.root / config.schema)
    if store and not contents.still_holds(config.schema):
        store = None  # who knows which of both were imported
    files = LateFiles(contents, [*listing.registers, *listing.articles])
    unread: list[Unreadable] = []
    registers: list[Register] = []
    for path in listing.registers:
        try:
            registers.append(read_register(read(_text(contents, path)), models))
            files.put(registers[-1])
        except Unreadable as error:
            unread.append(error)
            files.leave_out(path)
    names = names_in(registers)
    extracts = [extract(register, names) for register in registers]
    pairs = zip(registers, extracts, strict=True)
    examined = [examine_file(register, own) for register, own in pairs if only is None or register.path in only]
    sources = frozenset(listing.sources)
    examiner = Examiner(config, sources, printed_in(registers), names, contents.algorithm)
    known = Known(contents, store, files, sources) if store else None
    for path, found in _articles(examiner, listing.articles, files, known, only, jobs):
        if isinstance(found, Unreadable):
            unread.append(found)
            files.leave_out(path)
            continue
        unread.extend([Unreadable(*found.unread)] if found.unread else [])
        extracts.append(found.extract)
        if only is None or path in only:
            examined.append(found)
    reasons = tuple((error.path, error.why) for error in unread)
    outcome = conclude(examined, Extracts(config, models, listing, tuple(extracts), reasons), files)
    return Survey(files, tuple(unread), outcome, known is not None)


def _text(contents: Contents, path: str) -> Text:
    """A register's text; raises Unreadable, and Stale."""
    content = read_bytes(contents.config.root, path, contents.config.max_file)
    if blob_id(content, contents.algorithm) != contents.id_of(path):
        raise Stale(path)
    return as_curation(path, content)


def _articles(
    examiner: Examiner, paths: Sequence[str], files: LateFiles, known: Known | None, only: Container[str] | None,
    jobs: int | None,
) -> Iterator[tuple[str, Examined | Unreadable]]:  # fmt: skip
    """Every article's file in their order, with what was found out about it, now or earlier."""
    found: dict[str, Examined | Unreadable] = dict(known.articles(paths)) if known else {}
    missing = [path for path in paths if path not in found]
    wanted = [path for path in missing if only is None or path in only]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    jobs = jobs or (cores if len(wanted) >= MANY else 1)
    if jobs > 1:
        for looked, value in look_at(examiner, wanted, jobs):
            found[looked.path] = examined_from(decoded(value), files.text_of) if value else looked.unreadable
            if known:
                known.learn(looked, value)
    else:
        for path in wanted:
            looked, article = examiner.look(path)
            found[path] = looked.examined or looked.unreadable
            if known:
                known.learn(*packed(looked))
            if article and len(paths) < MANY:
                files.put(article)
    if known:
        known.keep()
    for path in missing:
        if path not in found:
            # It is not asked for: what checks over all files need of it is enough, and not worth keeping.
            looked, _ = examiner.look(path, whole=False)
            found[path] = looked.examined or looked.unreadable
    return ((path, found[path]) for path in paths)
