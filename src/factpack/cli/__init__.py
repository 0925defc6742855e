"""The command line: what people type, what they read, and the exit code.

Imports are late: `check` runs on every save and must not pay for tables, Parquet or a validator.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from factpack import __version__
from factpack.cli import curating, exchanging, publishing, reading, site, starting
from factpack.cli.exits import CLEAN
from factpack.cli.project import LONGEST, fail, place, root_of
from factpack.config import ConfigurationError
from factpack.files import told
from factpack.reporters.glyphs import shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = command_line().parse_args(arguments)
    if options.run not in (_serve, curating.pick):
        # Nearly all that these make is kept until their end: looking for garbage on the way finds none,
        gc.set_threshold(1_000_000, 50, 50)
        if arguments is None:
            atexit.register(gc.freeze)  # nor when the process ends with them.
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ConfigurationError as error:
        return fail(str(error))
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        return fail(told(error))
    except KeyboardInterrupt:
        return fail("interrupted")
    except Exception as error:
        if os.environ.get("FACTPACK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {str(error)[:300]}"
        return fail(f"internal error: {what}. Please report it; FACTPACK_DEBUG=1 shows where it happened")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call as every command does: a name in it may be a stranger's."""

    def error(self, message: str) -> NoReturn:
        super().error(shown(message, LONGEST))


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser: argparse.ArgumentParser = _Parser(
        prog="factpack", description="Facts checked against the words of their sources."
    )
    parser.add_argument("--version", action="version", version=f"factpack {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    starting.add_init(commands)

    check = _command(commands, "check", _check, "check curation files against schema and sources")
    check.add_argument("paths", nargs="*", metavar="PATH", help="report only findings in these files or folders")
    check.add_argument("--format", choices=["full", "concise", "json", "jsonl", "github", "sarif", "rdjson"])
    check.add_argument("--fail-on", choices=["error", "warning", "info"], default="error", help="default: error")
    _add_check_options(check)
    _add_curating(commands)

    build = _command(commands, "build", publishing.build, "check, then write a candidate of the data package")
    build.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    build.add_argument(
        "--commit", default="", metavar="HASH", help="the Git commit it is made from, for provenance.json"
    )

    build.add_argument("--engine", choices=["daft"], help="write only the tables, by Daft's workers, in parts")

    release = _command(commands, "release", publishing.release, "check, then publish the next version, once")
    release.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    release.add_argument("--commit", default="", metavar="HASH", help="the Git commit, for provenance.json")
    release.add_argument("--require-review", action="store_true", help="refuse while a record is not reviewed")
    release.add_argument("--note", default="", metavar="TEXT", help="the curator's words at the top of the changelog")

    diff = _command(commands, "diff", reading.diff, "show what changed between releases, with the words that prove it")
    diff.add_argument("older", nargs="?", metavar="A", help="default: the newest published version")
    diff.add_argument("newer", nargs="?", metavar="B", help="default: working; or candidate, VERSION, DIR, git:REF")
    diff.add_argument("--format", choices=["text", "md", "json", "html"], default="text")
    diff.add_argument("--limit", type=int, default=100, metavar="N", help="rows shown, 0 for all; default: 100")

    digest = commands.add_parser("digest", help="sum up a check's report as Markdown, for a summary or a comment")
    digest.add_argument(
        "folder", type=Path, metavar="DIR", help="with findings.json and diff.json: their `--format json`"
    )
    digest.add_argument("--bytes", type=int, default=60_000, metavar="N", help="at most; default: 60000, a comment")
    digest.set_defaults(run=reading.digest)

    show = _command(commands, "show", reading.show, "print a record with the words behind each value")
    show.add_argument("record", metavar="RECORD", help="id of a record, an article or a register's record")
    show.add_argument("field", nargs="?", metavar="FIELD", help="one field only")

    verify = _command(commands, "verify", publishing.verify, "verify a published package, on any machine")
    verify.add_argument("place", metavar="DIR|ZIP|VERSION", help="a package's folder or zip, or a version in `dist`")
    verify.add_argument("--sources", type=Path, metavar="DIR", help="folder of the sources, to re-check every quote")

    yank = _command(commands, "yank", publishing.yank, "mark a published version as not to be used")
    yank.add_argument("version", metavar="VERSION")
    yank.add_argument("--why", required=True, metavar="TEXT", help="what is wrong with it, and what to use instead")

    pages = _command(commands, "site", site.site, "write the static pages that show every fact beside its words")
    pages.add_argument("--out", type=Path, metavar="DIR", help="default: .factpack/site")
    pages.add_argument("--release", metavar="VERSION|DIR", help="a published version; default: the candidate")
    pages.add_argument("--text", choices=["full", "context", "quotes"], help="how much of the sources is reprinted")
    pages.add_argument("--base-url", metavar="URL", help="where the site will stand, for feed and canonical links")
    pages.add_argument("--files", metavar="URL", help="where a version's files lie, with {version} for its number")
    pages.add_argument("--draft", action="store_true", help="show what no record covers")
    pages.add_argument("--open", action="store_true", help="open it in the browser")

    explain = commands.add_parser("explain", help="what a rule is for, and how to mend it")
    explain.add_argument("rule", nargs="?", metavar="RULE")
    explain.add_argument("--format", choices=("text", "md"), default="text", help="of the list of all rules")
    explain.set_defaults(run=reading.explain)

    schema = _command(commands, "schema", reading.schema, "write the JSON Schemas that editors use while curating")
    schema.add_argument("--check", action="store_true", help="write nothing; exit 1 where they are not fresh")
    schema.add_argument("--report", action="store_true", help="print the JSON Schema of `check --format json` instead")

    server = commands.add_parser("server", help="check while you type: a language server, for an editor to start")
    server.add_argument("--stdio", action="store_true", help="speak on standard input and output: the default")
    server.set_defaults(run=_serve)

    todo = _command(commands, "todo", reading.todo, "list what articles say and no record uses")
    todo.add_argument("article", nargs="?", metavar="ARTICLE", help="id of one article; default: all")
    todo.add_argument("--format", choices=["text", "json"], default="text", help="json: with spans, for editors")
    todo.add_argument("--limit", type=int, metavar="N", help="shown, 0 for all; default: 50, as json 1000")

    taken = _command(commands, "import", exchanging.import_, "make records of what other tools marked")
    taken.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="brat .ann, LangExtract .jsonl, Label Studio or W3C .json"
    )
    taken.add_argument("--article", metavar="ARTICLE", help="the article that is marked; default: as the files name it")
    taken.add_argument("--table", action="append", default=[], metavar="LABEL=TABLE", help="the table of a label")
    taken.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")

    given = _command(commands, "export", exchanging.export, "write quotes and values as annotations for other tools")
    given.add_argument("article", nargs="?", metavar="ARTICLE", help="id of one article; default: all")
    given.add_argument("--format", choices=["wadm", "brat"], required=True, help="W3C Web Annotation, or brat")
    given.add_argument("--out", type=Path, metavar="DIR", help="default: .factpack/FORMAT")

    mentions = commands.add_parser("mentions", help="list the values that a text states")
    mentions.add_argument("source", type=Path, metavar="SOURCE")
    mentions.add_argument("--date", metavar="EDTF", help="the day of publication, to resolve relative dates")
    mentions.add_argument("--language", default="en", metavar="TAG")
    mentions.add_argument("--format", choices=["text", "json"], default="text")
    mentions.set_defaults(run=reading.mentions)
    return parser


def _add_curating(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = _command(commands, "new", curating.new, "store a source, and begin the curation file of its article")
    new.add_argument("source", metavar="SOURCE", help="a text, HTML or PDF file; - for standard input")
    new.add_argument("--id", metavar="ID", help="the article's id; default: the file's name")

    pick = _command(commands, "pick", curating.pick, "take facts out of an article in the browser, by selecting words")
    pick.add_argument("article", metavar="ARTICLE", help="id of an article")
    pick.add_argument("--port", type=int, default=0, metavar="N", help="default: a free one")
    pick.add_argument("--no-open", action="store_true", help="print the address, and open no browser")

    fmt = _command(commands, "fmt", curating.fmt, "give curation files one layout, and change nothing that they say")
    fmt.add_argument("paths", nargs="*", metavar="PATH", help="only these files or folders")
    fmt.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the files that would change")

    rename = _command(commands, "rename", curating.rename, "give a record another id, wherever it is written")
    rename.add_argument("table", metavar="TABLE", help="the record's table or register")
    rename.add_argument("id", metavar="ID")
    rename.add_argument("new", metavar="NEW")

    move = _command(commands, "mv", curating.move, "move a record, with its comments, to another article's file")
    move.add_argument("record", metavar="RECORD", help="id of a record")
    move.add_argument("article", metavar="ARTICLE", help="id of the article it is to stand in")
    move.add_argument("--from", dest="origin", metavar="ARTICLE", help="where it stands in several")
    move.add_argument("--force", action="store_true", help="though the article does not have the words it quotes")


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
    check.add_argument("--no-cache", action="store_true", help="look at every file, and keep nothing")
    check.add_argument("--jobs", type=_jobs, metavar="N", help="processes; default: all cores for many articles")
    check.add_argument("--engine", choices=["daft"], help="run on Daft's workers; --project may be s3://... then")
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: 1 to 256")
    return int(text)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, help_: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
    parser.add_argument("--project", type=place, metavar="DIR", help="the dataset's root; default: from here upwards")
    parser.set_defaults(run=run)
    return parser


def _serve(options: argparse.Namespace) -> int:
    try:
        from factpack.server.service import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        return fail("the language server needs pygls: pip install 'factpack[server]'")
    serve()
    return CLEAN


def _check(options: argparse.Namespace) -> int:
    for path in options.paths:
        if not os.path.lexists(path):
            return fail(f"{path} does not exist")
    from factpack.cli.checking import check, check_with_engine

    if options.engine:
        return check_with_engine(options)
    root = root_of(options)

    return check(options, root)
