"""After a slip the first suggestion is the right one; `benchmarks/suggestions.py` measures more of them."""

from __future__ import annotations

import random

import flagship
import pytest
from mutation_cases import Trial
from slip_cases import Slip, slips

from factpack.dataset import load
from factpack.nearest import likeliest

SEED = 7


@pytest.fixture(scope="module")
def trial() -> Trial:
    return Trial(load(flagship.ROOT))


def test_the_first_suggestion_is_right(trial: Trial) -> None:
    made = slips(trial.dataset, random.Random(SEED), 4)
    assert len(made) == 36
    wrong = [slip for slip in made if not _is_mended(slip, trial)]
    # Which of several bodies in one quote was meant cannot always be known.
    assert [_told(slip) for slip in wrong if slip.edit.kind != "name of another"] == []
    assert len(wrong) <= 3, [_told(slip) for slip in wrong]


def _is_mended(slip: Slip, trial: Trial) -> bool:
    article = next(article for article in trial.dataset.articles if article.path == slip.edit.file)
    return slip.is_mended_by(trial.new_diagnostics(slip.edit), article)


def _told(slip: Slip) -> tuple[str, ...]:
    edit = slip.edit
    return edit.kind, edit.record, edit.field, edit.old, edit.new


@pytest.mark.parametrize(
    ("typed", "candidates", "meant"),
    [
        ("41", ["14"], "14"),
        ("41", ["14", "900"], "14"),
        ("41", ["42", "43"], None),
        ("7", ["900", "14"], None),
        ("2032", ["2023", "1973"], "2023"),
        ("x", [], None),
        ("14", ["15", "15"], "15"),
    ],
)
def test_what_was_meant(typed: str, candidates: list[str], meant: str | None) -> None:
    assert likeliest(typed, candidates) == meant
