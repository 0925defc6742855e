"""Where everything stands in a file that `plain_yaml` reads: looked for when it is asked for, and only there.

The file is known to be plain, so nothing is tested here: what stands in a column begins there, and ends where the next
begins. `tests/test_plain_yaml.py` compares every place with the strict reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from factpack.plain_yaml import KEY, TOKEN

Span = tuple[int, int]


@dataclass(eq=False)
class PlainNode:
    """Where a value stands, with what stands inside.

    `column` is that of the keys or dashes of a block; there is none in what is one text, or stands in brackets.
    """

    content: str
    start: int
    end: int
    column: int = -1

    @property
    def children(self) -> dict[str, PlainNode] | list[PlainNode] | None:
        """The nodes inside, keyed like the data."""
        return self._inside[0]

    @property
    def keys(self) -> dict[str, Span] | None:
        """The places of a mapping's keys."""
        return self._inside[1]

    @cached_property
    def _inside(self) -> tuple[dict[str, PlainNode] | list[PlainNode] | None, dict[str, Span] | None]:
        opening = self.content[self.start]
        if self.column < 0 and opening not in "[{":
            return None, None
        parts = [*(self._in_brackets() if self.column < 0 else self._below_each_other())]
        if opening in "[-":
            return [node for _, node in parts], None
        keys = {self.content[first:last]: (first, last) for (first, last), _ in parts}
        return {name: node for name, (_, node) in zip(keys, parts, strict=True)}, keys

    def scalars(self) -> Iterator[Span]:
        """The places of all keys and texts, in their order."""
        children, keys = self._inside
        if isinstance(children, dict):
            for name, node in children.items():
                yield (keys or {})[name]
                yield from node.scalars()
        elif children is not None:
            for node in children:
                yield from node.scalars()
        else:
            yield self.start, self.end

    # What is inside, in its order, each with the place of its key; in a list, with one that means nothing.

    def _below_each_other(self) -> Iterator[tuple[Span, PlainNode]]:
        content, listed = self.content, self.content[self.start] == "-"
        first = _HEAD.match(content, self.start)
        assert first is not None
        heads = [first, *_heads(self.column, listed).finditer(content, first.end(), self.end)]
        for head, end in zip(heads, [*(head.start(1) for head in heads[1:]), self.end], strict=True):
            start = head.end()
            if content[start] == "\n":
                node = _block(content, start + 1, end)
            elif listed and KEY.match(content, start):
                node = PlainNode(content, start, end, self.column + start - head.start(1))
            else:
                node = _one_text(content, start)
            yield head.span(2), node

    def _in_brackets(self) -> Iterator[tuple[Span, PlainNode]]:
        key = (0, 0)
        opened: list[int] = []
        for token in TOKEN.finditer(self.content, self.start, self.end):
            sign, (start, end) = token[1], token.span(1)
            if sign in ("[", "{"):
                opened.append(start)
            elif sign in ("]", "}"):
                start = opened.pop()
                if len(opened) == 1:
                    yield key, PlainNode(self.content, start, end)
            elif len(opened) == 1 and sign.endswith(": "):
                key = start, end - 2
            elif len(opened) == 1 and sign != ",":
                yield key, PlainNode(self.content, start, end)


def plain_root(content: str) -> PlainNode:
    """The outermost node of a plain file."""
    return _block(content, 0, len(content))


_BEFORE = re.compile(r"(?: *(?:#.*)?\n)*( *)")
_FOLDED = re.compile(r">-\n( +).*(?:\n\1.*)*\n*")
_HEAD = re.compile(r"(-|(\w+):) *")


def _block(content: str, after: int, end: int) -> PlainNode:
    """The block that begins on the first line from here on with more than a comment."""
    match = _BEFORE.match(content, after)
    assert match is not None
    return PlainNode(content, match.end(), end, len(match[1]))


def _one_text(content: str, start: int) -> PlainNode:
    """What stands behind a key or dash on its line, or begins there and is folded."""
    if content[start] == ">" and (folded := _FOLDED.match(content, start)):
        return PlainNode(content, start, folded.end())
    end = content.find("\n", start)
    return PlainNode(content, start, len(content) if end < 0 else end)


@cache
def _heads(column: int, listed: bool) -> re.Pattern[str]:
    """A key or dash in this column; a mapping's keys may have the dashes of a list in theirs."""
    return re.compile(f"\n {{{column}}}({'-|' if listed else ''}(\\w+):) *")
