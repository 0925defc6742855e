"""A new record for words that were selected: its skeleton, its place in the curation file, and what the checks say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from factpack.anchor import as_yaml
from factpack.article import Article
from factpack.checks import examine
from factpack.curating import Refused
from factpack.curating.blocks import Block, put
from factpack.dataset import Dataset, load
from factpack.diagnostic import Diagnostic
from factpack.fact import MAX_ID, SLUG
from factpack.fields import fields_of
from factpack.mending.rewriting import rewrite
from factpack.text import Text
from factpack.tree import read

_LONG = re.compile(r"[a-z0-9]{3,}")


@dataclass(frozen=True, slots=True)
class Added:
    """A record that was written: in which line of the file it begins, and what the checks find in it."""

    line: int
    findings: tuple[Diagnostic, ...]


def tables(dataset: Dataset) -> list[str]:
    """The tables whose records stand in articles' files."""
    return [table for table in dataset.models.facts if table != "articles"]


def suggested_id(dataset: Dataset, table: str, quotes: Sequence[dict[str, str]]) -> str:
    """An id like those of the table's other records, made of the first words of the quote, that is free."""
    known = dataset.extracts.ids.get(table, {})
    heads = Counter(identity.partition("-")[0] for identity in known)
    head = heads.most_common(1)[0][0] if heads else re.sub(r"s$", "", table).replace("_", "-")
    plain = unicodedata.normalize("NFKD", quotes[0]["exact"].lower().replace("đ", "d")).encode("ascii", "ignore")
    stem = "-".join([head, *_LONG.findall(plain.decode())[:4]])[: MAX_ID - 4].strip("-")
    taken = {*dataset.extracts.ids["records"], *known}
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


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
    if article.tree.faults:
        raise Refused(f"{article.path} cannot be read in full: mend it first")
    old = article.text.content
    new = put(article.text, table, Block(lines, apart=True))
    after = read(Text(article.path, new))
    (record,) = read(Text("", "\n".join(lines))).data
    before = article.tree.data or {}
    if after.faults or after.data != {**before, table: [*(before.get(table) or []), record]}:
        raise Refused(f"{article.path} would not read as it is to: `factpack fmt` it first")
    rewrite(dataset.config, article.path, old, new)
    route = (table, len(after.data[table]) - 1)
    place = after.locate(route)
    now = load(dataset.config.root, before=dataset)
    found = (d for d in examine(now).found if d.location.text.path == article.path)
    inside = tuple(d for d in found if place.start <= d.location.start <= place.end)
    return Added(place.begins[0], inside)
