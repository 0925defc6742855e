"""The years do not add up.

Where a quote has an anniversary ("50th anniversary", "50e anniversaire", "kỷ niệm 50 năm") and two dates, from the one to
the other must be so many years; if they are not, a digit is wrong, in the record or in the source.

Fails:

    seeds/a.txt
        They marked the 50th anniversary of the treaty (January 27, 1974 - January 27, 2023).
    curation/a.yaml
        events:
          - id: evt-anniversary
            name: 50th anniversary of the treaty
            quotes:
              - 50th anniversary of the treaty (January 27, 1974 - January 27, 2023)  # error: ordinal-or-anniversary-arithmetic

Passes:

    seeds/a.txt
        They marked the 50th anniversary of the treaty (January 27, 1973 - January 27, 2023).
    curation/a.yaml
        events:
          - id: evt-anniversary
            name: 50th anniversary of the treaty
            quotes:
              - 50th anniversary of the treaty (January 27, 1973 - January 27, 2023)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.mention import Mention

SEVERITY = Severity.ERROR
_NOUN = re.compile("anniversa(?:ry|ire)")
_IN_YEARS = re.compile(r"P(\d+)Y")
_VERB = re.compile(r"kỷ niệm\s+$", re.IGNORECASE)


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    anniversaries = [(m, years) for m in article.mentions if (years := _years(m, article.content))]
    for placed in article.quotes if anniversaries else ():
        if placed.span is None:
            continue
        start, end = placed.span
        counted = [(m, years) for m, years in anniversaries if start <= m.start and m.end <= end]
        if len(counted) != 1:
            continue
        inside = article.mentions_in([placed.span])
        periods = [m for m in inside if m.kind == "date" and m.precision == "interval" and m.basis == "stated"]
        if len(periods) != 1:
            continue
        first, last = (part[:4] for part in periods[0].value.split("/"))
        if first.isdigit() and last.isdigit() and int(last) - int(first) != counted[0][1]:
            message = f"from {first} to {last} are {int(last) - int(first)} years, not {counted[0][1]}"
            related = (
                (article.source.at(counted[0][0].start, counted[0][0].end), "the anniversary"),
                (article.source.at(periods[0].start, periods[0].end), "the dates"),
            )
            yield Finding(placed.at, message, "you wrote this", related)


def _years(mention: Mention, content: str) -> int:
    """The years that an anniversary counts; 0 for what is none."""
    if mention.kind == "ordinal" and _NOUN.match(mention.unit):
        return int(mention.value)
    spent = _IN_YEARS.fullmatch(mention.value) if mention.kind == "duration" else None
    return int(spent[1]) if spent and _VERB.search(content, mention.start - 12, mention.start) else 0
