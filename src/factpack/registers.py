"""The registers that every dataset has: how articles depend on each other, and conflicts a curator settled."""

from __future__ import annotations

from typing import Annotated

from factpack.fact import Entity, Words
from factpack.grounding import Judged, Ref
from factpack.vocabulary import ArticleRelationType

_EDITOR = Judged("the curators' comparison of both articles")


class ArticleRelation(Entity, table="article_relations", label="{relation}"):
    """Relations between articles; corroboration counts independent articles only."""

    article: Annotated[str, Ref("articles"), _EDITOR]
    """The article."""
    related_article: Annotated[str, Ref("articles"), _EDITOR]
    """The article it depends on."""
    relation: Annotated[ArticleRelationType, _EDITOR]
    """What kind of dependence it is."""


class Conflict(Entity, table="conflicts", label="{record}.{field}"):
    """Values in which articles contradict each other, and which one the dataset prefers."""

    record: Annotated[str, Ref("records"), Judged("the record that both articles report")]
    """The record."""
    field: Annotated[Words, Judged("the field whose values differ")]
    """The field."""
    preferred: Annotated[Words, Judged("the curators' choice, explained in `why`")]
    """The value that is published."""
    why: Annotated[Words, Judged("the curators' reason")]
    """Why this one."""


BUILT_IN: tuple[type[Entity], ...] = (ArticleRelation, Conflict)
