"""The source denies what the quote seems to say.

"did not visit" supports no visit, even where the quote leaves the "not" out. Looked for are words such as "not",
"never" and "refused to" in the quote, and right before it in the same sentence, that none of the record's own values
repeats. What only bounds a number ("not fewer than 40") or denies nothing ("not only") is none of them.

Fails:

    seeds/a.txt
        The ministers did not meet in Lyon.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers meet
            place: Lyon
            quotes:
              - The ministers
              - meet in Lyon  # error: negated-in-source

Passes:

    seeds/a.txt
        The ministers did not meet in Lyon.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers did not meet
            place: Lyon
            quotes:
              - The ministers did not meet in Lyon
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.entry import Entry
from factpack.fields import fields_of
from factpack.grounding import NEGATIONS
from factpack.vocabulary import EvidenceRelation

SEVERITY = Severity.ERROR


_RIGHT_BEFORE = re.compile(r"(?:[\w'’]+\s+){0,2}$")


def check(article: Article) -> Iterator[Finding]:
    negation = NEGATIONS.get(article.language.partition("-")[0])
    if article.source is None or negation is None:
        return
    for placed in article.quotes:
        if (
            placed.span is None
            or placed.quote.relation != EvidenceRelation.SUPPORTS
            or placed.entry is article.metadata
        ):
            continue
        start, end = placed.span
        if negation.search(article.content, max(0, start - 40), end) is None:
            continue
        before = _RIGHT_BEFORE.search(article.content[max(0, start - 40) : start])
        reach = start - len(before[0]) if before else start
        bounds = [m.qualifier for m in article.mentions_in([(reach, end)]) if m.qualifier]
        words = negation.finditer(article.content, reach, end)
        denied = next(
            (word for word in words if not any(a <= word.start() and word.end() <= b for a, b in bounds)), None
        )
        if denied and not any(negation.search(value) for value in _texts(placed.entry)):
            at = article.source.at(*denied.span())
            yield Finding(placed.at, f"the article says “{denied[0]}” here", "you wrote this", ((at, "denied here"),))


def _texts(entry: Entry) -> Iterator[str]:
    for field in fields_of(entry.model):
        value = getattr(entry.values, field.name, None)
        if isinstance(value, str) and field.kind == "text":
            yield value
    yield from (entry.values.judged or {}).values()
