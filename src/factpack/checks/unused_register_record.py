"""Nothing refers to a record of a register.

A person or place that no fact names is left over from an earlier reading, or a fact is missing. Code lists hold only
what the dataset uses.

Fails:

    seeds/a.txt
        The ministers met.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder}  # warning: unused-register-record
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]

Passes:

    seeds/a.txt
        The ministers met. Ines Calder spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            speakers: [ines-calder]
            quotes: [The ministers met, Ines Calder spoke]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Extracts, Meets
from factpack.diagnostic import At, Finding, Severity
from factpack.fact import Fact
from factpack.fields import fields_of, quote_model

SEVERITY = Severity.WARNING
MEETS = (Meets.UNION,)


def check(extracts: Extracts) -> Iterator[Finding]:
    if extracts.lost or extracts.unread:
        # What could not be read may hold the reference.
        return
    targets = {table for table, _ in extracts.used} | _referable(extracts)
    for file in extracts.files:
        for entry in file.entries if file.table in targets else ():
            if entry.id and (entry.table, entry.id) not in extracts.used:
                yield Finding(At(file.file, entry.route), f"nothing refers to `{entry.id}`", "never used")


def _referable(extracts: Extracts) -> set[str]:
    """The tables that some model refers to; a register that none can refer to is a list of its own."""
    found: set[str] = set()
    for model in extracts.models.tables.values():
        for field in fields_of(model):
            found.update(inner.target for inner in (fields_of(field.item) if field.item else (field,)) if inner.target)
        if issubclass(model, Fact):
            found.update(field.target for field in fields_of(quote_model(model)) if field.target)
    return found
