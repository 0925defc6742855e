"""Make slips in the flagship's curation, one at a time, and see whether the first suggestion is the right one.

    python benchmarks/suggestions.py

Writes `benchmarks/suggestions.md`. What counts is the first finding that the slip leads to, and what it suggests first:
it must be the very value that stood there before, the very words of the article, or the right article.
"""

from __future__ import annotations

import argparse
import os
import random
from datetime import date
from multiprocessing import Pool
from pathlib import Path

from mutation_cases import Trial
from slip_cases import Slip, slips

from factpack import __version__
from factpack.dataset import load
from factpack.diagnostic import Diagnostic

HERE = Path(__file__).parent
SEED = 20240412
PER_KIND = 23

Outcome = tuple[Slip, bool, str]

_trial: Trial  # loaded once, and shared by the processes


def _try(slip: Slip) -> Outcome:
    found = _trial.new_diagnostics(slip.edit)
    article = next(article for article in _trial.dataset.articles if article.path == slip.edit.file)
    return slip, slip.is_mended_by(found, article), _said(found[0]) if found else "no finding"


def _said(first: Diagnostic) -> str:
    return f"{first.rule}: {first.fix.title if first.fix else first.message}"


def report(outcomes: list[Outcome]) -> str:
    """The table as Markdown."""
    lines = [
        "# Suggestions after slips in the flagship's curation",
        "",
        f"One slip at a time; {date.today()}, factpack {__version__}, seed {SEED}.",
        "",
        "    python benchmarks/suggestions.py",
        "",
        "Right is a first suggestion that says what stood there before: the same words of the article, the same value,",
        "or the article that has the words.",
        "",
        "| slip | made | first suggestion right | share |",
        "|---|--:|--:|--:|",
    ]
    for kind in (*dict.fromkeys(slip.edit.kind for slip, *_ in outcomes), ""):
        chosen = [right for slip, right, _ in outcomes if kind in ("", slip.edit.kind)]
        share = 100 * sum(chosen) / len(chosen)
        lines.append(f"| {kind or '**all**'} | {len(chosen)} | {sum(chosen)} | {share:.1f}% |")
    lines += [
        "",
        "## Not right",
        "",
        "| slip | record | field | right | typed | suggested |",
        "|---|---|---|---|---|---|",
    ]
    for slip, right, said in outcomes:
        if not right:
            edit = slip.edit
            cells = (edit.kind, edit.record, edit.field, edit.old, edit.new, said)
            lines.append("| " + " | ".join(_short(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= 160 else line[:159] + "…"


def main() -> None:
    global _trial
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--output", type=Path, default=HERE / "suggestions.md")
    arguments = parser.parse_args()
    dataset = load(HERE.parent)
    _trial = Trial(dataset)
    made = slips(dataset, random.Random(SEED), PER_KIND)
    with Pool(arguments.jobs) as pool:
        outcomes = pool.map(_try, made, chunksize=4)
    arguments.output.write_text(report(outcomes), "utf-8")
    print(arguments.output.read_text("utf-8"))


if __name__ == "__main__":
    main()
