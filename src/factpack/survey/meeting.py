"""On what articles meet, as keys: where two share none, no check over all files says anything of both (`Meets`)."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Set
from functools import cache
from itertools import pairwise

from factpack.checks.missing_field import required_of
from factpack.checks.near_duplicate_record import likeness, own_references
from factpack.dataset import EntryExtract, Extract
from factpack.fact import Fact
from factpack.models import Models

Registered = Container[tuple[str, str]]
"""The (table, id) of the records of registers."""


def folded(identity: str) -> str:
    """What ids agree in that differ by case only."""
    return identity.casefold()


def alike(entry: EntryExtract, models: Models) -> str | None:
    """What records agree in that may be one under two ids; None where nothing could be like this one."""
    found = likeness(entry, _keys_of(models.facts[entry.table])[0])
    return repr(found) if found else None


def is_whole(entry: EntryExtract, models: Models) -> bool:
    """Whether a record has all that its table requires without another article."""
    return _keys_of(models.facts[entry.table])[1] <= entry.typed


def keys_of(extract: Extract, source: str, models: Models, registered: Registered) -> str:
    """The keys of an article, whose source is to be at the path `source`; eight hexadecimal digits each.

    Who shares a digest by chance is looked at for nothing, so short ones do.
    """
    found = {f"source {source}", *(f"id {folded(identity)}" for identity in extract.lost)}
    if extract.sha256:
        found.add(f"bytes {extract.sha256}")
    for entry in extract.entries:
        found.update(_keys_of_entry(entry, models))
    found.update(referred(extract, registered))
    return digests(found)


def _keys_of_entry(entry: EntryExtract, models: Models) -> Iterator[str]:
    yield f"id {folded(entry.id)}"
    if like := alike(entry, models):
        yield f"like {like}"


def referred(extract: Extract, registered: Registered) -> Iterator[str]:
    """Keys of the ids that a file refers to and no register has."""
    for _, table, identity in extract.references:
        if (table, identity) not in registered:
            yield f"id {folded(identity)}"


def digests(keys: Iterable[str]) -> str:
    """Keys as `keys_of` gives them."""
    return "".join(sorted(map(_digest, keys)))


def numbers(keys: Iterable[str]) -> set[int]:
    """The keys of several files as numbers, which are compared sooner."""
    return set(array("I", bytes.fromhex("".join(keys))))


def shared(several: Iterable[str]) -> set[int]:
    """The keys that more than one of several files have."""
    every = array("I")
    for keys in several:
        every.frombytes(bytes.fromhex(keys))
    return {one for one, other in pairwise(sorted(every)) if one == other}


def thinned(extract: Extract, models: Models, registered: Registered, met: Set[int], tables: Set[str]) -> Extract:
    """An article without the records and references that no other file has to do with.

    What stays are the records that have any of the keys `met`, are not whole or not the only ones of their id, or are
    of one of some `tables`; and the references that do not lead to a register or to a record of the article itself.
    """
    often = Counter(folded(entry.id) for entry in extract.entries)
    stay = [
        entry
        for entry in extract.entries
        if entry.table in tables
        or "records" in tables
        or often[folded(entry.id)] > 1
        or not is_whole(entry, models)
        or (met and not met.isdisjoint(numbers(map(_digest, _keys_of_entry(entry, models)))))
    ]
    own = {(table, entry.id) for entry in extract.entries if entry.id for table in (entry.table, "records")}
    left = [ref for ref in extract.references if ref[1:] not in own and ref[1:] not in registered]
    return extract._replace(entries=tuple(stay), references=tuple(left), printed=frozenset())


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@cache
def _keys_of(model: type[Fact]) -> tuple[tuple[str, ...], frozenset[str]]:
    """A model's own references, and the fields that its records need."""
    return tuple(own_references(model)), frozenset(required_of(model))
