"""Which records nobody but their writer has read against their source."""

from __future__ import annotations

from collections.abc import Iterable

from factpack.article import Article
from factpack.vocabulary import ReviewStatus


def unreviewed(articles: Iterable[Article]) -> list[str]:
    """The ids of the records that are not reviewed, in every article that reports them; articles first."""
    about: dict[str, bool] = {}
    facts: dict[str, bool] = {}
    for article in articles:
        for entry in article.all_entries:
            found = about if entry is article.metadata else facts
            # A record's own status unites what was typed; a part that says nothing is a draft all the same.
            found[entry.id] = found.get(entry.id, False) or entry.values.review is not ReviewStatus.REVIEWED
    return [identity for found in (about, facts) for identity, is_missing in found.items() if is_missing]
