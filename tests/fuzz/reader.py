"""The YAML reader: it never raises, and where it finds no fault it reads what libyaml reads, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yaml import CBaseLoader, load

from factpack.strict_yaml import MAX_FAULTS, read_strictly
from factpack.text import Text
from factpack.tree import Node, read

MODULES = ("factpack.plain_yaml", "factpack.plain_places", "factpack.strict_yaml")
LONGEST = 1_500
SEEDS = tuple(path.read_bytes()[:LONGEST] for path in (Path(__file__).parents[2] / "curation").glob("*.yaml"))


def check(data: bytes) -> None:
    """Read a file of these bytes; raises AssertionError where something is not as it must be."""
    content = data.decode("utf-8", "ignore")
    tree, strictly = read(Text("a.yaml", content)), read_strictly(Text("a.yaml", content))
    assert (tree.data, tree.faults) == (strictly.data, strictly.faults), "plain files are read otherwise"
    assert tree.scalars == strictly.scalars, "the places of plain files are others"
    _same(tree.root, strictly.root)
    for fault in tree.faults:
        assert fault.message, "a fault without a message"
        assert 0 <= fault.start <= fault.end <= len(content) + 1, "a fault outside the file"
    last = 0
    for start, end in tree.scalars:
        assert last <= start <= end <= len(content), "scalars out of order or outside the file"
        last = start
    for start, end in tree.gaps:
        assert 0 <= start <= end <= len(content), "a gap outside the file"
    for fault in tree.faults:
        if fault.message.startswith("there is a character"):
            content = content[: fault.start] + " " + content[fault.end :]  # as which it is read
    if tree.root is not None and len(tree.faults) <= MAX_FAULTS:
        _placed(content, tree.data, tree.root, (0, len(content)))
    if not tree.faults:
        assert tree.data == _without_null(load(content, CBaseLoader), tree.root), "libyaml reads something else"


def _same(node: Node | None, other: Node | None) -> None:
    """Both nodes stand in one place, and so does all in them."""
    if node is None or other is None:
        assert node is other
        return
    assert (node.start, node.end, node.keys) == (other.start, other.end, other.keys), "a place is another"
    if isinstance(node.children, dict) and isinstance(other.children, dict):
        assert [*node.children] == [*other.children]
        for name, child in node.children.items():
            _same(child, other.children[name])
    elif isinstance(node.children, list) and isinstance(other.children, list):
        for child, its in zip(node.children, other.children, strict=True):
            _same(child, its)
    else:
        assert node.children is other.children is None


def _placed(content: str, data: Any, node: Node, around: tuple[int, int]) -> None:
    """Every node lies in the one around it, and a plain or simply quoted word is what stands there."""
    assert around[0] <= node.start <= node.end <= around[1], "a value outside what it stands in"
    if isinstance(data, dict):
        assert isinstance(node.children, dict)
        assert node.keys is not None
        assert data.keys() == node.children.keys() == node.keys.keys()
        for name, value in data.items():
            start, end = node.keys[name]
            assert node.start <= start <= end <= node.end, "a key outside its mapping"
            _written(content[start:end], name)
            _placed(content, value, node.children[name], (node.start, node.end))
    elif isinstance(data, list):
        assert isinstance(node.children, list)
        for value, child in zip(data, node.children, strict=True):
            _placed(content, value, child, (node.start, node.end))
    elif data is not None:
        _written(content[node.start : node.end], data)


def _written(words: str, value: str) -> None:
    if words[:1] in ("'", '"'):
        assert words[-1] == words[0], "a quoted value without its quotation marks"
        simple = not any(sign in words[1:-1] for sign in "\\'\"\n\r\x85\u2028\u2029")
        assert not simple or words[1:-1] == value, "another text than stands between the quotation marks"
    elif words[:1] not in ("|", ">", "!", "&") and not any(sign in words for sign in "\n\r\x85\u2028\u2029"):
        assert words == value, "another text than stands there"


def _without_null(data: Any, node: Node | None) -> Any:
    """libyaml's data with None for what is written as nothing; the reader knows it from `''`, libyaml's loader not."""
    if node is None:
        return None
    if isinstance(data, dict):
        assert isinstance(node.children, dict)
        assert data.keys() == node.children.keys(), "libyaml reads other keys"
        return {name: _without_null(value, node.children[name]) for name, value in data.items()}
    if isinstance(data, list):
        assert isinstance(node.children, list)
        return [_without_null(value, child) for value, child in zip(data, node.children, strict=True)]
    plain = data in ("", "~", "null") and node.end - node.start == len(data)
    return None if plain else data
