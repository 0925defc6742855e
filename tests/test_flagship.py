"""The real dataset: it is clean, seven breaks in one run are seven findings, and nothing typed is ignored."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flagship
import pytest

from factpack.cli import main
from factpack.dataset import Dataset, load
from factpack.tables import tables

SAMPLE = 24
"""How many of the ten thousand deletions are tried; each loads, checks and builds the whole dataset."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return flagship.copy(tmp_path)


def test_the_project_is_clean(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(project), "--fail-on", "warning"]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_seven_breaks_in_one_run_are_seven_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = load(project)
    before = flagship.findings(whole)
    first, second, third, fourth, fifth = (flagship.article(project, f"00{n}") for n in range(5))
    moved = "continue to thoroughly grasp the Resolution of the 13th Party Congress"
    flagship.change(fifth, rf"(?P<here>      - {moved})", "#")
    seeded = [
        ("quote-in-other-article", third, r"      - (?P<here>)Addressing the event, .*", f"{moved}\n      - "),
        ("quote-not-found", fourth, r"      - (?P<here>These include) General Secretary .*", "This includes"),
        ("value-not-in-quote", third, r"    value: (?P<here>200)", "300"),
        ("unknown-field", second, r"  (?P<here>platform): .*", "platfrom"),
        ("unknown-reference", fourth, r"    visitor: (?P<here>vo-van-thuong)", "vo-van-thoung"),
        ("yaml-syntax", fourth, r"(?P<here>    )host_country: KHM", "\t"),
        ("duplicate-key", first, r"    task_kind: .*(?P<here>)", "\n    task_kind: action"),
    ]
    expected = {(rule, *flagship.change(path, pattern, typed)) for rule, path, pattern, typed in seeded}
    # The second of the two keys stands on the line that was added.
    expected = {(rule, path, line + 1, 5) if rule == "duplicate-key" else (rule, path, line, column)
                for rule, path, line, column in expected}  # fmt: skip

    assert main(["check", "--project", str(project), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)["findings"]
    found = [f for f in report if (f["rule"], f["file"], f["message"]) not in before]
    assert sorted((f["rule"], f["file"], f["line"], f["column"]) for f in found) == sorted(expected)

    broken = load(project)
    facts = [len(article.entries) for article in whole.articles]
    assert [len(article.entries) for article in broken.articles] == [*facts[:3], facts[3] - 1, facts[4]]


def _published(dataset: Dataset) -> dict[str, list[Any]]:
    return {table.name: [dict(row) for row in table.rows] for table in tables(dataset)}


def _routes(data: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every key of every mapping and every element of every list, at any depth."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*route, step)
        yield from _routes(value, (*route, step))


def _without(data: Any, route: tuple[str | int, ...]) -> Any:
    step, *rest = route
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if key != step or rest}
        return kept | {step: _without(data[step], tuple(rest))} if rest else kept
    return [
        _without(value, tuple(rest)) if index == step else value
        for index, value in enumerate(data)
        if index != step or rest
    ]


def test_nothing_typed_is_silently_ignored(project: Path) -> None:
    whole = load(project)
    before, published = flagship.findings(whole), _published(whole)
    typed = [(file.path, file.tree.data, route) for file in whole.files for route in _routes(file.tree.data)]
    ignored = []
    for path, data, route in random.Random(20240412).sample(typed, SAMPLE):
        target = project / path
        as_typed = target.read_bytes()
        target.write_text(json.dumps(_without(data, route), ensure_ascii=False), "utf-8")
        dataset = load(project)
        if not flagship.findings(dataset) - before and _published(dataset) == published:
            ignored.append((path, route))
        target.write_bytes(as_typed)
    assert ignored == []


def test_rewriting_a_file_as_json_changes_nothing(project: Path) -> None:
    whole = load(project)
    before, published = flagship.findings(whole), _published(whole)
    for file in whole.files:
        (project / file.path).write_text(json.dumps(file.tree.data, ensure_ascii=False), "utf-8")
    rewritten = load(project)
    assert flagship.findings(rewritten) == before
    assert _published(rewritten) == published


def test_line_ends_of_windows_change_nothing(project: Path) -> None:
    whole = load(project)
    before, published = flagship.findings(whole), _published(whole)
    for path in project.glob("curation/*.yaml"):
        path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode())
    dataset = load(project)
    assert flagship.findings(dataset) == before
    assert _published(dataset) == published
