"""A forge on this machine: workflow files read and their jobs' steps run as GitHub's runner would run them.

Scripts of steps are run as they stand, by bash, in the environment that the runner would give them. Replaced are
the actions of others, what would be installed from a registry, and `gh`, which is answered from a folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
TOKEN = "token-of-the-repository"
BOT = "github-actions[bot]"
_NAME = re.compile(r"\$\{\{\s*([a-z_]+(?:\.[a-z0-9_-]+)*)\s*\}\}")
_STARTS = re.compile(r"startsWith\(([a-z_.]+), '([^']*)'\)")
_TERM = re.compile(r"([a-z_.]+) (==|!=) '([^']*)'")
_CONTAINS = re.compile(r"contains\(fromJSON\('([^']*)'\), ([a-z_.]+)\)")


def workflow(path: Path) -> dict[str, Any]:
    """A workflow's or action's file; YAML 1.1 takes its key `on` for a truth value."""
    loaded = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in loaded.items()}


def lookup(name: str, context: Mapping[str, Any]) -> str:
    """What `a.b.c` stands for; a name that the context does not have is an error here."""
    value: Any = context
    for part in name.split("."):
        value = value[part]
    return str(value)


def fill(text: str, context: Mapping[str, Any]) -> str:
    """A text with its expressions replaced, which are names only."""
    filled = _NAME.sub(lambda match: lookup(match[1], context), text)
    assert "${{" not in filled, filled
    return filled


def holds(condition: str, context: Mapping[str, Any]) -> bool:
    """Whether the condition of a step or job holds."""
    for term in condition.split("&&"):
        term = term.strip()
        if match := _TERM.fullmatch(term):
            if (lookup(match[1], context) == match[3]) is not (match[2] == "=="):
                return False
        elif match := _CONTAINS.fullmatch(term):
            if lookup(match[2], context) not in json.loads(match[1]):
                return False
        elif match := _STARTS.fullmatch(term):
            if not lookup(match[1], context).startswith(match[2]):
                return False
        else:
            raise AssertionError(f"an unknown condition: {term}")
    return True


@dataclass
class Done:
    """What a job left: what its steps printed by name, the job's summary, the exit code of the first that failed."""

    printed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    code: int = 0


class Forge:
    """A repository on a forge, with one pull request, its artifacts and its comments."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder = folder
        self.repository = repository
        self.artifacts: dict[str, Path] = {}
        (folder / "bin").mkdir(parents=True)
        for name, script in (("gh", _GH), ("python", _PYTHON)):
            (folder / "bin" / name).write_text(script.format(python=sys.executable, folder=str(folder)), "utf-8")
            (folder / "bin" / name).chmod(0o755)
        self.state: dict[str, Any] = {"pulls": [], "comments": []}

    @property
    def state(self) -> dict[str, Any]:
        """The pull requests and the comments."""
        return json.loads((self.folder / "forge.json").read_text("utf-8"))

    @state.setter
    def state(self, state: dict[str, Any]) -> None:
        (self.folder / "forge.json").write_text(json.dumps(state), "utf-8")

    def run(self, file: str, job: str, event: Mapping[str, Any], ref: str, **inputs: str) -> Done:
        """A job of a workflow of this project, on the commit that the event is about; `inputs` are for the action."""
        content = workflow(ROOT / ".github/workflows" / file)
        context: dict[str, Any] = {
            "github": {"event": event, "token": TOKEN, "repository": "owner/name", "ref": ref},
            "steps": {},
        }
        job_ = content["jobs"][job]
        done = Done()
        if "if" in job_ and not holds(job_["if"], context):
            return done
        temporary = self.folder / f"runner-{len(list(self.folder.glob('runner-*')))}"
        runner = _Runner(self, temporary, done, ref)
        context["runner"] = {"temp": str(runner.temp)}
        for step in job_["steps"]:
            if step.get("uses") == "./":
                step["with"].update(inputs)
        runner.steps(job_["steps"], context, {})
        summary = temporary / "summary"
        done.summary = summary.read_text("utf-8") if summary.exists() else ""
        return done


class _Runner:
    def __init__(self, forge: Forge, folder: Path, done: Done, ref: str) -> None:
        self.forge, self.folder, self.done, self.ref = forge, folder, done, ref
        self.temp, self.workspace = folder / "temp", folder / "workspace"
        self.temp.mkdir(parents=True)
        self.workspace.mkdir()

    def steps(self, steps: list[dict[str, Any]], context: dict[str, Any], env: Mapping[str, str]) -> None:
        for number, step in enumerate(steps):
            if self.done.code:
                return
            if "if" in step and not holds(step["if"], context):
                continue
            name = step.get("name", f"step {number}")
            if "run" in step:
                given = {key: fill(value, context) for key, value in step.get("env", {}).items()}
                self._script(name, step["run"], {**env, **given}, context, step.get("id"))
            else:
                inputs = {key: fill(str(value), context) for key, value in step.get("with", {}).items()}
                try:
                    self._action(step["uses"], inputs)
                except FileNotFoundError:
                    assert step.get("continue-on-error")

    def _script(
        self, name: str, script: str, env: Mapping[str, str], context: dict[str, Any], identity: str | None
    ) -> None:
        assert "${{" not in script, "an expression in a script is run as part of it"
        (self.temp / "script.sh").write_text(script, "utf-8")
        output = self.folder / "output"
        output.write_text("", "utf-8")
        environment = {
            "PATH": f"{self.forge.folder / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.folder),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_REF_NAME": self.ref.split("/", 2)[2],
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "RUNNER_TEMP": str(self.temp),
            **env,
        }
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temp / "script.sh")],
            cwd=self.workspace, env=environment, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        self.done.printed[name] = ran.stdout.decode()
        self.done.errors[name] = ran.stderr.decode()
        self.done.code = ran.returncode
        if identity:
            outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
            context["steps"][identity] = {"outputs": outputs}

    def _action(self, uses: str, inputs: dict[str, str]) -> None:
        name = uses.partition("@")[0]
        if name == "./":
            action = workflow(ROOT / "action.yml")
            defaults = {key: value["default"] for key, value in action["inputs"].items()}
            assert set(inputs) <= set(defaults)
            self.steps(action["runs"]["steps"], {"inputs": {**defaults, **inputs}, "steps": {}}, {})
        elif name == "actions/checkout":
            assert inputs["persist-credentials"] == "False"
            depth = inputs.get("fetch-depth", "1")
            ref = inputs.get("ref", self.ref)
            git(self.workspace, "init", "--quiet")
            source = f"file://{self.forge.repository}"
            git(self.workspace, "fetch", "--quiet", "--no-tags", f"--depth={depth}", source, ref)
            git(self.workspace, "checkout", "--quiet", "FETCH_HEAD")
            shutil.copytree(ROOT / ".ci", self.workspace / ".ci")
        elif name == "actions/upload-artifact":
            self.forge.artifacts[inputs["name"]] = Path(inputs["path"])
        elif name == "actions/download-artifact":
            if inputs["name"] not in self.forge.artifacts:
                raise FileNotFoundError(inputs["name"])
            shutil.copytree(self.forge.artifacts[inputs["name"]], self.workspace / inputs["path"], symlinks=True)
        else:
            assert name == "actions/setup-python"


def git(folder: Path, *arguments: str) -> str:
    """What git prints; the same author and day for every commit, and nobody's own settings."""
    day = "2024-05-01T12:00:00Z"
    env = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day,
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    command = ["git", "-c", "init.defaultBranch=main", "-c", "uploadpack.allowAnySHA1InWant=true", *arguments]
    return subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True).stdout.strip()


# `python -m venv DIR` without a registry: the tool of this environment under the name of the one to be installed.
_PYTHON = """#!{python} -I
import sys
from pathlib import Path
assert sys.argv[1:4] == ["-I", "-m", "venv"], sys.argv
bin = Path(sys.argv[4]) / "bin"
bin.mkdir(parents=True)
main = "import sys; from factpack.cli import main; sys.exit(main())"
pip = (
    "import os, sys; sys.argv[2] == '.ci/sbom.py' and os.execv('{python}', ['{python}', *sys.argv[1:]]); "
    "assert sys.argv[1:4] == ['-I', '-m', 'pip'], sys.argv; "
    "assert {{'--require-hashes', '--no-deps'}} & set(sys.argv), 'from an index, and not by hash'"
)
for name, code in (("factpack", main), ("python", pip)):
    (bin / name).write_text(f"#!{python} -I\\n{{code}}\\n")
    (bin / name).chmod(0o755)
"""

_GH = """#!{python} -I
import argparse, json, os, sys
from pathlib import Path
from urllib.parse import urlsplit
import jq
assert os.environ["GH_TOKEN"] == "token-of-the-repository"
file = Path({folder!r}, "forge.json")
state = json.loads(file.read_text("utf-8"))
if sys.argv[1:3] == ["release", "create"]:
    assert os.environ["GH_REPO"] == "owner/name"
    state["release"] = [str(Path(each)) for each in sys.argv[3:]]
    file.write_text(json.dumps(state), "utf-8")
    sys.exit()
parser = argparse.ArgumentParser()
parser.add_argument("api")
parser.add_argument("path")
parser.add_argument("--method", default="GET")
parser.add_argument("--field", action="append", default=[])
parser.add_argument("--raw-field", action="append", default=[])
parser.add_argument("--jq")
parser.add_argument("--paginate", action="store_true")
parser.add_argument("--silent", action="store_true")
given = parser.parse_args()
what = given.path.removeprefix("repos/owner/name/")
fields = dict(each.split("=", 1) for each in given.raw_field)
if what == "pulls":
    found = [p for p in state["pulls"] if p["head"]["label"] == fields["head"] and p["state"] == fields["state"]]
elif given.method == "GET":
    number = int(what.split("/")[1])
    found = [c for c in state["comments"] if c["pull"] == number]
else:
    body = Path(fields.get("body") or given.field[0].removeprefix("body=@")).read_text("utf-8")
    assert len(body) <= 65536
    if given.method == "PATCH":
        (comment,) = (c for c in state["comments"] if c["id"] == int(what.split("/")[-1]))
        comment["body"] = body
    else:
        pull = int(what.split("/")[1])
        bot = dict(login="github-actions[bot]")
        state["comments"].append(dict(id=len(state["comments"]) + 1, pull=pull, user=bot, body=body))
    file.write_text(json.dumps(state), "utf-8")
    found = []
if given.jq and not given.silent:
    for each in jq.compile(given.jq).input(found).all():
        print(each if isinstance(each, str) else json.dumps(each))
"""
