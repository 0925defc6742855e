"""Mending findings in their files: choose, change, check again, keep what only makes the dataset better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factpack.article import File
from factpack.checks import Outcome, examine
from factpack.dataset import Dataset, load
from factpack.diagnostic import MANY, Diagnostic, Route
from factpack.edits import Edit, apart, apply, edit_for, reads_right
from factpack.nodes import node_at, record_of

TRIES = 20
"""Fixes tried one by one, when several together make a new finding; each costs a check of the whole."""

Key = tuple[str, str, Route, str]
"""What makes a finding the same before and after a change: rule, file, route, and whether it is on the key."""

View = Callable[[Dataset, Outcome], Sequence[Diagnostic]]
"""Chooses the findings that are to be mended."""


@dataclass(frozen=True, slots=True)
class State:
    """A dataset with some files' contents changed, and what the checks find in it.

    `most` findings of one rule are listed in one file: for whoever mends them, all.
    """

    dataset: Dataset
    outcome: Outcome
    texts: Mapping[str, str] = field(default_factory=dict)
    most: float = MANY


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending led to: the findings mended, and those whose fix would make a new one, with its rule."""

    state: State
    mended: tuple[Diagnostic, ...]
    refused: tuple[tuple[Diagnostic, str], ...]


def checked(
    root: Path, texts: Mapping[str, str] | None = None, before: State | None = None, most: float = MANY
) -> State:
    """Load a dataset, with other contents of some files, and check it; raises ConfigurationError.

    What has not changed since `before` is not worked out again.
    """
    dataset = load(root, texts, before.dataset if before else None)
    return State(dataset, examine(dataset, before=before.outcome if before else None, most=most), texts or {}, most)


def mend(state: State, unsafe: bool, view: View) -> Mended:
    """Mend what can be mended, round after round until nothing more can; writes no file.

    A round keeps a change only where its finding goes away and no other comes, so there is an end.
    """
    mended: list[Diagnostic] = []
    while True:
        edits = _edits(state, unsafe, view)
        # A file that cannot be read hides what else is wrong in it, so that comes first, and alone.
        first = [edit for edit in edits if edit.node is None]
        state, kept, refused = _quote(state, first) if first else _change(state, edits)
        mended.extend(edit.diagnostic for edit in kept)
        if not kept:
            return Mended(state, tuple(mended), tuple(refused))


def _edits(state: State, unsafe: bool, view: View) -> list[Edit]:
    by_file: dict[str, list[Edit]] = {}
    files = state.dataset.by_path
    wanted = [d for d in view(state.dataset, state.outcome) if d.fix and (d.fix.safe or unsafe)]
    found = (edit_for(d, files[d.location.text.path]) for d in wanted if d.location.text.path in files)
    for edit in apart(edit for edit in found if edit):
        by_file.setdefault(edit.path, []).append(edit)
    return [edit for path, edits in by_file.items() for edit in _right(files[path], edits)]


def _right(file: File, edits: list[Edit]) -> list[Edit]:
    """The changes after which the file reads as it is to; all of them, as a rule."""
    sure = [edit for edit in edits if edit.node is None]
    others = [edit for edit in edits if edit.node is not None]
    if reads_right(file, others):
        return edits
    return [*sure, *_right_alone(file, others)]


def _right_alone(file: File, edits: list[Edit]) -> list[Edit]:
    """The changes of some that do not all read right, found by halves: few are wrong, and each look reads the file."""
    if len(edits) < 2:
        return []
    middle = len(edits) // 2
    halves = edits[:middle], edits[middle:]
    return [edit for half in halves for edit in (half if reads_right(file, half) else _right_alone(file, half))]


Round = tuple[State, list[Edit], list[tuple[Diagnostic, str]]]


def _quote(state: State, edits: list[Edit]) -> Round:
    """Quotation marks make a record readable; what is then found in it is not new, it was hidden."""
    return _after(state, edits), edits, []


def _change(state: State, edits: list[Edit]) -> Round:
    if not edits:
        return state, [], []
    after, kept = _after(state, edits), edits
    refused: list[tuple[Diagnostic, str]] = []
    if worse := _worse(state, after, edits):
        doubtful = _concerned(edits, worse)
        set_aside = set(doubtful)
        kept = [edit for edit in edits if edit not in set_aside]
        after = _after(state, kept)
        if _worse(state, after, kept):
            after, kept, doubtful = state, [], edits
        for edit in doubtful[:TRIES]:
            trial = _after(state, [*kept, edit])
            if worse := _worse(state, trial, [*kept, edit]):
                refused.append((edit.diagnostic, sorted(worse)[0][0]))
            else:
                after, kept = trial, [*kept, edit]
    return after, kept, refused


def _after(state: State, edits: Sequence[Edit]) -> State:
    if not edits:
        return state
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    texts = {path: apply(state.dataset.by_path[path].text.content, several) for path, several in by_path.items()}
    return checked(state.dataset.config.root, {**state.texts, **texts}, state, state.most)


def _worse(before: State, after: State, edits: Sequence[Edit]) -> set[Key]:
    """The findings that were not there before, and those that were to go away and did not."""
    old, new = _keys(before), _keys(after)
    stayed = {key for edit in edits if new[key := _key(before.dataset, edit.diagnostic)] >= old[key]}
    return stayed | {key for key in new if new[key] > old[key]}


def _keys(state: State) -> Counter[Key]:
    return Counter(_key(state.dataset, diagnostic) for diagnostic in state.outcome.found)


def _key(dataset: Dataset, diagnostic: Diagnostic) -> Key:
    location = diagnostic.location
    file = dataset.by_path.get(location.text.path)
    node = node_at(file.tree, location.start, location.end) if file else None
    if node is None:
        return diagnostic.rule, location.text.path, (), ""
    return diagnostic.rule, location.text.path, node.route, node.part


def _concerned(edits: Sequence[Edit], worse: set[Key]) -> list[Edit]:
    """The changes that may have done it: in the same record, else in the same file, else all."""
    records = {(path, record_of(route)) for _, path, route, _ in worse}
    paths = {path for path, _ in records}
    same = [e for e in edits if e.node and (e.path, record_of(e.node.route)) in records]
    return same or [e for e in edits if e.path in paths] or list(edits)
