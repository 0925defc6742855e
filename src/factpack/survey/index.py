"""The contents that git's index knows of a work tree, where they are the bytes that stand there."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factpack.config import FILE

_PLAIN = (b"\0H 100644 ", b"\0H 100755 ")
"""How an entry begins that is a regular file and not set aside by `--assume-unchanged` or the like."""

_ENTRY = re.compile(r"H 100[67][45]{2} ([0-9a-f]+) 0\t([^\0]+)\0")

_CONVERTING = ("text", "eol", "filter", "ident", "working-tree-encoding")
"""Attributes by which a file's bytes may be others than what git keeps."""


@dataclass(frozen=True, eq=False)
class Index:
    """Entries of the index whose files have not changed since; `entries` as git lists them, `changed` are left out."""

    entries: bytes
    changed: frozenset[str]
    algorithm: str

    @cached_property
    def digest(self) -> bytes:
        """A digest of what the index says."""
        digest = hashlib.blake2b(self.entries, digest_size=32)
        digest.update(b"\0".join(map(os.fsencode, sorted(self.changed))))
        return digest.digest()

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files whose content is known."""
        return frozenset(path for _, path in self._every) - self.changed

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """Path -> the id of its content."""
        return {path: known for known, path in self._every if path not in self.changed}

    @cached_property
    def _every(self) -> list[tuple[str, str]]:
        """Ids and paths of all entries."""
        return _ENTRY.findall(os.fsdecode(self.entries))


def read_index(root: Path, folders: Sequence[str], beside: Sequence[str]) -> Index | None:
    """What git knows of a dataset's folders (curation, sources, schema) and files beside them.

    None outside of a work tree, or where the index cannot be relied upon.
    """
    places = ["--", *folders, *beside]
    try:
        if _converts(root, folders):
            return None
        # In this order: what is changed and added between the two is listed with its new content.
        changed = _git(root, "diff-files", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--relative", *places)
        entries = _git(root, "ls-files", "-v", "--stage", "-z", *places)
    except (OSError, subprocess.SubprocessError):
        return None
    if sum(map((b"\0" + entries).count, _PLAIN)) != entries.count(b"\0") or not entries:
        return None  # symbolic links, submodules, files that git was told not to look at
    algorithm = "sha256" if entries[9 + 40 : 9 + 41].strip() else "sha1"
    return Index(entries, frozenset(os.fsdecode(changed).split("\0")) - {""}, algorithm)


def _converts(root: Path, folders: Sequence[str]) -> bool:
    """Whether git may keep other bytes than stand in the work tree, line ends in what people write apart.

    Asked of a name that no file has in each folder, so of the rules for all of it; a rule for single files that
    could convert them counts as if it did.
    """
    if _git(root, "config", "--default", "false", "--get", "core.autocrlf").strip() != b"false":
        return True
    curation, sources, schema = folders
    probes = [f"{curation}/?.yaml", f"{curation}/registers/?.yaml", f"{schema}/?.py", FILE, f"{sources}/?.txt"]
    answers = os.fsdecode(_git(root, "check-attr", "-z", *_CONVERTING, "--", *probes)).split("\0")
    for path, attribute, value in zip(answers[::3], answers[1::3], answers[2::3], strict=False):
        ends = attribute in ("text", "eol") and value in ("set", "auto", "lf") and os.linesep == "\n"
        if value not in ("unspecified", "unset") and (path == probes[-1] or not ends):
            return True
    told = _git(root, "rev-parse", "--show-toplevel", "--git-path", "info/attributes").splitlines()
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


def _git(root: Path, *arguments: str) -> bytes:
    # What a repository's own settings could add: programs that git runs, and ways of not looking closely.
    settings = ("core.fsmonitor=false", "core.trustctime=true", "core.checkStat=default", "core.ignoreStat=false")
    command = ["git", "--no-optional-locks", "--literal-pathspecs", "-C", str(root)]
    for setting in settings:
        command += ["-c", setting]
    # Whoever runs this from a hook has other folders in mind, perhaps.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        [*command, *arguments], env=environment, capture_output=True, check=True, timeout=600, stdin=subprocess.DEVNULL
    ).stdout
