"""What an editor shows over a place of a curation file: the words of the article behind it, or a rule's page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from factpack.article import Article
from factpack.checks import RULES
from factpack.dataset import Dataset
from factpack.diagnostic import Route
from factpack.ignores import ignores
from factpack.nodes import node_at
from factpack.reporters.glyphs import shown
from factpack.reporters.markdown import inert
from factpack.reporters.paint import painter
from factpack.show.page import Page
from factpack.text import Location, Text

WIDTH = 90
"""Columns of an article's line that are shown."""

Hover = tuple[Location, str]
"""The place it is about, and Markdown."""


def hover(dataset: Dataset, path: str, offset: int) -> Hover | None:
    """What there is to say at an offset of a curation file."""
    file = dataset.by_path.get(path)
    if file is None:
        return None
    for ignore in ignores(file):
        for rule, place in ignore.rules or ():
            if place.start <= offset <= place.end and rule in RULES:
                return place, page_of(rule)
    node = node_at(file.tree, offset, offset)
    if node is None or not isinstance(file, Article) or file.source is None:
        return None
    root = dataset.config.root
    said = _quote(file, file.source, node.route, root) or _value(file, file.source, node.route, root)
    return (file.tree.locate(said[0]), said[1]) if said else None


def page_of(rule: str) -> str:
    """A rule's manual page as Markdown."""
    check = RULES[rule]
    return f"**{rule}** ({check.SEVERITY})\n\n{(check.__doc__ or '').strip()}"


def _quote(article: Article, source: Text, route: Route, root: Path) -> tuple[Route, str] | None:
    """Where a quote stands, or how often it does."""
    for placed in article.quotes:
        own = (*placed.entry.route, "quotes", placed.index)
        if route[: len(own)] == own:
            spans = placed.match.spans
            if not spans:
                return own, "The article does not have these words."
            times = "" if len(spans) == 1 else f"These words occur {len(spans)} times.\n\n"
            return own, times + _drawn([source.at(*span) for span in spans], "", root)
    return None


def _value(article: Article, source: Text, route: Route, root: Path) -> tuple[Route, str] | None:
    """The words behind a value: those of the innermost that the route leads through."""
    for statement in article.statements:
        own = (*statement.entry.route, *statement.steps)
        if route[: len(own)] == own:
            support = statement.support
            if support.problem:
                return own, "Its quotes do not support this value."
            said = f"{support.basis}: {support.reason}" if support.reason else support.basis
            return own, _drawn([source.at(*span) for span in support.spans], said, root)
    return None


def _drawn(locations: Sequence[Location], said: str, root: Path) -> str:
    """Places of the article as `factpack show` draws them, then a way to get there."""
    if not locations:
        return inert(shown(said))
    lines = [line.rstrip() for line in Page(painter(False), WIDTH).words(locations, said)]
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
    return "\n".join([f"{fence}text", *lines, fence, "", *_links(locations[0], root)])


def _links(location: Location, root: Path) -> Iterator[str]:
    path, line = location.text.path, location.begins[0]
    uri = (root / path).as_uri()
    yield f"[Open the article at line {line}]({uri}#L{line})"
