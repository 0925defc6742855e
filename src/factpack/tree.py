"""A YAML file: plain data, and for every node the place where it stands.

A file in which nothing can be misread is read line by line (`plain_yaml`), and a place in it is looked for when it is
asked for (`plain_places`); all others are read strictly (`strict_yaml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol, Self

from factpack.diagnostic import Route
from factpack.plain_places import PlainNode, plain_root
from factpack.plain_yaml import NotPlain, read_plain
from factpack.text import Location, Text


class Fault(NamedTuple):
    """Something that cannot be read: the rule that says so, where, and a sentence."""

    rule: str
    start: int
    end: int
    message: str
    related: tuple[tuple[int, int, str], ...] = ()


class Node(Protocol):
    """Where a value stands; `children` are keyed like the data, `keys` hold the places of a mapping's keys."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def children(self) -> dict[str, Self] | list[Self] | None: ...
    @property
    def keys(self) -> dict[str, tuple[int, int]] | None: ...


@dataclass(frozen=True, eq=False)
class Tree:
    """The data of one YAML file and the places of its nodes."""

    text: Text
    data: Any
    faults: tuple[Fault, ...] = ()
    lost: frozenset[str] = frozenset()
    """The ids of records that could not be read; what is missing because of them is no further mistake."""
    gaps: tuple[tuple[int, int], ...] = ()
    """Where they stand."""
    places: tuple[Node | None, tuple[tuple[int, int], ...]] | None = None
    """Where all else stands, nodes and scalars; not known yet of a plain file."""

    @property
    def root(self) -> Node | None:
        """The outermost node; none where there is no data."""
        return self.places[0] if self.places else self._plain

    @cached_property
    def scalars(self) -> tuple[tuple[int, int], ...]:
        """Where keys and values stand that were read: a `#` outside of them, and of the gaps, begins a comment."""
        return self.places[1] if self.places else tuple(self._plain.scalars())

    @cached_property
    def _plain(self) -> PlainNode:
        return plain_root(self.text.content)

    def locate(self, route: Route, part: str = "value") -> Location:
        """The place of the node at `route`; of its nearest ancestor where there is no such node."""
        node = self.root
        start, end = (node.start, node.start) if node else (0, 0)
        for step in route:
            children = node.children if node else None
            if isinstance(children, dict) and step in children:
                if part == "key" and node and node.keys is not None:
                    start, end = node.keys[str(step)]
                node = children[str(step)]
            elif isinstance(children, list) and isinstance(step, int) and step < len(children):
                node = children[step]
            else:
                break
            if part != "key" or isinstance(step, int):
                start, end = node.start, node.end
        return self.text.at(start, end)


def read(text: Text) -> Tree:
    """Read a YAML file; never raises: what is wrong is in the tree's faults."""
    try:
        return Tree(text, read_plain(text.content))
    except NotPlain:
        # Importing libyaml costs more than reading a plain file.
        from factpack.strict_yaml import read_strictly

        return read_strictly(text)
