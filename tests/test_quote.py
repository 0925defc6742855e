"""The written rule of when a quote is in a source, its vectors, and what holds for every source."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from factpack.quote import find, fold, fold_quote, plain, unwrapped

VECTORS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "quotes.yaml").read_text("utf-8")
)
CASES = [
    pytest.param(case, id=f"{heading} {number}")
    for heading, cases in VECTORS.items()
    for number, case in enumerate(cases)
]


@pytest.mark.parametrize("case", CASES)
def test_vector(case: dict[str, Any]) -> None:
    source = case["source"]
    match = find(fold(source), case["quote"], case.get("prefix"), case.get("suffix"))
    assert [source[start:end] for start, end in match.spans] == case.get("found", [])
    assert bool(match.off_boundary) == case.get("cut", False)
    if "at" in case:
        assert [start for start, _ in match.spans] == case["at"]


WORDS = [
    "Trung", "said", "people’s", "people-to-people", "“friendship”", "Việt", "Nam,", "1,204", "of", "36.2%", "US$5",
    "−5", "(the", "ﬁrst)", "2021–2024:", "NGO…",
]  # fmt: skip
VARIATIONS: dict[str, Callable[[str], str]] = {
    "as it stands": lambda text: text,
    "straight marks": lambda text: text.translate(str.maketrans("‘’“”", "''\"\"")),
    "curly marks": lambda text: text.translate(str.maketrans("'\"", "’”")),
    "hyphens for dashes": lambda text: text.translate(str.maketrans("–—−‑", "----")),
    "dashes for hyphens": lambda text: text.replace("-", "‐"),
    "combined letters": lambda text: unicodedata.normalize("NFD", text),
    "ligatures apart": lambda text: text.replace("ﬁ", "fi"),
    "ligatures": lambda text: text.replace("fi", "ﬁ"),
    "three dots": lambda text: text.replace("…", "..."),
    "wide spaces": lambda text: text.replace(" ", " \u00a0\t"),
    "no-width spaces": lambda text: text.replace(" ", " \u200b"),
    "entities": lambda text: text.replace("’", "&rsquo;").replace("$", "&#36;").replace("–", "&ndash;"),
}


@pytest.mark.parametrize("variation", VARIATIONS)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    breaks=st.lists(st.sampled_from([" ", "  ", "\u00a0", "\t"]), min_size=12, max_size=12),
    data=st.data(),
)
def test_any_slice_on_word_boundaries_is_found_where_it_was_cut(
    variation: str, words: list[str], breaks: list[str], data: st.DataObject
) -> None:
    starts, source = [], ""
    for word, blank in zip(words, breaks, strict=False):
        starts.append(len(source))
        source += word + blank
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = starts[first], starts[last] + len(words[last])
    vary = VARIATIONS[variation]
    assert span in find(fold(source), vary(source[slice(*span)])).spans
    assert span in find(fold(source), vary(source[slice(*span)]).replace(" ", "\n")).spans

    varied = vary(source)
    begin = len(vary(source[: span[0]]))
    expected = begin, begin + len(vary(source[slice(*span)]))
    assert expected in find(fold(varied), source[slice(*span)]).spans


HARD = st.text(
    st.sampled_from("aé1. ,-–'’“\"$%…ﬁ&;\n\t\u00a0\u00ad\u200b\u0301\u0323ampnbsp#38đVN5"), min_size=1, max_size=40
)


@given(HARD)
@example("&amp;amp; x")
@example("a\u200b\u0301")
def test_every_found_span_folds_to_the_quote(source: str) -> None:
    folded = fold(source)
    for start in range(len(source)):
        for end in range(start + 1, min(len(source), start + 8) + 1):
            quote = source[start:end]
            for span in find(folded, quote).spans:
                assert fold_quote(source[slice(*span)]) == fold_quote(quote)


@given(HARD)
def test_places_lead_back_and_forth(source: str) -> None:
    folded = fold(source)
    for start in range(len(folded.text)):
        begin, end = folded.back(start, start + 1)
        assert 0 <= begin < end <= len(source)
        assert folded.forward(begin) <= start < folded.forward(end)


@given(HARD)
def test_plain_form_keeps_every_place(source: str) -> None:
    assert len(plain(source)) == len(source)
    assert plain(plain(source)) == plain(source)


def test_long_runs_take_no_longer_than_their_length() -> None:
    for run in (" ", "\u0301", "&", "a\u0301", "\u200b", "&amp;", "- "):
        source = "Begin " + run * 50_000 + " end"
        assert find(fold(source), "Begin").spans == ((0, 5),)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("They signed\nit today.", ["signed it"]),
        ("They signed\r\n  it today.", ["signed it"]),
        ("They signed\n\nit today.", []),
        ("They signed\n \t\nit today.", []),
        ("They\n\nsigned it\ntoday.", ["signed it"]),
    ],
)
def test_a_paragraph_over_several_lines(source: str, found: list[str]) -> None:
    joined = unwrapped(source)
    assert len(joined) == len(source)
    spans = find(fold(joined), "signed it").spans
    assert [" ".join(source[start:end].split()) for start, end in spans] == found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("inter-\nnational ties", ["international ties", "inter-\nnational ties", "inter- national ties"]),
        ("people-\nto-people ties", ["people-to-people ties", "people-\nto-people ties"]),
        ("Franco-\nGerman ties", ["Franco-German ties"]),
        ("two-\nand threefold ties", ["two-\nand threefold ties"]),
        ("a list:\n- one", ["a list: - one"]),
    ],
)
def test_a_word_divided_between_two_lines(source: str, words: list[str]) -> None:
    for quote in words:
        assert find(fold(unwrapped(source)), quote).spans == ((0, len(source)),), quote
