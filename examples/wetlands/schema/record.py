"""What all facts of the dataset have in common."""

from typing import Annotated

from factpack import Cue, Fact, Judged

from .vocabularies import Status

PLANNED = (
    "planned", "plans to", "will", "promised", "is to be", "prévue", "sẽ", "Theo kế hoạch", "Theo dự kiến",
)  # fmt: skip
DONE = Cue(
    {Status.PLANNED: PLANNED, Status.NOT_DONE: ("was not built",)},
    default=Status.DONE,
    contradicted_by=(Status.PLANNED, Status.NOT_DONE),
)
"""Told as done, unless the quotes have a word that says otherwise; in English, Vietnamese and French."""

PASSAGE = Judged("the site, plan or survey that the same passage speaks of")


class Record(Fact):
    """What every fact of the dataset says of itself."""

    status: Annotated[Status, DONE] = Status.DONE
    """Whether it has come about or is planned."""
