"""The yearly cycle: tasks, achievements, lessons, programmes, and what is claimed about them."""

from typing import Annotated

from factpack import Cue, Edtf, Flag, Integer, Judged, Ref, Wording, Words

from .events import CONFERENCE
from .record import DONE, STATUS_CUES, STRONGER, Record
from .vocabularies import ClaimType, Modality, ProgrammeKind, Realisation, TaskKind

MODALITY_CUES = {
    Modality.ASKED: ("asked", "called on", "called for"),
    Modality.URGED: ("urged",),
    Modality.REQUESTED: ("requested",),
    Modality.SHOULD: ("should", "need for", "needs to"),
    Modality.IMPERSONAL: ("it is necessary", "necessary", "necessity", "crucial", "essential"),
}


class Task(Record, table="tasks", label="{text}"):
    """Tasks set at review conferences, one row per addressee group and action."""

    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.REQUESTED)] = Realisation.REQUESTED
    """Tasks are requested."""
    event: Annotated[str, Ref("events"), CONFERENCE]
    """The conference that set the task."""
    task_year: Annotated[Integer | None, Judged("the year that the conference sets tasks for")] = None
    """The year the task is for."""
    text: Annotated[Words, Wording()]
    """The task, in canonical wording."""
    task_kind: Annotated[TaskKind, Judged("action, or the purpose clause of an action")]
    """Action or goal."""
    modality: Annotated[Modality, Cue(MODALITY_CUES)]
    """In which words it is set."""
    is_continuing: Annotated[
        Flag, Cue({"true": ("continue", "continuing", "remain")}, default="false", contradicted_by=("true",))
    ]
    """Whether the addressee is to continue something."""


class Achievement(Record, table="achievements", label="{text}"):
    """Reported results."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Results are realised."""
    text: Annotated[Words, Wording()]
    """The result."""
    period: Edtf | None = None
    """When the result was achieved."""
    reported: Annotated[Edtf | None, Judged("the date of the conference or of the article that reports it")] = None
    """When it was reported."""
    reporting_event: Annotated[str | None, Ref("events"), CONFERENCE] = None
    """The conference where it was reported."""


class Lesson(Record, table="lessons", label="{text}"):
    """Lessons learned."""

    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.NORMATIVE)] = Realisation.NORMATIVE
    """Lessons are normative."""
    ordinal: Annotated[Integer, Judged("the number of the main lesson it belongs to, as the interview counts them")]
    """Which of the numbered lessons it is or belongs to."""
    text: Annotated[Words, Wording()]
    """The lesson."""
    is_main: Annotated[Flag, Judged("a numbered lesson as a whole, or an element of one")]
    """Whether it is a main lesson or an element of one."""
    period: Edtf | None = None
    """The experience that the lesson draws on."""


class Programme(Record, table="programmes", label="{text}"):
    """Planned work of an organisation for the rest of its term."""

    realisation: Annotated[
        Realisation,
        Cue(STATUS_CUES, default=Realisation.PLANNED, contradicted_by=(Realisation.EXPECTED,), yields=STRONGER),
    ] = Realisation.PLANNED
    """Programmes are planned, also where the text uses the present tense."""
    implementer: Annotated[str, Ref("actors")]
    """The organisation."""
    ordinal: Annotated[Integer, Judged("the numbered part of the answer it stands in")]
    """The part of the answer it stands in."""
    programme_kind: Annotated[ProgrammeKind, Judged("what is done, what for, or an issue named")]
    """Action, objective or issue."""
    text: Annotated[Words, Wording()]
    """The planned element."""
    document: Annotated[str | None, Ref("policy_documents")] = None
    """The document that it implements."""


class Claim(Record, table="claims", label="{text}"):
    """Statements on role, pillars, doctrine, context and outlook."""

    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.NOT_APPLICABLE)] = (
        Realisation.NOT_APPLICABLE
    )
    """Claims are not events, unless said otherwise."""
    claim_type: Annotated[ClaimType, Judged("by the definitions of the vocabulary")]
    """What the statement is about."""
    text: Annotated[Words, Wording()]
    """The statement."""
    period: Edtf | None = None
    """The time it is about."""
