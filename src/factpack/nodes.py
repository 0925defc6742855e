"""From a place in a YAML file back to the node that stands there: the way that `Tree.locate` goes, backwards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from factpack.diagnostic import Route
from factpack.tree import Node, Tree


class Place(NamedTuple):
    """A node, or with `part="key"` the key it stands under. `flow` says that it stands between brackets.

    `scalar` is false for lists and mappings, `exact` where the place asked for is only a part of the node.
    """

    route: Route
    part: Literal["value", "key"]
    start: int
    end: int
    scalar: bool
    flow: bool
    exact: bool


def node_at(tree: Tree, start: int, end: int) -> Place | None:
    """The innermost node or key that holds all of a span; None outside of all."""
    node = tree.root
    if node is None:
        return None
    route: Route = ()
    flow = False
    while True:
        flow = flow or (node.children is not None and tree.text.content[node.start : node.start + 1] in ("[", "{"))
        inner = _inner(node, start, end)
        if inner is None:
            exact = (node.start, node.end) == (start, end)
            return Place(route, "value", node.start, node.end, node.children is None, flow, exact)
        step, child, first, last = inner
        route = (*route, step)
        if child is None:
            return Place(route, "key", first, last, True, flow, (first, last) == (start, end))
        node = child


def scalars(tree: Tree) -> Iterator[Place]:
    """All keys and texts, in one walk; in their order."""
    return _scalars(tree, tree.root, (), False) if tree.root else iter(())


def _scalars(tree: Tree, node: Node, route: Route, flow: bool) -> Iterator[Place]:
    if node.children is None:
        yield Place(route, "value", node.start, node.end, True, flow, True)
        return
    flow = flow or tree.text.content[node.start : node.start + 1] in ("[", "{")
    named = isinstance(node.children, dict)
    for step, child in node.children.items() if isinstance(node.children, dict) else enumerate(node.children):
        if named and node.keys is not None:
            yield Place((*route, step), "key", *node.keys[str(step)], True, flow, True)
        yield from _scalars(tree, child, (*route, step), flow)


def record_of(route: Route) -> Route:
    """The way to the record that a node belongs to: `("events", 3)`, or `("article",)`."""
    return route[:2] if len(route) > 1 and isinstance(route[1], int) else route[:1]


def _inner(node: Node, start: int, end: int) -> tuple[str | int, Node | None, int, int] | None:
    """The first step inside that holds a span, with its node and its own span; a key's place has no node."""
    children, keys = node.children, node.keys
    if isinstance(children, list):
        # Of a long list only the elements around it: they stand in order, and what is empty shares its place.
        first = bisect_left(children, start, key=lambda child: child.start)
        for index in range(max(0, first - 1), len(children)):
            child = children[index]
            if child.start > start:
                return None
            if _holds(child.start, child.end, start, end):
                return index, child, child.start, child.end
        return None
    for name, child in (children or {}).items():
        if child.end < start:
            continue  # and its key stands before it
        if keys is not None and _holds(*keys[name], start, end):
            return name, None, *keys[name]
        if _holds(child.start, child.end, start, end):
            return name, child, child.start, child.end
    return None


def _holds(first: int, last: int, start: int, end: int) -> bool:
    # What is empty stands where the next node may begin: only itself is found there.
    return first <= start and end <= last and (start < last or (first, last) == (start, end))
