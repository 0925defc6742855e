"""Which files a dataset has, and reading them safely: the only place that opens what strangers wrote."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from factpack.disk import mode_of
from factpack.text import Text

ORIGINALS = "originals"
"""The folder beside the sources for the pages and PDFs that their text was taken out of; nothing reads it."""
UNFINISHED = ".factpack/unfinished.json"
"""Is there while several files are changed together, and says how."""
MAX_DEPTH = 20
"""Folders inside each other; no dataset has more than two."""


@dataclass(eq=False)
class Unreadable(Exception):
    """A file that cannot be read as text: why, and the byte where it goes wrong, if there is one."""

    path: str
    why: str
    offset: int = 0


def told(error: OSError) -> str:
    """An error of the disk in one sentence: which file, where that is known, and why."""
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of the dataset's folders, as paths relative to its root, and what is wrong with others.

    `problems` are (rule, path, sentence).
    """

    articles: tuple[str, ...]
    registers: tuple[str, ...]
    sources: tuple[str, ...]
    problems: tuple[tuple[str, str, str], ...]


def read_bytes(root: Path, path: str, limit: int) -> bytes:
    """A regular file's bytes; raises Unreadable for anything else, or above `limit` bytes."""
    try:
        if is_linked(root, os.path.dirname(path)):
            raise Unreadable(path, "this file lies behind a symbolic link, which could lead out of the project")
        # Not blocking, so that a FIFO does not hang; not following, so that nothing outside is read.
        descriptor = os.open(os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        raise Unreadable(path, f"this file cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(path, "this is no regular file")
        if status.st_size > limit:
            raise Unreadable(path, f"this file has {status.st_size} bytes; the limit (max_file) is {limit}")
        # A file object would ask for much that is known here: half of what reading a small file costs.
        content = b""
        while more := os.read(descriptor, status.st_size + 1 - len(content)):
            content += more
        return content
    finally:
        os.close(descriptor)


def is_linked(root: Path, folder: str | Path) -> bool:
    """Whether a folder, or one that it lies in, is a symbolic link; the root's own are the user's business.

    Raises OSError, and ValueError for a name that no file can have.
    """
    # Asked for every file that is read, so it makes no path objects.
    place = os.fspath(root)
    for part in os.fspath(folder).replace(os.sep, "/").split("/"):
        place = os.path.join(place, part)
        if part and stat.S_ISLNK(mode_of(place)):
            return True
    return False


def read_text(root: Path, path: str, limit: int) -> Text:
    """A file's content as strictly decoded UTF-8; raises Unreadable."""
    return as_text(path, read_bytes(root, path, limit))


def read_if_there(root: Path, path: str, limit: int) -> str:
    """A text file's content; nothing where there is none, or it is or lies behind a link. Raises Unreadable."""
    try:
        if not mode_of(root / path) or is_linked(root, path):
            return ""
    except OSError as error:
        raise Unreadable(path, f"this file cannot be looked at: {error.strerror}") from None
    return read_text(root, path, limit).content


def as_text(path: str, content: bytes) -> Text:
    """A file's bytes as strictly decoded UTF-8; raises Unreadable."""
    if b"\0" in content[:4] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(path, "this file is not UTF-8: it looks like UTF-16, or is no text at all")
    try:
        return Text(path, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, f"this file is not UTF-8: line {line}, byte {error.start}") from None


def as_curation(path: str, content: bytes) -> Text:
    """A curation file's bytes as text, without the mark that some editors put first; raises Unreadable."""
    return Text(path, as_text(path, content).content.removeprefix("\ufeff"))


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies below a folder: regular files, and what is wrong with others as (rule, path, sentence)."""

    files: list[str] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


def list_files(root: Path, curation: str, sources: str, unsaved: Iterable[str] = ()) -> Listing:
    """What stands in the dataset's folders; every file is an article's, a register, a source or a problem.

    `unsaved` are paths that count as well if they are in the folder of the curation, on disk or not.
    """
    curated, given = walk(root, curation), walk(root, sources)
    new = (path for path in unsaved if path.startswith(f"{curation}/"))
    known = [*curated.problems, *given.problems]
    return listing_of({*curated.files, *new}, given.files, curation, sources, known)


def listing_of(
    curated: Iterable[str], given: Iterable[str], curation: str, sources: str,
    known: Iterable[tuple[str, str, str]] = (),
) -> Listing:  # fmt: skip
    """Sort the files in the folders of the curation and the sources; `known` are problems found already."""
    problems = list(known)
    articles, registers = [], []
    for path in _safe(curated, problems):
        folder, _, name = path.rpartition("/")
        if folder == curation and name.endswith(".yaml") and name[0] != ".":
            articles.append(path)
        elif name == "README.md" or name.startswith("."):
            continue
        elif name.endswith(".yaml") and folder == f"{curation}/registers":
            registers.append(path)
        else:
            problems.append(("stray-file", path, _stray(name, folder, curation)))
    found = []
    for path in _safe(given, problems):
        folder, _, name = path.rpartition("/")
        if folder == sources and name.endswith(".txt") and name[0] != ".":
            found.append(path)
        elif name != "README.md" and not name.startswith(".") and folder != f"{sources}/{ORIGINALS}":
            problems.append(("stray-file", path, f"only .txt files directly in {sources}/ are read as sources"))
    problems.extend(_clashes([*articles, *registers]))
    problems.extend(_clashes(found))
    return Listing(tuple(articles), tuple(registers), tuple(found), tuple(problems))


def _safe(paths: Iterable[str], problems: list[tuple[str, str, str]]) -> Iterator[str]:
    """Those of some files whose names work everywhere, in order; the others are problems."""
    for path in sorted(paths):
        if reason := unsafe_name(path.rpartition("/")[2]):
            problems.append(("unsafe-path", _utf8(path), reason))
        else:
            yield path


def _stray(name: str, folder: str, curation: str) -> str:
    if name.lower().endswith((".yml", ".yaml")) and folder in (curation, f"{curation}/registers"):
        return "curation files end in .yaml, in lower case: this one is not read"
    if name.endswith(".yaml"):
        return f"curation files stand directly in {curation}/ or {curation}/registers/: this one is not read"
    return "this is no curation file and is not read"


def walk(root: Path, folder: str) -> Walk:
    """Look for all files below a folder; nothing is followed, and what cannot be looked at is a problem."""
    found = Walk()
    try:
        linked = is_linked(root, folder)
    except OSError as error:
        found.problems.append(("stray-file", folder, f"this folder cannot be read: {error.strerror}"))
        return found
    if linked:
        message = "this folder is a symbolic link, which could lead out of the project: not read"
        found.problems.append(("unsafe-path", folder, message))
    else:
        _below(root, folder, found)
    return found


def _below(root: Path, folder: str, found: Walk) -> None:
    others: list[os.DirEntry[str]] = []
    add = found.files.append
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    add(f"{folder}/{entry.name}")
                else:
                    others.append(entry)
    except OSError as error:
        found.problems.append(("stray-file", folder, f"this folder cannot be read: {error.strerror}"))
        return
    for entry in sorted(others, key=lambda entry: entry.name):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            message = "this is a symbolic link, which could lead out of the project: not read"
        elif not entry.is_dir(follow_symlinks=False):
            message = "this is no regular file: not read"
        elif path.count("/") >= MAX_DEPTH:
            message = f"folders are not read below the {MAX_DEPTH}th: this one is too deep"
        elif _utf8(path) != path:
            message = "this folder's name is not UTF-8: not read"
        else:
            _below(root, path, found)
            continue
        found.problems.append(("unsafe-path", _utf8(path), message))


_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}

_PLAIN = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\b)[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)*")  # so are most
_NOT_EVERYWHERE = re.compile(r'[<>:"|?*\\]|[ .]\Z')


def unsafe_name(name: str) -> str:
    """Why a file's name does not work everywhere, or nothing."""
    if _PLAIN.fullmatch(name):
        return ""
    if _utf8(name) != name:
        return "this file's name is not UTF-8"
    if name.partition(".")[0].lower() in _RESERVED:
        return "this name is reserved on Windows: rename the file"
    if not name.isprintable() or _NOT_EVERYWHERE.search(name):
        return "this name has characters that do not work everywhere: rename the file"
    return ""


def _utf8(name: str) -> str:
    """A name with question marks where it is not UTF-8."""
    return name.encode("utf-8", "replace").decode()


def _clashes(paths: list[str]) -> Iterator[tuple[str, str, str]]:
    if (every := "\n".join(paths)).isascii() and every == every.lower():
        return  # so are most, and then no two can be alike
    seen: dict[str, str] = {}
    for path in paths:
        key = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if key in seen:
            yield "name-clash", path, f"this name differs from {seen[key]} by case or Unicode form only"
        seen.setdefault(key, path)
