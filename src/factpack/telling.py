"""A dataset that was surveyed, told article by article: of many none is held, and each is read again.

A record that several articles report is told with the first of these: then the others are read, too. Of records that
another article refers to only the names are known beforehand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from factpack.article import Article
from factpack.dataset import Dataset, EntryExtract, Extract, Register, article_in, extract, names_in, printed_in
from factpack.files import Unreadable, as_curation
from factpack.merge import preferences
from factpack.models import load_models
from factpack.records import Part, merged, named, parts_of
from factpack.resource import Resource
from factpack.survey.contents import Contents, blob_id
from factpack.survey.examiner import Examiner
from factpack.survey.gathering import MANY
from factpack.survey.late import Stale
from factpack.survey.meeting import digests, folded, numbers, referred, shared
from factpack.survey.surveying import Survey
from factpack.tables import Share, tabled, titles_of
from factpack.tree import read

SHARE = 16
"""Articles that are told at a time."""

_KEPT = 100
"""Articles that are kept for records that others report, too."""


Homes = dict[str, list[str]]
"""The paths of the articles that report a record, in their order, by its id; of most records it is not known."""


class Telling:
    """The articles of a dataset in which no errors were found, and the registers in `about`.

    Whatever is read again must be what was checked: raises Stale where it is not.
    """

    def __init__(self, found: Survey, contents: Contents) -> None:
        config, listing = contents.config, contents.listing
        registers = tuple(file for path in listing.registers if isinstance(file := found.files.get(path), Register))
        models = load_models(config.root / config.schema)
        self.about = Dataset(config, models, listing, registers, (), ())
        self._paths = [path for path in listing.articles if path in found.files]
        # The survey has those of a small dataset still, with all that it worked out.
        held = self._paths if len(found.files) < MANY else ()
        self._held = {path: file for path in held if isinstance(file := found.files[path], Article)}
        self._contents = contents
        sources = frozenset(listing.sources)
        self._examiner = Examiner(config, sources, printed_in(registers), names_in(registers), contents.algorithm)
        self._choices = preferences(self.about.extracts)
        self._registered = {(register.table, entry.id) for register in registers for entry in register.entries}

    def __iter__(self) -> Iterator[Article]:
        """The articles without their sources: what is typed in their files."""
        return (self._article(path, with_source=False) for path in self._paths)

    def tables(self, room: Path) -> list[Resource]:
        """All tables; many rows lie on the disk of the folder `room`. It is asked once, for what was told goes."""
        homes, titles = self._ties()
        return tabled(self.about, self._shares(homes), titles_of(self.about, []) | titles, room)

    def _shares(self, homes: Homes) -> Iterator[Share]:
        again = lru_cache(_KEPT)(self._article)
        for first in range(0, len(self._paths), SHARE):
            share = {path: self._article(path) for path in self._paths[first : first + SHARE]}
            records = [
                merged(identity, parts, self._choices) for identity, parts in _parts(share, homes, again).items()
            ]
            yield [*share.values()], records
            for path in share:
                self._held.pop(path, None)

    def _ties(self) -> tuple[Homes, dict[tuple[str, str], str]]:
        """The articles of each record that several report, and the names of records that several know of."""
        keys = {path: _keys(self._extract(path), self._registered) for path in self._paths}
        met = shared(keys.values())
        homes: defaultdict[str, list[str]] = defaultdict(list)
        entries: defaultdict[tuple[str, str], list[EntryExtract]] = defaultdict(list)
        for path in self._paths:
            if met.isdisjoint(numbers([keys[path]])):
                continue
            for entry in self._extract(path).entries:
                if not met.isdisjoint(numbers([digests([_key(entry.id)])])):
                    homes[entry.id].append(path)
                    name = {"name": entry.values.get("name")}
                    entries[entry.table, entry.id].append(entry._replace(values=name, broken=frozenset()))
        titles = {(table, id_): named(id_, several, self._choices) for (table, id_), several in entries.items()}
        return {id_: [*dict.fromkeys(paths)] for id_, paths in homes.items()}, titles

    def _extract(self, path: str) -> Extract:
        return extract(self._article(path, with_source=False), {})

    def _article(self, path: str, with_source: bool = True) -> Article:
        if held := self._held.get(path):
            return held
        sources = self._examiner.sources if with_source else frozenset()
        article, wrong = article_in(
            read(as_curation(path, self._read(path))),
            self._examiner.shared,
            lambda source: self._read(source) if source in sources else None,
        )
        if wrong:
            raise Stale(path)
        return article

    def _read(self, path: str) -> bytes:
        try:
            content = self._examiner.read(path)
        except Unreadable:
            raise Stale(path) from None
        if blob_id(content, self._contents.algorithm) != self._contents.id_of(path):
            raise Stale(path)
        return content


def _parts(share: Mapping[str, Article], homes: Homes, again: Callable[[str], Article]) -> dict[str, list[Part]]:
    """The parts of the records of some articles that no article before them reports; `again` reads another one."""
    found = parts_of(share.values())
    for identity in found.keys() & homes.keys():
        if homes[identity][0] not in share:
            del found[identity]
        elif not share.keys() >= {*homes[identity]}:
            found[identity] = parts_of(share.get(path) or again(path) for path in homes[identity])[identity]
    return found


def _keys(article: Extract, registered: set[tuple[str, str]]) -> str:
    return digests({*(_key(entry.id) for entry in article.entries), *referred(article, registered)})


def _key(identity: str) -> str:
    return f"id {folded(identity)}"
