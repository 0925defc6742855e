"""Write `docs/reference/` from the code: `.venv/bin/python docs/reference.py`. A test says when that is due."""

from __future__ import annotations

import argparse
import ast
import inspect
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import factpack
from factpack.cli import command_line
from factpack.config import Config
from factpack.reporters.json_report import SCHEMA
from factpack.site import Settings

FOLDER = Path(__file__).parent / "reference"
FRESH = "Written from the code by `docs/reference.py`."


def pages() -> dict[str, str]:
    """The pages of the reference, file name to content."""
    written = {
        "commands.md": commands(),
        "configuration.md": configuration(),
        "models.md": models(),
        "report.md": report(),
    }
    return {name: "\n".join(lines) + "\n" for name, lines in written.items()}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; a bar within a cell would end it."""
    titles = list(head)
    for row in (titles, ["---"] * len(titles), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def commands() -> Iterator[str]:
    """Every command with its arguments."""
    yield from ("# Commands", "", FRESH, "")
    yield from ("Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 nothing to check.", "")
    (parsers,) = (a for a in command_line()._actions if isinstance(a, argparse._SubParsersAction))
    said = {action.dest: action.help for action in parsers._choices_actions}
    for name, parser in parsers.choices.items():
        yield from (f"## factpack {name}", "", f"{(said[name] or '').capitalize()}.", "")
        arguments = [action for action in parser._actions if action.dest != "help"]
        if arguments:
            yield from table(("argument", "what it does"), ((_call(a), a.help or "") for a in arguments))


def _call(action: argparse.Action) -> str:
    value = str(action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper()))
    if not action.option_strings:
        return f"`{value}`" + (" …" if action.nargs == "*" else "")
    return f"`{', '.join(action.option_strings)}{'' if action.nargs == 0 else ' ' + value}`"


def configuration() -> Iterator[str]:
    """Every setting of `[tool.factpack]`."""
    yield from ("# Configuration", "", FRESH, "")
    yield from ("`[tool.factpack]` in the `pyproject.toml` of a dataset's root.", "")
    yield from (_prose(Config).split("\n\n", 1)[1], "")
    settings = [field for field in fields(Config) if field.name != "root"]
    yield from table(("setting", "type", "default"), ((f"`{f.name}`", _kind(f.type), _default(f)) for f in settings))
    yield from ("## The site", "", "`[tool.factpack.site]`.", "")
    yield from (_prose(Settings).split("\n\n", 1)[1], "")


def _kind(annotation: Any) -> str:
    kinds = {"str": "text", "int": "whole number"}
    name = str(annotation)
    return kinds.get(
        name, "list of texts" if name.startswith("tuple[str") else "list of tables" if "tuple" in name else "table"
    )


def _default(field: Any) -> str:
    if field.default is MISSING:
        return "required" if field.default_factory is MISSING else ""
    return f"`{json.dumps(field.default)}`" if field.default not in ("", ()) else ""


def models() -> Iterator[str]:
    """Every public name."""
    yield from ("# Public names", "", FRESH, "")
    yield from ("What a dataset's `schema/` imports from `factpack`, and `load` for readers of releases.", "")
    for name in sorted(n for n in dir(factpack) if not n.startswith("_")):
        public = getattr(factpack, name)
        yield from (
            f"## {name}",
            "",
            _prose(public) if inspect.isroutine(public) or isinstance(public, type) else _alias(name),
            "",
        )
        if is_dataclass(public):
            said = [(f"`{f.name}`", _default(f)) for f in fields(public) if f.name != "basis"]
            yield from table(("parameter", "default"), said) if said else ()
        elif isinstance(public, type) and issubclass(public, factpack.Vocabulary) and len(public):
            yield from table(("value", "meaning"), ((f"`{one.value}`", one.definition) for one in public))


def _prose(public: Any) -> str:
    return inspect.getdoc(public) or ""


def _alias(name: str) -> str:
    """The text under an assignment, which Python does not keep."""
    body = ast.parse(inspect.getsource(inspect.getmodule(factpack.Fact) or factpack)).body
    for assigned, text in itertools.pairwise(body):
        if isinstance(assigned, ast.Assign) and ast.unparse(assigned.targets[0]) == name and isinstance(text, ast.Expr):
            return str(ast.literal_eval(text.value))
    raise ValueError(f"{name} says nothing of itself")


def report() -> Iterator[str]:
    """The JSON of `check --format json`."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    yield from ("# Report", "", FRESH, "", schema["description"], "")
    yield from ("`factpack schema --report` prints its JSON Schema.", "", "## The whole", "")
    yield from _properties(schema)
    for name, part in schema["$defs"].items():
        if "properties" in part and name != "last":
            yield from (f"## {name}", "")
            yield from _properties(part)


def _properties(part: dict[str, Any]) -> Iterator[str]:
    rows = ((f"`{name}`", _type(one), one.get("description", "")) for name, one in part["properties"].items())
    yield from table(("property", "type", "meaning"), rows)


def _type(one: dict[str, Any]) -> str:
    if "$ref" in one:
        return f"`{one['$ref'].rpartition('/')[2]}`"
    if "anyOf" in one:
        return " or ".join(_type(each) for each in one["anyOf"])
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "items" in one:
        return f"array of {_type(one['items'])}"
    kinds = one.get("type", "")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in pages().items():
        (FOLDER / name).write_text(content, "utf-8")
