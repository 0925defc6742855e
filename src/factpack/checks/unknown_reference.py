"""A reference leads to no record.

The message names the record that comes closest. Persons, places and the like stand in `curation/registers/`, events and
other facts in an article's file.

Fails:

    seeds/a.txt
        The ministers met. Forty of them came.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
        figures:
          - id: fig-ministers
            event: evt-metting  # error: unknown-reference
            measure: ministers met
            value: 40
            comparator: eq
            unit: them
            quotes: [Forty of them came, The ministers met]

Passes:

    seeds/a.txt
        The ministers met. Forty of them came.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
        figures:
          - id: fig-ministers
            event: evt-meeting
            measure: ministers met
            value: 40
            comparator: eq
            unit: them
            quotes: [Forty of them came, The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.dataset import EntryExtract, Extract, Extracts
from factpack.diagnostic import At, Finding, Severity
from factpack.suggest import unknown

SEVERITY = Severity.ERROR
SUPERSEDES = ("name-not-in-quote", "country-not-in-quote")


def check(extracts: Extracts) -> Iterator[Finding]:
    for file in extracts.files:
        for route, table, identity in file.references:
            known = extracts.ids.get(table, {})
            if identity not in known and identity not in extracts.lost:
                kind = f"record in `{table}` with the id" if table != "records" else "record with the id"
                yield unknown(At(file.file, route), kind, identity, _titles(known))


def _titles(known: Mapping[str, tuple[Extract, EntryExtract]]) -> dict[str, str]:
    """The known ids, each with the name that its record gives."""
    return {identity: str(entry.values.get("name") or "") for identity, (_, entry) in known.items()}
