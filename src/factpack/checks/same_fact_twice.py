"""Two records of one file say the same by the same words.

All that is typed in them is equal, and their quotes are the same. Often a line was copied and one value of it not changed:
change it, or take one of the two out. Where the words do tell of two things, let what tells them apart be a value.

Fails:

    seeds/a.txt
        Ines Calder spoke at the harbour and in the port office on 3 March 2023.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-harbour
            name: Ines Calder spoke
            date: 2023-03-03
            host: ines-calder
            place: harbour
            quotes: [Ines Calder spoke at the harbour and in the port office on 3 March 2023]
          - id: evt-office  # error: same-fact-twice
            name: Ines Calder spoke
            date: 2023-03-03
            host: ines-calder
            place: harbour
            quotes: [Ines Calder spoke at the harbour and in the port office on 3 March 2023]

Passes:

    seeds/a.txt
        Ines Calder spoke at the harbour and in the port office on 3 March 2023.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-harbour
            name: Ines Calder spoke
            date: 2023-03-03
            host: ines-calder
            place: harbour
            quotes: [Ines Calder spoke at the harbour and in the port office on 3 March 2023]
          - id: evt-office
            name: Ines Calder spoke
            date: 2023-03-03
            host: ines-calder
            place: port office
            quotes: [Ines Calder spoke at the harbour and in the port office on 3 March 2023]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.entry import Entry
from factpack.fields import fields_of, is_common

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    first: dict[tuple[Any, ...], Entry] = {}
    for entry in article.entries:
        said = _said(article, entry)
        if said is None:
            continue
        other = first.setdefault(said, entry)
        if other.id != entry.id:
            message = f"`{entry.id}` says the same as `{other.id}`, by the same words"
            yield Finding(entry.at("id"), message, "the same again", ((other.at("id"), "here first"),))


def _said(article: Article, entry: Entry) -> tuple[Any, ...] | None:
    """A record's table, its own values and its words; None where it refers to nothing and so cannot be compared."""
    own = [field for field in fields_of(entry.model) if not is_common(field)]
    values = tuple((field.name, value) for field in own if (value := getattr(entry.values, field.name, None)))
    words = frozenset(quote.span for quote in article.quotes_of(entry))
    refers = any(field.target and not field.many and getattr(entry.values, field.name, None) for field in own)
    return (entry.table, repr(values), words) if refers and words and None not in words else None
