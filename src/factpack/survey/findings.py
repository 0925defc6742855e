"""Findings as they are held while there may be many: in the bytes in which they are kept, a file's together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, NamedTuple, overload

from factpack.diagnostic import Diagnostic
from factpack.survey.packing import (
    TextOf,
    decoded,
    diagnostic_data,
    diagnostic_from,
    encoded,
    is_empty,
    plain,
    plain_list,
)
from factpack.text import Text

_HEAD = 8
"""Bytes that say how long the data before the findings is."""


class Held(NamedTuple):
    """What was found in a file: how much, by which rules, in which files its places are, and all of it as `encoded`."""

    number: int
    rules: frozenset[str]
    places: tuple[str, ...]
    content: bytes


class Findings(Sequence[Diagnostic]):
    """Findings in reading order, of which whoever goes through them has one file's at a time as objects."""

    def __init__(self, held: Mapping[str, Held], text_of: TextOf) -> None:
        self.held = dict(sorted(held.items()))
        self._text_of = text_of

    @classmethod
    def of(cls, findings: Iterable[Diagnostic], beside: Findings | None = None) -> Findings:
        """Hold findings that come file by file, those of each in reading order, beside others in other files."""
        held: dict[str, Held] = {}
        texts: dict[str, Text] = {}
        for path, several in groupby(findings, lambda diagnostic: diagnostic.location.text.path):
            if path in held:
                raise ValueError(f"what was found in {path} comes in two parts")
            held[path] = _held([*several], texts)
        if beside is None:
            return cls(held, texts.__getitem__)
        text_of = beside._text_of
        return cls({**beside.held, **held}, lambda path: texts.get(path) or text_of(path))

    def revised(self, rules: Set[str], revise: Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]]) -> Findings:
        """The same, but in files where one of some rules found something only what `revise` leaves of it."""
        concerned = {path: held for path, held in self.held.items() if not rules.isdisjoint(held.rules)}
        if not concerned:
            return self
        others = {path: held for path, held in self.held.items() if path not in concerned}
        return Findings.of(revise(Findings(concerned, self._text_of)), Findings(others, self._text_of))

    def open(self) -> None:
        """Read the texts that these stand in; raises Stale where one is not what was checked."""
        for path in dict.fromkeys(path for held in self.held.values() for path in held.places):
            _ = self._text_of(path).content

    def __len__(self) -> int:
        """How many there are."""
        return sum(held.number for held in self.held.values())

    def __iter__(self) -> Iterator[Diagnostic]:
        """All of them, made anew."""
        for held in self.held.values():
            for data in decoded(held.content):
                yield diagnostic_from(data, self._text_of)

    @overload
    def __getitem__(self, place: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, place: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        """One of them, or some."""
        if isinstance(place, slice):
            return [*islice(self, *place.indices(len(self)))]
        return next(islice(self, range(len(self))[place], None))


def bundled(about: bytes, *several: Mapping[str, Held]) -> bytes:
    """JSON and findings, to be kept."""
    outline = (
        [[path, h.number, sorted(h.rules), h.places, len(h.content)] for path, h in held.items()] for held in several
    )
    head = plain_list([about, *map(plain, outline)])
    parts = (held.content for each in several for held in each.values())
    return b"".join([len(head).to_bytes(_HEAD, "big"), head, *parts])


def unbundled(content: bytes) -> tuple[Any, list[dict[str, Held]]]:
    """What `bundled` made bytes of: the data and the findings; raises ValueError or TypeError for anything else."""
    end = _HEAD + int.from_bytes(content[:_HEAD], "big")
    about, *outlines = json.loads(content[_HEAD:end])
    several: list[dict[str, Held]] = []
    for outline in outlines:
        several.append({})
        for path, number, rules, places, size in outline:
            several[-1][path] = Held(number, _one(tuple(rules)), tuple(places), content[end : end + size])
            end += size
    return about, several


def _held(found: Sequence[Diagnostic], texts: dict[str, Text]) -> Held:
    """Findings of one file; the texts that they point at are put beside the others."""
    own: dict[str, Text] = {}
    for diagnostic in found:
        for location in (diagnostic.location, *(location for location, _ in diagnostic.related)):
            if not is_empty(location.text):
                own.setdefault(location.text.path, location.text)
    for path, text in own.items():
        texts.setdefault(path, text)
    rules = _one(tuple(sorted({diagnostic.rule for diagnostic in found})))
    return Held(len(found), rules, tuple(own), encoded([diagnostic_data(diagnostic) for diagnostic in found]))


@lru_cache(maxsize=4096)
def _one(rules: tuple[str, ...]) -> frozenset[str]:
    """One and the same set for all files with these rules: there may be many."""
    return frozenset(rules)
