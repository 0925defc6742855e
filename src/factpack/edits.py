"""A finding's fix as a change of its file: a span and the text that belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from factpack.article import File
from factpack.diagnostic import Diagnostic
from factpack.nodes import Place, node_at
from factpack.scalar import Spot, unquoted, written
from factpack.text import Text, changed
from factpack.tree import Tree, read


class Edit(NamedTuple):
    """Writing `text` in place of a span of a file; `node` is None where the file could not be read there before."""

    path: str
    start: int
    end: int
    text: str
    diagnostic: Diagnostic
    node: Place | None = None


def edit_for(diagnostic: Diagnostic, file: File) -> Edit | None:
    """The change that a finding's fix makes, or None where it cannot be written at its place."""
    fix, location = diagnostic.fix, diagnostic.location
    if fix is None:
        return None
    if diagnostic.rule == "yaml-syntax":
        return _quoting(diagnostic, file)
    node = node_at(file.tree, location.start, location.end)
    if node is None or not node.exact:
        return None
    if not node.scalar:
        return _as_text(diagnostic, file, node)
    if node.start == node.end:
        return None
    text = written(fix.replacement, spot_of(file.tree, node))
    if text is None or text == location.words:
        return None
    return Edit(file.path, node.start, node.end, text, diagnostic, node)


def spot_of(tree: Tree, node: Place) -> Spot:
    """In what style and surroundings a scalar stands."""
    listed = node.part == "value" and bool(node.route) and isinstance(node.route[-1], int)
    column = tree.text.position(node.start)[1] - 1
    return Spot(tree.text.content[node.start : node.end], column, node.flow, node.part == "key", listed)


def apply(content: str, edits: Iterable[Edit]) -> str:
    """The content with all changes made; they must not overlap."""
    return changed(content, ((edit.start, edit.end, edit.text) for edit in edits))


def apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Changes that do not overlap: of those that do, the first in the file."""
    end: dict[str, int] = {}
    for edit in sorted(edits, key=lambda edit: (edit.path, edit.start, edit.end)):
        if edit.start >= end.get(edit.path, 0):
            end[edit.path] = edit.end
            yield edit


def _as_text(diagnostic: Diagnostic, file: File, node: Place) -> Edit | None:
    """A key and a value that were meant as one text."""
    content, value = file.text.content, diagnostic.fix.replacement if diagnostic.fix else ""
    if not content.startswith(value, node.start):
        return None
    listed = bool(node.route) and isinstance(node.route[-1], int)
    text = written(value, Spot("", flow=node.flow, listed=listed))
    return Edit(file.path, node.start, node.start + len(value), text, diagnostic, node) if text else None


def _quoting(diagnostic: Diagnostic, file: File) -> Edit | None:
    content = file.text.content
    span = unquoted(content, diagnostic.location.start)
    if span is None:
        return None
    value = content[slice(*span)]
    text = written(value, Spot('"' if '"' not in value and "\\" not in value else "'"))
    if text is None:
        return None
    edit = Edit(file.path, *span, text, diagnostic)
    after = read(Text(file.path, apply(content, [edit])))
    node = node_at(after, span[0], span[0] + len(text))
    mended = node is not None and node.exact and node.scalar and len(after.faults) < len(file.tree.faults)
    return edit if mended else None


def reads_right(file: File, edits: Iterable[Edit]) -> bool:
    """Whether the changed file reads as it is to: these values and keys are others, nothing else is."""
    edits = sorted(edits, key=lambda edit: edit.start, reverse=True)
    wanted = [deepcopy(file.tree.data)]
    # From the end to the start, so that a value is changed before the key that leads to it.
    for edit in edits:
        if edit.node is not None and edit.diagnostic.fix is not None:
            old = file.text.content[edit.start : edit.end]
            _put(wanted, edit.node, edit.diagnostic.fix.replacement, old)
    after = read(Text(file.path, apply(file.text.content, edits)))
    return [after.data] == wanted and len(after.faults) <= len(file.tree.faults)


def _put(holder: Any, node: Place, value: str, old: str) -> None:
    """Write a value, or a key, where `node` stands in the data, which are the only element of `holder`."""
    *way, last = (0, *node.route)
    for step in way:
        holder = holder[step]
    if node.part == "key":
        holder[value] = holder.pop(last)
        return
    data = holder[last]
    # The line ends at the end of a block are layout and stay as they are.
    ends = data[len(data.rstrip("\n")) :] if isinstance(data, str) and old[:1] in ("|", ">") else ""
    holder[last] = value.rstrip("\n") + ends if ends else value
