"""The tables: articles, events and figures; people and countries are registers, which articles share."""

from typing import Annotated

from factpack import (
    Amount,
    ArticleFields,
    Comparator,
    Comparison,
    Cue,
    DocumentNumber,
    Edtf,
    Entity,
    External,
    Fact,
    Judged,
    Number,
    Ref,
    Unit,
    Vocabulary,
    Wording,
    Words,
)


class Status(Vocabulary):
    """Whether an event took place."""

    HELD = "held", "it took place"
    PLANNED = "planned", "it is to take place"


class Person(Entity, table="people"):
    """People named in the articles."""

    name: Annotated[Words, Judged("the full form of the printed names")]
    """Full name."""


class Country(Entity, table="countries", id_pattern="[A-Z]{3}"):
    """Countries named in the articles."""

    name: Annotated[Words, External("ISO 3166-1")]
    """Short name."""


class Article(Fact, ArticleFields, table="articles", label="{headline}"):
    """The articles."""

    headline: Words | None = None
    """Headline as printed."""


class Event(Fact, table="events", label="{name}"):
    """What happened."""

    names: tuple[Words, ...] = ()
    """The forms in which the article names the event."""
    name: Annotated[Words, Wording()]
    """Name, in the article's words."""
    date: Edtf | None = None
    """When."""
    place: Words | None = None
    """Where, as printed."""
    status: Annotated[
        Status, Cue({Status.PLANNED: ("planned", "will")}, default=Status.HELD, contradicted_by=(Status.PLANNED,))
    ] = Status.HELD
    """Whether it took place."""
    speakers: tuple[Annotated[str, Ref("people")], ...] = ()
    """Who spoke."""
    host: Annotated[str | None, Ref("people")] = None
    """Who invited."""
    country: Annotated[str | None, Ref("countries")] = None
    """Country."""
    document: Annotated[Words | None, DocumentNumber()] = None
    """Document adopted there."""


class Figure(Fact, table="figures", label="{measure}: {value}"):
    """Numbers."""

    event: Annotated[str, Ref("events"), Judged("the event of the same passage")]
    """What is counted belongs to this event."""
    measure: Annotated[Words, Wording()]
    """What is counted."""
    value: Annotated[Number | None, Amount(unit="unit")] = None
    """The number printed."""
    comparator: Annotated[Comparator, Comparison(value="value", unit="unit")]
    """How the words bound it."""
    unit: Annotated[Words, Unit(value="value")]
    """The noun counted."""
