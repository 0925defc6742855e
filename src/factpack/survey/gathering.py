"""Having articles at hand: out of the cache where they are what they were, looked at where not."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from factpack.checks import Examined
from factpack.files import Unreadable
from factpack.survey.condensed import examined_from
from factpack.survey.examiner import Examiner, Looked, cores, look_at, packed
from factpack.survey.known import Known
from factpack.survey.late import LateFiles
from factpack.survey.meeting import Registered
from factpack.survey.packing import decoded
from factpack.survey.standing import Line, line_of

MANY = 1000
"""Articles to look at from which on further processes are worth their start."""


@dataclass(frozen=True, eq=False)
class Gathering:
    """The articles that are at hand, with their lines. Only those `asked` for are looked at as a whole."""

    examiner: Examiner
    files: LateFiles
    known: Known | None
    registered: Registered
    asked: Container[str]
    jobs: int | None
    read: dict[str, Examined] = field(default_factory=dict)
    unread: dict[str, Unreadable] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)

    def fetch(self, paths: Iterable[str]) -> None:
        """Have these articles at hand, too; raises Stale where one was written meanwhile."""
        wanted = [path for path in paths if path not in self.read and path not in self.unread]
        for _, looked, examined in self.known.articles(wanted) if self.known else ():
            self._take(looked, examined)
        missing = [path for path in wanted if path not in self.read]
        self._look([path for path in missing if path in self.asked])
        for path in missing:
            if path not in self.asked:
                # What checks over all files need of it is enough, and not worth keeping.
                looked, _ = self.examiner.look(path, whole=False)
                self._take(looked, looked.examined)

    def problems(self, path: str) -> list[Unreadable]:
        """What of an article at hand could not be read: its file, or its source."""
        if path in self.unread:
            return [self.unread[path]]
        wrong = self.read[path].unread if path in self.read else None
        return [Unreadable(*wrong)] if wrong else []

    def _look(self, paths: list[str]) -> None:
        jobs = self.jobs or (cores() if len(paths) >= MANY else 1)
        if jobs > 1:
            for looked, value in look_at(self.examiner, paths, jobs):
                self._take(looked, examined_from(decoded(value), self.files.text_of) if value else None)
                if self.known:
                    self.known.learn(looked, value)
        else:
            for path in paths:
                looked, article = self.examiner.look(path)
                self._take(looked, looked.examined)
                if self.known:
                    self.known.learn(*packed(looked))
                if article and len(self.files) < MANY:
                    self.files.put(article)
        if self.known:
            self.known.keep()

    def _take(self, looked: Looked, examined: Examined | None) -> None:
        if examined is None:
            self.unread[looked.path] = looked.unreadable
            self.files.leave_out(looked.path)
            return
        self.read[looked.path] = examined
        # Where something could not be read, it is looked at again.
        ids = ("", "") if looked.is_partial else (looked.curation_id, looked.source_id)
        models = self.examiner.shared.models
        self.lines[looked.path] = line_of(examined, looked.source, ids, models, self.registered)
