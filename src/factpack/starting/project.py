"""Writing a new dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factpack.config import ConfigurationError
from factpack.starting import base
from factpack.starting.template import Answers, files

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Start:
    """A dataset that was begun: its folder, and how many files it has."""

    root: Path
    written: int


def start(root: Path, answers: Answers) -> Start:
    """Write a new dataset into a folder that is new, or empty but for `.git`; raises ConfigurationError."""
    if root.exists() and not root.is_dir():
        raise ConfigurationError(f"{root} is a file, not a folder")
    there = sorted(path.name for path in root.iterdir() if path.name != ".git") if root.exists() else []
    if there:
        named = ", ".join(there[:_SHOWN]) + (f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else "")
        raise ConfigurationError(f"{root} is not empty: {named}. Nothing was written")
    contents = files(answers)
    for path, text in {**contents, base.NAME: base.dump(answers, contents)}.items():
        put(root / path, text.encode("utf-8"))
    return Start(root, len(contents) + 1)


def put(path: Path, content: bytes) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
