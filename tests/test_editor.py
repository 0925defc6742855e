"""The JSON Schemas for editors, as the language server reads them that editors use for YAML."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import flagship
import pytest
from jsonschema import Draft7Validator
from language_client import LanguageClient

from factpack.cli import main
from factpack.dataset import load
from factpack.editor import schemas
from factpack.fact import Fact

ROOT = flagship.ROOT
SERVER = Path(__file__).parent / "node/node_modules/yaml-language-server/bin/yaml-language-server"
RECOMMENDED = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "schemas": RECOMMENDED,
    }
}
EDITOR = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = flagship.copy(tmp_path_factory.mktemp("editor"))
    assert main(["schema", "--project", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def editor(project: Path) -> Iterator[LanguageClient]:
    if not SERVER.exists() or not shutil.which("node"):
        pytest.skip("node, or yaml-language-server in tests/node, is missing: .ci/tools installs it. NOT TESTED.")
    with LanguageClient(["node", str(SERVER), "--stdio"], project, SETTINGS, **EDITOR) as client:
        yield client


def cursor(text: str) -> tuple[str, int, int]:
    """A text without its `|`, and the line and character at which that stands."""
    before, _, after = text.partition("|")
    return before + after, before.count("\n"), len(before) - before.rfind("\n") - 1


def article(project: Path, table: str, typed: str) -> tuple[Path, str]:
    """An article's file, and its content with lines typed right behind a table's name."""
    path = flagship.article(project, "003")
    return path, path.read_text("utf-8").replace(f"\n{table}:\n", f"\n{table}:\n{typed}", 1)


def completions(editor: LanguageClient, path: Path, text: str) -> dict[str, dict[str, Any]]:
    content, line, character = cursor(text)
    uri = editor.open(path, content)
    items = editor.at("completion", uri, line, character)["items"]
    editor.close(uri)
    return {item["label"]: item for item in items}


def test_ids_of_registers_are_offered_with_their_names(editor: LanguageClient, project: Path) -> None:
    found = completions(editor, *article(project, "visits", "  - id: vis-x\n    host_country: |\n"))
    assert found["KHM"]["documentation"] == {"kind": "markdown", "value": "Cambodia"}
    assert len(found) == len(next(r for r in load(project).registers if r.table == "countries").entries)
    found = completions(editor, *article(project, "visits", "  - id: vis-x\n    visitor: |\n"))
    assert found["le-hoai-trung"]["documentation"]["value"] == "Lê Hoài Trung"


def test_choices_are_offered_with_their_definitions(editor: LanguageClient, project: Path) -> None:
    found = completions(editor, *article(project, "visits", "  - id: vis-x\n    realisation: |\n"))
    assert found["planned"]["documentation"]["value"] == "announced intention or scheduled"


def test_a_new_record_is_offered_whole(editor: LanguageClient, project: Path) -> None:
    found = completions(editor, *article(project, "visits", "  - |\n"))["new record of visits"]
    assert found["documentation"]["value"].startswith("High-level visits")
    lines = found["textEdit"]["newText"].splitlines()
    assert [line.split(":")[0].strip() for line in lines[:2]] == ["id", "realisation"]
    assert "${2|realised,ongoing,planned," in lines[1]
    assert lines[-2:] == ["  quotes:", "    - $6"]
    register = project / "curation/registers/countries.yaml"
    found = completions(editor, register, register.read_text("utf-8").rstrip("\n") + "\n  - |\n")
    assert "name: $" in found["new record of countries"]["textEdit"]["newText"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("visits:", "High-level visits, one row per visitor and host country"),
        ("    host_country:", "The country visited."),
        ("    quotes:", "words"),
    ],
)
def test_a_docstring_is_shown_over_its_field(words: str, said: str, editor: LanguageClient, project: Path) -> None:
    path = flagship.article(project, "003")
    lines = path.read_text("utf-8").splitlines()
    uri = editor.open(path)
    line = next(number for number, line in enumerate(lines) if line.startswith(words))
    assert said in editor.at("hover", uri, line, len(words) - 2)["contents"]["value"]
    editor.close(uri)


def test_mistakes_are_underlined_where_they_stand(editor: LanguageClient, project: Path) -> None:
    typed = "  - id: vis-x\n    host_country: XYZ\n    hosst: a\n    visitor: [b]\n    quotes: []\n"
    path, text = article(project, "visits", typed)
    first = text[: text.index(typed)].count("\n")
    # A file of its own: what the server said of another version of one is not taken for an answer.
    found = editor.diagnostics(editor.open(path.with_name("mistakes.yaml"), text))
    assert {
        (d["range"]["start"]["line"] - first, d["range"]["start"]["character"]) for d in found
    } == {(1, 18), (2, 4), (3, 13), (4, 12)}  # fmt: skip


@pytest.mark.parametrize("name", ["actors", "articles"])
def test_a_whole_file_has_no_squiggle(name: str, editor: LanguageClient, project: Path) -> None:
    path = project / "curation/registers/actors.yaml" if name == "actors" else flagship.article(project, "002")
    assert editor.diagnostics(editor.open(path)) == []


# The schemas themselves


def test_every_curation_file_keeps_its_schema(project: Path) -> None:
    dataset = load(project)
    contents = {Path(path).name: json.loads(text) for path, text in schemas(dataset).items()}
    for file in dataset.files:
        name = "article" if file in dataset.articles else Path(file.path).stem
        schema = contents[f"{name}.schema.json"]
        Draft7Validator.check_schema(schema)
        Draft7Validator(schema).validate(_as_yaml_reads(file.tree.data))


def _as_yaml_reads(data: Any) -> Any:
    """What a YAML reader makes of what is written: flags and numbers are none of our strings."""
    import yaml

    return yaml.load(yaml.safe_dump(data, allow_unicode=True).replace("'true'", "true").replace("'false'", "false"),
                     yaml.CSafeLoader)  # fmt: skip


def test_every_table_has_a_skeleton_of_what_it_requires(project: Path) -> None:
    dataset = load(project)
    contents = [json.loads(text) for text in schemas(dataset).values()]
    tables = {name: table for schema in contents for name, table in schema["properties"].items()}
    for name, model in dataset.models.tables.items():
        if name == "articles":
            continue
        (offered,) = tables[name]["defaultSnippets"]
        required = {n for n, info in model.model_fields.items() if info.is_required()}
        assert set(offered["body"]) == required | ({"quotes"} if issubclass(model, Fact) else set())
        assert tables[name]["markdownDescription"]


# What the repository recommends


def test_recommended_settings_give_every_curation_file_its_schema() -> None:
    written = set(schemas(load(ROOT)))
    assert set(RECOMMENDED) == written
    for file in load(ROOT).files:
        name = "article" if file.path.count("/") == 1 else Path(file.path).stem
        assert [schema for schema, pattern in RECOMMENDED.items() if fnmatch(file.path, pattern)][-1:] == [
            f".factpack/{name}.schema.json"
        ]


def test_the_recommended_task_reads_every_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (task,) = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    matcher = task["problemMatcher"]
    path = flagship.article(project, "003")
    right = path.read_text("utf-8")
    path.write_text(right.replace("host_country: KHM", "host_contry: KHN", 1).replace("’", "'"), "utf-8")
    capsys.readouterr()
    main([*task["command"].split()[1:2], "--format", "concise", "--project", str(project)])
    lines = capsys.readouterr().out.splitlines()
    main(["check", "--format", "json", "--project", str(project)])
    found = json.loads(capsys.readouterr().out)["findings"]
    path.write_text(right, "utf-8")
    pattern = matcher["pattern"]
    matches = [match for line in lines if (match := re.match(pattern["regexp"], line))]
    keys = {
        "file": "file",
        "line": "line",
        "column": "column",
        "severity": "severity",
        "code": "rule",
        "message": "message",
    }
    assert len(found) > 1
    assert [{keys[key]: match[pattern[key]] for key in keys} for match in matches] == [
        {name: str(finding[name]) for name in keys.values()} for finding in found
    ]
    assert any(re.match(matcher["background"]["endsPattern"], line) for line in lines)
