"""How the steps that Python takes, and what is printed, grow with the input: counted, so the same on any machine.

What one call of a library in C costs is not seen here: `benchmarks/complexity.py` measures it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from complexity import CASES, PROSE, Case, _command, _project

MOST = 2.3
"""By how much more steps doubled input may take: 2 is linear, 4 is square."""
FEW = 500
"""Steps that are no growth."""


def steps(run: Callable[[], object]) -> int:
    """Lines of Python that are run, and calls of functions in C."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def called(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        count += event == "c_call"

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(line)
    sys.setprofile(called)
    try:
        run()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return count


def growth(case: Case, size: int) -> float:
    """How much more the second doubling of the input adds than the first; whatever does not grow cancels out."""
    case.run(case.make(size))  # which imports what it needs
    few, some, many = (steps(partial(case.run, case.make(size << step))) for step in range(3))
    return (many - some) / max(some - few, FEW) if many - some > FEW else 0


SLOW = {"verify: rows"}
"""What spends its time in pyarrow."""
SIZES = {
    "YAML: unseen characters": 16_000,
    "nearest: a longest quote": 8_000,
    "check: a source of prose": 1_000,
    "check: a source of figures": 1_000,
    "show: one of many records": 60,
    "rename: what every record refers to": 30,
}
"""Larger where a case changes its way above so many faults, or at the length of the quote; smaller where it is dear."""


@pytest.fixture(autouse=True)
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the benchmark lays its projects."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.mark.parametrize("name", [name for name in CASES if name not in SLOW])
def test_doubled_input_takes_about_twice_the_steps(name: str) -> None:
    case = CASES[name]
    size = SIZES.get(name) or max(20, case.largest // (1000 if case.unit == "characters" else 500))
    assert growth(case, size) <= MOST


def test_what_grows_as_a_square_is_noticed() -> None:
    def square(given: list[int]) -> int:
        return sum(one == other for one in given for other in given)

    assert growth(Case(lambda size: list(range(size)), square, 0), 50) > 3.5


def spoiled(size: int) -> Path:
    """Some records with long values and quotes that stand nowhere in one long line; all grow with the size."""
    record = (
        f"  - id: evt-{{n}}\n    name: They met\n    host: {'x' * size}\n    quotes: ['They mett {'on ' * size}']\n"
    )
    return _project(30, record, PROSE * (size // 10) + "\n")


@pytest.mark.parametrize(
    "command", ["check --format full", "check --format concise", "check --format github", "todo", "show evt-0"]
)
def test_what_is_printed_does_not_grow_with_what_is_read(command: str) -> None:
    few, many = (str(_command(*command.split())(spoiled(size))) for size in (700, 2800))
    assert len(few) > 200
    assert len(many) < 1.05 * len(few)
    assert max(map(len, many.splitlines())) < 1500
