"""Change one cell of the flagship's curation at a time, and see whether the checks refuse it.

    python benchmarks/mutations.py                   all kinds, in some twenty minutes beside other work
    python benchmarks/mutations.py --per-kind 20     a sample

Writes `benchmarks/mutations.md`. A change is refused when `factpack check` reports an error that it did not report
before; a harmless rewrite is a false alarm when it reports an error or a warning.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from datetime import date
from multiprocessing import Pool
from pathlib import Path

from mutation_cases import LISTED, Edit, Finding, Trial, harmless, mutations
from mutation_records import record_mutations

from factpack import __version__
from factpack.dataset import load

HERE = Path(__file__).parent
SEED = 20240412
PER_KIND = 120
HARMLESS_PER_KIND = 60

Outcome = tuple[Edit, list[Finding], str]


_trial: Trial  # loaded once, and shared by the processes


def _try(edit: Edit) -> Outcome:
    found = _trial.new_findings(edit)
    if edit.cell == "deleted":
        found += _trial.newly_listed(edit)
    outcome = edit, found, ""
    return outcome if edit.cell == "harmless" or not _survives(outcome) else (edit, found, _trial.reason(edit))


SECTIONS = {
    "grounded": ("Grounded cells", "One cell changed; each must be refused with an error."),
    "quoted": ("Quotes and records", "Quotes with other words or bounds, and records mixed up; each must be refused."),
    "deleted": ("Records deleted", "An error, or words and values that `todo` lists and did not list before."),
    "judged": (
        "Cells that stand by a curator's reason (`judged`)",
        "The quotes do not print them, so a change is refused only where something else contradicts it.",
    ),
    "worded": (
        "Words of free wordings",
        "A third of a wording's words may be the curator's own, so another word is refused only where it is a name, "
        "a number, a date, or one too many.",
    ),
}
"""What is counted apart: how an edit's cell is called, the heading, and what the figures mean."""


def report(outcomes: Sequence[Outcome], how: str) -> str:
    """The tables as Markdown."""
    refused = [outcome for outcome in outcomes if outcome[0].cell in ("grounded", "quoted")]
    share = 100 * (1 - sum(map(_survives, refused)) / max(1, len(refused)))
    lines = [
        "# Changes of the flagship's curation",
        "",
        f"One change at a time; {date.today()}, factpack {__version__}, seed {SEED}.",
        f"Of {len(refused)} changes of grounded cells, quotes and records {share:.1f}% are refused.",
        "",
        f"    {how}",
    ]
    for cell, (heading, meaning) in SECTIONS.items():
        table = _table([outcome for outcome in outcomes if outcome[0].cell == cell])
        lines += ["", f"## {heading}", "", meaning, "", *table]
    lines += ["", "## Harmless rewrites", "", "None may raise an error or a warning.", ""]
    lines += ["| kind | rewrites | false alarms |", "|---|--:|--:|"]
    rewrites = [outcome for outcome in outcomes if outcome[0].cell == "harmless"]
    for kind in dict.fromkeys(_group(edit) for edit, *_ in rewrites):
        chosen = [outcome for outcome in rewrites if _group(outcome[0]) == kind]
        lines.append(f"| {kind} | {len(chosen)} | {sum(map(_alarm, chosen))} |")
    lines.append(f"| **all** | {len(rewrites)} | {sum(map(_alarm, rewrites))} |")
    for edit, found, _ in filter(_alarm, rewrites):
        lines += ["", f"- {edit.kind}, {edit.record}, {edit.field}: {found[0][1]}: {found[0][3]}"]
    lines += ["", "## Survivors", "", "What is not refused of the first three, and why.", ""]
    lines += ["| kind | record | field | from | to | why |", "|---|---|---|---|---|---|"]
    survivors = [one for one in outcomes if one[0].cell in ("grounded", "quoted", "deleted") and _survives(one)]
    for edit, found, why in sorted(survivors, key=lambda o: (o[0].kind, o[0].file, o[0].start)):
        warned = "; ".join(f"{severity}: {rule}" for severity, rule, *_ in found)
        cells = (edit.kind, edit.record, edit.field, edit.old, edit.new, why + (f" ({warned})" if warned else ""))
        lines.append("| " + " | ".join(_short(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _table(outcomes: Sequence[Outcome]) -> list[str]:
    lines = ["| kind | changes | refused | share |", "|---|--:|--:|--:|"]
    for kind in (*dict.fromkeys(edit.kind for edit, *_ in outcomes), ""):
        chosen = [outcome for outcome in outcomes if kind in ("", outcome[0].kind)]
        refused = len(chosen) - sum(map(_survives, chosen))
        lines.append(
            f"| {kind or '**all**'} | {len(chosen)} | {refused} | {100 * refused / max(1, len(chosen)):.1f}% |"
        )
    return lines


def _group(edit: Edit) -> str:
    return edit.kind.partition(":")[0]


def _survives(outcome: Outcome) -> bool:
    return not any(severity in ("error", LISTED) for severity, *_ in outcome[1])


def _alarm(outcome: Outcome) -> bool:
    return any(severity != "info" for severity, *_ in outcome[1])


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= 160 else line[:159] + "…"


def main() -> None:
    global _trial
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-kind", type=int, default=PER_KIND)
    parser.add_argument("--harmless", type=int, default=HARMLESS_PER_KIND, help="rewrites of each kind")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--project", type=Path, default=HERE.parent)
    parser.add_argument("--output", type=Path, default=HERE / "mutations.md")
    arguments = parser.parse_args()
    dataset = load(arguments.project)
    _trial = Trial(dataset)
    rng = random.Random(SEED)
    edits = [
        *mutations(dataset, rng, arguments.per_kind),
        *record_mutations(dataset, rng, arguments.per_kind),
        *harmless(dataset, rng, arguments.harmless),
    ]
    with Pool(arguments.jobs) as pool:
        outcomes = pool.map(_try, edits, chunksize=8)
    how = "python benchmarks/mutations.py"
    if arguments.per_kind != PER_KIND:
        how += f" --per-kind {arguments.per_kind}"
    arguments.output.write_text(report(outcomes, how), "utf-8")
    print(arguments.output.read_text("utf-8").partition("## Survivors")[0])


if __name__ == "__main__":
    main()
