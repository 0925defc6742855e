"""The README's figures are those of the benchmarks' pages, and what became worse is told."""

from __future__ import annotations

from budgets import README, filled, worse
from page import Figure, figures_in, table


def test_readme_has_the_figures_of_the_pages() -> None:
    text = README.read_text("utf-8")
    assert text == filled(text), "run: python benchmarks/budgets.py --readme"


def test_figures_read_back() -> None:
    figures = [Figure("reading", "3 us", "1.5 F", "1.3 F"), Figure("start", "0.5 s")]
    page = f"# Title\n\nHow.\n\n{table(figures)}\n## Below\n\n| a | b |\n"
    assert list(figures_in(page).values()) == figures
    assert not figures_in("# Title\n\n| another | table |\n")


def test_what_became_worse_is_told() -> None:
    old = {one.what: one for one in (
        Figure("slower", "", "1.0 F"), Figure("noise", "", "1.0"), Figure("gone", "", "1.0"),
        Figure("peer", "", "30 times ours"), Figure("faster", "", "2,000"), Figure("no ratio", "5 s"),
    )}  # fmt: skip
    new = {one.what: one for one in (
        Figure("slower", "", "1.3 F"), Figure("noise", "", "1.2"), Figure("peer", "", "20 times ours"),
        Figure("faster", "", "1.0"), Figure("no ratio", "50 s"),
    )}  # fmt: skip
    assert list(worse(old, new, 0.25)) == [
        "slower: 1.0 F became 1.3 F", "gone: is measured no longer", "peer: 30 times ours became 20 times ours",
    ]  # fmt: skip
