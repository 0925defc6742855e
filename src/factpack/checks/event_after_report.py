"""Something is said to have happened after the article was published.

An article cannot report what has not happened yet. Either the date is wrong, or the status: what is announced is
planned. Dates are compared with the article's `published`, to the precision of both.

Fails:

    seeds/a.txt
        3 March 2023. The ministers met on 12 April 2023.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          published: 2023-03-03
          quotes: [3 March 2023]
        events:
          - id: evt-meeting
            name: ministers met
            date: 2023-04-12  # error: event-after-report
            quotes: [The ministers met on 12 April 2023]

Passes:

    seeds/a.txt
        3 March 2023. The ministers will meet on 12 April 2023.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          published: 2023-03-03
          quotes: [3 March 2023]
        events:
          - id: evt-meeting
            name: ministers meet
            date: 2023-04-12
            status: planned
            quotes: [The ministers will meet on 12 April 2023]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.edtf import Edtf
from factpack.fields import fields_of
from factpack.grounding import Cue

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    published = article.published
    source = article.source
    if published is None or published.upper is None or source is None:
        return
    for entry in article.entries:
        defaults, dates = _defaults_and_dates(entry.model)
        happened = any(getattr(entry.values, name, None) == default for name, default in defaults)
        for name in dates if happened else ():
            date = getattr(entry.values, name, None)
            if isinstance(date, Edtf) and date.lower and date.lower > published.upper:
                message = f"`{name}: {date}` lies after {published}, when the article reported it"
                related = tuple((source.at(*span), "published") for span in article.published_spans[:1])
                yield Finding(entry.at(name), message, "still to come then", related)


@cache
def _defaults_and_dates(model: type[BaseModel]) -> tuple[list[tuple[str, Any]], list[str]]:
    """The fields whose default says that it took place, each with that default; and the fields that hold dates."""
    fields = fields_of(model)
    cues = [(f.name, f.grounding) for f in fields if isinstance(f.grounding, Cue)]
    defaults = [(name, cue.default) for name, cue in cues if cue.contradicted_by]
    return defaults, [field.name for field in fields if field.kind == "date"]
