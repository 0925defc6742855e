"""YAML read strictly: data, places and faults.

Built on libyaml's event stream, because its loaders resolve `NO` and `12:30`, keep the last of two equal
keys silently and may crash on deep nesting. Here every scalar is the string that was written; only a plain
`null`, `~` or nothing is none. What is no part of a curation file (tags, anchors, aliases, merge keys, more
documents) is a fault with a place, and so is whatever cannot be read: the record it stands in is left out
and the rest of the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from factpack.text import UNSAFE, Text
from factpack.tree import Fault, Tree

MAX_DEPTH = 20
"""Deeper nesting is refused: no curation file needs it, and libyaml's own recursion is not bounded."""

MAX_BROKEN = 50
"""After so many unreadable records the rest of a file is left out."""

MAX_FAULTS = 100
"""Faults of one kind listed for a file; that there are more is the last one said."""

_ID = re.compile(r"\bid:\s*[\"']?([\w-]+)")
_CUT = re.compile(r"[ \t]+#[^\s#]")
_BLOCK = re.compile(r"^(?:[ \t]{0,4}-(?: |$)|[^\s#-])", re.MULTILINE)


def read_strictly(text: Text) -> Tree:
    """Read a YAML file; never raises: what is wrong is in the tree's faults."""
    faults: list[Fault] = []
    for m in UNSAFE.finditer(text.content):
        message = f"there is a character U+{ord(m[0]):04X} here, which cannot be seen"
        if not _add(faults, Fault("yaml-syntax", m.start(), m.end(), message)):
            break
    # Blanks of the same length keep every offset.
    content = UNSAFE.sub(" ", text.content) if faults else text.content
    if content.startswith("\ufeff"):
        content = "\x85" + content[1:]  # libyaml passes over a byte order mark and does not count it
    lost: set[str] = set()
    gaps: list[tuple[int, int]] = []
    for _ in range(MAX_BROKEN):
        builder = _Builder(content)
        try:
            data, root = builder.document()
        except YAMLError as error:
            faults.append(fault := _syntax_fault(error, content, builder.scalars))
            start, end = _block_around(content, fault.start)
            if not content[start:end].strip():
                break
            lost.update(_ID.findall(content[start:end]) or [""])
            gaps.append((start, end))
            content = content[:start] + re.sub(r"[^\n]", " ", content[start:end]) + content[end:]
        else:
            every = (*faults, *builder.faults)
            return Tree(text, data, every, frozenset(lost), tuple(gaps), (root, tuple(builder.scalars)))
    return Tree(text, None, tuple(faults), frozenset(lost | {""}), ((0, len(content)),), (None, ()))


def _add(faults: list[Fault], fault: Fault) -> bool:
    """Add a fault, where there are not too many to read already; returns whether there may be more."""
    if len(faults) < MAX_FAULTS:
        faults.append(fault)
    elif len(faults) == MAX_FAULTS:
        faults.append(fault._replace(message=f"{fault.message}; more than {MAX_FAULTS} such faults: mend these first"))
    return len(faults) <= MAX_FAULTS


def _block_around(content: str, offset: int) -> tuple[int, int]:
    """The lines of the record, or of the top-level key, that an offset lies in."""
    start, end = 0, len(content)
    for match in _BLOCK.finditer(content):
        if match.start() > offset:
            end = match.start()
            break
        start = match.start()
    return start, end


_TAB = "a tab cannot indent in YAML: use spaces"
_CONTINUED = re.compile(r" *(-) (?:(?!: ).)*")
"""A line that begins like an element of a list, up to its first colon: an element may well have one there."""
_PLAIN_WORDS = (
    (r"tab character|\\t", _TAB),
    (r"cannot start any token", "a value that begins with this character must be put in quotation marks"),
    (r"mapping values are not allowed", "there is a second colon here, so YAML takes the text before it for a key"),
    (r"found unexpected end of stream", "a quotation mark is opened and never closed"),
    (r"did not find expected key", "this line does not fit the indentation, or a quotation mark before it is wrong"),
    (
        r"did not find expected '-' indicator",
        "this line does not fit its list: `- ` is missing or misplaced",
    ),
    (r"could not find expected ':'", "a key is not followed by a colon and a space"),
    (
        r"did not find expected ',' or",
        "a `,`, a quotation mark or the closing bracket is missing behind this one",
    ),
)


def _syntax_fault(error: YAMLError, content: str, scalars: Sequence[tuple[int, int]]) -> Fault:
    mark: Any = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "this cannot be read")
    message = next((plain for pattern, plain in _PLAIN_WORDS if re.search(pattern, problem)), f"not YAML: {problem}")
    context: Any = getattr(error, "context_mark", None)
    above = context is not None and "',' or" in problem and context.line < mark.line
    if context is not None and (above or re.search("unexpected end of stream|expected ':'", problem)):
        mark = context  # where the quotation mark, bracket or key was opened says more than where it was missed
    start = min(mark.index if mark else 0, len(content))
    if content[start : start + 1] == "\t":
        message = _TAB
    elif "mapping values" in problem and (
        dash := _CONTINUED.fullmatch(content, content.rfind("\n", 0, start) + 1, start)
    ):
        message = "this line begins with `- ` and the one above it does not: is `- ` missing there?"
        start = dash.start(1)
    elif "did not find expected key" in problem and (quoted := _quoted_before(content, start, scalars)) is not None:
        line = content.count("\n", 0, start) + 1
        message = f"the text that begins with this quotation mark ends in line {line} only"
        start = quoted
    return Fault("yaml-syntax", start, min(start + 1, len(content)), message)


def _quoted_before(content: str, offset: int, scalars: Sequence[tuple[int, int]]) -> int | None:
    """Where a text over several lines began that a quotation mark right before `offset` seems to end by mistake."""
    start, end = scalars[-1] if scalars else (0, 0)
    stray = content[start : start + 1] in ("'", '"') and "\n" in content[start:end] and end <= offset
    return start if stray and "\n" not in content[end:offset] else None


@dataclass(slots=True)
class _Node:
    """As in `factpack.tree`."""

    start: int
    end: int
    children: dict[str, _Node] | list[_Node] | None = None
    keys: dict[str, tuple[int, int]] | None = None


class _Builder:
    """One pass over the events of one document."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.comments = " #" in content or "\t#" in content
        self.parser = CParser(content)
        self.next: Callable[[], Any] = self.parser.get_event
        self.faults: list[Fault] = []
        self.scalars: list[tuple[int, int]] = []

    def document(self) -> tuple[Any, _Node | None]:
        event = self.next()
        while isinstance(event, StreamStartEvent | DocumentStartEvent):
            event = self.next()
        if isinstance(event, StreamEndEvent):
            return None, None
        data, root = self.node(event, 0)
        self.next()
        event = self.next()
        if not isinstance(event, StreamEndEvent):
            self.fault(event, "a curation file is one YAML document: what follows `---` is not read")
        return data, root

    def node(self, event: Any, depth: int) -> tuple[Any, _Node]:
        kind = type(event)
        if kind is ScalarEvent:
            place = _place(event)
            self.scalars.append(place)
            return self.scalar(event, place[1]), _Node(*place)
        if kind is AliasEvent:
            self.fault(event, "aliases (`*name`) are not read: write the value itself")
            return None, _Node(*_place(event))
        if depth >= MAX_DEPTH:
            error = YAMLError()
            error.problem, error.problem_mark = f"nested deeper than {MAX_DEPTH} levels", event.start_mark  # type: ignore[attr-defined]
            raise error
        self.plain(event)
        if kind is MappingStartEvent:
            return self.mapping(event, depth)
        return self.sequence(event, depth)

    def mapping(self, event: Any, depth: int) -> tuple[dict[str, Any], _Node]:
        data: dict[str, Any] = {}
        children: dict[str, _Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        twice = ""
        while type(key := self.next()) is not MappingEndEvent:
            name, stands = self.node(key, depth + 1)
            value, child = self.node(self.next(), depth + 1)
            place = stands.start, key.end_mark.index
            if not isinstance(name, str):
                self.fault(key, "a key is a word: this is none")
            elif name == "<<" and not key.style:
                self.fault(key, "merge keys (`<<`) are not read: write the keys themselves")
            elif name in data:
                message = f"`{_short(name)}` stands here a second time"
                if name == "id":
                    message += ": is `- ` missing before it, with which a new record begins?"
                # Once a second record has begun in the first one, its other keys are no further mistakes.
                if twice != "id":
                    _add(self.faults, Fault("duplicate-key", *place, message, ((*keys[name], "first here"),)))
                    twice = name
            else:
                data[name], children[name], keys[name] = value, child, place
        return data, _Node(_place(event)[0], _place(key)[1], children, keys)

    def sequence(self, event: Any, depth: int) -> tuple[list[Any], _Node]:
        data: list[Any] = []
        children: list[_Node] = []
        while type(item := self.next()) is not SequenceEndEvent:
            value, child = self.node(item, depth + 1)
            data.append(value)
            children.append(child)
        return data, _Node(_place(event)[0], _place(item)[1], children)

    def scalar(self, event: Any, end: int) -> str | None:
        self.plain(event)
        value: str = event.value
        if event.style:
            # Only an escape in double quotation marks writes a character that is not in the file itself.
            if event.style == '"' and (unseen := UNSAFE.search(value)):
                self.fault(event, f"this escape stands for a character U+{ord(unseen[0]):04X}, which cannot be seen")
        elif value in ("", "~", "null"):
            return None
        elif self.comments and _CUT.match(self.content, end):
            self.fault(
                event,
                "` #` begins a comment, so YAML leaves out what follows: put the value in quotation marks, "
                "or a space behind the `#` of a comment",
            )
        return value

    def plain(self, event: Any) -> None:
        if event.tag is not None:
            self.fault(event, "tags (`!name`) are not read: every value is written as text")
        if event.anchor is not None:
            self.fault(event, "anchors (`&name`) are not read: write the value where it belongs")

    def fault(self, event: Any, message: str) -> None:
        start, _ = _place(event)
        _add(self.faults, Fault("yaml-syntax", start, start + 1, message))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
