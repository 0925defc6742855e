"""Merging what has changed in the template into a dataset made from it: the owner's changes stay.

A file is compared in three forms: as it was written (the base, kept in the dataset), as the owner has it now, and as
the template would write it now. Git merges the text where both have changed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from factpack import git
from factpack.config import ConfigurationError
from factpack.disk import mode_of
from factpack.files import is_linked
from factpack.scratch import scratch
from factpack.starting import base
from factpack.starting.project import put
from factpack.starting.template import files

_MARK = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """What an update does to a file; `content` is what is written, none where nothing is.

    `what` is "added", "updated", "merged", "removed", "conflict", or "kept" where the owner's stays and the template
    has something else.
    """

    path: str
    what: str
    content: bytes | None = None


def update(root: Path, requirement: str = "") -> list[Change]:
    """Bring a dataset up to this factpack's template; raises ConfigurationError before anything is written."""
    answers, before = base.load(root)
    if requirement:
        answers = replace(answers, requirement=requirement)
    now = files(answers)
    changes = list(_changes(root, before, now))
    for change in changes:
        if change.what == "removed":
            (root / change.path).unlink()
        elif change.content is not None:
            put(root / change.path, change.content)
    # Last, so that an update that was cut short is done again.
    stored = base.dump(answers, now)
    if (root / base.NAME).read_bytes() != stored.encode("utf-8"):
        put(root / base.NAME, stored.encode("utf-8"))
    return changes


def _changes(root: Path, before: dict[str, str], now: dict[str, str]) -> Iterator[Change]:
    for path in sorted({*before, *now}):
        old, new = (_bytes(of.get(path)) for of in (before, now))
        if old == new:
            continue
        if is_linked(root, path):  # which leads elsewhere, or may
            yield Change(path, "kept")
        elif not mode_of(root / path):
            if new is not None:
                yield Change(path, "added", new) if old is None else Change(path, "kept")
        elif not (root / path).is_file():
            yield Change(path, "kept")
        elif (mine := (root / path).read_bytes()) != new:
            yield _change(path, old, mine, new)


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")


def _change(path: str, old: bytes | None, mine: bytes, new: bytes | None) -> Change:
    if new is None:
        return Change(path, "removed" if mine == old else "kept")
    if mine == old:
        return Change(path, "updated", new)
    if _MARK.search(mine):
        raise ConfigurationError(f"{path} has marks of a conflict: settle it first, then update. Nothing was written")
    return _merged(path, old or b"", mine, new)


def _merged(path: str, old: bytes, mine: bytes, new: bytes) -> Change:
    with scratch() as folder:
        for name, content in (("yours", mine), ("before", old), ("template", new)):
            (folder / name).write_bytes(content)
        names = [part for name in ("yours", "before", "template") for part in ("-L", name)]
        try:
            done = git.run(folder, "merge-file", "-p", "--diff3", *names, "yours", "before", "template")
        except git.GitError as error:
            raise ConfigurationError(f"--update needs git: {error}") from None
    if done.returncode > 127:  # what git cannot merge, such as a file that is no text
        return Change(path, "kept")
    return Change(path, "conflict" if done.returncode else "merged", done.stdout)
