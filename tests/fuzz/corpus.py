"""Inputs kept in one text file for each target, a bytes literal on each line: few, small, reaching what all reach."""

from __future__ import annotations

import importlib
import sys
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

FOLDER = Path(__file__).parent
TARGETS = {
    "reader": "fuzz.reader",
    "matcher": "fuzz.matcher",
    "values": "fuzz.values",
    "releases": "fuzz.releases",
}

Line = tuple[str, int]


def target(name: str) -> ModuleType:
    """A target's module: MODULES that are fuzzed, LONGEST input, SEEDS, check(data)."""
    return importlib.import_module(TARGETS[name])


def kept(kind: str, name: str) -> list[bytes]:
    """The inputs of `kind`, corpus or crashers, that are kept for a target."""
    place = FOLDER / kind / f"{name}.txt"
    lines = place.read_text("ascii").splitlines() if place.exists() else []
    return [literal_eval(line) for line in lines if not line.startswith("#")]


def keep(name: str, inputs: Iterable[bytes]) -> None:
    """Write the corpus: of these inputs the few that reach each line that all of them reach, shortest first."""
    module = target(name)
    chosen: list[bytes] = []
    reached: set[Line] = set()
    for data in sorted({*inputs}, key=lambda data: (len(data), data)):
        new = lines(module, data) - reached
        if new:
            chosen.append(data)
            reached |= new
    text = "".join(f"{data!r}\n" for data in chosen)
    (FOLDER / "corpus" / f"{name}.txt").write_text(text, "ascii")


def lines(module: ModuleType, data: bytes) -> set[Line]:
    """The lines of the target's modules that one input reaches; what the target raises is passed over."""
    reached: set[Line] = set()

    def within(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        name = frame.f_globals.get("__name__", "")
        if not name.startswith(module.MODULES):
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return within

    before = sys.gettrace()
    sys.settrace(within)
    try:
        module.check(data)
    except Exception:
        pass
    finally:
        sys.settrace(before)
    return reached


def share(name: str, inputs: Iterable[bytes]) -> tuple[int, int]:
    """How many lines in functions of the target's modules the inputs reach, and how many there are."""
    module = target(name)
    reached = set[Line]().union(*(lines(module, data) for data in inputs))
    there = {line for one in list(sys.modules) if one.startswith(module.MODULES) for line in _lines(sys.modules[one])}
    return len(reached & there), len(there)


def _lines(module: ModuleType) -> Iterator[Line]:
    """The lines of all functions of a module."""
    file = module.__file__ or ""
    codes = [compile(Path(file).read_text("utf-8"), file, "exec")]
    while codes:
        code = codes.pop()
        inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        codes += inner
        if code.co_flags & 0x1:  # optimised: a function, no module and no class
            yield from (
                (file, line) for _, _, line in code.co_lines() if line is not None and line != code.co_firstlineno
            )
