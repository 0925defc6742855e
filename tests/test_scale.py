"""What is looked for in an index is what would be found by looking at everything."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import corpus
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.article import by_word
from factpack.checks import quote_in_other_article
from factpack.checks.near_duplicate_record import _keys
from factpack.dataset import load
from factpack.edtf import Edtf
from factpack.mention.tokens import Tokens
from factpack.quote import Folded, Match, find, fold, plain_words, telling_words

DATES = st.sampled_from(
    (
        "2023", "2023-03", "2023-03-05", "2023-03-04/2023-03-06", "2023-03/2023-04", "2022/2023", "2023-21", "202X",
        "2023-03/..", "/2023-03-05", "2023-12-31", "2024-01-01", "2023-12-31/2024-01-01", "2024", "2023-34",
    )
)  # fmt: skip


PIECES = (
    "co", "op", "R&D", "é", "e\u0301", "x\u0301", "ﬁ", "fi", "n", "-", "- ", "-\n", " ", "  ", "\u00ad", "\u200b",
    "’", "'", "&amp;", "&#99;", "\u212a", "K", "_", "7", ".", "\n",
)  # fmt: skip


@given(DATES, DATES)
def test_a_date_that_covers_another_shares_its_finest_key(outer: str, inner: str) -> None:
    one, other = Edtf.parse(outer), Edtf.parse(inner)
    if one.covers(other):
        assert _keys("date", one)[0] in _keys("date", other)


@given(st.text(alphabet="aeđ ̣́̂éệÅ각가한-\n", max_size=30))
def test_composed_text_and_the_way_back_are_those_of_each_letter_with_its_marks(text: str) -> None:
    letters: list[str] = []
    for character in text:
        if letters and unicodedata.combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    composed = [unicodedata.normalize("NFC", letter) for letter in letters]
    tokens = Tokens(text)
    if not unicodedata.is_normalized("NFC", text):
        assert tokens.text == "".join(composed)
        starts = [sum(map(len, letters[:number])) for number in range(len(letters))]
        origin = [start for start, short in zip(starts, composed, strict=True) for _ in short]
        assert [tokens.place(at, at)[0] for at in range(len(tokens.text))] == origin


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.integers(0, 20), st.integers(0, 20), st.sampled_from(("", "\u00ad", "- ")),
)  # fmt: skip
def test_a_quote_is_found_only_where_its_telling_words_are(parts: list[str], start: int, end: int, typed: str) -> None:
    text = "".join(parts)
    folded = fold(text)
    cut = (start + end) // 2
    quote = folded.text[start:cut] + typed + folded.text[cut:end]
    words = plain_words(text)
    if find(folded, quote).spans and words is not None:
        assert telling_words(quote) <= words


def test_names_looked_for_by_their_rarest_word_are_all_that_an_article_prints(tmp_path: Path) -> None:
    corpus.make(tmp_path / "dataset", 3)
    dataset = load(tmp_path / "dataset")
    names = {name for register in dataset.registers for entry in register.entries for name in entry.values.names}
    for article in dataset.articles:
        printed = article.printed_of(by_word({*names, "…", "Nguyễn", "forum’s"}))
        assert printed == {name for name in {*names, "…", "Nguyễn", "forum’s"} if article.prints(name)}
        assert len(printed) > 5


def test_a_quote_is_looked_for_only_in_sources_that_have_its_rarest_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.make(tmp_path, 12)
    corpus.spoil(tmp_path)
    elsewhere = load(tmp_path).articles[0].quotes[-1].quote.exact
    file = tmp_path / "curation/a1.yaml"
    file.write_text(file.read_text("utf-8").rpartition("      - ")[0] + f"      - {json.dumps(elsewhere)}\n", "utf-8")
    looked: list[str] = []

    def counted(folded: Folded, exact: str) -> Match:
        looked.append(exact)
        return find(folded, exact)

    monkeypatch.setattr(quote_in_other_article, "find", counted)
    found = [*quote_in_other_article.check(load(tmp_path).extracts)]
    assert [finding.message for finding in found] == ["these words are not in a1, but they are in a0"]
    assert len(looked) < 12  # of 180 quotes in 12 sources
