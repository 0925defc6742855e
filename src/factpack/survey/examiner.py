"""Examining single files, in this process or in several: what a worker has, it is given or reads itself."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

from factpack.article import Article, NamesByWord, Printed, Surroundings
from factpack.checks import Examined, examine_file
from factpack.config import Config
from factpack.dataset import article_in, extract, source_path, surroundings
from factpack.files import Unreadable, as_curation, read_bytes
from factpack.models import load_models
from factpack.survey.condensed import examined_data
from factpack.survey.contents import blob_id
from factpack.survey.packing import encoded
from factpack.tree import read

SHARE = 16
"""Files handed to a process at a time."""


class Looked(NamedTuple):
    """What was found out about an article's file, or `why` it could not be read.

    `source` is the path of its source; both ids are those of the contents that were looked at. It `is_partial` where
    anything could not be read.
    """

    path: str
    why: str = ""
    curation_id: str = ""
    source: str = ""
    source_id: str = ""
    is_partial: bool = False
    examined: Examined | None = None

    @property
    def unreadable(self) -> Unreadable:
        """Why nothing was found out."""
        return Unreadable(self.path, self.why)


@dataclass(frozen=True, eq=False)
class Examiner:
    """Looks at one article's file after the other. All it is made of can be sent to another process.

    `sources` are the paths of the dataset's sources, `printed` and `names` what its registers print, `algorithm`
    how ids of contents are made.
    """

    config: Config
    sources: frozenset[str]
    printed: Printed
    names: NamesByWord
    algorithm: str

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: not the models, which are loaded there."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @contextmanager
    def here(self) -> Iterator[Config]:
        """The configuration, with the models and registers below its root while they are read."""
        yield self.config

    @cached_property
    def shared(self) -> Surroundings:
        """What all articles share."""
        with self.here() as here:
            return surroundings(self.config, load_models(here.root / here.schema), self.printed)

    def read(self, path: str) -> bytes:
        """A file's bytes; raises Unreadable."""
        return read_bytes(self.config.root, path, self.config.max_file)

    def look(self, path: str, whole: bool = True) -> tuple[Looked, Article | None]:
        """Run the checks of one file; where it is not to be `whole`, only what checks over all files need of it."""
        ids: dict[str, str] = {}

        def source(path: str) -> bytes | None:
            if path not in self.sources:
                return None
            content = self.read(path)
            ids[path] = blob_id(content, self.algorithm)
            return content

        try:
            content = self.read(path)
            text = as_curation(path, content)
        except Unreadable as error:
            return Looked(path, error.why, is_partial=True), None
        tree = read(text)
        article, wrong = article_in(tree, self.shared, source)
        unread = (wrong.path, wrong.why) if wrong else None
        extracted = extract(article, self.names)
        examined = (
            examine_file(article, extracted, unread) if whole else Examined(extracted, (), False, 0, 0, 0, unread)
        )
        named = source_path(tree, self.config.sources)
        curation_id = blob_id(content, self.algorithm)
        return Looked(path, "", curation_id, named, ids.get(named, ""), wrong is not None, examined), article


def cores() -> int:
    """How many cores of this machine this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def look_at(examiner: Examiner, paths: Sequence[str], jobs: int) -> Iterator[tuple[Looked, bytes]]:
    """Look at articles' files in several processes; those that a process which died has left over, in this one."""
    # Most runs look at a few files only, and need none of these.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    left = iter(paths)
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(examiner,)) as pool:
            for looked in pool.map(_look, paths, chunksize=SHARE):
                next(left)
                yield looked
    except BrokenProcessPool:
        for path in left:
            yield packed(examiner.look(path)[0])


_examiner: Examiner


def _begin(examiner: Examiner) -> None:
    global _examiner
    gc.set_threshold(1_000_000, 50, 50)
    _examiner = examiner


def _look(path: str) -> tuple[Looked, bytes]:
    return packed(_examiner.look(path)[0])


def packed(looked: Looked) -> tuple[Looked, bytes]:
    """What was found out, as it is sent and kept: in bytes, which hold nothing of the models."""
    content = encoded(examined_data(looked.examined)) if looked.examined else b""
    return looked._replace(examined=None), content
