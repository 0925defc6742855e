"""Every output that quotes input, with the oracle that reads it as whoever it is for, and what it must show."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import hostile.project
from injection import begun, oracles
from injection.payloads import ACTING, CLEAN, PAYLOADS, mark
from injection.planting import ALL, OWN, correct, spoiled
from pages import TEMPLATE

from factpack.cli import main
from factpack.dataset import Dataset, load
from factpack.mending.fixes import State, checked
from factpack.records import records
from factpack.reporters import FORMATS, Summary
from factpack.reporters.paint import painter
from factpack.reporting import background_of
from factpack.server.hovering import hover
from factpack.show.page import Page
from factpack.show.record import record_page
from factpack.show.register import register_page
from factpack.tables.facts import titles_of

EVERY, QUOTABLE = (tuple(mark(text) for text in each.values()) for each in (PAYLOADS, CLEAN))
DIST = "dist/2.0.0"


@dataclass(frozen=True)
class World:
    """A dataset that is published in two versions, the second planted; one that is all wrong; and a small one."""

    right: Path
    wrong: Path
    small: Path
    files: Mapping[str, str]

    @cached_property
    def state(self) -> State:
        """The wrong dataset, and what is found in it."""
        return checked(self.wrong)

    @cached_property
    def dataset(self) -> Dataset:
        """The right dataset."""
        return load(self.right)

    @cached_property
    def taken_in(self) -> begun.Begun:
        """What `new` printed and wrote."""
        return begun.taken_in(self.copy("small", "new"), said)

    @cached_property
    def started(self) -> begun.Begun:
        """What `init` printed and wrote."""
        return begun.started(self.right.parent / "init", said)

    def copy(self, which: str, name: str) -> Path:
        """One of these datasets, to be changed."""
        return Path(shutil.copytree(getattr(self, which), self.right.parent / name / "project", symlinks=True))


def lay_out(folder: Path) -> World:
    """Write both, publish the one, make its site."""
    right, wrong = folder / "right", folder / "wrong"
    correct(right, "1.0.0", planted=False)
    said("release", "--project", str(right))
    correct(right, "2.0.0")
    said("release", "--project", str(right), "--note", OWN)
    said("site", "--project", str(right), "--release", "2.0.0")
    said("yank", "1.0.0", "--why", ALL, "--project", str(right))
    return World(right, wrong, hostile.project.lay_out(hostile.project.Case("", {}), folder / "small"), spoiled(wrong))


def said(*arguments: str) -> str:
    """All that a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
        main(arguments)
    return out.getvalue()


@dataclass(frozen=True)
class Output:
    """Texts of one sort, by what they are; `shows` are the marks that must be found in them."""

    made: Callable[[World], Iterator[tuple[str, Any]]]
    oracle: Callable[[Any], Iterator[str]]
    shows: Collection[str] = ()
    read: Callable[[Any], str] | None = None
    """What somebody reads, where it must be what was written, letter by letter."""


def _reported(name: str) -> Callable[[World], Iterator[tuple[str, str]]]:
    """The report on each file by itself, so that no finding is left out because of another's."""

    def made(world: World) -> Iterator[tuple[str, str]]:
        files = world.state.dataset.by_path
        for path in [*world.files, ""]:
            found = [d for d in world.state.outcome.found if (d.location.text.path == path) or (not path and d.location.text.path not in world.files)]  # fmt: skip
            background = background_of(files, found, (), ()) if name in ("sarif", "rdjson") else None
            more = {"background": background} if background else {}
            yield path, "\n".join(FORMATS[name](found, Summary(unread=(path,)), **more))

    return made


def _command(*arguments: str, wrong: bool = False) -> Callable[[World], Iterator[tuple[str, str]]]:
    def made(world: World) -> Iterator[tuple[str, str]]:
        root = world.wrong if wrong else world.right
        yield arguments[0], said(*(one.replace("{dist}", str(root / "dist")) for one in arguments), "--project", str(root))  # fmt: skip

    return made


def _file(*names: str) -> Callable[[World], Iterator[tuple[str, str]]]:
    def made(world: World) -> Iterator[tuple[str, str]]:
        for name in names:
            for path in sorted(world.right.glob(name)):
                yield path.name, path.read_bytes().decode("utf-8")

    return made


def _rendered(world: World) -> Iterator[tuple[str, str]]:
    """Messages for other programs that render Markdown."""
    for path, text in _reported("rdjson")(world):
        found = json.loads(text)["diagnostics"]
        yield path, "\n\n".join(words["message"] for one in found for words in (one, *one["related_locations"]))


def _sarif(text: str) -> Iterator[str]:
    """SARIF whose messages have no link and no placeholder, and whose addresses are files of the project."""
    yield from oracles.data(text)
    for result in json.loads(text)["runs"][0]["results"]:
        message = result["message"]["text"]
        if "](" in message.replace("\\](", "") or oracles.re.search(r"(?<!\{)\{\d+\}", message):
            yield f"a link or placeholder: {message[:80]!r}"
        for place in result["locations"]:
            if ":" in place["physicalLocation"]["artifactLocation"]["uri"].partition("/")[0]:
                yield "an address with a scheme"


def _digests(world: World) -> Iterator[tuple[str, str]]:
    """The comment on a pull request: of each file's findings, and once of the difference."""
    folder = world.right / ".factpack/report"
    folder.mkdir(parents=True)
    for path, text in _reported("json")(world):
        (folder / "findings.json").write_text(text, "utf-8")
        yield path, said("digest", str(folder), "--bytes", "400000")
    difference = said("diff", "1.0.0", "2.0.0", "--format", "json", "--limit", "0", "--project", str(world.right))
    (folder / "diff.json").write_text(difference, "utf-8")
    yield "diff.json", said("digest", str(folder))


def _shown(world: World) -> Iterator[tuple[str, str]]:
    found, plain = records(world.dataset), Page(painter(False), 100)
    titles = titles_of(world.dataset, found)
    for record in found:
        yield record.id, "\n".join(record_page(world.dataset, record, titles, plain))
    for register in world.dataset.registers:
        for entry in register.entries:
            yield entry.id, "\n".join(register_page(world.dataset, register, entry, plain))


def _hovers(world: World) -> Iterator[tuple[str, str]]:
    for article in world.dataset.articles:
        content = article.text.content
        for offset in (content.find(key) + len(key) for key in ("- quotes:\n", "place: ", "\n    host: ", "headline: ")):  # fmt: skip
            if found := hover(world.dataset, article.path, offset + 6):
                yield article.path, found[1]


def _unknown(world: World) -> Iterator[tuple[str, str]]:
    """Commands that are given what does not exist, or is none."""
    for words in (" ".join(ACTING), *(PAYLOADS[kind] for kind in ("workflow command", "old command", "carriage return", "command after a line end"))):  # fmt: skip
        for arguments in (
            ("show", words), ("show", "evt-forum", words), ("todo", words), ("check", words), ("check", "--since", words), ("check", "--select", words), ("explain", words), ("verify", words), ("mentions", words),
            ("yank", words, "--why", "x"), ("rename", words, words, words), ("rename", "events", "evt-forum", words), ("mv", words, words), ("mv", "evt-forum", words), ("new", words), ("new", "pyproject.toml", "--id", words),
            ("pick", words, "--no-open"), ("export", "--format", "brat", words), ("import", words), ("import", "x", "--article", words), ("import", "x", "--table", f"x={words}"), ("diff", words, words),
            ("diff", f"git:{words}"), ("site", "--release", words), ("site", "--text", words), ("site", "--base-url", words), ("build", "--date", words), ("fmt", words), ("check", "--format", words), (words,), (f"--{words}",),
            ("check", f"--{words}"), ("check", "--jobs", words), ("init", words), ("init", "x", "--name", words), ("init", "x", "--title", words), ("init", "x", "--factpack", words), ("check", "--project", words),
        ):  # fmt: skip
            with contextlib.chdir(world.small):
                yield arguments[0], said(*arguments)


def _members(world: World) -> Iterator[tuple[str, list[str]]]:
    (place,) = world.right.glob("dist/*-2.0.0.zip")
    with ZipFile(place) as found:
        yield place.name, found.namelist()


def _tables(world: World) -> list[str]:
    (place,) = world.right.glob(f"{DIST}/*.sqlite")
    with contextlib.closing(sqlite3.connect(place)) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]


def _schema(world: World) -> Iterator[tuple[str, str]]:
    (path,) = world.right.glob(f"{DIST}/schema.sql")
    # What the schema makes is what the package has, and the SQLite file no more than that.
    listed = {path.stem for path in world.right.glob(f"{DIST}/data/*.csv")}
    assert set(_tables(world)) == listed
    for complaint in oracles.database(listed)(path.read_text("utf-8")):
        raise AssertionError(complaint)
    yield path.name, path.read_text("utf-8")


def _workbook(world: World) -> Iterator[tuple[str, bytes]]:
    (place,) = world.right.glob(f"{DIST}/*.xlsx")
    yield place.name, place.read_bytes()


def _without_own(text: str) -> str:
    """Without what is Markdown by right."""
    for own in (OWN, " ".join(OWN.split())):
        text = text.replace(own, "").replace(own.replace("|", "\\|"), "")
    return text


_HEADER = ("article", "source", "sha256", "language", "headline", "publisher", "published", "url", "quotes", "exact", "prefix", "suffix")  # fmt: skip
_CITED = ("cff-version", "message", "type", "title", "version", "authors", "name", "family-names", "given-names", "abstract", "date-released", "url", "keywords", "license")  # fmt: skip
_TEMPLATE = set(oracles.keys_of(tomllib.loads((TEMPLATE / "pyproject.toml").read_text("utf-8"))))


def _silent(text: object) -> Iterator[str]:
    return iter(())


OUTPUTS: Mapping[str, Output] = {
    "check, full": Output(_reported("full"), oracles.log, EVERY),
    "check, concise": Output(_reported("concise"), oracles.log, EVERY),
    "check, json": Output(_reported("json"), oracles.data, EVERY),
    "check, jsonl": Output(_reported("jsonl"), oracles.data, EVERY),
    "check, github": Output(_reported("github"), oracles.annotations, EVERY),
    "check, sarif": Output(_reported("sarif"), _sarif, EVERY),
    "check, rdjson": Output(_reported("rdjson"), oracles.data, EVERY),
    "check, rdjson as a comment": Output(_rendered, oracles.comment, EVERY, oracles.read_markdown),
    "check of all": Output(_command("check", "--show-ignored", "--no-cache", wrong=True), oracles.log),
    "check, counted": Output(_command("check", "--statistics", "--no-cache", wrong=True), oracles.log),
    "build of what is wrong": Output(_command("build", wrong=True), oracles.log),
    "build": Output(_command("build"), oracles.log),
    "release, again": Output(_command("release"), oracles.log),
    "verify": Output(_command("verify", "2.0.0"), oracles.log),
    "summary and comment": Output(_digests, oracles.comment, EVERY, oracles.read_markdown),
    "diff, text": Output(_command("diff", "1.0.0", "2.0.0", "--limit", "0"), oracles.log, QUOTABLE),
    "diff, md": Output(_command("diff", "1.0.0", "2.0.0", "--limit", "0", "--format", "md"), oracles.comment),
    "diff, json": Output(_command("diff", "1.0.0", "2.0.0", "--limit", "0", "--format", "json"), oracles.data, QUOTABLE),
    "diff, html": Output(_command("diff", "1.0.0", "2.0.0", "--limit", "0", "--format", "html"), oracles.page, QUOTABLE, oracles.read_page),
    "diff the other way, md": Output(_command("diff", "2.0.0", "1.0.0", "--limit", "0", "--format", "md"), oracles.comment),
    "show": Output(_shown, oracles.log, QUOTABLE),
    "todo": Output(_command("todo", "--limit", "0"), oracles.log, EVERY[::2]),
    "todo, json": Output(_command("todo", "--format", "json"), oracles.data, EVERY[::2]),
    "export": Output(_command("export", "--format", "brat"), oracles.log),
    "what does not exist": Output(_unknown, oracles.log),
    "hover": Output(_hovers, oracles.document, QUOTABLE[::2]),
    "codebook": Output(_file(f"{DIST}/codebook.md"), lambda text: oracles.document(_without_own(text))),
    "card": Output(_file(f"{DIST}/README.md"), lambda text: oracles.front_matter(_without_own(text)), QUOTABLE, oracles.read_markdown),
    "changelogs": Output(_file(f"{DIST}/CHANGELOG.md", "dist/CHANGELOG.md"), lambda text: oracles.document(_without_own(text)), QUOTABLE, oracles.read_markdown),
    "JSON of a release": Output(_file(f"{DIST}/*.json", "dist/index.json"), lambda text: _silent(json.loads(text)), QUOTABLE),
    "tables as CSV": Output(_file(f"{DIST}/data/*.csv"), oracles.rows, EVERY[20:21] + QUOTABLE),
    "workbook": Output(_workbook, oracles.sheet),
    "SQL and SQLite": Output(_schema, _silent, QUOTABLE),
    "CITATION.cff": Output(_file(f"{DIST}/CITATION.cff"), oracles.yaml_of(*_CITED), QUOTABLE, oracles.read_yaml),
    ".zenodo.json": Output(_file(f"{DIST}/.zenodo.json"), oracles.deposition, QUOTABLE),
    "check --watch": Output(lambda world: begun.watched(world.copy("wrong", "watched")), oracles.log, EVERY),
    "pick, page": Output(begun.pages, oracles.page, EVERY, oracles.read_page),
    "pick, record": Output(lambda world: begun.picked(world.right), oracles.yaml_of("events", "id", "name", *_HEADER), QUOTABLE, oracles.read_yaml),
    "new": Output(lambda world: iter(world.taken_in["printed"]), oracles.log),
    "new, curation file": Output(lambda world: iter(world.taken_in["curation"]), oracles.yaml_of(*_HEADER), QUOTABLE, oracles.read_yaml),
    "init": Output(lambda world: iter(world.started["printed"]), oracles.log),
    "init, settings": Output(lambda world: iter(world.started["pyproject.toml"]), oracles.toml_of(*_TEMPLATE), [mark(text) for text in CLEAN.values() if text.isprintable()], begun.title),
    "init, requirements": Output(lambda world: iter(world.started["requirements.txt"]), oracles.installed),
    "init, workflow": Output(lambda world: iter(world.started["check.yml"]), oracles.workflow),
    "settings": Output(lambda world: begun.refused(world.copy("small", "settings"), said), oracles.refusal),
    "archive": Output(_members, oracles.members),
    "pages": Output(_file(".factpack/site/**/*.html"), oracles.page, QUOTABLE, oracles.read_page),
    "feed": Output(_file(".factpack/site/*.atom"), oracles.feed, QUOTABLE),
}  # fmt: skip
