"""High-level visits."""

from typing import Annotated

from pydantic import computed_field

from factpack import Edtf, Judged, Ref

from .record import DONE, Record
from .vocabularies import Direction, Realisation

HOME = "VNM"


class Visit(Record, table="visits", label="{visitor_post} to {host_country}, {date}"):
    """High-level visits, one row per visitor and host country (COLT-like)."""

    realisation: Annotated[Realisation, DONE]
    """Whether the visit took place or is planned."""
    visitor: Annotated[str | None, Ref("actors")] = None
    """The person; empty where the article does not name one."""
    visitor_post: Annotated[str, Ref("posts")]
    """The post in which the visit is made."""
    origin_country: Annotated[str, Ref("countries"), Judged("the country of the visitor's post")]
    """The country that the visitor represents."""
    host_country: Annotated[str, Ref("countries")]
    """The country visited."""
    place: Annotated[str | None, Ref("places")] = None
    """Where in the host country, where the article names a place."""
    date: Edtf | None = None
    """When the visit took place or is to take place."""

    @computed_field
    @property
    def direction(self) -> Direction:
        """Incoming when the host is Viet Nam, outgoing when it is not."""
        return Direction.INCOMING if self.host_country == HOME else Direction.OUTGOING

    @computed_field
    @property
    def visit_year(self) -> int | None:
        """The year of the visit's date, where the date lies within one year."""
        days = self.date.days if self.date else (None, None)
        return days[0].year if days[0] and days[1] and days[0].year == days[1].year else None

    @computed_field
    @property
    def status(self) -> Realisation:
        """The record's realisation, repeated here so that planned visits are not counted as visits."""
        return self.realisation
