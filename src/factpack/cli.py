"""The command line: what people type, what they read, and the exit code.

Imports are late: `check` runs on every save and must not pay for tables, Parquet or a validator.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factpack import __version__
from factpack.config import VERSION, ConfigurationError, find_root
from factpack.exits import CLEAN, FINDINGS, NOTHING, USAGE

if TYPE_CHECKING:
    from factpack.config import Config
    from factpack.dataset import Dataset
    from factpack.package.info import PackageInfo
    from factpack.package.problem import Problem
    from factpack.resource import Resource

MANY = 20
"""How many records are listed one by one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    options.arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ConfigurationError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return _fail("interrupted")
    except Exception as error:
        if os.environ.get("FACTPACK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {str(error)[:300]}"
        return _fail(f"internal error: {what}. Please report it; FACTPACK_DEBUG=1 shows where it happened")


def _fail(message: str) -> int:
    print(f"factpack: {message}", file=sys.stderr)
    return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="factpack", description="Facts checked against the words of their sources.")
    parser.add_argument("--version", action="version", version=f"factpack {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = _command(commands, "check", _check, "check curation files against schema and sources")
    check.add_argument("paths", nargs="*", metavar="PATH", help="report only findings in these files or folders")
    check.add_argument("--format", choices=["full", "concise", "json", "jsonl", "github", "sarif", "rdjson"])
    check.add_argument("--fail-on", choices=["error", "warning", "info"], default="error", help="default: error")
    _add_check_options(check)

    build = _command(commands, "build", _build, "check, then write a candidate of the data package")
    build.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    build.add_argument(
        "--commit", default="", metavar="HASH", help="the Git commit it is made from, for provenance.json"
    )

    release = _command(commands, "release", _release, "check, then publish the next version, once")
    release.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    release.add_argument("--commit", default="", metavar="HASH", help="the Git commit, for provenance.json")
    release.add_argument("--require-review", action="store_true", help="refuse while a record is not reviewed")
    release.add_argument("--note", default="", metavar="TEXT", help="the curator's words at the top of the changelog")

    diff = _command(commands, "diff", _diff, "show what changed between two releases, and the words that prove it")
    diff.add_argument("older", nargs="?", metavar="A", help="default: the newest published version")
    diff.add_argument("newer", nargs="?", metavar="B", help="default: working; or candidate, VERSION, DIR, git:REF")
    diff.add_argument("--format", choices=["text", "md", "json", "html"], default="text")
    diff.add_argument("--limit", type=int, default=100, metavar="N", help="rows shown, 0 for all; default: 100")

    show = _command(commands, "show", _show, "print a record with the words behind each value")
    show.add_argument("record", metavar="RECORD", help="id of a record, an article or a register's record")
    show.add_argument("field", nargs="?", metavar="FIELD", help="one field only")

    verify = _command(commands, "verify", _verify, "verify a published package, on any machine")
    verify.add_argument("place", metavar="DIR|ZIP|VERSION", help="a package's folder or zip, or a version in `dist`")
    verify.add_argument("--sources", type=Path, metavar="DIR", help="folder of the sources, to re-check every quote")

    yank = _command(commands, "yank", _yank, "mark a published version as one not to use; it stays where it is")
    yank.add_argument("version", metavar="VERSION")
    yank.add_argument("--why", required=True, metavar="TEXT", help="what is wrong with it, and what to use instead")

    explain = commands.add_parser("explain", help="what a rule is for, and how to mend it")
    explain.add_argument("rule", nargs="?", metavar="RULE")
    explain.set_defaults(run=_explain)

    schema = _command(commands, "schema", _schema, "write the JSON Schemas that editors use while curating")
    schema.add_argument("--check", action="store_true", help="write nothing; exit 1 where they are not fresh")

    todo = _command(commands, "todo", _todo, "list what articles say and no record uses")
    todo.add_argument("article", nargs="?", metavar="ARTICLE", help="id of one article; default: all")
    todo.add_argument("--format", choices=["text", "json"], default="text")

    mentions = commands.add_parser("mentions", help="list the values that a text states")
    mentions.add_argument("source", type=Path, metavar="SOURCE")
    mentions.add_argument("--date", metavar="EDTF", help="the day of publication, to resolve relative dates")
    mentions.add_argument("--language", default="en", metavar="TAG")
    mentions.add_argument("--format", choices=["text", "json"], default="text")
    mentions.set_defaults(run=_mentions)
    return parser


def _add_check_options(check: argparse.ArgumentParser) -> None:
    chosen = check.add_argument_group("which findings")
    chosen.add_argument("--select", metavar="RULE[,RULE]", help="report these rules only")
    chosen.add_argument("--ignore", metavar="RULE[,RULE]", help="report all rules but these")
    chosen.add_argument("--since", metavar="REF", help="report what changed since a git revision, committed or not")
    chosen.add_argument("--show-ignored", action="store_true", help="list what comments ignore, with the reasons")
    chosen.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    chosen.add_argument("--write-baseline", action="store_true", help="take mended findings out of the baseline")
    chosen.add_argument("--grow", action="store_true", help="with --write-baseline: take new findings in, too")
    mended = check.add_argument_group("mending")
    mended.add_argument("--fix", action="store_true", help="mend what is safe to mend: typography, quoting, slips")
    mended.add_argument("--unsafe", action="store_true", help="mend words and values, too: read them afterwards")
    mended.add_argument("--diff", action="store_true", help="show what would be mended, and write nothing")
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, help_: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
    parser.add_argument("--project", type=Path, metavar="DIR", help="the dataset's root; default: from here upwards")
    parser.set_defaults(run=run)
    return parser


def _load(options: argparse.Namespace) -> Dataset:
    from factpack.dataset import load

    return load(_root(options))


def _root(options: argparse.Namespace) -> Path:
    start = options.project or Path((getattr(options, "paths", None) and options.paths[0]) or ".")
    if options.project and not options.project.is_dir():
        raise ConfigurationError(f"{options.project} is no folder")
    return find_root(start.resolve())


def _check(options: argparse.Namespace) -> int:
    for path in options.paths:
        if not os.path.lexists(path):
            return _fail(f"{path} does not exist")
    root = _root(options)
    from factpack.checking import check

    return check(options, root)


def _in_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def _build(options: argparse.Namespace) -> int:
    from factpack import package

    dataset, resources, code = _tables(options)
    if resources is None:
        return code
    target = dataset.config.candidate
    return _publish(dataset, resources, options, lambda info: package.build(resources, info, target), target)


def _release(options: argparse.Namespace) -> int:
    from factpack import package
    from factpack.diff import changelog
    from factpack.diff.next_release import next_release
    from factpack.package import shelf
    from factpack.reporters.glyphs import shown

    config = _configured(options)
    target = config.root / config.dist / config.version
    if target.exists():
        # A run that died behind its commit has left zip, index or changelog to this one.
        for problem in shelf.derive(target.parent):
            print(problem)
        changelog.write(target.parent)
        return _fail(
            f"{config.dist}/{config.version} is published already and stays: raise `version` in [tool.factpack]"
        )
    if not (options.date or config.released):
        return _fail("say the day of the release: --date YYYY-MM-DD, or `released` in [tool.factpack]")
    dataset, resources, code = _tables(options)
    if resources is None:
        return code
    if options.require_review and not _is_reviewed(dataset):
        return FINDINGS
    following = next_release(resources, config, options.date or config.released, options.note)
    if following.refusal:
        print("\n".join([*map(shown, following.refusal), "Nothing was published."]))
        return FINDINGS
    dist, found = config.root / config.dist, following.resources
    code = _publish(
        dataset, found, options, lambda info: package.release(found, following.described(info), dist), target
    )
    if code == CLEAN:
        changelog.write(dist)
    return code


def _is_reviewed(dataset: Dataset) -> bool:
    from factpack.review import unreviewed

    missing = unreviewed(dataset)
    for identity in missing[:MANY]:
        print(identity)
    if len(missing) > MANY:
        print(f"... and {len(missing) - MANY} more")
    if missing:
        said = "1 record is" if len(missing) == 1 else f"{len(missing)} records are"
        print(f"Nothing was published: {said} not `review: reviewed`.")
    return not missing


def _configured(options: argparse.Namespace) -> Config:
    from factpack.config import load_config

    return load_config(find_root((options.project or Path(".")).resolve()))


def _tables(options: argparse.Namespace) -> tuple[Dataset, list[Resource] | None, int]:
    """The dataset's tables, or None and the exit code where a check found errors."""
    from factpack.checks import examine
    from factpack.diagnostic import Severity
    from factpack.reporting import print_report, summary_of
    from factpack.tables import tables

    started = time.perf_counter()
    dataset = _load(options)
    outcome = examine(dataset)
    summary = summary_of(dataset, dataset.files, outcome.found, started, ignored=len(outcome.ignored))
    if any(d.severity == Severity.ERROR for d in outcome.found):
        print_report("full", outcome.found, summary)
        print("Nothing was written: mend the errors first.")
        return dataset, None, FINDINGS
    if not dataset.articles:
        print("There is nothing to build: no article is curated.")
        return dataset, None, NOTHING
    for sentence in summary.sentences():
        print(sentence)
    return dataset, tables(dataset), CLEAN


def _publish(
    dataset: Dataset,
    resources: Sequence[Resource],
    options: argparse.Namespace,
    write: Callable[[PackageInfo], list[Problem]],
    target: Path,
) -> int:
    from factpack.package import PackageInvalid, content_hash

    config = dataset.config
    try:
        info = _package_info(dataset, resources, options.date or config.released, options.commit)
    except ValueError as error:
        return _fail(str(error))
    try:
        warnings = write(info)
    except PackageInvalid as error:
        for problem in error.problems:
            print(problem)
        print("Nothing was written: the package would not be valid.")
        return FINDINGS
    for problem in warnings:
        print(problem)
    shown = target.relative_to(config.root).as_posix()
    print(f"The data package {config.name} {config.version} lies in {shown}/ (content {content_hash(target)[:12]}).")
    return CLEAN


def _package_info(dataset: Dataset, resources: Sequence[Resource], date: str, commit: str) -> PackageInfo:
    from factpack.codebook.texts import texts
    from factpack.package import provenance
    from factpack.package.info import PackageInfo

    config = dataset.config
    sources = tuple(
        {"title": str(article.meta("headline") or article.article_id), "path": f"{config.sources}/{name}"}
        for article in dataset.articles
        if (name := article.meta("source"))
    )
    return PackageInfo(
        name=config.name,
        title=config.title,
        description=config.description,
        version=config.version,
        licenses=config.licenses,
        sources=sources,
        contributors=config.contributors,
        homepage=config.homepage,
        keywords=config.keywords,
        created=date,
        texts=texts(dataset, resources),
        inputs=provenance.inputs(dataset),
        commit=commit,
    )


def _diff(options: argparse.Namespace) -> int:
    from factpack.diff.command import diff

    config = _configured(options)
    for line in diff(
        config, options.older, options.newer, options.format, limit=max(options.limit, 0), color=_in_color()
    ):
        print(line)
    return CLEAN


def _show(options: argparse.Namespace) -> int:
    from factpack.show import Unknown, show

    try:
        for line in show(_load(options), options.record, options.field, color=_in_color(), width=_width()):
            print(line)
    except Unknown as error:
        return _fail(str(error))
    return CLEAN


def _verify(options: argparse.Namespace) -> int:
    from factpack.diagnostic import Severity
    from factpack.package.verification import verify

    place = Path(options.place)
    if not place.exists() and VERSION.fullmatch(options.place):
        config = _configured(options)
        place = config.root / config.dist / options.place
    if not place.exists():
        return _fail(f"{place} does not exist")
    if options.sources and not options.sources.is_dir():
        return _fail(f"{options.sources} is no folder")
    problems = list(verify(place, options.sources))
    for problem in problems:
        print(problem)
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    if errors:
        print(f"{place} does not verify: {errors} {'error' if errors == 1 else 'errors'}.")
        return FINDINGS
    quotes = ", every quote stands in its source" if options.sources else ""
    print(f"{place} verifies: checksums, schema, keys and constraints hold, CSV and Parquet agree{quotes}.")
    return CLEAN


def _yank(options: argparse.Namespace) -> int:
    from factpack.diff import changelog
    from factpack.package import shelf

    config = _configured(options)
    dist = config.root / config.dist
    if not dist.is_dir():
        return _fail(f"{config.dist} is no folder: nothing is published yet")
    for problem in shelf.derive(dist):
        print(problem)
    try:
        entry = shelf.yank(dist, options.version, options.why)
    except (LookupError, ValueError) as error:
        return _fail(str(error.args[0]))
    changelog.write(dist)
    print(f"{config.name} {entry.version} is yanked in {config.dist}/{shelf.INDEX}: {entry.why}")
    return CLEAN


def _explain(options: argparse.Namespace) -> int:
    from factpack.checks import RULES
    from factpack.suggest import closest

    if options.rule is None:
        for name, check in RULES.items():
            print(f"{name:<32} {check.SEVERITY:<8} {(check.__doc__ or '').strip().splitlines()[0]}")
        return CLEAN
    if options.rule not in RULES:
        near = closest(options.rule, RULES)
        return _fail(f"there is no rule `{options.rule}`" + (f"; did you mean `{near}`?" if near else ""))
    check = RULES[options.rule]
    print(f"{options.rule} ({check.SEVERITY})\n\n{(check.__doc__ or '').strip()}")
    return CLEAN


def _schema(options: argparse.Namespace) -> int:
    from factpack.editor import schemas

    dataset = _load(options)
    code = CLEAN
    for path, content in schemas(dataset).items():
        target = dataset.config.root / path
        fresh = target.is_file() and target.read_text("utf-8") == content
        if options.check:
            if not fresh:
                print(f"{path} is not fresh: run `factpack schema`")
                code = FINDINGS
        elif not fresh:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, "utf-8")
            print(f"wrote {path}")
    return code


def _todo(options: argparse.Namespace) -> int:
    import json

    from factpack.todo import as_rows, todos

    dataset = _load(options)
    chosen = [a for a in dataset.articles if options.article in (None, a.article_id)]
    if not chosen:
        known = ", ".join(article.article_id for article in dataset.articles)
        return _fail(f"there is no article `{options.article}`; known: {known}")
    rows = [row for article in chosen for row in as_rows(todos(article, dataset.config.max_quote), dataset.models)]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return FINDINGS if rows else CLEAN
    for article in chosen:
        for row in (row for row in rows if row["article"] == article.article_id and article.source):
            line, column = article.source.position(int(str(row["start"]))) if article.source else (0, 0)
            path = article.source.path if article.source else article.path
            value = f" ({row['value']})" if row["value"] else ""
            print(f"{path}:{line}:{column}: {row['kind']}: {row['text']}{value}")
            print("".join(f"    {text}\n" for text in str(row["yaml"]).splitlines()))
    passages = sum(row["kind"] == "passage" for row in rows)
    print(f"{len(chosen)} articles: {passages} passages and {len(rows) - passages} mentions are left.")
    return FINDINGS if rows else CLEAN


def _mentions(options: argparse.Namespace) -> int:
    import json

    from factpack.edtf import Edtf
    from factpack.files import Unreadable, read_text
    from factpack.mention import mentions

    try:
        text = read_text(options.source.parent, options.source.name, 20_000_000)
        date = Edtf.parse(options.date) if options.date else None
    except Unreadable as error:
        return _fail(f"{options.source}: {error.why}")
    except ValueError as error:
        return _fail(str(error))
    rows = [
        {
            "start": m.start,
            "end": m.end,
            "text": text.content[m.start : m.end],
            "kind": m.kind,
            "value": m.value,
            "comparator": m.comparator,
            "unit": m.unit,
            "precision": m.precision,
            "basis": m.basis,
        }
        for m in mentions(text.content, language=options.language, date=date)
    ]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return CLEAN
    for row in rows:
        line, column = text.position(int(str(row["start"])))
        said = " ".join(str(row[key]) for key in ("comparator", "value", "unit", "precision", "basis") if row[key])
        print(f"{line}:{column}\t{row['kind']}\t{row['text']}\t{said}")
    return CLEAN
