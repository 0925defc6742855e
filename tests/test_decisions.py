"""Generated values against the sentences that state them, and against those that state another."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from decisions import KINDS, Decision, supported


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_accepted_by_its_own_words_only(kind: Callable[[random.Random], Iterator[Decision]]) -> None:
    rng = random.Random(7)
    made = [decision for _ in range(25) for decision in kind(rng)]
    assert {decision.stated for decision in made} == {True, False}
    assert [decision for decision in made if supported(decision) is not decision.stated] == []
