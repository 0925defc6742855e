"""Who or what a record is about is not named near its quotes.

A reference that stands by a reason (`judged`) should still be named in the quote or in the two sentences before it;
where it is not, a reader cannot see from the passage whom the fact is about. Add a `context` quote.

Fails:

    seeds/a.txt
        Ines Calder came. It rained. It snowed. It hailed. The minister spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: minister spoke
            host: ines-calder  # info: subject-not-near-quote
            judged: {host: she is the minister}
            quotes: [The minister spoke]

Passes:

    seeds/a.txt
        It rained. Ines Calder came. The minister spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: minister spoke
            host: ines-calder
            judged: {host: she is the minister}
            quotes: [The minister spoke]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.grounding import Ref
from factpack.quote import plain

SEVERITY = Severity.INFO


_SENTENCE_END = re.compile(r"[.!?]\s+|\n")


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    judged = [s for s in article.statements if s.support.basis == "judged" and isinstance(s.field.grounding, Ref)]
    ends = [match.end() for match in _SENTENCE_END.finditer(article.content)] if judged else []
    for statement in judged:
        names = article.printed_names(statement.field.target, str(statement.value))
        spans = [placed.span for placed in article.quotes_of(statement.entry) if placed.span]
        if not names or not spans:
            continue
        near = plain(" ".join(article.content[_two_sentences_before(ends, a) : b] for a, b in spans))
        if not any(plain(name) in near for name in names):
            message = f"`{statement.value}` is named neither in the quotes nor in the two sentences before them"
            yield Finding(statement.entry.at(*statement.steps), message, "who?")


_FAR = 2000  # characters that no two sentences have


def _two_sentences_before(ends: Sequence[int], start: int) -> int:
    before = bisect_right(ends, start)
    return max(ends[before - 3] if before >= 3 else 0, start - _FAR)
