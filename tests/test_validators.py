"""The page on planted errors tells of all of them, and that ours misses none."""

from __future__ import annotations

import re
from pathlib import Path

from validators import WHERE, planted

PAGE = (Path(__file__).parent.parent / "benchmarks/validators.md").read_text("utf-8")


def test_the_page_lists_every_planted_error() -> None:
    rows = re.findall(r"^\| (\w+) \| (.+?) \| (?:found|\*\*missed\*\*) \| found \|$", PAGE, re.MULTILINE)
    expected = sorted(((where, name) for where, name, *_ in planted()), key=lambda one: WHERE.index(one[0]))
    assert rows == expected
    assert len(rows) >= 40
