"""A weekday does not fit its date.

3 January 2024 was a Wednesday. Where the quote prints a weekday with its date, or the record's date is inferred from one,
both must agree; if they do not, a digit is wrong, in the record or in the source.

Fails:

    seeds/a.txt
        The ministers met on Thursday, January 3, 2024.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2024-01-03  # error: weekday-does-not-fit
            quotes: ["The ministers met on Thursday, January 3, 2024"]

Passes:

    seeds/a.txt
        The ministers met on Wednesday, January 3, 2024.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            date: 2024-01-03
            quotes: ["The ministers met on Wednesday, January 3, 2024"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.edtf import Edtf
from factpack.grounding import Span
from factpack.mention.language import language

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    for statement in article.statements:
        day = (
            statement.value.lower if isinstance(statement.value, Edtf) and statement.value.precision == "day" else None
        )
        if day is None or statement.support.problem:
            continue
        printed = [
            found
            for placed in article.quotes_of(statement.entry)
            if placed.span and any(_inside(span, placed.span) for span in statement.support.spans)
            for found in _weekdays(article, placed.span)
        ]
        if printed and all(number != day.weekday() for number, _ in printed):
            name = language(article.language).cldr["weekdays"][str(day.weekday())][0]
            related = tuple((article.source.at(*span), "the article says this") for _, span in printed[:2])
            yield Finding(statement.entry.at(*statement.steps), f"{day} is a {name}", "you wrote this", related)


def _weekdays(article: Article, span: Span) -> Iterator[tuple[int, Span]]:
    """The names of weekdays in a passage, Monday being 0."""
    passage = article.folded.original[slice(*span)]
    for number, names in language(article.language).cldr["weekdays"].items():
        for name in names:
            for match in re.finditer(rf"\b{re.escape(name)}\b", passage):
                yield int(number), (span[0] + match.start(), span[0] + match.end())


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]
