"""Outputs of somebody who thinks of nothing: every oracle must complain of them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from injection import oracles


def _workbook(payload: str) -> bytes:
    book, sink = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = payload
    book.save(sink)
    return sink.getvalue()


FORMULAS = ("formula", "DDE", "web service")
ELEMENTS = ("script", "end of a script", "end of a title", "end of a style", "frame", "hidden", "document type")  # fmt: skip
MARKUP = ("link", "emphasis", "heading", "quote", "fence on one line", "entity", "escapes", "pipe")
NAIVE: dict[str, tuple[Callable[[Any], Iterator[str]], Callable[[str], Any], tuple[str, ...]]] = {
    # oracle, how one writes who thinks of nothing, the payloads that it must not let pass
    "terminal": (oracles.terminal, str, ("escape", "C1", "carriage return", "bidi override", "zero width", "command after a separator", "delete")),
    "log": (oracles.log, str, ("workflow command", "old command", "of another runner", "yet another", "mask", "stop", "command after a line end", "blanks before", "escape")),
    "annotations": (oracles.annotations, "::error file=x,title=x::{}".format, ("encoded", "encoded line ends", "old group", "bell")),
    "properties": (oracles.annotations, "::error file={},title=y::x".format, ("property",)),
    "data": (oracles.data, '{{"x": "{}"}}'.format, ("end of an attribute", "C1", "old command", "JSON")),
    "page": (oracles.page, "<p>{}</p>".format, ("script", "image", "end of a title", "frame", "document type", "hidden")),
    "attribute": (oracles.page, '<a title="{}">x</a>'.format, ("end of an attribute",)),
    "address": (oracles.page, '<a href="{}">x</a>'.format, ("a URL of script", "a URL of data", "another of script", "a file's URL")),
    "data in a page": (oracles.page, '<script type="application/ld+json">"{}"</script>'.format, ("end of a script",)),
    "document": (oracles.document, "Words: {}".format, (*ELEMENTS, "link", "picture")),
    "what is read": (lambda text: oracles.unseen(oracles.read_markdown(text), (), [text]), str, MARKUP),
    "comment": (oracles.comment, "Words: {}".format, ("mention", "reference", "autolink", "mathematics", *ELEMENTS)),
    "sheet": (oracles.sheet, _workbook, FORMULAS),
    "rows": (oracles.rows, 'a,b\n"{}",x\n'.format, ("formula", "SQL", "Python")),
    "database": (oracles.database(["x"]), 'CREATE TABLE events (x);CREATE TABLE "x" ("{}" TEXT)'.format, ("SQL",)),
    "feed": (oracles.feed, "<feed><title>{}</title></feed>".format, ("script", "entity", "CDATA", "end of a title")),
    "front matter": (oracles.front_matter, "---\npretty_name: x\n{}\n---\n\n# x".format, ("front matter", "definition")),
    "yaml": (oracles.yaml_of("headline"), "headline: {}\n".format, ("YAML", "YAML tag", "pipe", "at", "backticks", "front matter", "tab")),
    "citation": (oracles.yaml_of("title"), 'title: "{}"\n'.format, ("end of an attribute", "Python", "SQL")),
    "toml": (oracles.toml_of("title"), 'title = "{}"\n'.format, ("SQL", "a drive", "Python", "escape")),
    "deposition": (oracles.deposition, lambda payload: json.dumps({"description": payload}), ("script", "image", "frame", "end of a title")),
    "requirements": (oracles.installed, "factpack @ https://example.org/{}\n".format, ("command after a line end", "rule", "escape")),
    "refusal": (oracles.refusal, "Checked 1 file. {}\n".format, ("escape", "bell")),
    "workflow": (oracles.workflow, "jobs:\n  check:\n    steps:\n      - uses: factpack/factpack@{}\n".format, ("YAML", "expression", "command after a line end")),
    "members": (oracles.members, lambda payload: [payload], ("upwards", "absolute", "a drive", "backslashes", "a home")),
}  # fmt: skip
