"""Having articles at hand: out of the cache where they are what they were, looked at where not.

Of many, the records are held as they are kept, in bytes, but for those that need no other file to be told of.
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from factpack.checks import Examined
from factpack.dataset import Extract
from factpack.files import Unreadable
from factpack.survey.condensed import examined_from, extract_in, found_in
from factpack.survey.examiner import Examiner, Looked, cores, look_at, packed
from factpack.survey.known import Known
from factpack.survey.late import LateFiles
from factpack.survey.meeting import Registered, numbers, shared, thinned
from factpack.survey.packing import decoded
from factpack.survey.standing import Line, line_of

MANY = 500
"""Articles from which on memory is worth some time."""

PARALLEL = 1000
"""Articles from which on further processes are worth their start."""

PAUSE = 200
"""Of many articles, how many are looked at until what they left is cleared: Python waits for a hundred megabytes."""


@dataclass(frozen=True, eq=False)
class Gathering:
    """The articles that are at hand, with their lines. Only those `asked` for are looked at as a whole.

    Of those that are `held` in bytes, `read` has no records that another file may have to do with, and no findings;
    `found` are those of them that have any.
    """

    examiner: Examiner
    files: LateFiles
    known: Known | None
    registered: Registered
    asked: Container[str]
    jobs: int | None
    read: dict[str, Examined] = field(default_factory=dict)
    held: dict[str, bytes] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    unread: dict[str, Unreadable] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def fetch(self, paths: Iterable[str]) -> None:
        """Have these articles at hand, too; raises Stale where one was written meanwhile."""
        wanted = [path for path in paths if path not in self.read and path not in self.unread]
        for looked, examined, value in self.known.articles(wanted) if self.known else ():
            self._take(looked, examined, value)
        missing = [path for path in wanted if path not in self.read]
        self._look([path for path in missing if path in self.asked])
        for path in missing:
            if path not in self.asked:
                # What checks over all files need of it is enough, and not worth keeping.
                looked, _ = self.examiner.look(path, whole=False)
                self._take(looked, looked.examined, packed(looked)[1] if self._many else b"")

    def extracts(self, paths: Sequence[str], met: Set[int], tables: Set[str]) -> Iterator[Extract]:
        """The extracts of those of some articles that are at hand, in this order.

        Of many, those records are left out that no other of them can have to do with: that share no key with it, and
        none of `met`. Of some `tables` all are there.
        """
        at_hand = [path for path in paths if path in self.read]
        met = met | shared(self.lines[path].meets for path in at_hand if path in self.held)
        for path in at_hand:
            extract = self.read[path].extract
            if path in self.held and (tables or not met.isdisjoint(numbers([self.lines[path].meets]))):
                extract = self._thinned(extract_in(decoded(self.held[path])), met, tables)
            yield extract

    def examined(self, paths: Iterable[str]) -> Iterator[Examined]:
        """Some articles that are at hand, with all that was found in them."""
        for path in paths:
            each = self.read[path]
            if path in self.found:
                each = each._replace(found=found_in(decoded(self.held[path]), self.files.text_of))
            yield each

    def problems(self, path: str) -> list[Unreadable]:
        """What of an article at hand could not be read: its file, or its source."""
        if path in self.unread:
            return [self.unread[path]]
        wrong = self.read[path].unread if path in self.read else None
        return [Unreadable(*wrong)] if wrong else []

    def _look(self, paths: list[str]) -> None:
        jobs = self.jobs or (cores() if len(paths) >= PARALLEL else 1)
        if jobs > 1:
            for looked, value in look_at(self.examiner, paths, jobs):
                self._take(looked, examined_from(decoded(value), self.files.text_of) if value else None, value)
                if self.known:
                    self.known.learn(looked, value)
        else:
            for path in paths:
                looked, article = self.examiner.look(path)
                bare, value = packed(looked) if self.known or self._many else (looked, b"")
                self._take(looked, looked.examined, value)
                if self.known:
                    self.known.learn(bare, value)
                if article and not self._many:
                    self.files.put(article)
        if self.known:
            self.known.keep()

    @property
    def _many(self) -> bool:
        return len(self.files) >= MANY

    def _thinned(self, extract: Extract, met: Set[int], tables: Set[str]) -> Extract:
        return thinned(extract, self.examiner.shared.models, self.registered, met, tables)

    def _take(self, looked: Looked, examined: Examined | None, value: bytes) -> None:
        if examined is None:
            self.unread[looked.path] = looked.unreadable
            self.files.leave_out(looked.path)
            return
        # Where something could not be read, it is looked at again.
        ids = ("", "") if looked.is_partial else (looked.curation_id, looked.source_id)
        models = self.examiner.shared.models
        self.lines[looked.path] = line_of(examined, looked.source, ids, models, self.registered)
        if self._many:
            self.held[looked.path] = value
            thin = self._thinned(examined.extract, frozenset(), frozenset())
            if examined.found:
                self.found.add(looked.path)
            examined = examined._replace(extract=thin, found=())
            if len(self.read) % PAUSE == PAUSE - 1:
                gc.collect(0)
        self.read[looked.path] = examined
