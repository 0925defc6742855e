"""The documentation is built without a warning, and its generated part is fresh."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from flagship import ROOT
from installed import needed

DOCS = ROOT / "docs"


def test_the_reference_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    written = {path.name: path.read_text("utf-8") for path in (DOCS / "reference").iterdir()}
    assert written == reference.pages(), "run `.venv/bin/python docs/reference.py`"


def test_it_is_built_without_a_warning_and_every_page_is_in_it(tmp_path: Path) -> None:
    for module in ("sphinx", "furo", "myst_parser"):
        needed(module)
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-d", tmp_path / "trees", DOCS]
    built = subprocess.run([*command, tmp_path / "out"], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert pages == {page for page in pages if (tmp_path / "out" / page).is_file()}
