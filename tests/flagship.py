"""The real project, copied to where a test may change it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

from factpack.checks import run
from factpack.dataset import Dataset

ROOT = Path(__file__).parent.parent
PARTS = ("pyproject.toml", "schema", "curation", "seeds")


def copy(folder: Path) -> Path:
    """The project's configuration, models, curation and sources in another folder."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def findings(dataset: Dataset) -> Counter[tuple[str, str, str]]:
    """What the checks find, without places: rule, file and message."""
    return Counter((d.rule, d.location.text.path, d.message) for d in run(dataset))


def article(folder: Path, number: str) -> Path:
    """The curation file of the article with this number."""
    (path,) = folder.glob(f"curation/{number}_*.yaml")
    return path


def change(path: Path, pattern: str, replacement: str) -> tuple[str, int, int]:
    """Replace what the group `here` of a pattern matches in the first line that it matches as a whole.

    Returns the file's path in the project, and line and column of the change, counted from 1.
    """
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if match := re.fullmatch(pattern, line.rstrip("\n")):
            start, end = match.span("here")
            lines[number] = line[:start] + replacement + line[end:]
            path.write_text("".join(lines), "utf-8")
            return f"curation/{path.name}", number + 1, start + 1
    raise AssertionError(f"{path.name} has no line that is {pattern}")
