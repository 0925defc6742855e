"""Records: the entries of several articles under one id, merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from factpack.article import Article, Statement
from factpack.config import ConfigurationError
from factpack.dataset import Dataset, EntryExtract
from factpack.declaration import place_of
from factpack.edtf import Edtf
from factpack.entry import Entry
from factpack.fact import Fact
from factpack.fields import DerivedField, fields_of
from factpack.kinds import misfit
from factpack.merge import merge, preferences, preferred
from factpack.vocabulary import ArticleRelationType, EvidenceRelation

DEPENDENT = (ArticleRelationType.LIKELY_REWRITE_OF, ArticleRelationType.SHARES_SOURCE_TEXT)
"""Articles related so do not corroborate each other."""


@dataclass(frozen=True, eq=False)
class Part:
    """What one article contributes to a record."""

    article: Article
    entry: Entry

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The values of the entry with what supports them."""
        return tuple(s for s in self.article.statements_of(self.entry))


@dataclass(frozen=True, eq=False)
class Record:
    """A fact as it is published: its merged values, and the parts they come from."""

    id: str
    table: str
    model: type[Fact]
    values: Mapping[str, Any]
    parts: tuple[Part, ...]

    @cached_property
    def fact(self) -> Fact:
        """The merged values as an instance of the model, to compute derived fields with."""
        return self.model.model_construct(**{**self.values, "id": self.id})

    def computed(self, field: DerivedField) -> Any:
        """The value of a computed field; raises ConfigurationError where the model fails at it."""
        try:
            value = getattr(self.fact, field.name)
            wrong = misfit(field, value)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            place = f"{place_of(self.model)}: {self.model.__name__}.{field.name}"
            raise ConfigurationError(f"{place} fails for the record `{self.id}`: {wrong}")
        return value

    @property
    def articles(self) -> list[str]:
        """The articles that report it: with a quote that supports it, not only gives context."""
        return [
            part.article.article_id
            for part in self.parts
            if any(
                placed.quote.relation in (EvidenceRelation.SUPPORTS, EvidenceRelation.PARTIALLY_SUPPORTS)
                for placed in part.article.quotes_of(part.entry)
            )
        ]


def records(dataset: Dataset) -> list[Record]:
    """All records of a dataset, articles first, otherwise in the order of their first appearance."""
    choices = preferences(replace(dataset, articles=()).extracts)  # articles declare none
    return [merged(identity, found, choices) for identity, found in parts_of(dataset.articles).items()]


def parts_of(articles: Iterable[Article]) -> dict[str, list[Part]]:
    """Id -> what each of some articles contributes to that record."""
    articles = list(articles)
    parts: dict[str, list[Part]] = {}
    for article in articles:
        if article.metadata:
            parts.setdefault(article.article_id, []).append(Part(article, article.metadata))
    for article in articles:
        for entry in article.entries:
            parts.setdefault(entry.id, []).append(Part(article, entry))
    return parts


def merged(identity: str, parts: Sequence[Part], choices: Mapping[tuple[str, str], str]) -> Record:
    """A record from its parts; `choices` are the values that declared conflicts prefer."""
    first = parts[0].entry
    model = first.model
    assert issubclass(model, Fact)
    values: dict[str, Any] = {}
    for field in [*(f.name for f in fields_of(model)), "judged", "source", "sha256"]:
        typed = [getattr(part.entry.values, field) for part in parts if field in part.entry.typed]
        given = [value for value in typed if value is not None]
        if given:
            chosen = preferred(given, choices.get((identity, field)))
            values[field] = chosen if chosen is not None else merge(field, given)
        elif field in model.model_fields and not model.model_fields[field].is_required():
            values[field] = model.model_fields[field].get_default(call_default_factory=True)
    return Record(identity, first.table, model, values, tuple(parts))


def named(identity: str, parts: Sequence[EntryExtract], choices: Mapping[tuple[str, str], str]) -> str:
    """What a record is called, of which only extracts are at hand: its name as `merged` has it, or its id."""
    known = [part for part in parts if part.values.get("name") is not None]
    given = [part.values["name"] for part in known if "name" in part.typed]
    if not given:
        return str(known[0].values["name"]) if known else identity
    chosen = preferred(given, choices.get((identity, "name")))
    return str(chosen if chosen is not None else merge("name", given))


def independent(articles: Iterable[str], dataset: Dataset) -> int:
    """How many articles are left when those that depend on each other count as one."""
    leader: dict[str, str] = {}

    def find(article: str) -> str:
        while leader.get(article, article) != article:
            article = leader[article]
        return article

    for register in dataset.registers:
        if register.table == "article_relations":
            for entry in register.entries:
                if entry.values.relation in DEPENDENT:
                    leader[find(entry.values.article)] = find(entry.values.related_article)
    return len({find(article) for article in articles})


def label(record: Record, titles: Mapping[tuple[str, str], str]) -> str:
    """One line that says what a record is: its model's template, with references by their name.

    Of `{one|other}` the first that has a value is taken. Where the template stays empty, the first printed
    name, else the id.
    """
    targets = {field.name: field.target for field in fields_of(record.model)}

    def fill(match: re.Match[str]) -> str:
        name = next((name for name in match[1].split("|") if record.values.get(name) is not None), "")
        value = record.values.get(name)
        if target := targets.get(name):
            return titles.get((target, str(value)), str(value))
        return _shown(value)

    text = re.sub(r"\{([\w|]+)\}", fill, record.model.label)
    text = re.sub(r"[\s,:]+$", "", " ".join(text.split())) or next(iter(record.values.get("names") or ()), record.id)
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value.text if isinstance(value, Edtf) else str(value)
