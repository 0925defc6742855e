"""An element of a list has no words of its own in the quotes.

Each person, country or other element of a list is stated by name, like a single value. An element that slipped in from
another sentence needs a quote of its own; one that the text lets one know without naming it says so with `judged`.

Fails:

    seeds/a.txt
        Ines Calder spoke. Ines Balder and others did not come.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Ines spoke
            speakers:
              - ines-calder
              - ines-balder  # error: list-item-not-in-quote
            quotes: [Ines Calder spoke]
          - id: evt-absent
            name: others absent
            place: others
            quotes: ["Ines Balder and others"]
            speakers: [ines-balder]
            judged: {name: the rest of the sentence}

Passes:

    seeds/a.txt
        Ines Calder spoke. Ines Balder and others did not come.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
          - {id: ines-balder, name: Ines Balder, names: [Ines Balder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Ines spoke
            speakers:
              - ines-calder
            quotes: [Ines Calder spoke]
          - id: evt-absent
            name: others absent
            place: others
            quotes: ["Ines Balder and others"]
            speakers: [ines-balder]
            judged: {name: the rest of the sentence}
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.checks.support import unsupported
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    yield from unsupported(article, "list-item-not-in-quote")
