"""The contents that git's index knows of a work tree, where they are the bytes that stand there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factpack import git
from factpack.config import FILE

_PLAIN = (b"\0H 100644 ", b"\0H 100755 ", b"\0C 100644 ", b"\0C 100755 ")
"""How an entry begins that is a regular file and not set aside by `--assume-unchanged` or the like."""

_ID = len("H 100644 ")
"""Where an entry's id begins, which has its path behind it."""

_CONVERTING = ("text", "eol", "filter", "ident", "working-tree-encoding")
"""Attributes by which a file's bytes may be others than what git keeps."""


@dataclass(frozen=True, eq=False)
class Index:
    """The index as git lists it: `entries` of all files, and once more of those that have changed since."""

    entries: bytes

    @cached_property
    def digest(self) -> bytes:
        """A digest of what the index says."""
        return hashlib.blake2b(self.entries, digest_size=32).digest()

    @cached_property
    def algorithm(self) -> str:
        """How its ids are made."""
        return "sha256" if self.entries[_ID + 40 : _ID + 41].strip() else "sha1"

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """Path -> the id of its content, of the files that have not changed."""
        end = _ID + (64 if self.algorithm == "sha256" else 40)
        entries = os.fsdecode(self.entries[:-1]).split("\0")
        path = end + len(" 0\t")
        # There is one for each file, so there is little in these loops.
        ids = {entry[path:]: entry[_ID:end] for entry in entries}
        for entry in entries:
            if entry[0] == "C":
                ids.pop(entry[path:], None)
        return ids


def read_index(root: Path, folders: Sequence[str], beside: Sequence[str]) -> Index | None:
    """What git knows of a dataset's folders (curation, sources, schema) and files beside them.

    None outside of a work tree, or where the index cannot be relied upon.
    """
    places = ["--", *folders, *beside]
    try:
        if _converts(root, folders):
            return None
        entries = git.ask(root, "--literal-pathspecs", "ls-files", "-v", "--stage", "--modified", "-z", *places)
    except (OSError, git.GitError):
        return None
    if sum(map((b"\0" + entries).count, _PLAIN)) != entries.count(b"\0") or not entries:
        return None  # symbolic links, submodules, files that git was told not to look at
    return Index(entries)


def _converts(root: Path, folders: Sequence[str]) -> bool:
    """Whether git may keep other bytes than stand in the work tree, line ends in what people write apart.

    Asked of a name that no file has in each folder, so of the rules for all of it; a rule for single files that
    could convert them counts as if it did.
    """
    if git.ask(root, "config", "--default", "false", "--get", "core.autocrlf").strip() != b"false":
        return True
    curation, sources, schema = folders
    probes = [f"{curation}/?.yaml", f"{curation}/registers/?.yaml", f"{schema}/?.py", FILE, f"{sources}/?.txt"]
    answers = os.fsdecode(git.ask(root, "check-attr", "-z", *_CONVERTING, "--", *probes)).split("\0")
    for path, attribute, value in zip(answers[::3], answers[1::3], answers[2::3], strict=False):
        ends = attribute in ("text", "eol") and value in ("set", "auto", "lf") and os.linesep == "\n"
        if value not in ("unspecified", "unset") and (path == probes[-1] or not ends):
            return True
    told = git.ask(root, "rev-parse", "--show-toplevel", "--git-path", "info/attributes").splitlines()
    top, own = (Path(os.fsdecode(line)) for line in told)
    above = [folder for folder in (root.resolve(), *root.resolve().parents) if folder == top or top in folder.parents]
    inside = [root / folder for folder in (*folders, f"{curation}/registers")]
    return any(_picks(place) for place in (root / own, *(folder / ".gitattributes" for folder in (*above, *inside))))


def _picks(place: Path) -> bool:
    """Whether a file of attributes has a rule for single files by which they may be converted."""
    try:
        lines = place.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return False
    for line in lines:
        pattern, *attributes = line.split() or [""]
        name = pattern.rpartition("/")[2]
        converting = any(one.partition("=")[0] in _CONVERTING for one in attributes)
        if converting and not (name in ("*", "**") or name.startswith("*.") or pattern.startswith("#")):
            return True
    return False
