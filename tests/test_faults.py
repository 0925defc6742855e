"""Killed, out of space, or failing at any call to the file system: the whole old state or the whole new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import ASKING, FAULTS, run, work_once
from installed import program
from wholeness import COMMANDS, Setting, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

SAMPLE = 4
"""How many calls are tried of each fault, unless `--every-call` asks for all."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Setting]]:
    """A command with its old state and its new one."""
    made: dict[str, Setting] = {}

    def setting(name: str) -> Setting:
        if name not in made:
            made[name] = Setting(tmp_path_factory.mktemp(name), COMMANDS[name])
        return made[name]

    with pytest.MonkeyPatch.context() as patch:
        work_once(patch)
        yield setting
        for one in made.values():
            one.end()


def places(calls: list[str], fault: str, every: bool) -> list[int]:
    """The calls to try: all that can fail so, or some, most of them of the last that change something."""
    found = [number for number, name in enumerate(calls, 1) if FAULTS[fault][1](name)]
    if every:
        return found
    chance = random.Random(fault)
    late = [number for number in found if calls[number - 1] not in ASKING][-25:]
    return [*chance.sample(found, 2), *chance.sample(late, min(len(late), SAMPLE - 2))]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_the_old_state_or_the_new_one(
    settings: Callable[[str], Setting], name: str, fault: str, request: pytest.FixtureRequest
) -> None:
    setting = settings(name)
    chosen = places(setting.calls, fault, request.config.getoption("--every-call"))
    for at in chosen:
        setting.disturb(FAULTS[fault][0], at)
    print(f"{name}: {fault} at {len(chosen)} of {len(setting.calls)} calls")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_can_only_be_read_is_told_and_left(settings: Callable[[str], Setting], name: str) -> None:
    """A fault, and not a mode of the folder, because modes do not bind root."""
    setting = settings(name)
    setting.reset()
    code, _ = run(setting.work, setting.log, "EROFS", 1)
    assert code == 2
    assert setting.log.read_text().splitlines()[-1].endswith("Read-only file system")
    assert tree(setting.project / setting.command.where) == setting.before


@pytest.mark.parametrize("name", ["release", "build", "site"])
def test_of_two_commands_at_once_one_wins_or_both_make_the_same(settings: Callable[[str], Setting], name: str) -> None:
    setting = settings(name)
    setting.reset()
    call = f"import sys; from factpack.cli import main; sys.exit(main({setting.arguments}))"
    both = [
        subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [one.communicate()[0] for one in both]
    codes = sorted(one.returncode for one in both)
    if name == "release" and codes != [0, 0]:
        assert codes == [0, 2], said
        (refused,) = (text for one, text in zip(both, said, strict=True) if one.returncode)
        assert "never touched" in refused or "is published already and stays" in refused
    else:
        assert codes == [0, 0], said
        # Between the other's commit and what it derives from it: then this one did that.
        assert name != "release" or any("was published already" in text for text in said)
    assert tree(setting.project / setting.command.where) == setting.after


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_nothing_is_written_elsewhere(settings: Callable[[str], Setting], tmp_path: Path) -> None:
    """With stock frictionless: in /proc nobody can write, not even root."""
    setting = settings("release")
    setting.reset()
    call = f"import sys; from factpack.cli import main; sys.exit(main({setting.arguments}))"
    where = os.environ | {"HOME": "/proc", "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", call], cwd="/proc", env=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
    assert tree(setting.project / setting.command.where) == setting.after


@pytest.mark.parametrize("name", ["build", "site"])
def test_a_clock_that_was_set_back_changes_nothing(settings: Callable[[str], Setting], name: str) -> None:
    setting = settings(name)
    setting.reset()
    call = f"import sys; from factpack.cli import main; sys.exit(main({setting.arguments}))"
    subprocess.run(
        [program("faketime", "faketime"), "-f", "-3y", sys.executable, "-c", call], check=True, capture_output=True
    )
    assert tree(setting.project / setting.command.where) == setting.after
