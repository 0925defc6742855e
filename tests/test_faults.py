"""Killed, out of space, or failing at any call to the file system: the whole old state or the whole new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cached import Cached
from faults import ASKING, FAULTS, Fault, run, work_once
from installed import program
from kills import kills, summed
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


def test_a_change_that_the_disk_does_not_confirm_is_no_success(settings: Callable[[str], Setting]) -> None:
    setting = settings("fmt")
    last = len(setting.calls) - setting.calls[::-1].index("fsync")
    assert setting.calls.index("replace") < last
    setting.disturb("EIO", last)
    setting.reset()
    assert run(setting.work, setting.log, "EIO", last)[0] == 2
    said = setting.log.read_text()
    assert "curation/a.yaml: formatted" in said
    assert "curation/b.yaml: changed, but then the disk failed (Input/output error)" in said


@pytest.mark.parametrize("name", ["release", "build", "site", "import"])
def test_killed_at_random_moments(settings: Callable[[str], Setting], name: str) -> None:
    """A short round of what `tests/kills.py` does at length."""
    print(f"{name}: {summed(kills(settings(name), 2, random.Random(0)))}")


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Cached:
    return Cached(tmp_path_factory.mktemp("check"))


@pytest.mark.parametrize("state", ["no cache", "an older cache", "its own cache"])
@pytest.mark.parametrize("fault", ["kill", "torn", "ENOSPC", "EFBIG", "EIO", "EACCES", "EROFS"])
def test_a_check_that_is_killed_or_fails_finds_the_same_next_time(
    cached: Cached, fault: Fault, state: str, request: pytest.FixtureRequest
) -> None:
    """Its cache lies in the dataset, the secret of it in a folder of the user's; SQLite writes by itself."""
    cached.reset(state)
    _, calls = run(cached.work, cached.log)
    tried = [number for number, name in enumerate(calls, 1) if name not in ASKING]
    if not request.config.getoption("--every-call"):
        tried = random.Random(fault).sample(tried, min(len(tried), SAMPLE))
    for at in tried:
        cached.reset(state)
        code, _ = run(cached.work, cached.log, fault, at)
        cached.judge(code, f"{fault} at call {at} ({calls[at - 1]})")
    print(f"check with {state}: {fault} at {len(tried)} of {len(calls)} calls")


def test_a_check_that_is_killed_at_random_moments(cached: Cached) -> None:
    print(f"check: {summed(kills(cached, 9, random.Random(0)))}")


@pytest.mark.parametrize("shift", ["-3y", "+3y"])
def test_a_check_does_not_look_at_the_clock(cached: Cached, shift: str) -> None:
    cached.reset("an older cache")
    call = "import sys; from factpack.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", call, "check", "--format", "jsonl", "--project", str(cached.project)]
    where = os.environ | {"XDG_CACHE_HOME": str(cached.project / "home")}
    done = subprocess.run(
        [program("faketime", "faketime"), "-f", shift, *command], env=where, capture_output=True, text=True
    )
    cached.log.write_text(done.stdout)
    cached.judge(done.returncode, f"a clock set by {shift}")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_can_only_be_read_is_told_and_left(settings: Callable[[str], Setting], name: str) -> None:
    """A fault, and not a mode of the folder, because modes do not bind root."""
    setting = settings(name)
    setting.reset()
    code, _ = run(setting.work, setting.log, "EROFS", 1)
    assert code in (1, 2)
    assert any(line.endswith("Read-only file system") for line in setting.log.read_text().splitlines())
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


@pytest.mark.parametrize("broken", [b"", b"{}", b'[{"version": 1}]', b"\xff", None])
def test_a_site_beside_a_broken_list_of_versions_is_left(
    settings: Callable[[str], Setting], broken: bytes | None
) -> None:
    setting = settings("site")
    setting.reset()
    place = setting.project / "dist/index.json"
    place.parent.mkdir()
    if broken is None:
        os.mkfifo(place)
    else:
        place.write_bytes(broken)
    code, _ = run(setting.work, setting.log)
    assert code == 2
    assert f"factpack: {place} is not an index: " in setting.log.read_text()
    assert tree(setting.project / setting.command.where) == setting.before


@pytest.mark.parametrize("name", ["release", "build", "site"])
def test_a_clock_that_was_set_back_changes_nothing(settings: Callable[[str], Setting], name: str) -> None:
    setting = settings(name)
    setting.reset()
    call = f"import sys; from factpack.cli import main; sys.exit(main({setting.arguments}))"
    subprocess.run(
        [program("faketime", "faketime"), "-f", "-3y", sys.executable, "-c", call], check=True, capture_output=True
    )
    assert tree(setting.project / setting.command.where) == setting.after
