"""Sites: works, grants, measurements and what else was observed."""

from typing import Annotated

from factpack import Amount, Comparator, Comparison, Cue, Edtf, Integer, Judged, Number, Ref, Unit, Wording, Words

from .record import PASSAGE, Record
from .vocabularies import Kind, Stage


class Work(Record, table="works", label="{work}, {date}"):
    """Building, planting and repair, planned and done: a plan and what came of it are two rows."""

    work: Annotated[Words, Wording()]
    """What is done, in the article's words."""
    site: Annotated[str, Ref("sites")]
    """Where."""
    date: Edtf | None = None
    """When it was done, or is to be done."""
    carries_out: Annotated[str | None, Ref("works"), PASSAGE] = None
    """The plan that this is the outcome of, or that this plan takes the place of."""


class Grant(Record, table="grants", label="{donor}: {amount} {currency}"):
    """Money that others give to the network; a promise and its payment are two rows."""

    donor: Annotated[str, Ref("bodies")]
    """Who gives."""
    recipient: Annotated[str, Ref("bodies")]
    """Who receives."""
    amount: Annotated[Number, Amount(unit="currency")]
    """The sum printed."""
    comparator: Annotated[Comparator, Comparison(value="amount", unit="currency")]
    """How the words bound it."""
    currency: Annotated[Words, Unit(value="amount")]
    """ISO 4217 code."""
    stage: Annotated[
        Stage,
        Cue(
            {
                Stage.PROMISED: ("promised",),
                Stage.AWARDED: ("granted", "accordé", "tài trợ"),
                Stage.PAID: ("paid", "gave"),
            }
        ),
    ]
    """How far it has come."""
    date: Edtf | None = None
    """When it was given, or is to be given, where told."""
    site: Annotated[str | None, Ref("sites")] = None
    """The site it is for, where told."""
    work: Annotated[str | None, Ref("works"), PASSAGE] = None
    """The work it is for."""
    follows: Annotated[str | None, Ref("grants"), Judged("same donor, sum and purpose")] = None
    """The promise or award that this pays."""


class Measurement(Record, table="measurements", label="{measure}: {value} {unit}"):
    """Levels, shares, areas and numbers of things that are no birds."""

    measure: Annotated[Words, Wording()]
    """What is measured."""
    value: Annotated[Number, Amount(unit="unit")]
    """The number printed."""
    comparator: Annotated[Comparator, Comparison(value="value", unit="unit")]
    """How the words bound it."""
    unit: Annotated[Words, Unit(value="value")]
    """Unit, or the noun counted, as printed."""
    site: Annotated[str | None, Ref("sites")] = None
    """Where, where told."""
    date: Edtf | None = None
    """When, or the period that it covers."""


class Anniversary(Record, table="anniversaries", label="{years} years: {marks}"):
    """Years that were marked."""

    marks: Annotated[Words, Wording()]
    """What is marked."""
    site: Annotated[str, Ref("sites")]
    """Where."""
    years: Integer
    """How many years."""
    base_date: Edtf | None = None
    """When that was which is marked."""


class Observation(Record, table="observations", label="{text}"):
    """What else the articles tell: threats, management, methods."""

    text: Annotated[Words, Wording()]
    """What is told, in the article's words."""
    kind: Annotated[Kind, Judged("by the definitions of the vocabulary")]
    """What it is about."""
    site: Annotated[str | None, Ref("sites"), PASSAGE] = None
    """Where."""
    date: Edtf | None = None
    """When, where told."""
    person: Annotated[str | None, Ref("people")] = None
    """Who saw, did or said it, where told."""
