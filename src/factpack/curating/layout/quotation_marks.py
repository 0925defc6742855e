"""Quotation marks around names, which need none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from factpack.edits import spot_of
from factpack.nodes import scalars
from factpack.scalar import Spot, written
from factpack.text import Change
from factpack.tree import Tree

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_TEXT = "tag:yaml.org,2002:str"
_resolve: Callable[..., str] = Resolver().resolve


def unquoted(tree: Tree) -> Iterator[Change]:
    """Those that can go."""
    content = tree.text.content
    for place in scalars(tree):
        start, end = place.start, place.end
        value = content[start + 1 : end - 1]
        if content[start : start + 1] not in ("'", '"') or not _is_name(value):
            continue
        spot = spot_of(tree, place)
        if written(value, Spot("", spot.column, spot.flow, spot.key, spot.listed)) == value:
            yield start, end, value


def _is_name(value: str) -> bool:
    """Whether a text is an id, a choice or a field, and no `yes` or `no`, which other readers of YAML take for more.

    Around words of an article, quotation marks are no mistake, and around codes such as "NO" they are a precaution.
    """
    return bool(_NAME.fullmatch(value) and _resolve(ScalarNode, value, (True, False)) == _TEXT)
