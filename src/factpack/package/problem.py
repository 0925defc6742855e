"""What is wrong with a package: which file, which row, which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def at_rows(
    file: str, field: str | None, found: Sequence[tuple[int, str]], severity: Severity = Severity.ERROR
) -> Iterator[Problem]:
    """One problem for each of the first rows `(row, message)`, and one that counts the others."""
    for row, message in found[:SHOWN_ROWS]:
        yield Problem(file, message, row, field, severity)
    if len(found) > SHOWN_ROWS:
        yield Problem(file, f"the same in {len(found) - SHOWN_ROWS} more rows", None, field, severity)


def shown(value: object, limit: int = 60) -> str:
    """A value as a message shows it: in quotes, escaped and shortened."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
