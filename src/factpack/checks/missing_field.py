"""A record lacks a field that its table requires.

Records are merged over all articles that report them: the field must stand in one of the files at least.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting  # error: missing-field
            quotes: [The ministers met]

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import EntryExtract, Extract, Extracts, Meets
from factpack.diagnostic import At, Finding, Severity
from factpack.entry import named
from factpack.fact import Fact
from factpack.suggest import closest

SEVERITY = Severity.ERROR
MEETS = (Meets.ID,)
_GIVEN = ("id", "quotes")  # whose absence other rules report


def check(extracts: Extracts) -> Iterator[Finding]:
    entries: dict[object, list[tuple[Extract, EntryExtract]]] = {}
    for file in extracts.articles:
        for entry in file.entries:
            # Records whose id cannot be read are not parts of one.
            entries.setdefault((entry.table, entry.id) if entry.id else id(entry), []).append((file, entry))
    required = {table: required_of(model) for table, model in extracts.models.facts.items()}
    for found in entries.values():
        file, first = found[0]
        typed = {field for _, entry in found for field in entry.typed}
        broken = {field for _, entry in found for field in entry.broken}
        # A field under a misspelt key is reported there.
        missing = [field for field in required[first.table] if field not in typed and not closest(field, broken)]
        if missing and first.id not in extracts.lost:
            names = ", ".join(f"`{name}`" for name in missing)
            yield Finding(At(file.file, first.route), f"{named(first.id)} needs {names}", "required, and missing")


def required_of(model: type[Fact]) -> list[str]:
    """The fields that a record of this model must have, beside those whose absence other rules report."""
    return [field for field, info in model.model_fields.items() if info.is_required() and field not in _GIVEN]
