"""Two articles seem to report the same thing under two ids.

Records of one table in two files that agree in all their references, of which they have some, and whose dates overlap, are
often one record: give them the same id, and they merge and corroborate each other. If they are two things, leave them.
Figures with another number of another unit, and records of another kind (a closed list says which), are two things.

Fails:

    seeds/a.txt
        Ines Calder spoke at the harbour on 3 March 2023.
    seeds/b.txt
        In March 2023 Ines Calder gave a speech.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Calder spoke at the harbour
            date: 2023-03-03
            host: ines-calder
            quotes: [Ines Calder spoke at the harbour on 3 March 2023]
    curation/b.yaml
        events:
          - id: evt-calder  # info: near-duplicate-record
            name: speech of Ines Calder
            date: 2023-03
            host: ines-calder
            quotes: [In March 2023 Ines Calder gave a speech]

Passes:

    seeds/a.txt
        Ines Calder spoke at the harbour on 3 March 2023.
    seeds/b.txt
        In March 2023 Ines Calder gave a speech.
    curation/registers/people.yaml
        people:
          - {id: ines-calder, name: Ines Calder, names: [Ines Calder]}
    curation/a.yaml
        events:
          - id: evt-speech
            name: Calder spoke at the harbour
            date: 2023-03-03
            host: ines-calder
            quotes: [Ines Calder spoke at the harbour on 3 March 2023]
    curation/b.yaml
        events:
          - id: evt-speech
            date: 2023-03
            host: ines-calder
            quotes: [In March 2023 Ines Calder gave a speech]
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from factpack.dataset import EntryExtract, Extract, Extracts, Meets
from factpack.diagnostic import At, Finding, Severity
from factpack.edtf import Edtf
from factpack.fact import Fact
from factpack.fields import fields_of, is_common
from factpack.grounding import Comparison, Cue, Unit

SEVERITY = Severity.INFO
MEETS = (Meets.ID, Meets.LIKENESS)


Seen = tuple[Extract, EntryExtract]
Key = tuple[str, str]
Likeness = tuple[str, tuple[tuple[str, str], ...]]


def check(extracts: Extracts) -> Iterator[Finding]:
    ids: dict[tuple[str, str], set[str]] = {}
    alike: dict[Likeness, list[Seen]] = {}
    fields = {table: own_references(model) for table, model in extracts.models.facts.items()}
    for file in extracts.articles:
        for entry in file.entries:
            ids.setdefault((entry.table, entry.id), set()).add(file.file)
            if entry.id and (likened := likeness(entry, fields[entry.table])):
                alike.setdefault(likened, []).append((file, entry))
    for found in alike.values():
        earlier: dict[Key, list[int]] = {}  # by all keys of their dates
        finest: dict[Key, list[int]] = {}
        for at, (file, entry) in enumerate(found):
            keys = [_keys(name, date) for name, date in _dates(entry).items()]
            # Of two dates, one in the other, the outer one's finest key is a key of both.
            near = [finest.get(key, []) for several in keys for key in several]
            near.extend(earlier.get(several[0], []) for several in keys)
            for other_file, other in (found[number] for number in heapq.merge(*near)):
                shared = ids[entry.table, entry.id] & ids[other.table, other.id]
                if (
                    entry.id != other.id
                    and not shared
                    and _overlap(entry, other)
                    and not _differ(extracts, entry, other)
                ):
                    message = f"`{entry.id}` and `{other.id}` may be one: same references, overlapping dates"
                    first = ((At(other_file.file, (*other.route, "id")), "like this one"),)
                    yield Finding(At(file.file, (*entry.route, "id")), message, "the same?", first)
                    break
            for several in keys:
                finest.setdefault(several[0], []).append(at)
                for key in several:
                    earlier.setdefault(key, []).append(at)


def _keys(name: str, date: Edtf) -> list[Key]:
    """A date's field with the day, month, year that all its days lie in, finest first; at last with none."""
    first, last = (day.isoformat() if day else "" for day in date.days)
    return [*((name, first[:length]) for length in (10, 7, 4) if first and first[:length] == last[:length]), (name, "")]


def likeness(entry: EntryExtract, references: Iterable[str]) -> Likeness | None:
    """What records that may be one agree in, table and own references; None where it has none, or no date."""
    values = tuple((name, entry.values[name]) for name in references if entry.values.get(name))
    return (entry.table, values) if values and _dates(entry) else None


def own_references(model: type[Fact]) -> list[str]:
    """The fields that are a table's own references, without those that all facts of the dataset may have."""
    return [f.name for f in fields_of(model) if f.target and not f.many and not is_common(f)]


def _dates(entry: EntryExtract) -> dict[str, Edtf]:
    return {name: value for name, value in entry.values.items() if isinstance(value, Edtf)}


def _differ(extracts: Extracts, entry: EntryExtract, other: EntryExtract) -> bool:
    """Whether both the number and its unit are others, or a value of a closed list that is no status and no bound."""

    def differs(name: str) -> bool:
        mine, theirs = entry.values.get(name), other.values.get(name)
        return mine is not None and theirs is not None and mine != theirs

    for field in fields_of(extracts.models.facts[entry.table]):
        grounding = field.grounding
        if isinstance(grounding, Unit) and differs(field.name) and differs(grounding.value):
            return True
        kind = field.choices and not is_common(field) and not isinstance(grounding, Comparison | Cue)
        if kind and differs(field.name):
            return True
    return False


def _overlap(one: EntryExtract, other: EntryExtract) -> bool:
    mine, theirs = _dates(one), _dates(other)
    both = [(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]
    return bool(both) and all(a.covers(b) or b.covers(a) for a, b in both)
