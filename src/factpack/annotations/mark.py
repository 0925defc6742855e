"""What a tool marked in a text, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]
"""The way to a value inside a record, such as `("countries", "0", "role")`."""

Leaf = tuple[Path, Any]
"""A value of a record and the way to it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be taken over: the file, its line from 1, and a sentence."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Marks that count as none in the tool itself: what they are, in the plural, and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were marked. `start` is their offset as the tool counts, `leaves` what is said of the quote itself."""

    exact: str
    start: int | None = None
    prefix: str = ""
    suffix: str = ""
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A record in another tool: where it is written, what it is called, the words marked for it, its values.

    `document` names the text and `text` is its content as the tool has it, each empty where the tool does not say.
    `record` is its id where the file is an export of a dataset; its leaves are then the record's own. `key` names it
    in its file, and `links` lead to others there, by their role.
    """

    path: str
    line: int
    document: str
    label: str
    passages: tuple[Passage, ...]
    leaves: tuple[Leaf, ...] = ()
    notes: tuple[str, ...] = ()
    record: str = ""
    text: str = field(default="", repr=False)
    key: str = ""
    links: tuple[tuple[str, str], ...] = ()


def leaves_of(data: Any, path: Path = ()) -> Iterator[Leaf]:
    """All values of plain data that are neither list nor mapping, each with the way to it."""
    steps: Iterator[tuple[Any, Any]] | None = None
    if isinstance(data, Mapping):
        steps = iter(data.items())
    elif isinstance(data, Sequence) and not isinstance(data, str):
        steps = iter(enumerate(data))
    if steps is None:
        yield path, data
        return
    for step, value in steps:
        yield from leaves_of(value, (*path, str(step)))


def grown(leaves: Sequence[Leaf]) -> Any:
    """The data that has these leaves; numbered steps are the elements of a list, in the order of their numbers."""
    if leaves and not leaves[0][0]:
        return leaves[0][1]
    branches: dict[str, list[Leaf]] = {}
    for (first, *rest), value in (leaf for leaf in leaves if leaf[0]):
        branches.setdefault(first, []).append((tuple(rest), value))
    if branches and all(step.isascii() and step.isdigit() and len(step) <= 6 for step in branches):
        return [grown(branches[step]) for step in sorted(branches, key=int)]
    return {step: grown(inner) for step, inner in branches.items()}
