"""A printed name of a register's record stands in no source.

`names` are the forms that the sources print; a form that none prints supports nothing and may hide a slip.

Fails:

    seeds/a.txt
        Ines Calder spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder, Ines Kalder]}  # warning: name-in-no-source
    curation/a.yaml
        events:
          - id: evt-speech
            name: Calder spoke
            speakers: [ines-calder]
            quotes: [Ines Calder spoke]

Passes:

    seeds/a.txt
        Ines Calder spoke.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Calder spoke
            speakers: [ines-calder]
            quotes: [Ines Calder spoke]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Extracts, Meets
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.WARNING
MEETS = (Meets.UNION,)


def check(extracts: Extracts) -> Iterator[Finding]:
    if extracts.unread or extracts.sourceless:
        # What could not be read may print the name.
        return
    for file in extracts.files:
        for entry in file.entries if file.table else ():
            for index, name in enumerate(entry.values.get("names") or ()):
                if name not in extracts.printed:
                    at = At(file.file, (*entry.route, "names", index))
                    yield Finding(at, f"“{name}” stands in no source", "not printed anywhere")
