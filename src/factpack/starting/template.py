"""The template: a small dataset that is whole as it lies here, and what of it is a new dataset's own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from factpack.config import NAME, ConfigurationError
from factpack.disk import below

FOLDER = Path(__file__).parent.parent / "template"
LICENCE = Path(__file__).parent.parent / "package" / "legal" / "CC-BY-4.0.txt"
"""Its text, which releases take from there, too."""

_HOME = "https://github.com/"
_ACTION = "factpack/factpack@" + 40 * "0"
_REQUIREMENT = f"factpack @ git+{_HOME}{_ACTION}"
_MADE = {"__pycache__", ".factpack"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a dataset made from the template says in its own way.

    `requirement` is the line by which pip installs factpack (PEP 508).
    """

    name: str
    title: str
    requirement: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ConfigurationError(
                f"`{self.name}` is no name: lower-case letters and digits joined by `-`, `.` or `_` (--name)"
            )
        if not self.title.strip() or not self.title.isprintable():
            raise ConfigurationError("a title is one line of text")
        if not self.requirement.isprintable():
            raise ConfigurationError("how factpack is installed is said in one line of text (--factpack)")

    @property
    def action(self) -> str:
        """The action of the same revision as the requirement; of no commit where that names none that a forge has."""
        if hosted := re.fullmatch(rf"factpack @ git\+{_HOME}([\w.-]+/[\w.-]+?)(?:\.git)?@([\w./-]+)", self.requirement):
            return f"{hosted[1]}@{hosted[2]}"
        # What lies in a package index was published from the tag of its version.
        released = re.fullmatch(r"factpack==([\w.]+)", self.requirement)
        return f"factpack/factpack@v{released[1]}" if released else _ACTION

    @property
    def names_no_action(self) -> bool:
        """Whether somebody has yet to say which commit of the action checks pull requests."""
        return self.action == _ACTION


def named(folder: Path) -> tuple[str, str]:
    """Name and title that a folder's name suggests."""
    words = re.findall(r"[a-z0-9]+", folder.name.lower())
    return "-".join(words), " ".join(words).capitalize()


def files(answers: Answers) -> dict[str, str]:
    """The files of a new dataset, path to text."""
    found = {
        path.relative_to(FOLDER).as_posix(): _own(path.read_bytes().decode("utf-8"), answers)
        for path in below(FOLDER)
        if path.is_file() and not _MADE.intersection(path.relative_to(FOLDER).parts)
    }
    found["LICENSES/CC-BY-4.0.txt"] = LICENCE.read_bytes().decode("utf-8")
    return found


def _own(text: str, answers: Answers) -> str:
    for theirs, ours in (
        ("factpack-example", answers.name),
        ('"A small example"', json.dumps(answers.title, ensure_ascii=False)),
        ("A small example", answers.title),
        (_REQUIREMENT, answers.requirement),
        (_ACTION, answers.action),
    ):
        text = text.replace(theirs, ours)
    return text
