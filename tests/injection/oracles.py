"""Whether an output obeys what it quotes: each oracle reads it as whoever it is for would, and complains."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tomllib
from collections.abc import Callable, Collection, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import yaml
from hostile.judge import ACTING
from injection.payloads import MARK
from markdown_it import MarkdownIt

from factpack.reporters.glyphs import shown

Oracle = Callable[[str], Iterator[str]]

_OLD_COMMAND = re.compile(r"##\w*\[")
_PROPERTIES = {"title", "file", "line", "endLine", "col", "endColumn"}


def terminal(text: str) -> Iterator[str]:
    """Nothing moves a cursor, hides or reorders words."""
    for found in ACTING.finditer(text):
        yield f"U+{ord(found[0]):04X} at {_around(text, found.start())}"


def log(text: str) -> Iterator[str]:
    """A terminal, and no line that a build runner would take for a command."""
    yield from terminal(text)
    for line in text.split("\n"):
        # https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
        if line.strip().startswith("::") and "::" in line.strip()[2:]:
            yield f"a workflow command: {line[:80]!r}"
        if found := _OLD_COMMAND.search(line):
            yield f"a command: {_around(line, found.start())}"


def annotations(text: str) -> Iterator[str]:
    """A log in which the tool's own commands, and no others, are found, and stay inert when they are decoded."""
    rest = []
    for line in text.split("\n"):
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if found is None:
            rest.append(line)
            continue
        pairs = dict(pair.partition("=")[::2] for pair in found[2].split(","))
        if pairs.keys() - _PROPERTIES or len(pairs) < found[2].count(",") + 1:
            yield f"properties {found[2]}"
        for value in (*pairs.values(), found[3]):
            yield from log(_decoded(value))
    yield from log("\n".join(rest))


def _decoded(value: str) -> str:
    for code, letter in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        value = value.replace(code, letter)
    return value


def data(text: str) -> Iterator[str]:
    """JSON, or JSON Lines, that may be printed in a log."""
    yield from log(text)
    try:
        json.loads(text)
    except ValueError:
        try:
            [json.loads(line) for line in text.splitlines()]
        except ValueError as error:
            yield f"no JSON: {error}"


class _Page(HTMLParser):
    """The elements, attributes, texts and scripts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self.tags: set[str] = set()
        self.prose, self.shown = "", ""
        self._open: list[str] = []
        self._script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open.append(tag)
        self._script = dict(attrs).get("type") or "" if tag == "script" else ""
        for name, value in attrs:
            text = value or ""
            if name.startswith("on") or (name in ("srcdoc", "style", "http-equiv") and MARK.search(text)):
                self.complaints.append(f"<{tag} {name}={text[:60]!r}>")
            if name in ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping"):
                scheme = urlsplit(re.sub(r"[\x00-\x20]", "", text)).scheme.lower()
                if scheme not in ("", "http", "https", "mailto") or re.sub(r"\s", "", text).startswith(("//", "\\")):
                    self.complaints.append(f"<{tag} {name}={text[:60]!r}>")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.shown += data
        if "script" in self._open[-1:] or "style" in self._open[-1:]:
            if MARK.search(data) and ("<" in data or self._script not in ("application/ld+json", "text/plain")):
                self.complaints.append(f"in a script: {data[:80]!r}")
        elif not {"code", "pre"}.intersection(self._open):
            self.prose += data + "\n"

    def handle_comment(self, data: str) -> None:
        if MARK.search(data):
            self.complaints.append(f"a comment: {data[:60]!r}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.complaints.append(f"a declaration: {decl[:60]!r}")

    unknown_decl = handle_decl

    def handle_pi(self, data: str) -> None:
        self.complaints.append(f"an instruction: {data[:60]!r}")


_PAGE_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "noscript",
        "body",
        "a",
        "header",
        "nav",
        "ul",
        "ol",
        "li",
        "main",
        "footer",
        "p",
        "div",
        "section",
        "article",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "code",
        "pre",
        "b",
        "i",
        "em",
        "strong",
        "q",
        "blockquote",
        "small",
        "span",
        "mark",
        "sup",
        "sub",
        "dl",
        "dt",
        "dd",
        "bdi",
        "br",
        "hr",
        "form",
        "label",
        "input",
        "textarea",
        "button",
        "select",
        "option",
        "svg",
        "g",
        "defs",
        "pattern",
        "text",
        "rect",
        "line",
        "circle",
        "path",
        "link",
        "del",
        "ins",
    ]
)
_MARKDOWN_TAGS = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "pre",
        "strong",
        "em",
        "br",
        "hr",
        "a",
    ]
)


def page(text: str) -> Iterator[str]:
    """HTML in which what is quoted is text or an attribute's value, addresses go to the web, and nothing runs."""
    found = _Page(text)
    yield from found.complaints
    if extra := found.tags - _PAGE_TAGS:
        yield f"elements {sorted(extra)}"


def _rendered(text: str) -> Iterator[tuple[_Page, str]]:
    html = MarkdownIt("gfm-like", {"html": True}).render(text)
    yield _Page(html), html


def document(text: str) -> Iterator[str]:
    """Markdown in a file: what is quoted makes no element, link or picture."""
    for found, html in _rendered(text):
        yield from found.complaints
        if extra := found.tags - _MARKDOWN_TAGS:
            yield f"elements {sorted(extra)}"
        for tag, words in re.findall(r"(<[a-zA-Z][^>]*>)([^<]*)", html):
            # A link that shows where it leads is what forges make of any address.
            link = re.fullmatch(r'<a href="(?:http://|mailto:)?(.*)">', tag)
            if MARK.search(unquote(tag)) and not (link and link[1] == words):
                yield f"an element with it: {tag[:100]}"


def comment(text: str) -> Iterator[str]:
    """Markdown of a comment: as in a file, and nobody is mentioned, nothing referred to or linked."""
    yield from terminal(text)
    yield from document(text)
    for found, _ in _rendered(text):
        for line in found.prose.split("\n"):
            if hit := re.search(r"(?<!\w)@\w|#\d|\bGH-\d|://|www\.|\$", line):
                yield f"outside of code: {_around(line, hit.start())}"


def sheet(content: bytes) -> Iterator[str]:
    """A workbook whose cells hold values alone, with no part that leads elsewhere."""
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if re.search(r"externalLink|connections|vbaProject|oleObject|embeddings|drawing|comments", name):
                yield f"a part {name}"
            text = parts.read(name)
            try:
                ElementTree.fromstring(text)
            except ElementTree.ParseError as error:
                yield f"{name} is no XML: {error}"
            if b"<f>" in text or b'TargetMode="External"' in text or b"<hyperlink" in text or b"<!" in text:
                yield f"{name} has a formula, a link or a document type"
    for one in openpyxl.load_workbook(io.BytesIO(content)):
        for cell in (cell for row in one.iter_rows() for cell in row):
            if cell.data_type == "f" or cell.hyperlink or (isinstance(cell.value, str) and cell.data_type != "s"):
                yield f"cell {cell.coordinate} of {one.title} is {cell.data_type}: {str(cell.value)[:60]!r}"


def rows(text: str) -> Iterator[str]:
    """CSV in which a value stays within its cell."""
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if wrong := [number for number, row in enumerate(found) if len(row) != len(found[0])]:
        yield f"rows {wrong[:5]} have another number of cells"


def database(tables: Collection[str]) -> Oracle:
    """SQL that makes these tables and views, and does nothing else."""

    def judge(text: str) -> Iterator[str]:
        place = sqlite3.connect(":memory:")
        try:
            place.executescript(text)
        except sqlite3.Error as error:
            yield f"does not run: {error}"
        made = {name for (name,) in place.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        if made != set(tables):
            yield f"makes {sorted(made ^ set(tables))}"

    return judge


def feed(text: str) -> Iterator[str]:
    """An Atom feed: XML of its own elements, with addresses of the web; its HTML is a page's."""
    try:
        tree = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield f"no XML: {error}"
        return
    if "<!" in text:
        yield "a declaration"
    for one in tree.iter():
        name = one.tag.rpartition("}")[2]
        if name not in ("feed", "id", "title", "updated", "author", "name", "link", "entry", "content"):
            yield f"an element {name}"
        if urlsplit(one.get("href", "")).scheme not in ("", "http", "https"):
            yield f"an address {one.get('href')!r}"
        if name == "content":
            yield from page(one.text or "")


def front_matter(text: str) -> Iterator[str]:
    """A Markdown file that begins with YAML of known keys, and goes on with its title."""
    head, _, rest = text.removeprefix("---\n").partition("\n---\n")
    known = {"pretty_name", "license", "tags", "configs"}
    if (extra := yaml.safe_load(head).keys() - known) or not rest.startswith("\n# "):
        yield f"keys {sorted(extra)}, then {rest[:40]!r}"
    yield from document(rest)


def yaml_of(*known: str) -> Oracle:
    """YAML with these keys alone, whose values are texts: no tag, anchor or alias, so that every reader reads the same."""

    def judge(text: str) -> Iterator[str]:
        try:
            events = list(yaml.parse(text))
            keys = set(keys_of(yaml.load(text, yaml.BaseLoader)))
        except yaml.YAMLError as error:
            yield f"no YAML: {error}"
            return
        yield from (f"{event}" for event in events if isinstance(event, yaml.AliasEvent))
        yield from (f"{event}" for event in events if getattr(event, "tag", None) or getattr(event, "anchor", None))
        if extra := keys - set(known):
            yield f"keys {sorted(extra)}"

    return judge


def keys_of(content: Any) -> Iterator[str]:
    """The keys of all mappings."""
    within = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    yield from content if isinstance(content, dict) else ()
    for value in within:
        yield from keys_of(value)


def toml_of(*known: str) -> Oracle:
    """TOML with these keys alone."""

    def judge(text: str) -> Iterator[str]:
        try:
            keys = set(keys_of(tomllib.loads(text)))
        except tomllib.TOMLDecodeError as error:
            yield f"no TOML: {error}"
            return
        if extra := keys - set(known):
            yield f"keys {sorted(extra)}"

    return judge


def workflow(text: str) -> Iterator[str]:
    """A workflow of one job, whose steps are actions by their names alone."""
    jobs = yaml.safe_load(text)["jobs"]
    for step in jobs["check"]["steps"]:
        if not re.fullmatch(r"[\w.-]+/[\w.-]+@[\w./-]+", step["uses"]) or step.keys() - {"uses", "with"}:
            yield f"a step {step}"
    if len(jobs) > 1:
        yield f"jobs {sorted(jobs)}"


def deposition(text: str) -> Iterator[str]:
    """Zenodo's JSON, of which description and notes are read as HTML: without any element."""
    for key, value in json.loads(text).items():
        if key in ("description", "notes") and (tags := _Page(value).tags):
            yield f"elements {sorted(tags)} in {key}"


def installed(text: str) -> Iterator[str]:
    """What pip is told to install: factpack, in one line, and no option."""
    yield from terminal(text)
    if not re.fullmatch(r"factpack[ =][^\n]*\n", text):
        yield f"something else than factpack: {text[:80]!r}"


def refusal(text: str) -> Iterator[str]:
    """An error that names the file of the settings, and nothing else."""
    yield from log(text)
    if not re.fullmatch(r"factpack: .*pyproject\.toml:\d+:\d+: .*\n", text):
        yield f"no refusal: {text[:200]!r}"


def members(names: Collection[str]) -> Iterator[str]:
    """An archive's entries: relative paths that every system takes for the same."""
    for name in names:
        if name.startswith(("/", "~")) or ".." in name.split("/") or re.search(r'[\\:*?"<>|\x00-\x1f]', name):
            yield f"an entry {name!r}"
    if len(set(names)) != len(names):
        yield "an entry twice"


def read_page(text: str) -> str:
    """What somebody reads in HTML."""
    return _Page(text).shown


def read_markdown(text: str) -> str:
    """What somebody reads in Markdown."""
    return "\n".join(found.shown for found, _ in _rendered(text))


def read_yaml(text: str) -> str:
    """The texts in YAML."""
    return "\n".join(event.value for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent))


def unseen(text: str, marks: Collection[str], literally: Collection[str] = ()) -> Iterator[str]:
    """Payloads of which the output does not show their mark, or not what was written, so that it proves nothing."""
    if lost := sorted(set(marks) - set(MARK.findall(text))):
        yield f"does not show {', '.join(lost)}"
    words = " ".join(text.split())
    for one in literally:
        plain = " ".join(one.split())
        if not any(" ".join(form.split()) in words for form in (plain, shown(plain), shown(one), shown(one.strip()))):
            yield f"shows something else than {plain!a}"


def _around(text: str, at: int) -> str:
    return ascii(text[max(at - 30, 0) : at + 30])
