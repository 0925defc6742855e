"""`check --fix` and `--diff`: what was mended is written or shown, and what was not is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from factpack.dataset import Dataset
from factpack.files import Unreadable
from factpack.mending.fixes import Mended, State, View, checked, mend
from factpack.mending.rewriting import differences, rewrite
from factpack.reporters.explanation import position
from factpack.reporters.glyphs import shown
from factpack.reporters.summary import counted


def show(state: State, unsafe: bool, view: View, out: TextIO, beside: TextIO) -> bool:
    """Print what `--fix` would change as a unified diff; returns whether that is anything."""
    mended = mend(state, unsafe, view)
    for line in differences(_changes(state.dataset, mended)):
        # At a terminal, nothing in a file may act; in a pipe, a patch has to be what it is.
        print(shown(line, len(line) + 1) if out.isatty() else line, file=out)
    if mended.mended:
        print(f"{counted(len(mended.mended), 'finding')} would be mended.", file=beside)
    _print_refused(mended, beside)
    return bool(mended.state.texts)


def write(state: State, unsafe: bool, view: View, beside: TextIO) -> tuple[State, bool]:
    """Mend findings in their files and say what was done.

    Returns what the files hold then, read from disk, and whether all could be written.
    """
    dataset = state.dataset
    mended = mend(state, unsafe, view)
    written = set()
    changes = _changes(dataset, mended)
    for path, (old, new) in changes.items():
        try:
            rewrite(dataset.config, path, old, new)
            written.add(path)
        except Unreadable as error:
            print(f"{shown(path)}: {error.why}", file=beside)
    done = sum(diagnostic.location.text.path in written for diagnostic in mended.mended)
    if done:
        print(f"Mended {counted(done, 'finding')} in {counted(len(written), 'file')}.", file=beside)
    _print_refused(mended, beside)
    return checked(dataset.config.root, before=mended.state), len(written) == len(changes)


def _changes(dataset: Dataset, mended: Mended) -> dict[str, tuple[str, str]]:
    return {path: (dataset.by_path[path].text.content, text) for path, text in sorted(mended.state.texts.items())}


def _print_refused(mended: Mended, beside: TextIO) -> None:
    for line in _refused(mended):
        print(line, file=beside)


def _refused(mended: Mended) -> Iterator[str]:
    for diagnostic, rule in mended.refused:
        made = "does not mend it" if rule == diagnostic.rule else f"would lead to `{rule}`"
        yield f"{position(diagnostic.location)}: the fix of `{diagnostic.rule}` was left out, because it {made}."
