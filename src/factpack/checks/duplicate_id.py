"""Two records have the same id.

Ids are unique in their register, and over all facts of the dataset, ignoring case. Only one record reported by several
articles has the same id in several files, once in each and in the same table.

Fails:

    seeds/a.txt
        The ministers met. The mayors dined.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
          - id: evt-meeting  # error: duplicate-id
            name: mayors dined
            quotes: [The mayors dined]

Passes:

    seeds/a.txt
        The ministers met. The mayors dined.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
          - id: evt-dinner
            name: mayors dined
            quotes: [The mayors dined]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import EntryExtract, Extract, Extracts, Meets
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.ERROR
MEETS = (Meets.ID,)


def check(extracts: Extracts) -> Iterator[Finding]:
    seen: dict[tuple[str, str], tuple[Extract, EntryExtract]] = {}
    for file in extracts.files:
        here: set[tuple[str, str]] = set()
        for entry in file.entries:
            if not entry.id:
                continue
            key = ("" if file.article_id else entry.table, entry.id.casefold())
            other_file, other = seen.setdefault(key, (file, entry))
            if other is entry:
                here.add(key)
                continue
            first = ((At(other_file.file, (*other.route, "id")), "first here"),)
            at = At(file.file, (*entry.route, "id"))
            if other.table != entry.table:
                yield Finding(at, f"`{entry.id}` is the id of a record in `{other.table}` already", "again here", first)
            elif key in here:
                yield Finding(at, f"`{entry.id}` stands in this file twice", "again here", first)
            here.add(key)
