"""What programs read keeps the schema of its format: the formats' own, and ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from pages import Example, examples, lay_out

from factpack.checks import RULES
from factpack.cli import main
from factpack.diagnostic import Fix
from factpack.reporters.json_report import SCHEMA
from factpack.reporters.place import Place
from factpack.reporters.summary import Summary

Output = pytest.CaptureFixture[str]

SCHEMAS = Path(__file__).parent / "schemas"

FILES = {
    "seeds/a.txt": "Two crews met on 12 April 🎉 again.\nThey planted 49 trees.\n",
    "seeds/b.txt": "Three crew members met in May. Ann Lee spoke.\n",
    "curation/a.yaml": (
        "events:\n"
        "  - id: evt-trees\n    name: planted trees\n    quotes: [They planted 94 trees]\n"
        "  - id: evt-crews\n    name: crews met\n    host: ann-lee\n"
        "    quotes: ['🎉 Two crews met']  # factpack: ignore[quote-not-found] told so by the author\n"
        "  - id: evt-broken\n    name: a: b\n"
    ),
    "curation/b.yaml": (
        "events:\n  - id: evt-may\n    name: members met\n    host: ann-le\n    plce: May\n"
        "    quotes: [members met in May. Ann Lee spoke]\n"
    ),
    "curation/registers/people.yaml": "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n",
}


def vendored(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / name).read_text("utf-8"))
    return schema


def closed(schema: Any) -> Any:
    """The same schema without room for what it does not name: reviewdog's leaves room everywhere."""
    if isinstance(schema, dict):
        return {key: False if key == "additionalProperties" else closed(value) for key, value in schema.items()}
    return [closed(value) for value in schema] if isinstance(schema, list) else schema


OWN: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))


@cache
def validators() -> dict[str, Any]:
    """By format: a validator of each of its documents."""
    Draft202012Validator.check_schema(OWN)
    return {
        "sarif": Draft4Validator(vendored("sarif-2.1.0.json")),
        "rdjson": Draft4Validator(closed(vendored("rdjson.json"))),
        "json": Draft202012Validator(OWN),
        "jsonl": Draft202012Validator({"$defs": OWN["$defs"], "$ref": "#/$defs/line"}),
    }


def printed(format_: str, folder: Path, capsys: Output, *options: str) -> list[Any]:
    """The documents that a run prints: one, or with JSON Lines several."""
    capsys.readouterr()
    main(["check", "--project", str(folder), "--format", format_, *options])
    out = capsys.readouterr().out
    return [json.loads(line) for line in out.splitlines()] if format_ == "jsonl" else [json.loads(out)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "curation/registers").mkdir(parents=True)
    lay_out(Example(FILES, set()), tmp_path)
    return tmp_path


@pytest.mark.parametrize("rule", RULES)
def test_the_findings_of_every_rule_keep_the_schemas(rule: str, tmp_path: Path, capsys: Output) -> None:
    lay_out(examples(RULES[rule].__doc__ or "")["Fails"], tmp_path)
    for format_, validator in validators().items():
        documents = printed(format_, tmp_path, capsys)
        assert rule in json.dumps(documents)
        for document in documents:
            validator.validate(document)


@pytest.mark.parametrize("options", [[], ["--fix"], ["--show-ignored"], ["--select", "yaml-syntax"]])
def test_many_findings_in_one_report_keep_the_schemas(options: list[str], project: Path, capsys: Output) -> None:
    main(["check", "--project", str(project), "--write-baseline", "--grow"])
    (project / "curation/c.yaml").write_bytes(b"\xff")
    for format_, validator in validators().items():
        documents = printed(format_, project, capsys, *options)
        assert documents
        for document in documents:
            validator.validate(document)


def test_a_report_that_says_more_or_less_does_not_keep_them(project: Path, capsys: Output) -> None:
    for format_, validator in validators().items():
        document = printed(format_, project, capsys)[0]
        inner = {"sarif": lambda d: d["runs"][0]["results"][0], "rdjson": lambda d: d["diagnostics"][0],
                 "json": lambda d: d["findings"][0], "jsonl": lambda d: d}[format_](document)  # fmt: skip
        inner["more"] = 1
        assert not validator.is_valid(document), format_
        del inner["more"]
        assert validator.is_valid(document), format_
        inner["message"] = 7
        assert not validator.is_valid(document), format_


def test_our_schema_is_printed_and_names_what_the_report_has(capsys: Output) -> None:
    assert main(["schema", "--report"]) == 0
    definitions = json.loads(capsys.readouterr().out)["$defs"]
    for name, wanted in {
        "summary": {field.name for field in fields(Summary)},
        "fix": {*Fix._fields},
        "related": {*Place._fields, "label"},
    }.items():
        assert set(definitions[name]["properties"]) == wanted
    for definition in definitions.values():
        assert set(definition.get("required", ())) == set(definition.get("properties", ()))


# What SARIF and reviewdog carry beside the findings


def results(project: Path, capsys: Output, *options: str) -> list[dict[str, Any]]:
    (document,) = printed("sarif", project, capsys, *options)
    found: list[dict[str, Any]] = document["runs"][0]["results"]
    return found


def test_sarif_says_what_is_ignored_and_why(project: Path, capsys: Output) -> None:
    suppressed = [result for result in results(project, capsys) if result["suppressions"]]
    assert [(r["ruleId"], r["suppressions"]) for r in suppressed] == [
        (
            "quote-not-found",
            [{"kind": "inSource", "status": "accepted", "justification": "told so by the author"}],
        )
    ]
    assert all("suppressions" in result for result in results(project, capsys))
    assert not any(result["suppressions"] for result in results(project, capsys, "--select", "unknown-field"))


def test_sarif_says_what_the_baseline_knows(project: Path, capsys: Output) -> None:
    before = [result for result in results(project, capsys) if not result["suppressions"]]
    main(["check", "--project", str(project), "--write-baseline"])
    after = [r for r in results(project, capsys) if [s["kind"] for s in r["suppressions"]] == ["external"]]
    assert [(r["ruleId"], r["partialFingerprints"]) for r in after] == [
        (r["ruleId"], r["partialFingerprints"]) for r in before
    ]


def test_a_fingerprint_follows_its_finding_and_is_one_findings(project: Path, capsys: Output) -> None:
    def known() -> list[str]:
        return [prints["factpackFinding/v1"] for prints in (r["partialFingerprints"] for r in results(project, capsys))]

    before = known()
    assert len(set(before)) == len(before) > 3
    for path in project.glob("curation/*.yaml"):
        path.write_text("# moved\n\n\n" + path.read_text("utf-8"), "utf-8")
    assert known() == before


@pytest.mark.parametrize("format_", ["sarif", "rdjson"])
def test_the_changes_offered_are_those_that_fix_makes(format_: str, project: Path, capsys: Output) -> None:
    (document,) = printed(format_, project, capsys)
    changes = list(_in_sarif(document) if format_ == "sarif" else _in_rdjson(document))
    assert len(changes) > 1
    offered = {path: path.read_text("utf-8") for path in project.glob("curation/*.yaml")}
    for file, start, end, text in sorted(changes, reverse=True):
        path = project / file
        encoding = "utf-32-le" if format_ == "sarif" else "utf-8"
        content = offered[path]
        offered[path] = content[: _at(content, *start, encoding)] + text + content[_at(content, *end, encoding) :]
    main(["check", "--project", str(project), "--fix", "--unsafe"])
    assert {path: path.read_text("utf-8") for path in offered} == offered
    assert "planted 49 trees" in offered[project / "curation/a.yaml"]


Change = tuple[str, tuple[int, int], tuple[int, int], str]
"""File, line and column of the start and of the end, text."""


def _in_sarif(document: dict[str, Any]) -> Iterator[Change]:
    for result in document["runs"][0]["results"]:
        for change in (change for fix in result.get("fixes", ()) for change in fix["artifactChanges"]):
            for one in change["replacements"]:
                place = one["deletedRegion"]
                start, end = (place["startLine"], place["startColumn"]), (place["endLine"], place["endColumn"])
                yield change["artifactLocation"]["uri"], start, end, one["insertedContent"]["text"]


def _in_rdjson(document: dict[str, Any]) -> Iterator[Change]:
    for finding in document["diagnostics"]:
        for one in finding.get("suggestions", ()):
            start, end = ((one["range"][name]["line"], one["range"][name]["column"]) for name in ("start", "end"))
            yield finding["location"]["path"], start, end, one["text"]


def _at(content: str, line: int, column: int, encoding: str) -> int:
    """The offset of a place whose column counts the units of an encoding."""
    lines = content.split("\n")
    unit = 4 if encoding.startswith("utf-32") else 1
    before = lines[line - 1].encode(encoding)[: (column - 1) * unit].decode(encoding)
    return sum(len(each) + 1 for each in lines[: line - 1]) + len(before)
