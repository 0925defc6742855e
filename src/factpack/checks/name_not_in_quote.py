"""None of the record's printed names stands in the quote.

A reference to a register is supported by one of the `names` of its record, as whole words; diacritics may be left out. Add a
`context` quote that has the name, add the form that the article prints to the register, or say in `judged` how the text
lets one know who is meant.

Fails:

    seeds/a.txt
        Ines Calder and Ines Balder met. Ines Calder spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Ines spoke
            host: ines-balder  # error: name-not-in-quote
            quotes: ["Ines Calder spoke"]
          - id: evt-second
            name: Ines met
            speakers: [ines-balder, ines-calder]
            quotes: [Ines Calder and Ines Balder met]

Passes:

    seeds/a.txt
        Ines Calder and Ines Balder met. Ines Calder spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Ines spoke
            host: ines-calder
            quotes: ["Ines Calder spoke"]
          - id: evt-second
            name: Ines met
            speakers: [ines-balder, ines-calder]
            quotes: [Ines Calder and Ines Balder met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "name-not-in-quote")
