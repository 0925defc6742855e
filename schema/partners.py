"""Activities with partners, and agreements."""

from typing import Annotated

from factpack import Cue, Edtf, Flag, Judged, Ref, Wording, Words

from .record import DONE, Record
from .vocabularies import PartnerActivityType, Realisation


class PartnerActivity(Record, table="partner_activities", key="activity_id", label="{text}"):
    """Activities and relations with countries, groups and forums."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Whether the activity took place, goes on or is planned."""
    activity_type: Annotated[PartnerActivityType, Judged("by the definitions of the vocabulary")]
    """What kind of activity it is."""
    text: Annotated[Words, Wording()]
    """The activity."""
    period: Edtf | None = None
    """When it took place."""
    list_is_exhaustive: Annotated[
        Flag | None,
        Cue(
            {"false": ("such as", "including", "include", "especially", "like")},
            default="true",
            contradicted_by=("false",),
        ),
    ] = None
    """Whether the article lists all partners; false after "such as" or "including"."""


class Agreement(Record, table="agreements", label="{agreement_type} with {partner_country}"):
    """Cooperation agreements."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Whether the agreement was signed."""
    partner_country: Annotated[str, Ref("countries")]
    """The partner country."""
    agreement_type: Words
    """Type of agreement, as stated."""
    title: Words | None = None
    """Title, where stated."""
    signed: Edtf | None = None
    """Date of signing, where stated."""
