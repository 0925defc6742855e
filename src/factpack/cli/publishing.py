"""The commands that write and judge packages: build, release, verify, yank."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factpack.cli.exits import CLEAN, FINDINGS, NOTHING
from factpack.cli.project import WRITTEN, configured, fail, root_of, say
from factpack.config import VERSION, ConfigurationError, load_config

if TYPE_CHECKING:
    from factpack.article import Article
    from factpack.config import Config
    from factpack.dataset import Dataset
    from factpack.diagnostic import Diagnostic
    from factpack.package.info import PackageInfo
    from factpack.package.problem import Problem
    from factpack.reporters import Summary
    from factpack.resource import Resource
    from factpack.telling import Telling

MANY = 20
"""How many records are listed one by one."""


def build(options: argparse.Namespace) -> int:
    """`factpack build`."""
    if options.engine:
        from factpack.cli import distributing

        return distributing.build(options)
    from factpack import package

    _give_back()
    made = _made(options)
    if isinstance(made, int):
        return made
    target = made.about.config.candidate
    return _publish(made, made.tables, options, lambda info: package.build(made.tables, info, target), target)


def release(options: argparse.Namespace) -> int:
    """`factpack release`."""
    from factpack import package
    from factpack.diff import changelog
    from factpack.diff.next_release import next_release
    from factpack.package import shelf
    from factpack.reporters.glyphs import shown

    config = configured(options)
    target = config.root / config.dist / config.version
    if target.exists():
        return _finished(config)
    shelf.entries(target.parent)  # before anything is published: in a broken list nothing can be added
    if config.untested:
        # Another factpack may write other bytes, and what is published stays.
        say(f"Nothing was published: {config.untested}. Look at `factpack diff`, then widen the range.")
        return FINDINGS
    if not (options.date or config.released):
        return fail("say the day of the release: --date YYYY-MM-DD, or `released` in [tool.factpack]")
    _give_back()
    made = _made(options, reviewed=options.require_review)
    if isinstance(made, int):
        return made
    following = next_release(made.tables, config, options.date or config.released, options.note)
    if following.refusal:
        print("\n".join([*map(shown, following.refusal), "Nothing was published."]))
        return FINDINGS
    dist, found = config.root / config.dist, following.resources
    try:
        code = _publish(
            made, found, options, lambda info: package.release(found, following.described(info), dist), target
        )
        if code == CLEAN:
            changelog.write(dist)
    except FileExistsError:
        raise
    except OSError as error:
        if not target.exists():
            raise
        return fail(f"{config.version} is published, and what stands beside it is not ({error}): run this again")
    return code


def _finished(config: Config) -> int:
    """Of a version that is there, what a run that died behind its commit has left: zip, index or changelog."""
    from factpack.diagnostic import Severity
    from factpack.diff import changelog
    from factpack.package import shelf

    version = f"{config.dist}/{config.version}"
    problems = shelf.derive(config.root / config.dist)
    for problem in problems:
        say(problem)
    if written := changelog.write(config.root / config.dist):
        say(f"{changelog.FILE}: is written anew")
    if (problems or written) and all(problem.severity is Severity.INFO for problem in problems):
        say(f"{version} was published already and stays; what a run that was cut short left undone beside it is done.")
        return CLEAN
    return fail(f"{version} is published already and stays: raise `version` in [tool.factpack]")


def _is_reviewed(articles: Iterable[Article]) -> bool:
    from factpack.review import unreviewed

    missing = unreviewed(articles)
    for identity in missing[:MANY]:
        say(identity)
    if len(missing) > MANY:
        print(f"... and {len(missing) - MANY} more")
    if missing:
        said = "1 record is" if len(missing) == 1 else f"{len(missing)} records are"
        print(f"Nothing was published: {said} not `review: reviewed`.")
    return not missing


def _give_back() -> None:
    """Let Arrow return memory as soon as it is free: otherwise it keeps as much again, in case it is needed."""
    import pyarrow as pa

    if "jemalloc" in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
        pa.jemalloc_set_decay_ms(0)


@dataclass(frozen=True, slots=True)
class _Made:
    """The tables of a dataset, and its articles as sources; `about` is what else it says, without its files."""

    about: Dataset
    tables: list[Resource]
    sources: tuple[dict[str, str], ...]


def _made(options: argparse.Namespace, *, reviewed: bool = False) -> _Made | int:
    """What a package is made of, with `reviewed` of such records only; the exit code where a check refuses them."""
    from factpack.survey.late import Stale

    try:
        telling = _checked(load_config(root_of(options)))
        if isinstance(telling, int):
            return telling
        if reviewed and not _is_reviewed(telling):
            return FINDINGS
        config = telling.about.config
        sources = tuple(
            {"title": str(article.meta("headline") or article.article_id), "path": f"{config.sources}/{name}"}
            for article in telling
            if (name := article.meta("source"))
        )
        return _Made(replace(telling.about, registers=()), telling.tables(config.root), sources)
    except Stale:
        raise ConfigurationError(WRITTEN) from None


def _checked(config: Config) -> Telling | int:
    """Check a dataset and say what was found; the exit code where nothing is to be written."""
    from factpack.reporting import summary_of
    from factpack.survey.contents import contents_of
    from factpack.survey.surveying import survey
    from factpack.telling import Telling

    started = time.perf_counter()
    contents = contents_of(config, indexed=False)
    # What is told has to be what was checked.
    contents.ids_of([*contents.listing.articles, *contents.listing.sources])
    found = survey(contents, None, None, 1)
    outcome = found.outcome
    summary = summary_of(outcome.counted, found.unread, outcome.found, started, ignored=len(outcome.ignored))
    return refused(outcome.found, summary, bool(found.sources), config) or Telling(found, contents)


def refused(found: Sequence[Diagnostic], summary: Summary, curated: bool, config: Config) -> int:
    """Say what a check found before anything is written; returns the exit code, CLEAN where something is to be."""
    from factpack.diagnostic import Severity
    from factpack.reporting import print_report

    if any(d.severity == Severity.ERROR for d in found):
        print_report("full", found, summary)
        print("Nothing was written: mend the errors first.")
        return FINDINGS
    if not curated:
        print("There is nothing to build: no article is curated.")
        return NOTHING
    for sentence in (*summary.sentences(), config.untested):
        if sentence:
            say(sentence)
    return CLEAN


def _publish(
    made: _Made,
    resources: Sequence[Resource],
    options: argparse.Namespace,
    write: Callable[[PackageInfo], list[Problem]],
    target: Path,
) -> int:
    from factpack.package import PackageInvalid, content_hash

    config = made.about.config
    try:
        info = _package_info(made, resources, options.date or config.released, options.commit)
    except ValueError as error:
        return fail(str(error))
    try:
        warnings = write(info)
    except PackageInvalid as error:
        for problem in error.problems:
            say(problem)
        print("Nothing was written: the package would not be valid.")
        return FINDINGS
    for problem in warnings:
        say(problem)
    shown = target.relative_to(config.root).as_posix()
    print(f"The data package {config.name} {config.version} lies in {shown}/ (content {content_hash(target)[:12]}).")
    return CLEAN


def _package_info(made: _Made, resources: Sequence[Resource], date: str, commit: str) -> PackageInfo:
    from factpack.codebook.texts import texts
    from factpack.package import provenance
    from factpack.package.info import PackageInfo

    config = made.about.config
    return PackageInfo(
        name=config.name,
        title=config.title,
        description=config.description,
        version=config.version,
        licenses=config.licenses,
        sources=made.sources,
        contributors=config.contributors,
        homepage=config.homepage,
        keywords=config.keywords,
        created=date,
        texts=texts(made.about, resources),
        inputs=provenance.inputs(made.about),
        commit=commit,
        checked_with=config.factpack,
    )


def verify(options: argparse.Namespace) -> int:
    """`factpack verify`."""
    from factpack.diagnostic import Severity
    from factpack.package.verification import verify

    place = Path(options.place)
    if not place.exists() and VERSION.fullmatch(options.place):
        config = configured(options)
        place = config.root / config.dist / options.place
    if not place.exists():
        return fail(f"{place} does not exist")
    if options.sources and not options.sources.is_dir():
        return fail(f"{options.sources} is no folder")
    _give_back()
    problems = list(verify(place, options.sources))
    for problem in problems:
        say(problem)
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    if errors:
        say(f"{place} does not verify: {errors} {'error' if errors == 1 else 'errors'}.")
        return FINDINGS
    quotes = ", every quote stands in its source" if options.sources else ""
    say(f"{place} verifies: checksums, schema, keys and constraints hold, all forms of the tables agree{quotes}.")
    return CLEAN


def yank(options: argparse.Namespace) -> int:
    """`factpack yank`."""
    from factpack.diff import changelog
    from factpack.package import shelf

    config = configured(options)
    dist = config.root / config.dist
    if not dist.is_dir():
        return fail(f"{config.dist} is no folder: nothing is published yet")
    for problem in shelf.derive(dist):
        say(problem)
    try:
        entry = shelf.yank(dist, options.version, options.why)
    except (LookupError, ValueError) as error:
        return fail(str(error.args[0]))
    changelog.write(dist)
    say(f"{config.name} {entry.version} is yanked in {config.dist}/{shelf.INDEX}: {entry.why}")
    return CLEAN
