"""Policy documents and what they demand."""

from typing import Annotated

from factpack import Cue, DocumentNumber, Edtf, Integer, Judged, Ref, Wording, Words

from .record import STATUS_CUES, Record
from .vocabularies import DocumentType, Realisation

TYPE_CUES = {
    DocumentType.RESOLUTION: ("resolution", "resolutions"),
    DocumentType.DIRECTIVE: ("directive", "directives"),
    DocumentType.CONCLUSION: ("conclusion",),
    DocumentType.GUIDELINES: ("policies", "guidelines", "guiding documents", "documents", "directions"),
}


class PolicyDocument(Record, table="policy_documents", key="document_id", label="{number}"):
    """Policy documents (ELI / Akoma Ntoso style)."""

    realisation: Annotated[Realisation, Judged("a document, not an event")] = Realisation.NOT_APPLICABLE
    """Documents are described, not reported."""
    names: tuple[Words, ...] = ()
    """The forms in which the article names the document."""
    document_type: Annotated[DocumentType, Cue(TYPE_CUES)]
    """Type of the document."""
    number: Annotated[Words | None, DocumentNumber()] = None
    """Number in normal form, such as 12-CT/TW."""
    issued: Edtf | None = None
    """Date of issue, only where stated."""
    issuer: Annotated[str | None, Ref("actors")] = None
    """Issuer, as stated."""
    subject: Annotated[Words | None, Wording()] = None
    """Subject, in the article's words."""
    horizon_year: Integer | None = None
    """The year until which the document plans."""


class PolicyDemand(Record, table="policy_demands", key="demand_id", label="{text}"):
    """What a policy document demands, as an article describes it."""

    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.NORMATIVE)] = Realisation.NORMATIVE
    """Demands are normative."""
    document: Annotated[str, Ref("policy_documents")]
    """The document."""
    text: Annotated[Words, Wording()]
    """The demand."""
