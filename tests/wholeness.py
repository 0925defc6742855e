"""A command that is disturbed, and what must hold afterwards: the whole old state or the whole new one."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from faults import ASKING, Fault, Paused, run
from pages import Example, lay_out
from test_tables import FILES

from factpack.cli import main
from factpack.files import UNFINISHED

Tree = Mapping[str, tuple[int, bytes]]
"""Path -> mode and content of every file and folder."""


def tree(folder: Path) -> Tree:
    """Everything below a folder; what Python compiled is no part of it."""
    return {
        p.relative_to(folder).as_posix(): (p.lstat().st_mode, p.read_bytes() if p.is_file() else b"")
        for p in sorted(folder.rglob("*"))
        if "__pycache__" not in p.parts
    }


@dataclass(frozen=True)
class Command:
    """A command and what it is tried on.

    `where` is the folder that it changes. What lies there is old or new by itself if it differs in the first `unit`
    parts of its path, and otherwise changes together. `done` is the exit code where there is nothing left to do.
    `undone` says that a run that finds the disk full takes back all that it wrote.
    """

    arguments: tuple[str, ...]
    where: str
    unit: int
    prepare: Callable[[Path], None]
    done: int = 0
    undone: bool = True


def correct(project: Path) -> None:
    """A note is mended, and the version raised."""
    _edit(project / "pyproject.toml", 'version = "1.0.0"', 'version = "1.0.1"')
    _edit(project / "curation/a.yaml", "note: First.", "note: Corrected.")


def _edit(place: Path, old: str, new: str) -> None:
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")


def _released(project: Path) -> None:
    assert main(["release", "--project", str(project)]) == 0
    correct(project)


def _built(project: Path) -> None:
    assert main(["build", "--project", str(project)]) == 0
    correct(project)


def _shown(project: Path) -> None:
    _built(project)
    assert main(["site", "--project", str(project)]) == 0
    assert main(["build", "--project", str(project)]) == 0


def _untidy(project: Path) -> None:
    for name in ("a", "b"):
        _edit(project / f"curation/{name}.yaml", "language: en", "language:   en")


def _mistyped(project: Path) -> None:
    for name, note in (("a", "First"), ("b", "Second")):
        _edit(project / f"curation/{name}.yaml", f"note: {note}", f"nte: {note}")


def _marked(project: Path) -> None:
    """For two articles, which change together."""
    words = {"a": "The meeting adopted Directive", "b": "A second meeting is planned"}
    marks = {
        name: {"extraction_class": "events", "extraction_text": text, "attributes": {"name": text}}
        for name, text in words.items()
    }
    lines = [json.dumps({"document_id": name, "extractions": [mark]}) for name, mark in marks.items()]
    (project / "marked.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def _given(project: Path) -> None:
    (project / "given.txt").write_text("Oslo, 3 May 2021. Ann met the crew there.\n", "utf-8")


PROJECT = ("--project", "{project}")
COMMANDS = {
    "release": Command(("release", *PROJECT), "dist", 1, _released, done=2, undone=False),
    "build": Command(("build", *PROJECT), ".factpack", 1, _built),
    "site": Command(("site", *PROJECT), ".factpack", 1, _shown),
    "fmt": Command(("fmt", *PROJECT), "curation", 9, _untidy, undone=False),
    "check --fix": Command(("check", "--fix", *PROJECT), "curation", 9, _mistyped, undone=False),
    "rename": Command(
        ("rename", "people", "ann-lee", "ann-berg", *PROJECT), "curation", 9, lambda project: None, done=2
    ),
    "mv": Command(("mv", "evt-second", "a", "--force", *PROJECT), "curation", 9, lambda project: None, done=2),
    "import": Command(("import", "{project}/marked.jsonl", *PROJECT), "curation", 9, _marked),
    "new": Command(("new", "{project}/given.txt", *PROJECT), ".", 9, _given, done=2),
    "init": Command(("init", "{project}/begun", "--factpack", "factpack==0.1.0"), ".", 9, lambda project: None, done=2),
}


class Setting:
    """A dataset before a command, and what it is after it.

    It always lies at the same place, so that its models are read once. HOME, the working directory and the folder for
    temporary files are beside it, and stay empty.
    """

    def __init__(self, folder: Path, command: Command) -> None:
        self.command, self.project, self.log = command, folder / "project", folder / "log"
        self._old, self._empty = folder / "old", [folder / name for name in ("home", "here", "tmp")]
        for place in self._empty:
            place.mkdir()
        lay_out(Example(FILES, set()), self.project)
        command.prepare(self.project)
        shutil.copytree(self.project, self._old, ignore=shutil.ignore_patterns("__pycache__"))
        self.before = tree(self._where)
        self.code = self.work()  # here, so that what is worked out once is known to all children
        self.after = tree(self._where)
        assert self.before != self.after
        self.reset()
        _, self.calls = run(self.work, self.log)
        assert tree(self._where) == self.after
        self._seen: set[int] = set()
        self._changing = next(number for number, name in enumerate(self.calls, 1) if name not in ASKING)
        self._paused: Paused | None = None

    @property
    def arguments(self) -> list[str]:
        """The command line."""
        return [part.format(project=self.project) for part in self.command.arguments]

    @property
    def _where(self) -> Path:
        return self.project / self.command.where

    def reset(self) -> None:
        """Put the old state back."""
        shutil.rmtree(self.project)
        shutil.copytree(self._old, self.project)

    def work(self) -> int:
        """Run the command in this process, which is a child but for the first time."""
        home, here, tempfile.tempdir = *map(str, self._empty[:2]), str(self._empty[2])
        before = os.getcwd(), os.environ.get("HOME", "")
        os.environ["HOME"] = home
        os.chdir(here)
        try:
            return main(self.arguments)
        finally:
            os.chdir(before[0])
            os.environ["HOME"], tempfile.tempdir = before[1], None

    def disturb(self, fault: Fault, at: int) -> None:
        """Run the command on the old state with a fault at a call, and judge what is left."""
        self.reset()
        # Who waits must hold no lock: only what is staged as a whole takes its own after its first change.
        if at < self._changing or self.command.unit > 1:
            code, _ = run(self.work, self.log, fault, at)
        else:
            self._paused = self._paused or Paused(self.work, self.log, self._changing)
            code = self._paused.go_on(fault, at)
        if self.command.undone and fault in ("ENOSPC", "EFBIG"):
            assert tree(self._where) == (self.before if code else self.after), self.log.read_text()
        self.judge(code, f"{fault} at call {at} ({self.calls[at - 1]})")

    def end(self) -> None:
        """End the process that waits."""
        if self._paused:
            self._paused.end()

    def judge(self, code: int | None, what: str) -> str:
        """What must hold after a run that was disturbed, and after the next; returns which state it left.

        `code` is None where it was killed.
        """
        said = self.log.read_text()
        left = tree(self._where)
        about = f"{what}, exit code {code}: {said}"
        assert "Traceback" not in said, about
        assert "internal error" not in said, about
        if code == 0:
            assert left == self.after, about
        self._judge_units(left, about)
        found = "left the old state" if left == self.before else "left the new state"
        if left not in (self.before, self.after):
            found = "left something for the next run to put right"
        state = hash(frozenset(tree(self.project).items()))
        if state in self._seen:  # the next run has been tried on just this
            return found
        self._seen.add(state)
        again, _ = run(self.work, self.log)
        # A change of several files that was cut short may have been finished before it was asked for again.
        to_do, done = {self.code}, {self.command.done}
        expected = to_do if left == self.before else done if left == self.after else to_do | done
        assert again in expected, f"{about} then {self.log.read_text()}"
        assert tree(self._where) == self.after, about
        assert not (self.project / UNFINISHED).exists(), about
        assert [name for place in self._empty for name in os.listdir(place)] == [], about
        return found

    def _judge_units(self, left: Tree, about: str) -> None:
        old, new, found = (_units(one, self.command.unit) for one in (self.before, self.after, left))
        for name in {*old, *new}:
            if name not in found and name in old and name in new:
                # Without an exchange in one step the old one stands aside between two renamings.
                found[name] = found.get(f".{name}.retired", {})
            assert found.get(name, {}) in (old.get(name, {}), new.get(name, {})), f"{name} after {about}"
        assert {name for name in {*found} - {*old, *new} if not name.rpartition("/")[2].startswith(".")} == set(), about


def _units(found: Tree, parts: int) -> dict[str, Tree]:
    units: dict[str, dict[str, tuple[int, bytes]]] = {}
    for path, content in found.items():
        steps = path.split("/")
        units.setdefault("/".join(steps[:parts]), {})["/".join(steps[parts:])] = content
    return dict(units)
