"""All figures that have a budget, measured in one run, beside the peers and beside what they were.

    python benchmarks/budgets.py [NAME...]        NAME: speed, packages, memory, cache; all, if none is named

Installs the floor's parts and the peers into `benchmarks/.environments/`, runs each benchmark, which makes its corpora
and writes its page, and writes the table in README.md. A ratio that is worse than on the committed page by more than
the tolerance is told, and the exit code is 1: commit the pages, or mend what became slow. Other work on the machine
moves ratios less than times, but it moves them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from venv import EnvBuilder

from page import HERE, Figure, figures_in

README = HERE.parent / "README.md"
BEGIN, END = "<!-- figures: python benchmarks/budgets.py -->\n", "<!-- end of figures -->\n"
FLOOR = ("yaml-rs==0.1.6", "pydantic>=2.12,<3", "pyarrow>=24")
PEERS = {
    "linkml-reference-validator": ("linkml-reference-validator==0.4.0", "linkml>=1.9.3"),
    "citations": ("citations==0.6.1",),
}
BENCHMARKS = ("speed", "packages", "memory", "cache")
"""The scripts whose pages have budgets, each with a page of its name."""


def environment(name: str, *requirements: str) -> str:
    """The Python of an environment that has some packages; made where there is none yet."""
    folder = HERE / ".environments" / name
    python = folder / "bin/python"
    if not python.exists():
        EnvBuilder(with_pip=True, symlinks=True).create(folder)
        subprocess.run((python, "-m", "pip", "install", "-q", *requirements), check=True)
    return str(python)


def arguments(name: str) -> list[str]:
    """What a benchmark is run with."""
    if name != "speed":
        return []
    peers = [f"{peer}={environment(peer, *needed)}" for peer, needed in PEERS.items()]
    return ["--floor", environment("floor", *FLOOR), "--peers", *peers]


def committed(name: str) -> dict[str, Figure]:
    """The figures of a page as they are committed."""
    asked = ("git", "show", f"HEAD:./{name}.md")
    return figures_in(subprocess.run(asked, cwd=HERE, capture_output=True, text=True, check=False).stdout)


def current(name: str) -> dict[str, Figure]:
    """The figures of a page as it stands."""
    return figures_in((HERE / f"{name}.md").read_text("utf-8"))


def worse(old: Mapping[str, Figure], new: Mapping[str, Figure], tolerance: float) -> Iterator[str]:
    """What has a ratio that is worse than it was, or is measured no longer."""
    for what, before in old.items():
        after = new.get(what)
        if after is None:
            yield f"{what}: is measured no longer"
        elif before.ratio and before.size and after.size:
            change = before.size / after.size if before.more_is_better else after.size / before.size
            if change > 1 + tolerance:
                yield f"{what}: {before.ratio} became {after.ratio}"


def summary() -> str:
    """All figures that have a budget, as the table of the README."""
    lines = ["| what | measured | aimed at |", "|---|--:|--:|"]
    for name in BENCHMARKS:
        for figure in current(name).values():
            if figure.budget:
                sign = "≥" if figure.more_is_better else "≤"
                lines.append(f"| {figure.what} | {figure.ratio or figure.cost} | {sign} {figure.budget} |")
    return "\n".join([*lines, ""])


def filled(readme: str) -> str:
    """The README with the present figures."""
    head, _, rest = readme.partition(BEGIN)
    return f"{head}{BEGIN}\n{summary()}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    """Measure, compare, and write the README's table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument("--tolerance", type=float, default=0.25, help="how much worse a ratio may be (0.25: a quarter)")
    parser.add_argument("--readme", action="store_true", help="measure nothing, write the README's table only")
    options = parser.parse_args()
    told: list[str] = []
    for name in [] if options.readme else options.names or BENCHMARKS:
        subprocess.run((sys.executable, str(Path(HERE, f"{name}.py")), *arguments(name)), check=True)
        told += worse(committed(name), current(name), options.tolerance)
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
    print("\n".join(told) or "No ratio is worse than it was.")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
