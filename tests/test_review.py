"""`factpack release --require-review` publishes nothing that a second reader has not read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml
from pages import lay_out_models

from factpack.cli import main

NAMES = [f"The {name} festival" for name in "abcdefghijklmnopqrstuvwxy"]
SOURCE = "".join(f"{name} took place.\n" for name in NAMES)


def dataset(folder: Path, **drafts: list[str]) -> Path:
    """A small dataset whose records are all reviewed, but for those that are drafts in an article."""
    lay_out_models(folder)
    (folder / "seeds").mkdir()
    (folder / "curation").mkdir()
    for article in ("one", "two"):
        (folder / "seeds" / f"{article}.txt").write_text(SOURCE, "utf-8")
        header = {"source": f"{article}.txt", "sha256": hashlib.sha256(SOURCE.encode()).hexdigest(), "language": "en",
                  "headline": NAMES[0], "quotes": [NAMES[0]], "review": "reviewed"}  # fmt: skip
        events = [{"id": identity(name), "name": name, "quotes": [name], "review": "reviewed"} for name in NAMES]
        for event in events:
            if event["id"] in drafts.get(article, ()):
                del event["review"]
        text = yaml.safe_dump({"article": header, "events": events}, sort_keys=False)
        (folder / "curation" / f"{article}.yaml").write_text(text, "utf-8")
    return folder


def identity(name: str) -> str:
    return name.lower().replace(" ", "-")


def release(folder: Path, *more: str) -> int:
    return main(["release", "--project", str(folder), *more])


def test_all_reviewed_is_published(tmp_path: Path) -> None:
    folder = dataset(tmp_path / "d")
    assert release(folder, "--require-review") == 0
    assert (folder / "dist" / "1.0.0" / "datapackage.json").is_file()


def test_one_draft_is_refused_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence is a draft, also where another article's part of the record is reviewed."""
    folder = dataset(tmp_path / "d", two=["the-c-festival"])
    assert release(folder, "--require-review") == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "the-c-festival",
        "Nothing was published: 1 record is not `review: reviewed`.",
    ]
    assert not (folder / "dist").exists()


def test_twenty_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = [identity(name) for name in NAMES[:23]]
    assert release(dataset(tmp_path / "d", one=drafts, two=drafts[:3]), "--require-review") == 1
    assert capsys.readouterr().out.splitlines()[-22:] == [
        *drafts[:20],
        "... and 3 more",
        "Nothing was published: 23 records are not `review: reviewed`.",
    ]


def test_without_the_option_drafts_are_published(tmp_path: Path) -> None:
    assert release(dataset(tmp_path / "d", one=["the-c-festival"])) == 0
