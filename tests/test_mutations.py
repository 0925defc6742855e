"""Changes of the real dataset's cells are refused, and rewrites that change nothing are not."""

from __future__ import annotations

import random
from pathlib import Path

import flagship
import pytest
from mutation_cases import Edit, Trial, harmless, mutations
from mutation_records import record_mutations

from factpack.dataset import load

SEED = 20240412
ALWAYS_REFUSED = (
    "one digit", "unit", "currency", "comparator", "day", "month", "year", "document number", "a digit in a text",
)  # fmt: skip


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial(load(flagship.ROOT))


def _survivors(trial: Trial, edits: list[Edit]) -> list[tuple[str, ...]]:
    refused = {edit for edit in edits if any(severity == "error" for severity, *_ in trial.new_findings(edit))}
    return [(e.kind, e.record, e.field, e.old, e.new, trial.reason(e)) for e in edits if e not in refused]


def test_a_changed_cell_is_refused(trial: Trial) -> None:
    edits = [e for e in mutations(trial.dataset, random.Random(SEED), 5) if e.cell == "grounded"]
    assert len(edits) >= 60
    survived = _survivors(trial, edits)
    assert [s for s in survived if s[0] in ALWAYS_REFUSED] == []
    assert len(survived) <= 0.05 * len(edits), survived


def test_a_changed_quote_or_record_is_refused(trial: Trial) -> None:
    edits = [e for e in record_mutations(trial.dataset, random.Random(SEED), 4) if e.cell == "quoted"]
    assert len({edit.kind for edit in edits}) == 8
    assert len(_survivors(trial, edits)) <= 0.05 * len(edits)


def test_what_a_deleted_record_alone_carried_is_listed(trial: Trial) -> None:
    edits = record_mutations(trial.dataset, random.Random(SEED), 1000)
    deleted = next(e for e in edits if e.cell == "deleted" and e.record == "qty-2022-conference-delegates")
    assert ("listed", "number", deleted.file, "200") in trial.newly_listed(deleted)


def test_a_harmless_rewrite_is_not(trial: Trial) -> None:
    rewrites = harmless(trial.dataset, random.Random(SEED), 2)
    alarms = [(edit, found) for edit in rewrites for found in trial.new_findings(edit) if found[0] != "info"]
    assert alarms == []


def test_an_edit_in_memory_is_an_edit_of_the_file(trial: Trial, tmp_path: Path) -> None:
    project = flagship.copy(tmp_path)
    edit = mutations(trial.dataset, random.Random(SEED), 1)[0]
    path = project / edit.file
    content = path.read_text("utf-8")
    path.write_text(content[: edit.start] + edit.typed + content[edit.end :], "utf-8")
    whole = {(rule, message) for rule, _, message in flagship.findings(load(project))}
    assert {(rule, message) for _, rule, _, message in trial.new_findings(edit)} <= whole
