"""Years between two dates and the anniversary that a quote counts, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import Example, lay_out

from factpack.checks import run
from factpack.dataset import load

QUOTES = [
    ("en", "the 50th anniversary of the treaty ({} - January 27, 2023)", "January 27, "),
    ("vi", "lễ kỷ niệm 50 năm ngày ký hiệp định (27/1/{} - 27/1/2023)", ""),
    ("fr", "le 50e anniversaire du traité (de {} à 2023)", ""),
]


@pytest.mark.parametrize("year", [1973, 1974])
@pytest.mark.parametrize(("language", "quote", "day"), QUOTES)
def test_the_years_of_an_anniversary_add_up(language: str, quote: str, day: str, year: int, tmp_path: Path) -> None:
    words = quote.format(f"{day}{year}")
    curation = f'events:\n  - id: evt-anniversary\n    name: "{words}"\n    quotes:\n      - "{words}"\n'
    lay_out(Example({"seeds/a.txt": words + "\n", "curation/a.yaml": curation}, set()), tmp_path)
    path = tmp_path / "curation/a.yaml"
    path.write_text(path.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    found = [d.message for d in run(load(tmp_path)) if d.rule == "ordinal-or-anniversary-arithmetic"]
    assert found == ([] if year == 1973 else ["from 1974 to 2023 are 49 years, not 50"])
