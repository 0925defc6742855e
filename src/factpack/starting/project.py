"""Writing a new dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from factpack import staging
from factpack.config import ConfigurationError
from factpack.disk import below
from factpack.starting import base
from factpack.starting.template import Answers, files

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Start:
    """A dataset that was begun: its folder, and how many files it has."""

    root: Path
    written: int


def start(root: Path, answers: Answers) -> Start:
    """Write a new dataset into a folder that is new, or empty but for `.git`; raises ConfigurationError.

    All of it or nothing; where the process is killed in between, the same call goes on.
    """
    if root.exists() and not root.is_dir():
        raise ConfigurationError(f"{root} is a file, not a folder")
    contents = files(answers)
    wanted = {
        path: text.encode("utf-8") for path, text in {**contents, base.NAME: base.dump(answers, contents)}.items()
    }
    new = not root.exists()
    if there := [] if new else _others(root, wanted):
        named = ", ".join(there[:_SHOWN]) + (f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else "")
        raise ConfigurationError(f"{root} is not empty: {named}. Nothing was written")
    try:
        for path, content in wanted.items():
            put(root / path, content)
    except BaseException:
        for name in {path.partition("/")[0] for path in wanted}:
            staging.clear(root / name)
        if new:
            staging.clear(root)
        raise
    return Start(root, len(wanted))


def _others(root: Path, wanted: Mapping[str, bytes]) -> list[str]:
    """What lies in a folder and is not what a run that was cut short has left there of these files."""
    there = {path.name for path in root.iterdir()} - {".git"}
    ours = {path.partition("/")[0] for path in wanted} - {base.NAME}
    left = {f".{Path(path).name}.partial" for path in wanted}
    other = {name for name in there - ours if name not in left}
    for path in (path for name in there & ours for path in (root / name, *_inside(root / name))):
        inside = path.relative_to(root).as_posix()
        known = path.is_dir() or path.name in left or (path.is_file() and path.read_bytes() == wanted.get(inside))
        if path.is_symlink() or not known:
            other.add(inside)
    return sorted(other)


def _inside(place: Path) -> Iterator[Path]:
    if place.is_dir() and not place.is_symlink():
        yield from below(place)


def put(place: Path, content: bytes) -> None:
    """Write a file, all of it or nothing, and the folders above it; one that was there keeps its mode."""
    mode = place.stat().st_mode & 0o7777 if place.exists() else 0o644
    staging.write(place, content, mode)
