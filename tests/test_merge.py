"""Values that several articles give for one field become one, or a conflict; no order changes which."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from factpack.edtf import Edtf
from factpack.merge import merge
from factpack.vocabulary import ReviewStatus

DAY, MONTH, YEAR = (Edtf.parse(text) for text in ("2022-11-03", "2022-11", "2022"))
DRAFT, REVIEWED = ReviewStatus.DRAFT, ReviewStatus.REVIEWED


@pytest.mark.parametrize(
    ("field", "values", "one"),
    [
        ("date", [DAY], DAY),
        ("date", [YEAR, YEAR], YEAR),
        ("date", [YEAR, DAY], DAY),
        ("date", [YEAR, DAY, MONTH], DAY),
        ("date", [Edtf.parse("2022?"), YEAR], YEAR),
        ("date", [Edtf.parse("2022-11~"), Edtf.parse("2022?"), MONTH], MONTH),
        ("value", [Decimal("1.5"), Decimal("1.50")], Decimal("1.5")),
        ("value", [5, 5, 5], 5),
        ("name", ["congress", "congress"], "congress"),
        ("flag", [False, False], False),
        ("review", [REVIEWED, REVIEWED], REVIEWED),
        ("review", [REVIEWED, DRAFT], DRAFT),
        ("judged", [{"a": "x"}, {"b": "y"}], {"a": "x", "b": "y"}),
        ("judged", [{"a": "x"}, {"a": "x", "b": "y"}], {"a": "x", "b": "y"}),
    ],
)
def test_they_agree(field: str, values: list[Any], one: object) -> None:
    assert all(merge(field, order) == one for order in permutations(values))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("date", [DAY, Edtf.parse("2022-11-04")]),
        ("date", [YEAR, Edtf.parse("2023-01")]),
        ("date", [YEAR, DAY, Edtf.parse("2022-12")]),
        ("date", [MONTH, Edtf.parse("2022-11-20/2022-12-02")]),
        ("value", [Decimal(5), Decimal(6)]),
        ("name", ["congress", "Congress"]),
        ("flag", [True, False]),
        ("value", [5, "5"]),
    ],
)
def test_they_contradict_each_other(field: str, values: list[Any]) -> None:
    assert all(merge(field, order) is None for order in permutations(values))


def test_lists_unite_in_the_order_of_their_first_appearance() -> None:
    assert merge("themes", [("b", "a"), ("c", "a")]) == ("b", "a", "c")
    assert merge("themes", [("a",), ()]) == ("a",)


def test_notes_unite_once_each() -> None:
    assert merge("note", ["One.", "Two.", "One."]) == "One. Two."


def test_reasons_are_each_articles_own() -> None:
    assert merge("judged", [{"a": "x"}, {"a": "y", "b": "z"}]) == {"a": "x", "b": "z"}
