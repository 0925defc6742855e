"""Paragraphs that are set apart by blank lines: `paragraphs = "blank-line"`."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from pages import TEMPLATE

from factpack.checks import run
from factpack.config import ConfigurationError
from factpack.dataset import Dataset, load
from factpack.tables import tables

SOURCE = "Ines Calder said in Novem-\nber 2022 that\n3,200 trees stood.\n\nThey were sold\non 3\nMarch 2023.\n"
CURATION = """\
article:
  source: a.txt
  sha256: %s
  language: en
  quotes: [Ines Calder said]
events:
  - id: evt-trees
    name: trees stood
    quotes: ["that 3,200 trees stood"]
  - id: evt-sale
    name: They were sold
    date: 2023-03-03
    quotes: [They were sold on 3 March 2023]
figures:
  - {id: fig-trees, event: evt-trees, measure: trees, value: 3200, comparator: eq, unit: trees, quotes: ["3,200 trees"]}
"""


def project(folder: Path, setting: str, source: str = SOURCE, curation: str = CURATION) -> Dataset:
    shutil.copytree(TEMPLATE / "schema", folder / "schema")
    for name in ("seeds", "curation"):
        (folder / name).mkdir()
    written = f'[tool.factpack]\nname = "e"\ntitle = "E"\nversion = "1.0.0"\n{setting}\n'
    (folder / "pyproject.toml").write_text(written, "utf-8")
    (folder / "seeds/a.txt").write_text(source, "utf-8")
    (folder / "curation/a.yaml").write_text(curation % sha256(source.encode()).hexdigest(), "utf-8")
    return load(folder)


def rules(dataset: Dataset) -> list[str]:
    return [found.rule for found in run(dataset)]


def test_a_quote_runs_over_the_lines_of_a_paragraph(tmp_path: Path) -> None:
    dataset = project(tmp_path, 'paragraphs = "blank-line"')
    assert rules(dataset) == []
    assert "2023-03-03" in {mention.value for mention in dataset.articles[0].mentions}
    assert rules(project(tmp_path / "lines", "")) == ["quote-not-found"] * 2


def test_a_quote_never_leaves_its_paragraph(tmp_path: Path) -> None:
    curation = CURATION.replace("[They were sold on", "[stood. They were sold on")
    assert rules(project(tmp_path, 'paragraphs = "blank-line"', curation=curation)) == ["quote-not-found"]


def test_the_published_words_are_the_sources_own(tmp_path: Path) -> None:
    dataset = project(tmp_path, 'paragraphs = "blank-line"')
    [evidence] = [table for table in tables(dataset) if table.name == "evidence"]
    for row in evidence.rows:
        slice_ = SOURCE[int(str(row["char_start"])) : int(str(row["char_end"]))]
        assert row["exact"] == " ".join(slice_.split())
    assert "They were sold on 3 March 2023" in {row["exact"] for row in evidence.rows}


def test_no_other_kind_of_paragraph(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match='`paragraphs` is "line" or "blank-line", not "page"'):
        project(tmp_path, 'paragraphs = "page"')
