"""Events, what they mark and whom they honour."""

from typing import Annotated

from factpack import Edtf, Integer, Judged, Ref, Wording, Words

from .record import DONE, Record
from .vocabularies import EventType, Realisation

CONFERENCE = Judged("the event that the article reports")


class Event(Record, table="events", label="{name}"):
    """Events (schema.org Event)."""

    realisation: Annotated[Realisation, DONE]
    """Whether the event took place, is planned or expected."""
    names: tuple[Words, ...] = ()
    """The forms in which the article names the event."""
    name: Annotated[Words, Wording()]
    """Name of the event, in the article's words."""
    event_type: Annotated[EventType, Judged("by the definitions of the vocabulary")]
    """What kind of event it is."""
    event_series: Annotated[str | None, Ref("event_series"), Judged("same organiser, purpose and yearly rhythm")] = None
    """The series it belongs to."""
    ordinal: Integer | None = None
    """Number of the edition."""
    date: Edtf | None = None
    """When it took place or is to take place."""
    place: Annotated[str | None, Ref("places")] = None
    """Where it took place."""
    country: Annotated[str | None, Ref("countries")] = None
    """Country where it took place."""
    review_year: Integer | None = None
    """The year that a conference reviews."""
    task_year: Integer | None = None
    """The year that a conference sets tasks for."""
    purpose: Annotated[Words | None, Wording()] = None
    """Its purpose, in the article's words."""


class Anniversary(Record, table="anniversaries", label="{years} years: {commemorates}"):
    """What a commemoration marks."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Whether the commemoration took place."""
    event: Annotated[str, Ref("events"), Judged("the commemoration that the same passage describes")]
    """The commemoration."""
    commemorates: Annotated[Words, Wording()]
    """What is commemorated."""
    years: Integer
    """Number of years since."""
    base_date: Edtf | None = None
    """Date of what is commemorated, only where stated."""


class Honour(Record, table="honours", label="{award_name|reason}"):
    """Honours conferred."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Whether the honour was conferred."""
    event: Annotated[str, Ref("events"), CONFERENCE]
    """Where it was conferred."""
    award_name: Words | None = None
    """Name of the award, where the article gives it."""
    honoured_year: Integer | None = None
    """Year of the merit."""
    reason: Annotated[Words | None, Wording()] = None
    """What is honoured."""
