"""What is wrong with a package: which file, which row, which field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from factpack.diagnostic import Severity

SHOWN_ROWS = 10
"""How many rows of one mistake are listed singly; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about a package's file; `row` counts rows of data from 1, the header is none."""

    file: str
    message: str
    row: int | None = None
    field: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.field is not None:
            place.append(f"field {self.field}")
        mark = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        return f"{', '.join(place)}: {mark}{self.message}"


class PackageInvalid(Exception):
    """A package that cannot be written as it is; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class AtRows:
    """One mistake, by the rows it is in: of the first it is kept what is said of each, the others are counted."""

    def __init__(self, file: str, field: str | None, severity: Severity = Severity.ERROR) -> None:
        self._file, self._field, self._severity = file, field, severity
        self._said: list[tuple[int, str]] = []
        self._others = 0

    def add(self, places: Sequence[int], say: Callable[[int], str], before: int = 0) -> None:
        """Further rows that have it, counted from 0 behind so many others, and what is said of one."""
        first = places[: SHOWN_ROWS - len(self._said)]
        self._said += [(before + place + 1, say(place)) for place in first]
        self._others += len(places) - len(first)

    def __iter__(self) -> Iterator[Problem]:
        """One problem for each of the first rows, and one that counts the others."""
        for row, message in self._said:
            yield Problem(self._file, message, row, self._field, self._severity)
        if self._others:
            yield Problem(self._file, f"the same in {self._others} more rows", None, self._field, self._severity)


def shown(value: object, limit: int = 60) -> str:
    """A value as a message shows it: in quotes, escaped and shortened."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
