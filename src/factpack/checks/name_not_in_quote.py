"""None of the record's printed names stands in the quote.

A reference to a register is supported by one of the `names` of its record, as whole words; diacritics may be left out. A form
that several records go by, such as a surname, supports none of them, but where the article names only this one in full. Add a
`context` quote that has the name, add the form that the article prints to the register, or say in `judged` how the text
lets one know who is meant.

Fails:

    seeds/a.txt
        Ines Calder and Ines Balder met. Ines Calder spoke. Tom Hale and Jo Hale laughed, then Hale sang.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
          - {id: tom-hale, name: Tom Hale, names: [Tom Hale, Hale]}
          - {id: jo-hale, name: Jo Hale, names: [Jo Hale, Hale]}
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
          - id: evt-laugh
            name: Tom and Jo laughed
            speakers: [tom-hale, jo-hale]
            quotes: [Tom Hale and Jo Hale laughed]
          - id: evt-song
            name: Hale sang
            host: tom-hale  # error: name-not-in-quote
            quotes: [Hale sang]

Passes:

    seeds/a.txt
        Ines Calder and Ines Balder met. Ines Calder spoke. Tom Hale laughed, then Hale sang.
    seeds/b.txt
        Jo Hale slept.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
          - {id: tom-hale, name: Tom Hale, names: [Tom Hale, Hale]}
          - {id: jo-hale, name: Jo Hale, names: [Jo Hale, Hale]}
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
          - id: evt-song
            name: Hale sang
            host: tom-hale
            quotes: [Hale sang]
    curation/b.yaml
        events:
          - id: evt-sleep
            name: Jo slept
            host: jo-hale
            quotes: [Jo Hale slept]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "name-not-in-quote")
