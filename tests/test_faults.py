"""Killed, out of space, or failing at any call to the file system: the whole old state or the whole new one."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import Fault, run
from pages import Example, lay_out
from test_tables import FILES

import factpack.package.verification  # noqa: F401  (imported before the forks)
from factpack.cli import main
from factpack.exchange import exchange

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

SAMPLE = 3
"""How many calls are tried of each fault, unless `--every-call` asks for all."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and every folder with nothing."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b"" for p in folder.rglob("*")}


class Setting:
    """A dataset before a command, and what it is after it: the whole old state and the whole new one."""

    def __init__(self, folder: Path, command: str, where: str) -> None:
        self.old, self.command, self.where = folder / "old", command, where
        lay_out(Example(FILES, set()), self.old)
        assert main([command, "--project", str(self.old)]) == 0
        text = (self.old / "pyproject.toml").read_text("utf-8")
        (self.old / "pyproject.toml").write_text(text.replace('version = "1.0.0"', 'version = "1.0.1"'), "utf-8")
        note = (self.old / "curation/a.yaml").read_text("utf-8").replace("note: First.", "note: Corrected.")
        (self.old / "curation/a.yaml").write_text(note, "utf-8")
        self.new = self.copy(folder / "new")
        code, self.calls = run(self.work(self.new), folder / "log")
        assert code == 0
        self.before, self.after = tree(self.old / where), tree(self.new / where)
        assert self.before != self.after

    def copy(self, folder: Path) -> Path:
        return Path(shutil.copytree(self.old, folder, ignore=shutil.ignore_patterns("__pycache__")))

    def work(self, project: Path) -> Callable[[], int]:
        return lambda: main([self.command, "--project", str(project)])


@pytest.fixture(scope="module")
def releasing(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    return Setting(tmp_path_factory.mktemp("release"), "release", "dist")


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    return Setting(tmp_path_factory.mktemp("build"), "build", ".factpack")


def places(setting: Setting, fault: Fault, every: bool) -> list[int]:
    """The calls to try: all, or one of those that change something and some of the last, which decide."""
    wanted = {"torn": {"write"}, "ENOSPC": {"open", "mkdir", "write"}}.get(fault)
    found = [number for number, name in enumerate(setting.calls, 1) if wanted is None or name in wanted]
    if every:
        return found
    changing = [number for number in found if setting.calls[number - 1] != "read"]
    return [random.Random(fault).choice(changing), *random.Random(fault).sample(changing[-25:], SAMPLE - 1)]


@pytest.mark.parametrize("fault", ["kill", "torn", "ENOSPC", "EIO"])
def test_a_release_is_whole_or_is_not(
    releasing: Setting, fault: Fault, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for at in places(releasing, fault, request.config.getoption("--every-call")):
        project = releasing.copy(tmp_path / f"{at}")
        code, _ = run(releasing.work(project), tmp_path / "log", fault, at)
        said = (tmp_path / "log").read_text()
        left = tree(project / "dist")
        about = f"{fault} at call {at} ({releasing.calls[at - 1]}), exit code {code}: {said}"
        assert "Traceback" not in said, about
        assert "internal error" not in said, about
        if code == 0:
            assert left == releasing.after, about
        # What was published is as it was, and the new version is there as a whole or not at all.
        for part, whole in (("1.0.0", releasing.before), ("1.0.1", releasing.after)):
            found = {path: data for path, data in left.items() if path.partition("/")[0] == part}
            assert found == {p: data for p, data in whole.items() if p.partition("/")[0] == part} or not found, about
        assert "1.0.0" in left, about
        again, _ = run(releasing.work(project), tmp_path / "log")
        assert again == (2 if "1.0.1" in left else 0), about
        assert tree(project / "dist") == releasing.after, about
        shutil.rmtree(project)


@pytest.mark.parametrize("which", ["releasing", "building"])
def test_a_disk_that_can_only_be_read_is_told_and_left(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A fault, and not a mode of the folder, because modes do not bind root."""
    setting: Setting = request.getfixturevalue(which)
    project = setting.copy(tmp_path / "p")
    code, _ = run(setting.work(project), tmp_path / "log", "EROFS", 1)
    assert code == 2
    assert (tmp_path / "log").read_text().splitlines()[-1].endswith("Read-only file system")
    assert tree(project / setting.where) == setting.before


@pytest.mark.parametrize("which", ["releasing", "building"])
def test_of_two_commands_at_once_one_wins_or_both_make_the_same(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    setting: Setting = request.getfixturevalue(which)
    project = setting.copy(tmp_path / "p")
    call = f"import sys; from factpack.cli import main; sys.exit(main({[setting.command, '--project', str(project)]}))"
    both = [
        subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [one.communicate()[0] for one in both]
    codes = sorted(one.returncode for one in both)
    if which == "releasing":
        assert codes == [0, 2], said
        (refused,) = (text for one, text in zip(both, said, strict=True) if one.returncode)
        assert "never touched" in refused or "is published already and stays" in refused
    else:
        assert codes == [0, 0], said
    assert tree(project / setting.where) == setting.after


def exchanges(folder: Path) -> bool:
    """Whether two folders can change places in one step there."""
    one, other = folder / "one", folder / "other"
    for each in (one, other):
        each.mkdir(exist_ok=True)
        (each / each.name).touch()
    return exchange(one, other) and exchange(one, other)


@pytest.mark.parametrize("fault", ["kill", "torn", "ENOSPC", "EIO"])
def test_a_candidate_is_the_old_one_or_the_new_one(
    building: Setting, fault: Fault, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for at in places(building, fault, request.config.getoption("--every-call")):
        project = building.copy(tmp_path / f"{at}")
        code, _ = run(building.work(project), tmp_path / "log", fault, at)
        said = (tmp_path / "log").read_text()
        left = tree(project / ".factpack")
        about = f"{fault} at call {at} ({building.calls[at - 1]}), exit code {code}: {said}"
        assert "Traceback" not in said, about
        assert "internal error" not in said, about
        if code == 0:
            assert left == building.after, about
        candidate = {path: data for path, data in left.items() if path.startswith("candidate")}
        if candidate or exchanges(tmp_path):
            assert candidate in (building.before, building.after), about
        else:
            # Killed between two renamings: the old one stands aside, and the next run knows it.
            aside = {path for path in left if path.startswith(".candidate.retired")}
            assert {path.replace(".candidate.retired", "candidate") for path in aside} == set(building.before), about
        assert run(building.work(project), tmp_path / "log")[0] == 0, about
        assert tree(project / ".factpack") == building.after, about
        shutil.rmtree(project)
