"""Which records nobody but their writer has read against their source."""

from __future__ import annotations

from factpack.dataset import Dataset
from factpack.records import records
from factpack.vocabulary import ReviewStatus


def unreviewed(dataset: Dataset) -> list[str]:
    """The ids of the records that are not reviewed, in every article that reports them."""
    # A record's own status unites what was typed; a part that says nothing is a draft all the same.
    return [
        record.id
        for record in records(dataset)
        if any(part.entry.values.review is not ReviewStatus.REVIEWED for part in record.parts)
    ]
