"""A small correct project, what a case puts in place of its files, and what must come of it.

Every project has, beside the files that a case spoils, one file with a warning that is always the same: it shows
that the other files are still checked, and leaves the exit code to the case.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pages import CONFIGURATION, TEMPLATE

CANARY = "canary-7d1f93"
"""Stands in every file outside the project; no output may have it."""
WITNESS = ("needless-selector", "curation/z.yaml")
"""The finding of every project, as rule and file."""


SLOWER = 4
"""How much slower than an idle core one may be that other work shares: limits are of CPU time, which grows then."""


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    to: str


@dataclass(frozen=True)
class Special:
    """A FIFO, or with `device` a character device like /dev/zero."""

    device: bool = False


@dataclass(frozen=True)
class Locked:
    """A file or folder without any permission."""

    content: bytes | None = None


@dataclass(frozen=True)
class Folder:
    """An empty folder."""


@dataclass(frozen=True)
class Gone:
    """A file or folder of the correct project that is taken away."""


Thing = str | bytes | Link | Special | Locked | Folder | Gone


@dataclass(frozen=True)
class Case:
    """What is spoiled, and what `factpack check` must make of it.

    `found` are the (rule, file) of all errors and warnings beside the witness, exactly, or None where any will do; `says` must stand in the
    output, `never` must not. `arguments` are those of the command, in which {outside} is the folder with the canary.
    """

    name: str
    files: Mapping[str | bytes, Thing]
    found: frozenset[tuple[str, str]] | None = frozenset()
    code: int | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ("check", "--format", "json")
    seconds: float = 2
    witness: bool = True
    mebibytes: int = 512
    writes: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_report(self) -> bool:
        """Whether the output is the report of a check as JSON."""
        return self.arguments[0] == "check" and "json" in self.arguments and self.code != 2


SOURCE = (
    "The River Forum was held in Hanoi on 12 April 2022.\nAnn Lee spoke. More than 120 delegates from Laos attended.\n"
)


def header(source: str = SOURCE, name: str = "a", quote: str = "The River Forum was held in Hanoi") -> str:
    """The `article` of a curation file."""
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return f"article:\n  source: {name}.txt\n  sha256: {digest}\n  language: en\n  quotes: [{quote}]\n"


EVENT = """\
  - id: evt-forum
    name: River Forum
    date: 2022-04-12
    place: Hanoi
    speakers: [ann-lee]
    country: LAO
    quotes:
      - The River Forum was held in Hanoi on 12 April 2022
      - Ann Lee spoke
      - delegates from Laos
"""
FIGURE = """\
figures:
  - id: fig-delegates
    event: evt-forum
    measure: delegates
    value: 120
    comparator: gt
    unit: delegates
    quotes: [More than 120 delegates from Laos attended]
"""
CURATION = header() + "events:\n" + EVENT + FIGURE
_Z = "The mayors dined.\n"
MODELS = (TEMPLATE / "schema/__init__.py").read_text("utf-8")

BASE: Mapping[str, str] = {
    "pyproject.toml": CONFIGURATION,
    "schema/__init__.py": MODELS,
    "seeds/a.txt": SOURCE,
    "curation/a.yaml": CURATION,
    "curation/registers/people.yaml": "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n",
    "curation/registers/countries.yaml": "countries:\n  - {id: LAO, name: Laos, names: [Laos]}\n",
    "seeds/z.txt": _Z,
    "curation/z.yaml": header(_Z, "z", "The mayors dined")
    + "events:\n  - id: evt-dinner\n    name: mayors\n    quotes: [{exact: The mayors, suffix: dined}]\n",
}


def lay_out(case: Case, folder: Path) -> Path:
    """Write a case's project below `folder`, beside files that are none of its business; returns its root."""
    outside, root = folder / "outside", folder / "project"
    (outside / "deep").mkdir(parents=True)
    for path in ("secret.txt", "secret.yaml", "deep/a.txt", "a.yaml", "pyproject.toml", "secret.json", "__init__.py"):
        (outside / path).write_text(f'{CANARY} = "{CANARY}: {CANARY}"\n')
    root.mkdir()
    things: dict[str | bytes, Thing] = {**BASE, **case.files}
    gone = tuple(f"{path}/" for path, thing in case.files.items() if isinstance(path, str) and _replaces(thing))
    locked = []
    for path, thing in things.items():
        if isinstance(thing, Gone) or (isinstance(path, str) and path.startswith(gone) and path in BASE):
            continue
        place = os.fsencode(root) + b"/" + (path if isinstance(path, bytes) else path.encode("utf-8"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        _make(place, thing, outside)
        if isinstance(thing, Locked):
            locked.append(place)
    for place in locked:
        os.chmod(place, 0)
    return root


def _replaces(thing: Thing) -> bool:
    """Whether nothing that stood below this place is left."""
    return isinstance(thing, Gone | Link | Folder | Special) or (isinstance(thing, Locked) and thing.content is None)


def _make(place: bytes, thing: Thing, outside: Path) -> None:
    if isinstance(thing, str | bytes):
        with open(place, "wb") as file:
            file.write(thing.encode("utf-8") if isinstance(thing, str) else thing)
    elif isinstance(thing, Link):
        os.symlink(thing.to.replace("{outside}", str(outside)), place.decode("utf-8"))
    elif isinstance(thing, Special):
        os.mknod(place, 0o666 | 0o020000, os.makedev(1, 5)) if thing.device else os.mkfifo(place)
    elif isinstance(thing, Locked) and thing.content is not None:
        with open(place, "wb") as file:
            file.write(thing.content)
    else:
        os.mkdir(place)


def remove(folder: Path) -> None:
    """Remove what `lay_out` wrote."""
    for path, _, _ in os.walk(folder):
        os.chmod(path, 0o755)
    shutil.rmtree(folder)
