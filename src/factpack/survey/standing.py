"""What a whole survey leaves for the next one: what each article holds and meets by, and all that was found."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from factpack.checks import Examined, Tally
from factpack.dataset import Elsewhere
from factpack.ignores import Ignored
from factpack.models import Models
from factpack.survey.findings import Findings, Held, bundled, unbundled
from factpack.survey.meeting import Registered, keys_of
from factpack.survey.packing import TextOf, diagnostic_data, diagnostic_from, plain, plain_list

SHARDS = 256
"""Parts in which the articles of a dataset are kept."""


class Line(NamedTuple):
    """What is known of an article without its extract.

    `named` is the path that its source is to have. The ids are those of the contents that were looked at; without
    one, not all could be read. `unfound` says whether it quotes what its source does not have. `meets` are its keys
    (`keys_of`), `uses` the records and names of registers that occur in it, as JSON.
    """

    file: str
    source: str
    facts: int
    quotes: int
    values: int
    lost: list[str]
    named: str
    curation_id: str
    source_id: str
    unfound: bool
    meets: str
    uses: str

    @property
    def tally(self) -> Tally:
        """What it adds to the counts."""
        return Tally(self.file, self.source, self.facts, self.quotes, self.values, len(self.lost))


def line_of(
    examined: Examined, named: str, ids: tuple[str, str], models: Models, registered: Registered
) -> Line:  # fmt: skip
    """The line of an article; `ids` are those of its file and its source."""
    extract, tally = examined.extract, examined.tally
    uses = {f"{table}/{identity}" for _, table, identity in extract.references if (table, identity) in registered}
    uses.update(f"/{name}" for name in extract.printed)
    return Line(
        *tally[:-1], sorted(extract.lost), named, *ids, bool(extract.unfound),
        keys_of(extract, named, models, registered), json.dumps(sorted(uses)),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Standing:
    """A survey's articles by their path, and what had been found in them before it was kept, as data.

    It is kept in shards, of which only those with anything that has changed are written; `keys` are these shards' own,
    by their number. `users` counts the articles that use what `Line.uses` names, `uncertain` are the tables that may
    have more records than could be read, `sources` has the ids of all sources.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)
    users: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    uncertain: Set[str] = frozenset()
    found: Mapping[str, Held] = field(default_factory=dict)
    ignored: Sequence[Any] = ()
    keys: Mapping[int, str] = field(default_factory=dict)

    @property
    def elsewhere(self) -> Elsewhere:
        """What the articles name, all together."""
        lines = self.lines.values()
        return Elsewhere(
            frozenset((table, name) for table, _, name in (use.partition("/") for use in self.users) if table),
            frozenset(use[1:] for use in self.users if use.startswith("/")),
            frozenset(line.source for line in lines),
            frozenset(chain.from_iterable(line.lost for line in lines)),
            not all(line.source for line in lines),
        )

    def meeting(self, keys: Set[int]) -> set[str]:
        """The articles that have any of some keys."""
        return {path for path, line in self.lines.items() if not keys.isdisjoint(array("I", bytes.fromhex(line.meets)))}

    def after(self, lines: Mapping[str, Line], changed: Iterable[str]) -> Counter[str]:
        """The users when some articles have changed, and `lines` are those of all articles."""
        users = Counter(self.users)
        for path in changed:
            users.subtract(_uses(self.lines.get(path)))
            users.update(_uses(lines.get(path)))
        return +users

    def left(self, paths: Set[str], text_of: TextOf) -> tuple[Findings, list[Ignored]]:
        """What was found in some files, and what the curators let stand there."""
        found = {path: held for path, held in self.found.items() if path in paths}
        ignored = [Ignored(diagnostic_from(d, text_of), why) for d, why in self.ignored if _path(d) in paths]
        return Findings(found, text_of), ignored

    def told(self) -> Iterator[tuple[str, str]]:
        """Rule and file of all that was found."""
        for path, held in self.found.items():
            for rule in held.rules:
                yield rule, path
        for data, _ in self.ignored:
            yield data[0], _path(data)

    def shards(self, found: Findings, changed: Iterable[str]) -> dict[int, bytes]:
        """The shards in which some articles are, to be kept, with what was found now."""
        parts: dict[int, dict[str, Line]] = {number: {} for number in map(shard_of, changed)}
        for path, line in self.lines.items():
            if (part := parts.get(shard_of(path))) is not None:
                part[path] = line
        return {number: _shard(part, found) for number, part in parts.items()}

    def head(self, ignored: Iterable[Ignored], keys: Mapping[int, str]) -> bytes:
        """The rest, to be kept, with what the curators let stand now, and the shards' keys."""
        uncurated = dict(self.sources.items() - {(line.named, line.source_id) for line in self.lines.values()})
        let_stand = ((i.diagnostic, i.reason) for i in ignored if i.diagnostic.location.text.path in self.lines)
        excused = [[diagnostic_data(d), reason] for d, reason in let_stand]
        return plain([self.users, uncurated, sorted(self.uncertain), excused, sorted(keys.items())])


def shard_of(path: str) -> int:
    """The number of the shard that an article is in."""
    return zlib.crc32(path.encode("utf-8", "surrogatepass")) % SHARDS


def _shard(lines: Mapping[str, Line], found: Findings) -> bytes:
    columns = plain_list(map(plain, zip(*lines.values(), strict=True)))
    return bundled(columns, {path: found.held[path] for path in lines if path in found.held})


def keys_in(head: bytes) -> dict[int, str]:
    """The keys of the shards that a head is of; raises ValueError or TypeError for anything else."""
    return dict(json.loads(head)[-1])


def unpacked(head: bytes, shards: Iterable[bytes]) -> Standing:
    """What was packed; raises ValueError, TypeError or KeyError for anything else."""
    lines: dict[str, Line] = {}
    found: dict[str, Held] = {}
    for content in shards:
        columns, (held,) = unbundled(content)
        lines.update((line.file, line) for line in map(Line, *columns))
        found.update(held)
    users, uncurated, uncertain, ignored, keys = json.loads(head)
    sources = {line.named: line.source_id for line in lines.values() if line.source_id} | uncurated
    return Standing(lines, users, sources, frozenset(uncertain), found, ignored, dict(keys))


def _uses(line: Line | None) -> list[str]:
    return json.loads(line.uses) if line else []


def _path(data: Any) -> str:
    return str(data[2][0])
