"""Killed, out of space, or failing at any call to the file system: the whole old state or the whole new one."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from faults import ASKING, FAULTS, run, work_once
from wholeness import COMMANDS, Setting, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

SAMPLE = 6
"""How many calls are tried of each fault, unless `--every-call` asks for all."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Setting]]:
    """Every command with its old state and its new one."""
    with pytest.MonkeyPatch.context() as patch:
        work_once(patch)
        found = {name: Setting(tmp_path_factory.mktemp(name), command) for name, command in COMMANDS.items()}
        yield found
        for setting in found.values():
            setting.end()


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
    settings: dict[str, Setting], name: str, fault: str, request: pytest.FixtureRequest
) -> None:
    setting = settings[name]
    chosen = places(setting.calls, fault, request.config.getoption("--every-call"))
    for at in chosen:
        setting.disturb(FAULTS[fault][0], at)
    print(f"{name}: {fault} at {len(chosen)} of {len(setting.calls)} calls")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_can_only_be_read_is_told_and_left(settings: dict[str, Setting], name: str) -> None:
    """A fault, and not a mode of the folder, because modes do not bind root."""
    setting = settings[name]
    setting.reset()
    code, _ = run(setting.work, setting.log, "EROFS", 1)
    assert code == 2
    assert setting.log.read_text().splitlines()[-1].endswith("Read-only file system")
    assert tree(setting.project / setting.command.where) == setting.before


@pytest.mark.parametrize("name", ["release", "build", "site"])
def test_of_two_commands_at_once_one_wins_or_both_make_the_same(settings: dict[str, Setting], name: str) -> None:
    setting = settings[name]
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
