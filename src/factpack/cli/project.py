"""What every command needs: the dataset it is about, and how to speak to a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from factpack.cli.exits import USAGE
from factpack.config import ConfigurationError, find_root
from factpack.disk import mode_of
from factpack.files import UNFINISHED
from factpack.reporters.glyphs import shown

if TYPE_CHECKING:
    from factpack.config import Config
    from factpack.dataset import Dataset


WRITTEN = "the dataset's files are being written while they are checked: check again afterwards"

LONGEST = 2000
"""Characters of one line; of a longer one the middle is left out."""


def load(options: argparse.Namespace) -> Dataset:
    """The dataset that the options name; raises ConfigurationError."""
    from factpack import dataset

    return dataset.load(root_of(options))


def root_of(options: argparse.Namespace) -> Path:
    """The dataset's root: `--project`, or from the first path, or from here, upwards."""
    near = _near(options.project)
    start = near or Path((getattr(options, "paths", None) and options.paths[0]) or ".")
    if near and not near.is_dir():
        raise ConfigurationError(f"{near} is no folder")
    return _whole(start)


def place(text: str) -> Path | str:
    """A dataset's root as it is typed: a folder, or an address such as s3://bucket/folder."""
    return text if "://" in text else Path(text)


def _near(project: Path | str | None) -> Path | None:
    if isinstance(project, str):
        raise ConfigurationError(f"{project} is no folder of this machine: only --engine daft reads it there")
    return project


def fail(message: str) -> int:
    """Say what is wrong with a call, and return its exit code."""
    # It may quote a file, and a build runner obeys what is printed here, too.
    with suppress(OSError):  # where that cannot be written either, the exit code says it
        print(f"factpack: {shown(message, LONGEST)}", file=sys.stderr)
    return USAGE


def say(line: object) -> None:
    """Print one line that may quote what others wrote."""
    print(shown(str(line), LONGEST))


def in_color() -> bool:
    """Whether standard output takes colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """How many columns standard output has."""
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def configured(options: argparse.Namespace) -> Config:
    """The dataset's configuration, without its files."""
    from factpack.config import load_config

    return load_config(_whole(_near(options.project) or Path(".")))


def _whole(start: Path) -> Path:
    """The dataset's root; a change of several of its files that was cut short is finished first."""
    root = find_root(start.resolve())
    if mode_of(root / UNFINISHED):
        from factpack.config import load_config
        from factpack.mending.journal import finish

        if files := finish(load_config(root)):
            said = f"an earlier change had been cut short: it is finished now, in {', '.join(files)}"
            print(f"factpack: {shown(said, LONGEST)}", file=sys.stderr)
    return root
