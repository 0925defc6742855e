"""What all facts of the dataset have in common."""

from typing import Annotated

from factpack import Cue, Fact, Item, Judged, Quote, Ref

from .vocabularies import Attribution, CountryRole, InvolvementRole, Realisation, RecordLinkRelation, Salience

PLANNED = ("planned", "plans to", "plan to", "upcoming", "will", "scheduled", "in the coming time")
EXPECTED = ("is expected to", "expected")
FORECAST = ("forecast",)
NOT_YET = (Realisation.PLANNED, Realisation.EXPECTED, Realisation.FORECAST)
STATUS_CUES = {
    Realisation.PLANNED: PLANNED,
    Realisation.EXPECTED: EXPECTED,
    Realisation.FORECAST: FORECAST,
    Realisation.REQUESTED: (
        "asked",
        "urged",
        "called",
        "requested",
        "should",
        "stressed",
        "emphasized",
        "necessary",
    ),
    Realisation.NORMATIVE: (
        "necessary",
        "essential",
        "crucial",
        "important",
        "needs to",
        "need to",
        "should",
    ),
    Realisation.ONGOING: (
        "continue", "continued", "continues", "have been", "has been", "remains", "still", "enduring",
    ),
}  # fmt: skip
STRONGER = {Realisation.PLANNED: (Realisation.EXPECTED,)}
DONE = Cue(STATUS_CUES, default=Realisation.REALISED, contradicted_by=NOT_YET, yields=STRONGER)
"""Reported as done, unless the quotes have a word that says otherwise."""


class Evidence(Quote):
    """A quote of the dataset: who asserts it."""

    attribution: Annotated[Attribution | None, Judged("the curator's reading of who speaks")] = None
    """Who asserts the words; the article's default where left out."""
    attributed_to: Annotated[str | None, Ref("actors"), Judged("the curator's reading of who speaks")] = None
    """The person or body that asserts them, where the article names one."""


class RecordCountry(Item, table="record_countries"):
    """Which countries, or groups of countries, a record concerns, and in which role."""

    country: Annotated[str | None, Ref("countries")] = None
    """The country."""
    country_group: Annotated[str | None, Ref("country_groups")] = None
    """The group of countries, where the article names a group and not its members."""
    role: Annotated[CountryRole, Judged("the curator's reading of the sentence")]
    """The role of the country in the record."""


class Involvement(Item, table="involvements"):
    """Which persons and bodies take part in a record, and how."""

    actor: Annotated[str, Ref("actors")]
    """The person or body."""
    role: Annotated[InvolvementRole, Judged("the curator's reading of the sentence")]
    """How the actor takes part."""


class RecordLink(Item, table="record_links", parent="from_record_id"):
    """Typed links between records: the stages of the yearly cycle and parts of a whole."""

    to_record: Annotated[str, Ref("records"), Judged("the curator's comparison of both records")]
    """The record that is linked to."""
    relation: Annotated[RecordLinkRelation, Judged("the curator's comparison of both records")]
    """What kind of link it is."""


class Record(Fact):
    """What every fact of the dataset says of itself."""

    quotes: tuple[Evidence, ...]
    """The words of the article that state this fact."""
    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.REALISED)]
    """Whether it is reported as done, planned, asked for or predicted."""
    salience: Annotated[Salience, Judged("core: one of the article's main points; detail: the rest")] = Salience.DETAIL
    """Whether the fact is one of the article's main points."""
    themes: tuple[
        Annotated[str, Ref("themes"), Judged("the curator's reading by the definitions of the themes")], ...
    ] = ()
    """What the fact is about."""
    countries: tuple[RecordCountry, ...] = ()
    """The countries it concerns."""
    involved: tuple[Involvement, ...] = ()
    """The persons and bodies that take part in it."""
    links: tuple[RecordLink, ...] = ()
    """Other records it is linked to."""
