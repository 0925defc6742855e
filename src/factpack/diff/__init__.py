"""Two releases, candidates or revisions compared: what changed, what proves it, what version it asks for."""

from __future__ import annotations

from factpack.diff.bump import CASES, Bump, Reason, smallest
from factpack.diff.change import Change, Kind, changes_table, read_changes
from factpack.diff.changes import apply, changes
from factpack.diff.difference import Difference, compare
from factpack.diff.proof import Proof, Proofs
from factpack.diff.release import DERIVED, Release

__all__ = [
    "CASES",
    "DERIVED",
    "Bump",
    "Change",
    "Difference",
    "Kind",
    "Proof",
    "Proofs",
    "Reason",
    "Release",
    "apply",
    "changes",
    "changes_table",
    "compare",
    "read_changes",
    "smallest",
]
