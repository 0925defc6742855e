"""Two articles give different values for the same field of one record.

Equal values merge; of two compatible dates or numbers the finer one wins. Anything else is a contradiction between the
sources: declare it in `registers/conflicts.yaml`, with the value that the dataset prefers and why, or make two records
if the articles speak of two things. A free wording is typed in one file only.

Fails:

    seeds/a.txt
        The ministers met in Lyon.
    seeds/b.txt
        The ministers met in Paris.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            place: Lyon
            quotes: [The ministers met in Lyon]
    curation/b.yaml
        events:
          - id: evt-meeting
            place: Paris  # error: conflicting-values
            quotes: [The ministers met in Paris]

Passes:

    seeds/a.txt
        The ministers met in Lyon.
    seeds/b.txt
        The ministers met in Paris.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            place: Lyon
            quotes: [The ministers met in Lyon]
    curation/b.yaml
        events:
          - id: evt-meeting
            place: Paris
            quotes: [The ministers met in Paris]
    curation/registers/conflicts.yaml
        conflicts:
          - {id: con-place, record: evt-meeting, field: place, preferred: Lyon, why: the only eye-witness}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from factpack.dataset import EntryExtract, Extract, Extracts, Meets
from factpack.diagnostic import At, Finding, Severity
from factpack.merge import merge, preferences, preferred

SEVERITY = Severity.ERROR
MEETS = (Meets.ID,)


def check(extracts: Extracts) -> Iterator[Finding]:
    choices = preferences(extracts)
    real: set[tuple[str, str]] = set()
    entries: dict[str, list[tuple[Extract, EntryExtract]]] = {}
    for file in extracts.articles:
        for entry in file.entries:
            if entry.id:  # those whose id cannot be read are not one record
                entries.setdefault(entry.id, []).append((file, entry))
    for identity, found in entries.items():
        for field in sorted({name for _, entry in found for name in entry.typed}) if len(found) > 1 else ():
            stated = [(file, entry, entry.values[field]) for file, entry in found if field in entry.typed]
            values = [value for _, _, value in stated]
            if merge(field, values) is not None:
                continue
            if preferred(values, choices.get((identity, field))) is not None:
                real.add((identity, field))
            else:
                yield from _contradictions(identity, field, stated)
    yield from _unfounded(extracts, real)


def _contradictions(
    identity: str, field: str, stated: Sequence[tuple[Extract, EntryExtract, Any]]
) -> Iterator[Finding]:
    """Every value with the first one before it that it contradicts."""
    for number, (file, entry, value) in enumerate(stated):
        for first_file, first, earlier in stated[:number]:
            if first_file is not file and merge(field, [earlier, value]) is None:
                at = At(file.file, (*entry.route, field))
                related = ((At(first_file.file, (*first.route, field)), f"{first_file.article_id} says this"),)
                where = first_file.article_id
                message = f"`{identity}` has another `{field}` in {where}: two articles contradict each other"
                help_ = ("declare it in registers/conflicts.yaml, with the preferred value and why",)
                yield Finding(at, message, f"{file.article_id} says this", related, help_)
                break


def _unfounded(extracts: Extracts, real: Set[tuple[str, str]]) -> Iterator[Finding]:
    """Declared conflicts that settle nothing."""
    for file in extracts.files:
        for entry in file.entries if file.table == "conflicts" else ():
            record, field = entry.values.get("record"), entry.values.get("field")
            if not entry.broken and (record, field) not in real:
                message = f"no two articles contradict each other in `{field}` of `{record}`, or none has this value"
                yield Finding(At(file.file, (*entry.route, "preferred")), message, "settles nothing")
