"""Findings that are held as bytes: what is told of them, and the texts that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Example, lay_out

from factpack.checks import WAITING, examine, told
from factpack.dataset import load
from factpack.diagnostic import Diagnostic
from factpack.survey.findings import Findings

UNUSED = "Two crews met in May. Nobody uses any of this.\n"
QUOTED = "events:\n  - id: evt-{stem}\n    name: crews met\n    quotes: [{quote}]\n"


@pytest.fixture
def found(tmp_path: Path) -> tuple[Diagnostic, ...]:
    """What is found in two articles of which too little is used; in one a quote is wrong, too."""
    files = {f"seeds/{stem}.txt": UNUSED for stem in "ab"} | {
        f"curation/{stem}.yaml": QUOTED.format(stem=stem, quote=quote)
        for stem, quote in (("a", "Two crews met"), ("b", "Two crews mett"))
    }
    lay_out(Example(files, set()), tmp_path)
    settings = tmp_path / "pyproject.toml"
    settings.write_text(f"{settings.read_text('utf-8')}min_coverage = 100\n", "utf-8")
    return tuple(examine(load(tmp_path)).found)


def test_what_waits_is_held_back_where_there_are_errors(found: tuple[Diagnostic, ...]) -> None:
    held = Findings.of(found)
    assert tuple(held) == found
    waiting = [d.location.text.path for d in found if d.rule in WAITING]
    assert waiting == ["curation/a.yaml", "curation/b.yaml"]
    left = held.revised(WAITING, told)
    assert list(left) == list(told(found))
    assert [d.location.text.path for d in left if d.rule in WAITING] == ["curation/a.yaml"]
    # Where nothing waits, nothing is gone through.
    assert held.revised(frozenset({"weekday-does-not-fit"}), told) is held


def test_all_texts_are_opened_that_findings_stand_in(found: tuple[Diagnostic, ...]) -> None:
    opened: list[str] = []
    held = Findings.of(found)
    places = [at for d in found for at in (d.location, *(at for at, _ in d.related))]
    texts = {at.text.path: at.text for at in places}

    def text_of(path: str) -> object:
        opened.append(path)
        return texts[path]

    Findings(held.held, text_of).open()  # type: ignore[arg-type]
    assert sorted(opened) == sorted(texts)
    assert len(texts) > 2
