"""Every check is listed, explained, and does on its own page's examples what the page says."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from types import ModuleType

import pytest
from pages import examples, lay_out

import factpack.checks
from factpack.checks import CHECKS, RULES, run
from factpack.dataset import load
from factpack.manual import FRESH, page, pages

SHARED = {"faults", "support"}
"""Modules beside the checks that several of them are made of."""


def test_every_module_is_listed_once() -> None:
    modules = {m.name for m in pkgutil.iter_modules(factpack.checks.__path__)} - SHARED
    assert modules == {check.__name__.rpartition(".")[2] for check in CHECKS}
    assert len(RULES) == len(CHECKS)


@pytest.mark.parametrize("rule", RULES)
def test_page_says_what_why_and_how(rule: str) -> None:
    page = RULES[rule].__doc__ or ""
    first, blank, *_ = page.strip().splitlines()
    assert first.endswith(".")
    assert blank == ""
    assert set(examples(page)) == {"Fails", "Passes"}


def _found(example: object, folder: Path) -> set[tuple[str, int, str]]:
    lay_out(example, folder)  # type: ignore[arg-type]
    return {(d.location.text.path, d.location.begins[0], d.rule) for d in run(load(folder))}


@pytest.mark.parametrize("rule", RULES)
def test_failing_example_raises_what_is_marked(rule: str, tmp_path: Path) -> None:
    example = examples(RULES[rule].__doc__ or "")["Fails"]
    assert rule in {name for _, _, name in example.marked}
    assert _found(example, tmp_path) == example.marked


@pytest.mark.parametrize("rule", RULES)
def test_passing_example_raises_nothing(rule: str, tmp_path: Path) -> None:
    example = examples(RULES[rule].__doc__ or "")["Passes"]
    assert not example.marked
    assert _found(example, tmp_path) == set()


def test_checks_see_a_file_an_article_or_extracts() -> None:
    shapes: set[str] = {next(iter(check.check.__annotations__)) for check in CHECKS}
    assert shapes == {"file", "article", "extracts", "silenced"}
    assert all(isinstance(check, ModuleType) for check in CHECKS)


def test_the_list_of_rules_is_fresh() -> None:
    content = (Path(__file__).parent.parent / "docs/rules.md").read_text("utf-8")
    assert content == "\n".join(pages("md")) + "\n", f"write it again: {FRESH}"


@pytest.mark.parametrize("rule", RULES)
def test_the_page_says_how_to_ignore(rule: str) -> None:
    lines = list(page(rule))
    assert lines[0] == f"{rule} ({RULES[rule].SEVERITY})"
    assert f"    # factpack: ignore[{rule}] the reason, in your own words" in lines
