"""Score quote matching, and the peers beside it, on quotes that must be found and quotes that must not.

    python benchmarks/quotes.py                      this project alone
    python benchmarks/quotes.py --peers PYTHON       PYTHON: of an environment that the peers are installed in
    python benchmarks/quotes.py --show KIND          the cases of a kind that go wrong here, such as "ligatures"

Writes `benchmarks/quotes.md`. Peers, both on PyPI: linkml-reference-validator and citations. For this project a
quote counts as accepted when it stands in the source in exactly one place on word boundaries and is neither too
thin nor too long.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from quote_cases import GROUPS, Case, cases
from quote_peers import PEERS

from factpack import __version__
from factpack.checks.quote_too_thin import is_thin
from factpack.quote import Folded, find, fold

HERE = Path(__file__).parent
SEED = 20240412
MAX_QUOTE = 300  # `max_quote` by default


def ours(found: Sequence[Case]) -> list[bool]:
    """What `factpack check` accepts."""
    folded: dict[str, Folded] = {}
    return [
        len(find(folded.setdefault(case.source, fold(case.source)), case.quote).spans) == 1
        and not is_thin(case.quote)
        and len(case.quote) <= MAX_QUOTE
        for case in found
    ]


def peer(name: str, python: str, found: Sequence[Case]) -> tuple[str, dict[str, list[bool]]]:
    """A peer's version and what it accepts, by its ways of use; none where it does not run."""
    sources = list(dict.fromkeys(case.source for case in found))
    numbers = {source: number for number, source in enumerate(sources)}
    questions = {"sources": sources, "cases": [(numbers[case.source], case.quote) for case in found]}
    command = [python, str(HERE / "quote_peers.py"), name]
    run = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False)
    if run.returncode:
        return f"does not run here ({run.stderr.strip().splitlines()[-1]})", {}
    answer = json.loads(run.stdout)
    return answer["version"], answer["ways"]


def report(found: Sequence[Case], tools: Mapping[str, Sequence[bool]], versions: Mapping[str, str], how: str) -> str:
    """The table as Markdown."""
    lines = [
        "# Quotes: found, and not found",
        "",
        f"{len(found):,} quotes cut from the five articles and from `quotes.txt`; {date.today()}, seed {SEED}.",
        "",
        f"    {how}",
        "",
        *(f"- {name} {version}" for name, version in versions.items()),
        "",
        "Each cell: how many cases are right, and their share. Altered and vacuous quotes must be refused, quotes as",
        "they stand and in other typography accepted. Case, punctuation and diacritics belong to the words; a peer",
        "that folds them by design is counted by the same rule.",
        "",
        "| group, wanted | cases | " + " | ".join(tools) + " |",
        "|---|--:|" + "--:|" * len(tools),
    ]
    for group, wanted in GROUPS.items():
        chosen = [number for number, case in enumerate(found) if case.group == group]
        lines.append(_row(f"**{group}**, {wanted}", chosen, found, tools))
    lines += ["", "| group | kind | cases | " + " | ".join(tools) + " |", "|---|---|--:|" + "--:|" * len(tools)]
    for group, kind in dict.fromkeys((case.group, case.kind) for case in found):
        chosen = [number for number, case in enumerate(found) if (case.group, case.kind) == (group, kind)]
        lines.append(_row(f"{group} | {kind}", chosen, found, tools))
    return "\n".join(lines) + "\n"


def _row(name: str, chosen: Sequence[int], found: Sequence[Case], tools: Mapping[str, Sequence[bool]]) -> str:
    cells = [name, str(len(chosen))]
    for accepted in tools.values():
        right = sum(accepted[number] == found[number].wanted for number in chosen)
        cells.append(f"{right} ({100 * right / len(chosen):.1f}%)")
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--show", metavar="KIND")
    arguments = parser.parse_args()
    found = cases(SEED)
    accepted = ours(found)
    if arguments.show:
        for case, said in zip(found, accepted, strict=True):
            if case.kind == arguments.show and said != case.wanted:
                print(f"{case.group}: {case.quote!r}")
        return
    tools: dict[str, Sequence[bool]] = {"factpack": accepted}
    versions = {"factpack": __version__}
    for name in PEERS if arguments.peers else ():
        versions[name], ways = peer(name, arguments.peers, found)
        tools.update({f"{name}, {way}": verdicts for way, verdicts in ways.items()})
    how = "python benchmarks/quotes.py" + (" --peers PYTHON" if arguments.peers else "")
    written = report(found, tools, versions, how)
    (HERE / "quotes.md").write_text(written, "utf-8")
    print(written)


if __name__ == "__main__":
    main()
