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

from collections import Counter
from collections.abc import Iterator
from typing import Any

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.entry import Entry
from factpack.fields import fields_of, is_common

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    first: dict[tuple[Any, ...], Entry] = {}
    words = {id(entry): frozenset(quote.span for quote in article.quotes_of(entry)) for entry in article.entries}
    often = Counter(words.values())
    for entry in article.entries:
        by = words[id(entry)]
        # One whose id cannot be read has a finding for that, and no name to be called by.
        said = _said(entry) if entry.id and often[by] > 1 and by and None not in by else None
        if said is None:
            continue
        other = first.setdefault((by, *said), entry)
        if other.id != entry.id:
            message = f"`{entry.id}` says the same as `{other.id}`, by the same words"
            yield Finding(entry.at("id"), message, "the same again", ((other.at("id"), "here first"),))


def _said(entry: Entry) -> tuple[Any, ...] | None:
    """A record's table and its own values; None where it refers to nothing and so cannot be compared."""
    own = [field for field in fields_of(entry.model) if not is_common(field)]
    values = tuple((field.name, value) for field in own if (value := getattr(entry.values, field.name, None)))
    refers = any(field.target and not field.many and getattr(entry.values, field.name, None) for field in own)
    return (entry.table, repr(values)) if refers else None
