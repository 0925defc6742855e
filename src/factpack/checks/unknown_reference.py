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

from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from factpack.dataset import EntryExtract, Extract, Extracts, Meets
from factpack.diagnostic import MANY, At, Finding, Route, Severity
from factpack.fields import fields_of
from factpack.suggest import unknown

SEVERITY = Severity.ERROR
MEETS = (Meets.ID, Meets.TABLE)
SUPERSEDES = ("name-not-in-quote", "country-not-in-quote", "list-item-not-in-quote")


def check(extracts: Extracts) -> Iterator[Finding]:
    lost = list(missed(extracts))
    tables = extracts.models.tables
    times = Counter((table, identity) for _, _, table, identity in lost)
    known = {table: _titles(extracts.ids.get(table, {}), tables.get(table)) for table in {table for table, _ in times}}
    told: Counter[str] = Counter()
    for file, route, table, identity in lost:
        told[file.file] += 1
        kind = f"record in `{table}` with the id" if table != "records" else "record with the id"
        # Of those that are not told, what may have been meant is not looked for, which takes its time.
        finding = unknown(At(file.file, route), kind, identity, known[table] if told[file.file] <= MANY else {})
        if finding.fix and times[table, identity] > 1:
            # Where several agree, the slip is more likely in the record's own id.
            finding = finding._replace(fix=finding.fix._replace(safe=False))
        yield finding


def missed(extracts: Extracts) -> Iterator[tuple[Extract, Route, str, str]]:
    """The references, with their files, that lead to no record, and to none that could not be read."""
    for file in extracts.files:
        for route, table, identity in file.references:
            known = identity in extracts.ids.get(table, {}) or identity in extracts.lost
            if not known and table not in extracts.uncertain:
                yield file, route, table, identity


def _titles(known: Mapping[str, tuple[Extract, EntryExtract]], model: type[BaseModel] | None) -> dict[str, str]:
    """The known ids, each with the name that its record gives and the kind of thing that it is."""
    kinds = [field.name for field in fields_of(model) if field.kind == "choice"][:1] if model else []
    return {
        identity: ", ".join(str(entry.values[key]) for key in ("name", *kinds) if entry.values.get(key))
        for identity, (_, entry) in known.items()
    }
