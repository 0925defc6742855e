"""Who held which post."""

from typing import Annotated

from factpack import Cue, Edtf, Ref

from .record import STATUS_CUES, Record
from .vocabularies import Realisation


class Tenure(Record, table="tenures", label="{person}: {post}"):
    """A person holds a post, as attested by an article (FtM Occupancy, Popolo Membership)."""

    realisation: Annotated[Realisation, Cue(STATUS_CUES, default=Realisation.REALISED)] = Realisation.REALISED
    """Attested offices are realised."""
    person: Annotated[str, Ref("actors")]
    """The person."""
    post: Annotated[str, Ref("posts")]
    """The post."""
    as_of: Edtf | None = None
    """Date at which the article attests it; empty where the article has no date."""
