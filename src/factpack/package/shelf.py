"""What stands beside the published folders: each version's zip, and index.json, the list of all versions.

The folders are the truth and their renaming was the commit; all of this is derived from them, and put right by
the next run when one dies in between. The index is only ever added to: an entry's one change is being yanked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, TypeAdapter, ValidationError

from factpack import staging
from factpack.config import VERSION, ConfigurationError
from factpack.diagnostic import Severity
from factpack.disk import below, mode_of
from factpack.files import Unreadable, read_bytes
from factpack.package import archive, checksums, descriptor
from factpack.package.held import Files
from factpack.package.problem import Problem
from factpack.package.tableschema import Strict

INDEX = "index.json"
_MAX_INDEX = 10_000_000


class Entry(Strict):
    """A published version; `bump` is how its number differs from that of the version before it."""

    version: Annotated[str, StringConstraints(pattern=f"^{VERSION.pattern}$")]
    date: str | None = None
    bump: Literal["major", "minor", "patch"] | None = None
    zip: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,250}\.zip$")]
    sha256: str
    content_hash: str
    yanked: bool = False
    why: str | None = None


_INDEX = TypeAdapter(list[Entry])


def entries(dist: Path) -> list[Entry]:
    """The published versions, in the order in which they were published; raises ConfigurationError."""
    place = dist / INDEX
    if not mode_of(place):
        return []
    try:
        listed = _INDEX.validate_json(read_bytes(dist, INDEX, _MAX_INDEX))
        if len({entry.version for entry in listed}) == len(listed):
            return listed
        why = "a version stands twice in it"
    except Unreadable as error:
        why = error.why
    except ValidationError as error:
        why = error.errors()[0]["msg"]
    raise ConfigurationError(f"{place} is not an index: {why}. Take it from your last commit")


def derive(dist: Path) -> list[Problem]:
    """Make what is missing beside the folders of `dist`; returns what does not fit the index, changing nothing of it.

    A folder that does not keep its own checksums is neither archived nor listed. What was made is an info.
    """
    with staging.locked(dist):
        problems: list[Problem] = []
        for stray in dist.glob(".*.partial"):
            staging.clear(stray)
            problems.append(_done(stray.name, "is cleared: a run that was cut short had left it"))
        listed = entries(dist)
        known = {entry.version: entry for entry in listed}
        for folder in folders(dist):
            problems += _shelve(folder, known.get(folder.name), listed)
        if len(listed) > len(known):
            _write(dist, listed)
            added = ", ".join(entry.version for entry in listed[len(known) :])
            problems.append(_done(INDEX, f"lists {added} now"))
    return problems


def _done(file: str, message: str) -> Problem:
    return Problem(file, message, severity=Severity.INFO)


def yank(dist: Path, version: str, why: str) -> Entry:
    """Mark a version as one not to use; its folder and zip stay. Raises LookupError, ValueError or
    ConfigurationError."""
    with staging.locked(dist):
        listed = entries(dist)
        entry = next((one for one in listed if one.version == version), None)
        if entry is None:
            known = ", ".join(one.version for one in listed) or "none"
            raise LookupError(f"{version} is not published; in {INDEX}: {known}")
        if entry.yanked:
            raise ValueError(f"{version} is yanked already: {entry.why}")
        entry.yanked, entry.why = True, " ".join(why.split())
        _write(dist, listed)
    return entry


def remarks(place: Path, files: Files) -> Iterator[Problem]:
    """What the index beside a folder or zip with these files says of it: another checksum, or that it is yanked."""
    try:
        listed = entries(place.parent)
    except ConfigurationError as error:
        yield Problem(INDEX, str(error))
        return
    for entry in listed:
        if place.name not in (entry.version, entry.zip):
            continue
        if place.is_file() and checksums.sum_of(place).sha256 != entry.sha256:
            yield Problem(place.name, f"is changed: its checksum is not the one in {INDEX}")
        if place.is_dir() and checksums.content_hash_from(files.sums) != entry.content_hash:
            yield Problem(place.name, f"is changed: its tables are not those listed in {INDEX}")
        if entry.yanked:
            yield Problem(place.name, f"is yanked: {entry.why}", severity=Severity.WARNING)


def yanked(place: Path) -> str:
    """Why the index beside a published folder or zip says not to use it; nothing where it does not."""
    try:
        listed = entries(place.parent)
    except ConfigurationError:
        return ""  # for `remarks` to say
    return next((entry.why or "" for entry in listed if entry.yanked and place.name in (entry.version, entry.zip)), "")


def folders(dist: Path) -> list[Path]:
    """The folders of the published versions, by number; none where there is no `dist`. Raises OSError."""
    found = dist.iterdir() if dist.is_dir() else ()
    folders = [path for path in found if VERSION.fullmatch(path.name) and path.is_dir()]
    return sorted(folders, key=lambda folder: _number(folder.name))


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _shelve(folder: Path, entry: Entry | None, listed: list[Entry]) -> Iterator[Problem]:
    """Write a version's zip, if it is not there, and add the version to the list, if it is not in it."""
    if entry and _is(folder.parent / entry.zip, entry.sha256):
        return
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in below(folder) if _is_regular(path)}
    sums = {path: checksums.sum_of(data) for path, data in files.items()}
    if list(checksums.differences(sums, files.get(checksums.FILE))):
        yield Problem(folder.name, "does not keep its own checksums; its zip is not made")
        return
    package, _ = descriptor.load(files.get(descriptor.FILE, b""))
    if package is None or package.version != folder.name:
        yield Problem(folder.name, f"is not the folder of a version: its {descriptor.FILE} does not say so")
        return
    data = archive.dump(files)
    made = Entry(
        version=folder.name,
        date=(package.created or "")[:10] or None,
        bump=_bump(folder.name, [one.version for one in listed]),
        zip=f"{package.name}-{folder.name}.zip",
        sha256=checksums.sum_of(data).sha256,
        content_hash=checksums.content_hash_from(sums),
    )
    if entry and (entry.zip, entry.sha256) != (made.zip, made.sha256):
        yield Problem(folder.name, f"is not what was published: the zip made of it is not the one in {INDEX}")
        return
    if not _is(folder.parent / made.zip, made.sha256):
        staging.write(folder.parent / made.zip, data)
        yield _done(made.zip, f"is made, of {folder.name}")
    if not entry:
        listed.append(made)


def _is(place: Path, checksum: str) -> bool:
    return place.is_file() and checksums.sum_of(place).sha256 == checksum


def _is_regular(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _bump(version: str, earlier: Sequence[str]) -> Literal["major", "minor", "patch"] | None:
    """How a version differs from the greatest one below it."""
    number = _number(version)
    below = [other for other in map(_number, earlier) if other < number]
    if not below:
        return None
    last = max(below)
    return "major" if number[0] > last[0] else "minor" if number[1] > last[1] else "patch"


def _write(dist: Path, listed: Sequence[Entry]) -> None:
    content = [entry.model_dump(exclude_none=True) for entry in listed]
    staging.write(dist / INDEX, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
