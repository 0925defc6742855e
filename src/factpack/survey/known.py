"""What is known of a dataset's articles from the run before, and keeping what this one finds out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from factpack.checks import Examined
from factpack.ignores import Ignored
from factpack.survey.condensed import examined_from
from factpack.survey.contents import Contents
from factpack.survey.examiner import Looked
from factpack.survey.findings import Findings
from factpack.survey.late import LateFiles, Stale
from factpack.survey.packing import decoded, encoded
from factpack.survey.standing import SHARDS, Standing, keys_in, unpacked
from factpack.survey.store import Row, Store, digest
from factpack.survey.tool import identity

BATCH = 500
"""Articles after which what was found out is kept: a run that is ended has not worked for nothing."""

_SETTINGS = ("curation", "sources", "max_quote", "max_file", "min_coverage", "paragraphs")
"""What of the configuration the checks of a single file depend on."""

_NAME = "article:"
_STANDING = "survey"
_SHARD = "survey:{}"
_MARKS = "sources"


class Known:
    """What is known of articles, by what it depends on beside their own contents: tool, settings, models, registers."""

    def __init__(self, contents: Contents, store: Store, files: LateFiles, sources: frozenset[str]) -> None:
        config = contents.config
        self._contents, self._store, self._files, self._sources = contents, store, files, sources
        around = contents.models | contents.ids_of(contents.listing.registers)
        settings = [f"{name}={getattr(config, name)}" for name in _SETTINGS]
        self._around = digest(identity(), *settings, *(part for pair in around.items() for part in pair))
        self._marking = digest(identity(), config.paragraphs)
        self._rows: list[Row] = []

    @cached_property
    def standing(self) -> Standing:
        """What the last whole survey left; nothing where it was one of other registers or models."""
        # All at once, so that no other run writes in between.
        names = [_STANDING, *map(_SHARD.format, range(SHARDS))]
        kept = {name: (key, value) for name, _, key, value in self._store.values(names)}
        around, head = kept.pop(_STANDING, (b"", b""))
        if around == self._around:
            try:
                shards = [(bytes.fromhex(key), *kept[_SHARD.format(number)]) for number, key in keys_in(head).items()]
                if all(key == own for key, own, _ in shards):  # else runs that knew nothing of each other wrote them
                    return unpacked(head, (value for _, _, value in shards))
            except (ValueError, TypeError, KeyError):
                pass
        return Standing()

    def leave(self, standing: Standing, found: Findings, ignored: Iterable[Ignored], changed: Iterable[str]) -> None:
        """Keep what this survey leaves, and what was found; in other than the `changed` articles nothing else was."""
        shards = standing.shards(found, changed)
        keys = {**self.standing.keys, **{number: digest(value).hex() for number, value in shards.items()}}
        rows = [(_SHARD.format(number), "", bytes.fromhex(keys[number]), value) for number, value in shards.items()]
        self._store.keep([*rows, (_STANDING, "", self._around, standing.head(ignored, keys))])

    @cached_property
    def marks(self) -> dict[str, str]:
        """The marks of sources by the ids of their contents, as they were last kept."""
        for _, _, key, value in self._store.values([_MARKS]):
            if key == self._marking:
                try:
                    return dict(decoded(value))
                except (ValueError, TypeError):
                    break
        return {}

    def mark(self, marks: Mapping[str, str]) -> None:
        """Keep marks of sources."""
        self._store.keep([(_MARKS, "", self._marking, encoded(marks))])

    def articles(self, paths: Sequence[str]) -> Iterator[tuple[Looked, Examined, bytes]]:
        """What is known of those of some articles that have not changed: all that was found out, and as it is kept."""
        for name, source, kept, value in self._store.values([_NAME + path for path in paths]):
            path = name.removeprefix(_NAME)
            looked = Looked(path, "", self._contents.id_of(path), source, self._id_of(source))
            if kept == self._key(looked):
                try:
                    yield looked, examined_from(decoded(value), self._files.text_of), value
                except (ValueError, TypeError, KeyError, ArithmeticError):
                    continue  # it was kept by another tool, and is found out again

    def learn(self, looked: Looked, value: bytes) -> None:
        """Keep what was found out about an article; raises Stale where it was written meanwhile."""
        if looked.is_partial:
            return
        path, ids = looked.path, (looked.curation_id, looked.source_id)
        if ids != (self._contents.id_of(path), self._id_of(looked.source)):
            raise Stale(path)
        self._rows.append((_NAME + path, looked.source, self._key(looked), value))
        if len(self._rows) >= BATCH:
            self.keep()

    def keep(self) -> None:
        """Write down what was learnt."""
        self._store.keep(self._rows)
        self._rows.clear()

    def _id_of(self, source: str) -> str:
        return self._contents.id_of(source) if source in self._sources else ""

    def _key(self, looked: Looked) -> bytes:
        return digest(self._around, looked.path, looked.curation_id, looked.source, looked.source_id)
