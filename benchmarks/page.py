"""The pages that benchmarks write: a title, how it was measured, a table of figures, and prose that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
HEADER = "| what | cost | ratio | budget |"


class Figure(NamedTuple):
    """One line of a table: what was measured, its cost, the ratio to what stands beside it, the ratio aimed at."""

    what: str
    cost: str
    ratio: str = ""
    budget: str = ""

    @property
    def size(self) -> float | None:
        """The ratio as a number, or the cost where there is none; None where neither is a number."""
        found = re.match(r"[\d.,]+", self.ratio or self.cost)
        return float(found[0].replace(",", "")) if found else None

    @property
    def more_is_better(self) -> bool:
        """Whether it says how much more others need than we do."""
        return "times ours" in self.ratio


def write(name: str, title: str, how: str, figures: Iterable[Figure]) -> None:
    """Write the page `name`; what stands below its first heading of the second order stays."""
    page = HERE / f"{name}.md"
    known = page.read_text("utf-8") if page.exists() else ""
    kept = known[known.index("\n## ") :] if "\n## " in known else ""
    page.write_text(f"# {title}\n\n{how}\n\n{table(figures)}{kept}", "utf-8")


def table(figures: Iterable[Figure]) -> str:
    """Figures as a table in Markdown."""
    return "\n".join([HEADER, "|---|---|---|---|", *(f"| {' | '.join(one)} |" for one in figures), ""])


def figures_in(text: str) -> dict[str, Figure]:
    """The figures of a page, by what was measured; none where it has no such table."""
    _, _, below = text.partition(f"{HEADER}\n|---|---|---|---|\n")
    lines = below.partition("\n\n")[0].splitlines()
    found = (Figure(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines)
    return {figure.what: figure for figure in found}
