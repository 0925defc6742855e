"""Markdown of a release as HTML: headings, lists, tables and links; HTML inside it stays text, and a picture a link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_SECTION = re.compile(r"^## (?P<name>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook taken apart: what it says in general, and what it says of each table, as HTML."""

    general: Markup
    tables: Mapping[str, Markup]


def html(markdown: str) -> Markup:
    """Markdown as HTML; links go to web pages or places on the same page only."""
    renderer = _renderer()
    tokens = renderer.parse(markdown)
    for token in tokens:
        if style := token.attrs.pop("style", None):
            # The pages' policy lets no style attribute through.
            token.attrSet("class", "num" if "right" in str(style) else "")
    return Markup(renderer.renderer.render(tokens, renderer.options, {}))


def section(markdown: str, name: str) -> str:
    """What stands under a heading of the second level, without it; nothing where there is none of that name."""
    parts = _SECTION.split(markdown)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(name, "")


def codebook(text: str) -> Codebook:
    """The codebook of a release, by table; a table's section begins with its name."""
    parts = _SECTION.split(text)
    sections = list(zip(parts[1::2], parts[2::2], strict=True))
    own = {name: html(_led(body, "")) for name, body in sections if _TABLE.fullmatch(name)}
    rest = "".join(f"## {name}\n{body}" for name, body in sections if name not in own)
    return Codebook(html(_led(parts[0] + rest, "tables/")), own)


_TABLE = re.compile(r"[a-z][a-z0-9_]*")


def _led(markdown: str, folder: str) -> str:
    """A link to a table's section leads to the table's page, which has that section."""
    return re.sub(r"\]\(#([a-z][a-z0-9_]*)\)", rf"]({folder}\1.html)", markdown)


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
