"""Hostile input: every case is run by the real command in a process of its own, under limits of time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile.cases import CASES
from hostile.judge import complaints
from hostile.project import Case, lay_out

RUNNER = Path(__file__).parent / "hostile/runner.py"
PROCESSES = os.cpu_count() or 1


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("NOT TESTED: hostile files, because devices and another user need Linux and root")
    names, folder = [*CASES], tmp_path_factory.mktemp("hostile")
    # To files, because a runner whose pipe is full would wait for the other.
    files = [folder / f"{part}.jsonl" for part in range(PROCESSES)]
    running = []
    for part, file in enumerate(files):
        with file.open("w") as out:
            running.append(subprocess.Popen([sys.executable, "-P", RUNNER, *names[part::PROCESSES]], stdout=out))
    for one in running:
        one.wait()
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return {outcome["name"]: outcome for outcome in map(json.loads, lines)}


@pytest.mark.parametrize("name", CASES)
def test_hostile_input_is_refused_or_read_and_harms_nothing(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    assert name in outcomes, "the runner ended before this case"
    assert list(complaints(CASES[name], outcomes[name])) == []


@pytest.mark.parametrize("flags", [["-m"], ["-P", "-m"]])
def test_no_file_of_the_project_is_run_as_a_module_of_python(flags: list[str], tmp_path: Path) -> None:
    root = lay_out(Case("", {f"{name}.py": "raise SystemExit('pwned')\n" for name in ("yaml", "pydantic")}), tmp_path)
    ran = subprocess.run([sys.executable, *flags, "factpack", "check"], cwd=root, capture_output=True, text=True)
    assert ran.returncode == (0 if "-P" in flags else 2)
    assert "pwned" not in ran.stdout + ran.stderr
