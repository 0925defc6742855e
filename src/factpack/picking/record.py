"""A new record for words that were selected: its skeleton, its place in the curation file, and what the checks say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factpack.anchor import as_yaml
from factpack.article import Article
from factpack.checks import examine
from factpack.curating import Refused
from factpack.curating.appending import appended
from factpack.dataset import Dataset, load
from factpack.diagnostic import Diagnostic
from factpack.fact import MAX_ID, SLUG
from factpack.fields import fields_of
from factpack.mending.rewriting import rewrite
from factpack.text import Text
from factpack.tree import read


@dataclass(frozen=True, slots=True)
class Added:
    """A record that was written: in which line of the file it begins, and what the checks find in it."""

    line: int
    findings: tuple[Diagnostic, ...]


def tables(dataset: Dataset) -> list[str]:
    """The tables whose records stand in articles' files."""
    return [table for table in dataset.models.facts if table != "articles"]


def skeleton(dataset: Dataset, table: str, identity: str, quotes: Sequence[dict[str, str]]) -> tuple[str, ...]:
    """The lines of a record that has its id and quotes, and its required fields to be filled in; raises Refused."""
    if table not in tables(dataset):
        raise Refused(f"there is no table `{table}`")
    if len(identity) > MAX_ID or not SLUG.fullmatch(identity):
        raise Refused("an id is words of a-z and 0-9 joined by single hyphens, and begins with a letter")
    lines = [f"- id: {identity}"]
    for field in fields_of(dataset.models.facts[table]):
        if field.required:
            choices = ", ".join(member.value for member in field.choices) if field.choices else ""
            lines.append(f"  {field.name}:" + (f"  # one of: {choices}" if choices else ""))
    return (*lines, "  quotes:", *(f"    - {as_yaml(quote)}" for quote in quotes))


def add(dataset: Dataset, article: Article, table: str, identity: str, quotes: Sequence[dict[str, str]]) -> Added:
    """Write a new record at the end of its table in the article's file; raises Refused and Unreadable."""
    lines = skeleton(dataset, table, identity, quotes)
    if other := dataset.extracts.ids["records"].get(identity):
        raise Refused(f"the id `{identity}` is taken, in {other[0].file}")
    old = article.text.content
    (record,) = read(Text("", "\n".join(lines))).data
    new = appended(article.text, {table: [(record, lines)]})
    rewrite(dataset.config, article.path, old, new)
    after = read(Text(article.path, new))
    place = after.locate((table, len(after.data[table]) - 1))
    now = load(dataset.config.root, before=dataset)
    found = (d for d in examine(now).found if d.location.text.path == article.path)
    inside = tuple(d for d in found if place.start <= d.location.start <= place.end)
    return Added(place.begins[0], inside)
