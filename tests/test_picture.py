"""The README's picture is taken by a script from the real page."""

from __future__ import annotations

import os
import re
import shutil
import struct
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytest.importorskip("playwright", reason="there is no playwright: `make test` installs it")

pytestmark = pytest.mark.skipif(
    not (os.environ.get("CHROMIUM") or shutil.which("chromium")), reason="there is no chromium: .ci/tools installs it"
)


def test_the_readmes_picture_can_be_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    import picture

    for shot in picture.pictures(tmp_path):
        committed = ROOT / "docs" / shot.name
        assert _size(shot) == _size(committed)
        # Fonts differ between machines; an empty or broken page would be a fraction of this.
        assert shot.stat().st_size > committed.stat().st_size / 2
    sys.modules.pop("picture")


def test_the_readme_shows_it() -> None:
    shown = re.findall(r'"(docs/evidence-[a-z]+\.png)"', (ROOT / "README.md").read_text("utf-8"))
    assert shown == ["docs/evidence-dark.png", "docs/evidence-light.png"]
    assert all((ROOT / path).is_file() for path in shown)


def _size(png: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height
