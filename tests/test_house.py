"""How the house is built: who may import whom, and what the tool must not know."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src/factpack"

FLOORS = [
    "disk git text edtf plain_yaml quote resource vocabulary watch exchange",
    "files declaration staging scratch plain_places",
    "config",
    "diagnostic mention merge nearest revision starting views",
    "tree suggest grounding package reporters",
    "fact nodes scalar strict_yaml",
    "fields registers baseline anchor",
    "kinds",
    "entry models",
    "article",
    "dataset coverage edits ignores",
    "checks records naming",
    "tables review selection survey todo",
    "codebook diff editor manual mending show site telling",
    "digest reporting server curating distributed",
    "picking annotations",
    "cli",
]
"""From the ground up; a folder is one room. A module imports only from floors below its own."""


def rooms() -> dict[str, set[str]]:
    """Room -> the rooms that it imports when it is itself imported, for types too."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        relative = path.relative_to(SOURCE)
        if relative.parts[0] == "template":  # a dataset, which is carried and not run
            continue
        room = relative.parts[0].removesuffix(".py")
        imported = found.setdefault(room, set())
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("factpack"):
                parts = node.module.split(".")
                imported.update([parts[1]] if len(parts) > 1 else [alias.name for alias in node.names])
        imported.discard(room)
    return {room: imported - {"__version__"} for room, imported in found.items() if room != "__init__"}


def test_a_module_imports_only_from_lower_floors() -> None:
    floor = {room: number for number, names in enumerate(FLOORS) for room in names.split()}
    wrong = [
        f"{room} imports {other}"
        for room, imported in rooms().items()
        for other in imported
        if floor.get(other, 99) >= floor.get(room, -1)
    ]
    assert wrong == []


def test_no_room_is_a_lumber_room() -> None:
    assert not set(rooms()) & {
        "utils",
        "helpers",
        "common",
        "types",
        "misc",
        "manager",
        "handler",
        "processor",
        "engine",
    }


def test_the_tool_does_not_know_the_flagships_subject() -> None:
    subject = re.compile(r"diplomacy|friendship|fatherland|vufo|congress\b|people-to-people|delegate", re.IGNORECASE)
    named = {p.name for p in SOURCE.rglob("*.py") if subject.search(p.read_text("utf-8"))}
    assert named == set()


HEAVY = {
    "pyarrow", "frictionless", "jinja2", "rich", "pandas", "rapidfuzz", "xlsxwriter", "markdown_it", "pygls",
    "lsprotocol", "playwright", "trafilatura", "lxml", "pypdf", "wcwidth", "multiprocessing",
}  # fmt: skip
RARE = {"yaml", "snowballstemmer"}
"""What only some files need: libyaml where one is not plain."""
OF_THE_COMMAND = {"cli", "reporting", "selection", "survey"}
"""The rooms above the checks that `check` is made of; `mending` where there is anything to mend."""


@pytest.mark.parametrize(
    ("paths", "unused"),
    [([], HEAVY | {"yaml"}), (["curation/000_34bb20ef20b5e490.yaml"], HEAVY | RARE)],
    ids=["all", "one"],
)
def test_check_imports_what_it_uses(paths: list[str], unused: set[str]) -> None:
    code = (
        "import json, sys; from factpack.cli import main; "
        "main(['check', '--no-cache', '--format', 'json', *sys.argv[1:]]); "
        "print(json.dumps([*sys.modules]))"
    )
    command = [sys.executable, "-c", code, *paths]
    result = subprocess.run(command, cwd=SOURCE.parent.parent, capture_output=True, text=True, check=True)
    modules = [module.split(".") for module in json.loads(result.stdout.splitlines()[-1])]
    assert {module[0] for module in modules} & unused == set()
    own = [module for module in modules if module[0] == "factpack" and len(module) > 1]
    checks = next(number for number, floor in enumerate(FLOORS) if "checks" in floor.split())
    above = {room for floor in FLOORS[checks + 1 :] for room in floor.split()}
    assert {module[1] for module in own} & above == OF_THE_COMMAND
    others = {path.stem for path in (SOURCE / "reporters").glob("*.py") if "\ndef report(" in path.read_text("utf-8")}
    # `concise` has the sentence that other output quotes, too.
    assert {module[-1] for module in own if module[1] == "reporters"} & others == {"json_report", "concise"}
