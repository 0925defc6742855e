"""What an editor offers to do about findings: the fixes of `factpack check --fix`, as changes of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factpack.diagnostic import Diagnostic
from factpack.mending.fixes import Mended, State, mend
from factpack.text import Location, Text


@dataclass(frozen=True, slots=True)
class QuickFix:
    """A change to offer: what it does, for which findings, and what is written in place of which words."""

    title: str
    safe: bool
    found: tuple[Diagnostic, ...]
    edits: tuple[tuple[Location, str], ...]


def quick_fixes(state: State, found: Sequence[Diagnostic]) -> Iterator[QuickFix]:
    """A fix for each finding that has one, tried before it is offered: it must mend, and make no new finding."""
    for diagnostic in found:
        fix = diagnostic.fix
        if fix is None or not diagnostic.mendable:
            continue
        mended = _mended(state, [diagnostic], unsafe=True)
        if mended.mended:
            title = fix.title if fix.replacement in fix.title else f'{fix.title}: "{fix.replacement}"'
            yield QuickFix(title, fix.safe, (diagnostic,), _changes(state, mended, diagnostic.location.text.path))


def fix_all(state: State, found: Sequence[Diagnostic], path: str) -> QuickFix | None:
    """All safe fixes of a file at once."""
    here = [diagnostic for diagnostic in found if diagnostic.location.text.path == path]
    mended = _mended(state, here, unsafe=False)
    if not mended.mended:
        return None
    return QuickFix("mend all that is safe to mend", True, mended.mended, _changes(state, mended, path))


def _mended(state: State, found: Sequence[Diagnostic], unsafe: bool) -> Mended:
    # What mending one finding brings to light is not mended with it.
    return mend(state, unsafe, lambda dataset, _: found if dataset is state.dataset else [])


def _changes(state: State, mended: Mended, path: str) -> tuple[tuple[Location, str], ...]:
    return tuple(changes(state.dataset.by_path[path].text, mended.state.texts[path]))


def changes(old: Text, new: str) -> Iterator[tuple[Location, str]]:
    """What has to be written in `old`, and where, to make it `new`: line by line, each as short as can be."""
    before, after = old.content.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        start, end, text = starts[a], starts[b], "".join(after[c:d])
        words = old.content[start:end]
        head = _common(words, text)
        tail = _common(words[head:][::-1], text[head:][::-1])
        yield old.at(start + head, end - tail), text[head : len(text) - tail]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
