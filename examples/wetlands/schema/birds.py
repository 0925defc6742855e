"""Birds: surveys, what was seen, and rings that were read."""

from typing import Annotated

from factpack import Amount, Comparator, Comparison, Cue, Edtf, Judged, Number, Ref, Unit, Verbatim, Wording, Words

from .record import PASSAGE, Record
from .vocabularies import Condition, Counted


class Survey(Record, table="surveys", label="{name}, {date}"):
    """Counts that were arranged, and not sightings by chance."""

    name: Annotated[Words, Wording()]
    """Name, in the article's words."""
    site: Annotated[str, Ref("sites")]
    """Where."""
    date: Edtf | None = None
    """When."""
    leader: Annotated[str | None, Ref("people")] = None
    """Who led it, where told."""


class Sighting(Record, table="sightings", label="{species} at {site}, {date}"):
    """How many birds of a species were seen or heard, where, when and by whom."""

    species: Annotated[str, Ref("species")]
    """The species."""
    count: Annotated[Number | None, Amount(unit="unit")] = None
    """The number printed; the lower one of a range, empty where only a magnitude is printed."""
    comparator: Annotated[Comparator, Comparison(value="count", unit="unit")]
    """How the words bound it."""
    unit: Annotated[Words, Unit(value="count")]
    """The noun counted, as printed."""
    counted: Annotated[Counted, Judged("what the printed noun stands for")] = Counted.BIRD
    """What one of the number is."""
    site: Annotated[str, Ref("sites")]
    """Where."""
    date: Edtf | None = None
    """When."""
    observer: Annotated[str | None, Ref("people")] = None
    """Who counted, where told."""
    told_by: Annotated[str | None, Ref("people")] = None
    """Who tells the count, where it is not told who made it."""
    survey: Annotated[str | None, Ref("surveys"), PASSAGE] = None
    """The survey it belongs to."""


class Recovery(Record, table="recoveries", key="recovery_id", label="{ring}: {ringed_at} to {found_at}"):
    """Ringed birds that were found again."""

    ring: Annotated[Words, Verbatim()]
    """Number of the ring, as printed."""
    species: Annotated[str, Ref("species")]
    """The species."""
    ringed_at: Annotated[str, Ref("sites")]
    """Where it was ringed."""
    ringed: Edtf
    """When it was ringed."""
    found_at: Annotated[str, Ref("sites")]
    """Where it was found."""
    found: Edtf
    """When it was found."""
    condition: Annotated[
        Condition,
        Cue({Condition.DEAD: ("dead",)}, default=Condition.ALIVE, contradicted_by=(Condition.DEAD,)),
    ] = Condition.ALIVE
    """How it was found."""
    reader: Annotated[str | None, Ref("people")] = None
    """Who read the ring, where told."""
