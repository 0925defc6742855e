"""A dataset told article by article: the tables of the whole, however few articles are at hand at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flagship import ROOT
from pages import Example, lay_out
from test_tables import FILES

from factpack import telling
from factpack.cli import main
from factpack.config import load_config
from factpack.dataset import load
from factpack.package import arrow, stored
from factpack.package.stored import Stored
from factpack.survey import gathering
from factpack.survey.contents import contents_of
from factpack.survey.late import Stale
from factpack.survey.surveying import survey
from factpack.tables import tables
from factpack.telling import Telling

THIRD = """\
article:
  source: c.txt
  sha256: {sha256:c}
  language: en
  quotes: [Nearly 200 delegates]
figures:
  - id: fig-others
    event: evt-second
    measure: delegates
    value: 200
    comparator: approx_below
    unit: delegates
    quotes: [Nearly 200 delegates]
events:
  - {id: evt-meeting, note: Third., quotes: [met in April 2022]}
"""


def surveyed(root: Path) -> Telling:
    config = load_config(root)
    contents = contents_of(config, indexed=False)
    contents.ids_of([*contents.listing.articles, *contents.listing.sources])
    return Telling(survey(contents, None, None, 1), contents)


def three_articles(folder: Path) -> Path:
    """A record of three articles, one that another article refers to, and a kind of record that comes late."""
    more = {"seeds/c.txt": "Nearly 200 delegates met in April 2022.\n", "curation/c.yaml": THIRD}
    lay_out(Example({**FILES, **more}, set()), folder)
    return folder


DATASETS: dict[str, Callable[[Path], Path]] = {
    "flagship": lambda _: ROOT,
    "wetlands": lambda _: ROOT / "examples/wetlands",
    "three articles": three_articles,
}


@pytest.mark.parametrize("many", [True, False], ids=["read again", "held"])
@pytest.mark.parametrize("name", DATASETS)
def test_the_same_tables_as_of_the_whole(
    name: str, many: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = DATASETS[name](tmp_path / "dataset")
    for module in (gathering, telling) if many else ():
        monkeypatch.setattr(module, "MANY", 1)
    for module, limit, few in (
        (telling, "SHARE", 1), (telling, "_KEPT", 1),
        (stored, "MOST", 500), (stored, "STEP", 50), (arrow, "_LOOSE", 100),
    ):  # fmt: skip
        monkeypatch.setattr(module, limit, few)
    told = surveyed(root).tables(tmp_path)
    whole = tables(load(root))
    assert [table.name for table in told] == [table.name for table in whole]
    assert told == whole
    assert any(isinstance(table.rows, Stored) for table in told)


@pytest.mark.parametrize("name", ["curation/b.yaml", "seeds/b.txt"])
@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"\xff")])
def test_what_is_no_longer_what_was_checked_is_not_told(
    name: str, change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (gathering, telling):
        monkeypatch.setattr(module, "MANY", 1)
    root = three_articles(tmp_path / "dataset")
    found = surveyed(root)
    change(root / name)
    with pytest.raises(Stale):
        found.tables(tmp_path)


def test_a_build_of_files_that_are_being_written_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (gathering, telling):
        monkeypatch.setattr(module, "MANY", 1)
    root = three_articles(tmp_path / "dataset")

    def written(*given: object) -> None:
        (root / "curation/a.yaml").write_text("events: []\n")

    monkeypatch.setattr("factpack.cli.publishing.refused", written)
    assert main(["build", "--project", str(root)]) == 2
    assert "are being written while they are checked" in capsys.readouterr().err
    assert not (root / ".factpack").exists()
