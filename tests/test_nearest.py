"""The nearest passage: whole, in one paragraph, and what differs marked word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.nearest import nearest
from factpack.quote import fold, fold_quote


@pytest.mark.parametrize(
    ("source", "quote", "passage", "differences"),
    [
        ("Ines said. Three crew members remain missing.", "Three crew members are still missing",
         "Three crew members remain missing", [("remain", "are still")]),
        ("They planted 49 trees in May.", "They planted 94 trees in May", "They planted 49 trees in May",
         [("49", "94")]),
        ("One line.\nHe called for greater\u00a0efforts now.", "called for great efforts",
         "called for greater\u00a0efforts", [("greater", "great")]),
        ("Lê Hoài Trung spoke today.", "Lê Hoài Trong spoke today", "Lê Hoài Trung spoke today",
         [("Trung", "Trong")]),
        ("It was “a pillar” of peace.", 'It is "a pillar" of peace', "It was “a pillar” of peace", [("was", "is")]),
        # Words left out, words too many, and both ends of the quote.
        ("In May they can take on many tasks.", "they can take on tasks", "they can take on many tasks",
         [("many", "")]),
        ("They met on Monday, in Lyon.", "They never met on Monday", "They met on Monday", [("", "never")]),
        ("By night the ministers met in Lyon.", "The ministers met in Lyon", "the ministers met in Lyon",
         [("the", "The")]),
        ("The ministers met in Lyon.", "The ministers met in Paris", "The ministers met in Lyon",
         [("Lyon", "Paris")]),
        ("One two three four five six seven eight.", "One twe three four fife six seven eight",
         "One two three four five six seven eight", [("two", "twe"), ("five", "fife")]),
        ("(May 1, 1973 - May 1, 2023)", "(May 1, 1973 - 1, 2023)", "(May 1, 1973 - May 1, 2023)", [("May", "")]),
        # What ends the clause before is no part of it; a slip in the first word is.
        ("So it was. Lyon met Paris in May.", "The Union met Paris in May", "Lyon met Paris in May",
         [("Lyon", "The Union")]),
        ("Said he. First, they met in May.", "Fist they met in May", "First, they met in May", [("First,", "Fist")]),
        # The same two words stand before it, too.
        ("Ask the crew in Oslo. The crew planted 49 trees.", "the crew planted 48 trees", "The crew planted 49 trees",
         [("The", "the"), ("49", "48")]),
        ("They said “yes”.", "They sayd “yes”", "They said “yes”", [("said", "sayd")]),
    ],
)  # fmt: skip
def test_nearest_passage(source: str, quote: str, passage: str, differences: list[tuple[str, str]]) -> None:
    near = nearest(fold(source), quote)
    assert near is not None
    assert source[slice(*near.span)] == passage
    ours = fold_quote(quote)
    assert [(source[slice(*a)], ours[slice(*b)]) for a, b in near.differences] == differences


def test_no_passage_is_near_enough() -> None:
    assert nearest(fold("The quick brown fox jumps over the lazy dog."), "Zulu kayaks, 1987: xyz") is None
    assert nearest(fold(""), "anything at all") is None
    assert nearest(fold("anything at all"), "") is None


def test_a_paragraph_is_never_crossed() -> None:
    source = "The first crew of nine met\nin the old town hall of Lyon."
    near = nearest(fold(source), "crew of nine met in the old town hall of Lyom")
    assert near is not None
    assert "\n" not in source[slice(*near.span)]


def test_only_a_part_of_the_source_is_looked_at() -> None:
    source = "They planted 49 trees. They planted 59 trees."
    near = nearest(fold(source), "They planted 39 trees", (23, len(source)))
    assert near is not None
    assert source[slice(*near.span)] == "They planted 59 trees"


WORDS = st.lists(st.sampled_from(["a", "crew", "of", "49", "“met”", "Lê", "there,", "\n", "x-y", "\u00a0", "ﬁrst"]))


@given(WORDS, WORDS)
def test_the_differences_are_all_that_differs(source: list[str], quote: list[str]) -> None:
    text, ours = " ".join(source), fold_quote(" ".join(quote))
    near = nearest(fold(text), ours)
    if near is None:
        return
    start, end = near.span
    assert "\n" not in text[start:end].strip()
    # Their words in place of ours make the passage of our words.
    mended, at = "", 0
    for theirs, mine in near.differences:
        assert start <= theirs[0] <= theirs[1] <= end
        mended += ours[at : mine[0]] + " " + fold_quote(text[slice(*theirs)]) + " "
        at = mine[1]
    mended += ours[at:]
    assert mended.split() == fold_quote(text[start:end]).split()
