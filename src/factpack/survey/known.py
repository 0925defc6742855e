"""What is known of a dataset's articles from the run before, and keeping what this one finds out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpack.checks import Examined
from factpack.survey.condensed import examined_from
from factpack.survey.contents import Contents
from factpack.survey.examiner import Looked
from factpack.survey.late import LateFiles, Stale
from factpack.survey.packing import decoded
from factpack.survey.store import Row, Store, digest
from factpack.survey.tool import identity

BATCH = 500
"""Articles after which what was found out is kept: a run that is ended has not worked for nothing."""

_SETTINGS = ("curation", "sources", "max_quote", "max_file", "min_coverage", "paragraphs")
"""What of the configuration the checks of a single file depend on."""

_NAME = "article:"


class Known:
    """What is known of articles, by what it depends on beside their own contents: tool, settings, models, registers."""

    def __init__(self, contents: Contents, store: Store, files: LateFiles, sources: frozenset[str]) -> None:
        config = contents.config
        self._contents, self._store, self._files, self._sources = contents, store, files, sources
        around = {**contents.below(config.schema), **contents.below(f"{config.curation}/registers")}
        settings = [f"{name}={getattr(config, name)}" for name in _SETTINGS]
        self._around = digest(identity(), *settings, *(part for pair in around.items() for part in pair))
        self._rows: list[Row] = []

    def articles(self, paths: Iterable[str]) -> Iterator[tuple[str, Examined]]:
        """What is known of those of some articles that have not changed."""
        kept = self._store.kept(_NAME)
        keys: dict[str, bytes] = {}
        for path in paths:
            source, key = kept.get(_NAME + path, ("", b""))
            if key and key == self._key(path, self._contents.id_of(path), source, self._id_of(source)):
                keys[_NAME + path] = key
        for name, value in self._store.values(keys):
            try:
                yield name.removeprefix(_NAME), examined_from(decoded(value), self._files.text_of)
            except (ValueError, TypeError, KeyError, ArithmeticError):
                continue  # it was kept by another tool, and is found out again

    def learn(self, looked: Looked, value: bytes) -> None:
        """Keep what was found out about an article; raises Stale where it was written meanwhile."""
        if looked.is_partial:
            return
        path, ids = looked.path, (looked.curation_id, looked.source_id)
        if ids != (self._contents.id_of(path), self._id_of(looked.source)):
            raise Stale(path)
        key = self._key(path, looked.curation_id, looked.source, looked.source_id)
        self._rows.append((_NAME + path, looked.source, key, value))
        if len(self._rows) >= BATCH:
            self.keep()

    def keep(self) -> None:
        """Write down what was learnt."""
        self._store.keep(self._rows)
        self._rows.clear()

    def _id_of(self, source: str) -> str:
        return self._contents.id_of(source) if source in self._sources else ""

    def _key(self, path: str, curation_id: str, source: str, source_id: str) -> bytes:
        return digest(self._around, path, curation_id, source, source_id)
