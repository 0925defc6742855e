"""The commands that there are: what each takes, and what it runs.

One is described when it is asked for: `check` runs on every save and must not pay for the others.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from factpack.cli.exits import CLEAN
from factpack.cli.project import fail, place, root_of

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _init(commands: Commands) -> None:
    from factpack.cli import starting

    starting.add_init(commands)


def _check(commands: Commands) -> None:
    parser = _add(commands, "check", _run_check, "check curation files against schema and sources")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only findings in these files or folders")
    parser.add_argument("--format", choices=["full", "concise", "json", "jsonl", "github", "sarif", "rdjson"])
    parser.add_argument("--fail-on", choices=["error", "warning", "info"], default="error", help="default: error")
    _add_check_options(parser)


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


def _new(commands: Commands) -> None:
    from factpack.cli import curating

    parser = _add(commands, "new", curating.new, "store a source, and begin the curation file of its article")
    parser.add_argument("source", metavar="SOURCE", help="a text, HTML or PDF file; - for standard input")
    parser.add_argument("--id", metavar="ID", help="the article's id; default: the file's name")


def _pick(commands: Commands) -> None:
    from factpack.cli import curating

    parser = _add(commands, "pick", curating.pick, "take facts out of an article in the browser, by selecting words")
    parser.add_argument("article", metavar="ARTICLE", help="id of an article")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: a free one")
    parser.add_argument("--no-open", action="store_true", help="print the address, and open no browser")
    parser.set_defaults(lasting=True)


def _fmt(commands: Commands) -> None:
    from factpack.cli import curating

    parser = _add(commands, "fmt", curating.fmt, "give curation files one layout, and change nothing that they say")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these files or folders")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 and name the files that would change"
    )


def _rename(commands: Commands) -> None:
    from factpack.cli import curating

    parser = _add(commands, "rename", curating.rename, "give a record another id, wherever it is written")
    parser.add_argument("table", metavar="TABLE", help="the record's table or register")
    parser.add_argument("id", metavar="ID")
    parser.add_argument("new", metavar="NEW")


def _mv(commands: Commands) -> None:
    from factpack.cli import curating

    parser = _add(commands, "mv", curating.move, "move a record, with its comments, to another article's file")
    parser.add_argument("record", metavar="RECORD", help="id of a record")
    parser.add_argument("article", metavar="ARTICLE", help="id of the article it is to stand in")
    parser.add_argument("--from", dest="origin", metavar="ARTICLE", help="where it stands in several")
    parser.add_argument("--force", action="store_true", help="though the article does not have the words it quotes")


def _build(commands: Commands) -> None:
    from factpack.cli import publishing

    parser = _add(commands, "build", publishing.build, "check, then write a candidate of the data package")
    parser.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    parser.add_argument(
        "--commit", default="", metavar="HASH", help="the Git commit it is made from, for provenance.json"
    )
    parser.add_argument("--engine", choices=["daft"], help="write only the tables, by Daft's workers, in parts")


def _release(commands: Commands) -> None:
    from factpack.cli import publishing

    parser = _add(commands, "release", publishing.release, "check, then publish the next version, once")
    parser.add_argument("--date", help="day of the release, YYYY-MM-DD; default: `released` of the configuration")
    parser.add_argument("--commit", default="", metavar="HASH", help="the Git commit, for provenance.json")
    parser.add_argument("--require-review", action="store_true", help="refuse while a record is not reviewed")
    parser.add_argument("--note", default="", metavar="TEXT", help="the curator's words at the top of the changelog")


def _diff(commands: Commands) -> None:
    from factpack.cli import reading

    parser = _add(commands, "diff", reading.diff, "show what changed between releases, with the words that prove it")
    parser.add_argument("older", nargs="?", metavar="A", help="default: the newest published version")
    parser.add_argument("newer", nargs="?", metavar="B", help="default: working; or candidate, VERSION, DIR, git:REF")
    parser.add_argument("--format", choices=["text", "md", "json", "html"], default="text")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="rows shown, 0 for all; default: 100")


def _digest(commands: Commands) -> None:
    from factpack.cli import reading

    parser = commands.add_parser("digest", help="sum up a check's report as Markdown, for a summary or a comment")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="with findings.json and diff.json: their `--format json`"
    )
    parser.add_argument("--bytes", type=int, default=60_000, metavar="N", help="at most; default: 60000, a comment")
    parser.set_defaults(run=reading.digest)


def _show(commands: Commands) -> None:
    from factpack.cli import reading

    parser = _add(commands, "show", reading.show, "print a record with the words behind each value")
    parser.add_argument("record", metavar="RECORD", help="id of a record, an article or a register's record")
    parser.add_argument("field", nargs="?", metavar="FIELD", help="one field only")


def _verify(commands: Commands) -> None:
    from factpack.cli import publishing

    parser = _add(commands, "verify", publishing.verify, "verify a published package, on any machine")
    parser.add_argument("place", metavar="DIR|ZIP|VERSION", help="a package's folder or zip, or a version in `dist`")
    parser.add_argument("--sources", type=Path, metavar="DIR", help="folder of the sources, to re-check every quote")


def _yank(commands: Commands) -> None:
    from factpack.cli import publishing

    parser = _add(commands, "yank", publishing.yank, "mark a published version as not to be used")
    parser.add_argument("version", metavar="VERSION")
    parser.add_argument("--why", required=True, metavar="TEXT", help="what is wrong with it, and what to use instead")


def _site(commands: Commands) -> None:
    from factpack.cli.site import site

    parser = _add(commands, "site", site, "write the static pages that show every fact beside its words")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: .factpack/site")
    parser.add_argument("--release", metavar="VERSION|DIR", help="a published version; default: the candidate")
    parser.add_argument("--text", choices=["full", "context", "quotes"], help="how much of the sources is reprinted")
    parser.add_argument("--base-url", metavar="URL", help="where the site will stand, for feed and canonical links")
    parser.add_argument("--files", metavar="URL", help="where a version's files lie, with {version} for its number")
    parser.add_argument("--draft", action="store_true", help="show what no record covers")
    parser.add_argument("--open", action="store_true", help="open it in the browser")


def _explain(commands: Commands) -> None:
    from factpack.cli import reading

    parser = commands.add_parser("explain", help="what a rule is for, and how to mend it")
    parser.add_argument("rule", nargs="?", metavar="RULE")
    parser.add_argument("--format", choices=("text", "md"), default="text", help="of the list of all rules")
    parser.set_defaults(run=reading.explain)


def _schema(commands: Commands) -> None:
    from factpack.cli import reading

    parser = _add(commands, "schema", reading.schema, "write the JSON Schemas that editors use while curating")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where they are not fresh")
    parser.add_argument("--report", action="store_true", help="print the JSON Schema of `check --format json` instead")


def _server(commands: Commands) -> None:
    parser = commands.add_parser("server", help="check while you type: a language server, for an editor to start")
    parser.add_argument("--stdio", action="store_true", help="speak on standard input and output: the default")
    parser.set_defaults(run=_serve, lasting=True)


def _todo(commands: Commands) -> None:
    from factpack.cli import reading

    parser = _add(commands, "todo", reading.todo, "list what articles say and no record uses")
    parser.add_argument("article", nargs="?", metavar="ARTICLE", help="id of one article; default: all")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="json: with spans, for editors")
    parser.add_argument("--limit", type=int, metavar="N", help="shown, 0 for all; default: 50, as json 1000")


def _import_(commands: Commands) -> None:
    from factpack.cli import exchanging

    parser = _add(commands, "import", exchanging.import_, "make records of what other tools marked")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="brat .ann, LangExtract .jsonl, Label Studio or W3C .json"
    )
    parser.add_argument(
        "--article", metavar="ARTICLE", help="the article that is marked; default: as the files name it"
    )
    parser.add_argument("--table", action="append", default=[], metavar="LABEL=TABLE", help="the table of a label")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def _export(commands: Commands) -> None:
    from factpack.cli import exchanging

    parser = _add(commands, "export", exchanging.export, "write quotes and values as annotations for other tools")
    parser.add_argument("article", nargs="?", metavar="ARTICLE", help="id of one article; default: all")
    parser.add_argument("--format", choices=["wadm", "brat"], required=True, help="W3C Web Annotation, or brat")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: .factpack/FORMAT")


def _mentions(commands: Commands) -> None:
    from factpack.cli import reading

    parser = commands.add_parser("mentions", help="list the values that a text states")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("--date", metavar="EDTF", help="the day of publication, to resolve relative dates")
    parser.add_argument("--language", default="en", metavar="TAG")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.set_defaults(run=reading.mentions)


def _add(commands: Commands, name: str, run: object, help_: str) -> argparse.ArgumentParser:
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


def _run_check(options: argparse.Namespace) -> int:
    for path in options.paths:
        if not os.path.lexists(path):
            return fail(f"{path} does not exist")
    from factpack.cli.checking import check, check_with_engine

    if options.engine:
        return check_with_engine(options)
    return check(options, root_of(options))


COMMANDS: Mapping[str, Callable[[Commands], None]] = {
    "init": _init,
    "check": _check,
    "new": _new,
    "pick": _pick,
    "fmt": _fmt,
    "rename": _rename,
    "mv": _mv,
    "build": _build,
    "release": _release,
    "diff": _diff,
    "digest": _digest,
    "show": _show,
    "verify": _verify,
    "yank": _yank,
    "site": _site,
    "explain": _explain,
    "schema": _schema,
    "server": _server,
    "todo": _todo,
    "import": _import_,
    "export": _export,
    "mentions": _mentions,
}
"""All commands by name, with what adds each to a parser."""
