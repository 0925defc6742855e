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

from collections.abc import Iterator

from factpack.dataset import EntryExtract, Extract, Extracts
from factpack.diagnostic import At, Finding, Severity
from factpack.merge import merge, preferences

SEVERITY = Severity.ERROR


def check(extracts: Extracts) -> Iterator[Finding]:
    preferred = preferences(extracts)
    entries: dict[str, list[tuple[Extract, EntryExtract]]] = {}
    for file in extracts.articles:
        for entry in file.entries:
            entries.setdefault(entry.id, []).append((file, entry))
    for identity, found in entries.items():
        if len(found) < 2:
            continue
        for field in sorted({name for _, entry in found for name in entry.typed}):
            stated = [(file, entry, entry.values[field]) for file, entry in found if field in entry.typed]
            chosen = merge(field, [value for _, _, value in stated])
            if chosen is not None or (identity, field) in preferred:
                continue
            file, entry, value = stated[0]
            for other_file, other_entry, other in stated[1:]:
                if other_file is not file and merge(field, [value, other]) is None:
                    at = At(other_file.file, (*other_entry.route, field))
                    first = ((At(file.file, (*entry.route, field)), f"{file.article_id} says this"),)
                    message = (
                        f"`{identity}` has another `{field}` in {file.article_id}: two articles contradict each other"
                    )
                    help_ = ("declare it in registers/conflicts.yaml, with the preferred value and why",)
                    yield Finding(at, message, f"{other_file.article_id} says this", first, help_)
