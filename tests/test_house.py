"""How the house is built: who may import whom, and what the tool must not know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src/factpack"

FLOORS = [
    "text edtf plain_yaml quote resource vocabulary watch exchange",
    "files declaration staging",
    "config",
    "diagnostic mention merge nearest revision starting views",
    "tree suggest grounding package reporters",
    "fact nodes scalar strict_yaml",
    "fields registers baseline anchor",
    "entry models",
    "article",
    "dataset coverage ignores",
    "checks records naming",
    "tables review selection survey todo",
    "codebook diff editor manual mending show site",
    "digest reporting server curating",
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


def test_check_imports_neither_tables_nor_validators() -> None:
    code = (
        "import sys; from factpack.cli import main; main(['check']); "
        "print([m for m in ('pyarrow', 'frictionless', 'jinja2', 'rich', 'pandas', 'rapidfuzz') if m in sys.modules])"
    )
    root = SOURCE.parent.parent
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
