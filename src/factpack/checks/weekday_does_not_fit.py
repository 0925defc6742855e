"""A weekday does not fit its date.

3 January 2024 was a Wednesday. Where the quote prints a weekday right beside its date, or the record's date is inferred
from one, both must agree; if they do not, a digit is wrong, in the record or in the source.

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
from collections.abc import Iterator, Sequence
from functools import lru_cache

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.edtf import Edtf
from factpack.grounding import Span
from factpack.mention.language import language

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    named = [pattern for pattern in _patterns(article.language) if pattern[1] in article.content]
    for statement in article.statements if named else ():
        if not isinstance(statement.value, Edtf) or statement.support.problem:
            continue
        day = statement.value.lower if statement.value.precision == "day" else None
        if day is None:
            continue
        spans = statement.support.spans
        printed = [
            found
            for placed in article.quotes_of(statement.entry)
            if placed.span and any(_inside(span, placed.span) for span in spans)
            for found in _weekdays(article.content, placed.span, named)
            if statement.value.mark or any(_belongs(article.content, found[1], span) for span in spans)
        ]
        if printed and all(number != day.weekday() for number, _ in printed):
            name = language(article.language).cldr["weekdays"][str(day.weekday())][0]
            related = tuple((article.source.at(*span), "the article says this") for _, span in printed[:2])
            yield Finding(statement.entry.at(*statement.steps), f"{day} is a {name}", "you wrote this", related)


def _weekdays(content: str, span: Span, named: Sequence[Pattern]) -> Iterator[tuple[int, Span]]:
    """Those of some names of weekdays that stand in a passage, Monday being 0."""
    passage = content[slice(*span)]
    for number, name, pattern in named:
        for match in pattern.finditer(passage) if name in passage else ():
            yield number, (span[0] + match.start(), span[0] + match.end())


Pattern = tuple[int, str, re.Pattern[str]]
"""A weekday, a name of it, and how that is looked for."""


@lru_cache(maxsize=8)
def _patterns(name: str) -> list[Pattern]:
    tables = language(name).cldr["weekdays"], language(name).hand["weekdays"], language(name).hand["weekdays_short"]
    named = [(int(day), each) for table in tables for day, names in table.items() for each in names]
    return [(day, each, re.compile(rf"\b{re.escape(each)}\b")) for day, each in named]


_JOINS = re.compile(r"(?:[\s,.()–-]|\b(?:an?|the|of|ngày|le)\b){0,6}")


def _belongs(content: str, weekday: Span, date: Span) -> bool:
    """Whether a weekday is part of a date or stands right beside it, and not in the name of a newspaper."""
    apart = content[weekday[1] : date[0]] if weekday[1] <= date[0] else content[date[1] : weekday[0]]
    return _inside(weekday, date) or bool(_JOINS.fullmatch(apart))


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]
