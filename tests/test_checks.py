"""Every check is listed, explained, and does on its own page's examples what the page says."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from types import ModuleType

import pytest
from pages import Example, examples, lay_out

import factpack.checks
from factpack.checks import CHECKS, RULES, run
from factpack.dataset import load
from factpack.manual import FRESH, page, pages

READINGS = [
    ("negated-in-source", "en", "No minister met in Lyon", "place: Lyon", True),
    ("negated-in-source", "en", "The ministers refused to meet in Lyon", "place: Lyon", True),
    ("negated-in-source", "en", "They met not only in Lyon", "place: Lyon", False),
    ("negated-in-source", "en", "Not fewer than 40 met in Lyon", "place: Lyon", False),
    ("negated-in-source", "vi", "Đoàn không đến Huế", "place: Huế", True),
    ("negated-in-source", "vi", "Đoàn không chỉ đến Huế", "place: Huế", False),
    ("negated-in-source", "vi", "Không quá 40 tàu đến Huế", "place: Huế", False),
    ("negated-in-source", "vi", "Hãng hàng không đến Huế", "place: Huế", False),
    ("weekday-does-not-fit", "en", "They met on Wed, 4 May 2023", "date: 2023-05-04", True),
    ("weekday-does-not-fit", "en", "They met on 3 May 2023, a Sunday", "date: 2023-05-03", True),
    ("weekday-does-not-fit", "vi", "Họ gặp nhau Thứ Năm, ngày 3/5/2023", "date: 2023-05-03", True),
    ("weekday-does-not-fit", "vi", "Họ gặp nhau Thứ Tư, ngày 3/5/2023", "date: 2023-05-03", False),
    ("weekday-does-not-fit", "en", "The Sunday Times told it on 3 May 2023", "date: 2023-05-03", False),
    ("weekday-does-not-fit", "en", "They met on 3 May 2023, as they had on Sunday", "date: 2023-05-03", False),
    ("ordinal-or-anniversary-arithmetic", "en", "Founded in 1954, it had its 70th anniversary in 2023", "", True),
    ("ordinal-or-anniversary-arithmetic", "en", "Founded in 1954, it had its 70th anniversary in 2024", "", False),
    ("ordinal-or-anniversary-arithmetic", "en", "the 70th anniversary was held in 2023-2024", "", False),
    ("ordinal-or-anniversary-arithmetic", "en", "the 70th anniversary and the 2022-2025 plan", "", False),
]
"""A rule, a language, a quote, a field of the event it belongs to, and whether there is a finding."""

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


@pytest.mark.parametrize(("rule", "language", "quote", "field", "raised"), READINGS)
def test_a_quote_is_read_as_it_is_meant(
    rule: str, language: str, quote: str, field: str, raised: bool, tmp_path: Path
) -> None:
    event = f"events:\n  - id: evt-one\n    name: it\n    judged: {{name: so}}\n    quotes: [{quote!r}]\n    {field}\n"
    lay_out(Example({"seeds/a.txt": f"{quote}.\n", "curation/a.yaml": event}, set()), tmp_path)
    path = tmp_path / "curation/a.yaml"
    path.write_text(path.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    assert {d.rule for d in run(load(tmp_path))} == ({rule} if raised else set())


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


NAMELESS = """events:
  - id: Evt One
    name: ministers met
    host: ann
    date: 2023
    place: {place}
    quotes: [The ministers met in {place} in 2023]
  - id: Evt Two
    name: ministers met
    host: ann
    date: 2023
    place: {place}
    quotes: [The ministers met in {place} in 2023]
  - {{id: Evt Three, place: {place}}}
"""
"""Records without an id that can be read: two that say the same, and one that says too little."""


def test_records_whose_id_cannot_be_read_are_not_taken_for_one(tmp_path: Path) -> None:
    files = {"curation/registers/people.yaml": "people:\n  - {id: ann, name: ministers, names: [ministers]}\n"}
    for name, place in (("a", "Lyon"), ("b", "Nice")):
        files[f"seeds/{name}.txt"] = f"The ministers met in {place} in 2023.\n"
        files[f"curation/{name}.yaml"] = NAMELESS.format(place=place)
    lay_out(Example(files, set()), tmp_path)
    found = run(load(tmp_path))
    of_each = [*((line, "invalid-value") for line in (2, 8, 14)), (14, "missing-field"), (14, "missing-quote")]
    for name in "ab":
        there = [d for d in found if d.location.text.path == f"curation/{name}.yaml"]
        assert sorted((d.location.begins[0], d.rule) for d in there) == of_each
        assert not [d.message for d in there if "``" in d.message]
    named = {d.rule: d.message for d in found}
    assert named["missing-field"] == "this record needs `name`"
    assert named["missing-quote"].startswith("this record has no quote")


def test_where_nothing_is_known_nothing_is_said_of_it(tmp_path: Path) -> None:
    event = "events:\n  - id: evt-one\n    name: met\n    host: ann\n    quotes: [The ministers met]\n"
    lay_out(Example({"seeds/a.txt": "The ministers met.\n", "curation/a.yaml": event}, set()), tmp_path)
    (found,) = (d for d in run(load(tmp_path)) if d.rule == "unknown-reference")
    assert found.help == ()
