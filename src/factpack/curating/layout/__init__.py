"""`factpack fmt`: one layout for curation files. What they say, their order and their comments stay as they are.

One pass after the other over the text, each of span edits only; what came out is read again and compared before
anybody may write it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from factpack.curating import Refused
from factpack.curating.layout.blank_lines import spaced
from factpack.curating.layout.indentation import indented
from factpack.curating.layout.quotation_marks import unquoted
from factpack.text import Change, Text, changed
from factpack.tree import Tree, read

_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
_ENDS = re.compile(r"\r\n?")


def formatted(text: Text) -> str:
    """The content in the house's layout; raises Refused where the file cannot be read."""
    before = read(text)
    if before.faults:
        line, column = text.position(before.faults[0].start)
        raise Refused(f"{text.path}:{line}:{column}: {before.faults[0].message}: mend this first")
    after = _read_anew(before, _ENDS.sub("\n", text.content))
    for changes in (_trailing, unquoted, indented, spaced):
        after = _read_anew(after, changed(after.text.content, changes(after)))
    if after.faults or after.data != before.data or _comments(after) != _comments(before):
        raise Refused(f"{text.path} would not say the same: this is a mistake of factpack's, please report it")
    return after.text.content


def _read_anew(tree: Tree, content: str) -> Tree:
    return tree if content == tree.text.content else read(Text(tree.text.path, content))


def _comments(tree: Tree) -> list[str]:
    """The words of all comments, in their order."""
    tree = _read_anew(tree, _ENDS.sub("\n", tree.text.content))
    content, outside, last = tree.text.content, [], 0
    for start, end in sorted(tree.scalars):
        outside.append(content[last:start])
        last = max(last, end)
    outside.append(content[last:])
    return [line.partition("#")[2].strip() for part in outside for line in part.split("\n") if "#" in line]


def _trailing(tree: Tree) -> Iterator[Change]:
    """Blanks at the ends of lines."""
    kept = sorted(span for span in tree.scalars if "\n" in tree.text.content[slice(*span)])
    for match in _TRAILING.finditer(tree.text.content):
        before = bisect_right(kept, match.start(), key=lambda span: span[0]) - 1
        if before < 0 or match.start() >= kept[before][1]:
            yield match.start(), match.end(), ""
