"""The gate for pull requests, replayed: a fork's change is checked, and what it says is commented on it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from forge import BOT, ROOT, TOKEN, Done, Forge, git
from pages import Example, lay_out

pytest.importorskip("jq", reason="the workflows' filters are run by the package jq")

GOLDEN = Path(__file__).parent / "data/gate"
"""What is expected; `python tests/test_gate.py` writes it anew."""

SOURCE = """Harbour news

The spring forum was held in Hue on 3 May 2024. Forty farmers attended the forum.

The autumn forum was held in Vinh. ::error::@all ##[error]<img src=x> and 12 boats came.
"""
CURATION = """article:
  source: a.txt
  sha256: {sha256}
  language: en
  quotes: [Harbour news]
events:
  - id: ev-forum
    name: spring forum
    place: Hue
    quotes: [The spring forum was held in Hue]
figures:
  - id: fig-farmers
    event: ev-forum
    measure: farmers
    value: 40
    comparator: eq
    unit: farmers
    quotes: [Forty farmers attended the forum]
"""
GOOD = (
    ("    place: Hue\n    quotes: [The spring forum was held in Hue]\n",
     "    place: Hue\n    date: 2024-05-03\n    quotes: [The spring forum was held in Hue on 3 May 2024]\n"
     "  - id: ev-autumn\n    name: autumn forum\n    place: Vinh\n    quotes: [The autumn forum was held in Vinh]\n"),
)  # fmt: skip
BAD = (
    ("value: 40", "value: 41"),
    ("comparator: eq", "comparatr: eq"),
    ("figures:\n",
     "figures:\n  - id: fig-boats\n    event: ev-forum\n    measure: boats\n    value: 13\n    comparator: eq\n"
     "    unit: boats\n    quotes: ['::error::@all ##[error]<img src=x> and 12 boats came']\n"
     "  - id: fig-hostile\n    event: '::error::#1 @all ![x](https://example.org/x.png) \\x1b[31m'\n"
     "    measure: '##[error]<img src=x>'\n    unit: boats\n    comparator: eq\n"
     "    quotes: ['::error file=x::GH-1 `<b>` and  12 boats came']\n"),
)  # fmt: skip
SPY = """
import os as _os, pathlib as _pathlib
_pathlib.Path(_os.environ["RUNNER_TEMP"], "seen").write_text(repr(dict(_os.environ)))
"""


class PullRequest:
    """A pull request from a fork: its head stands in the repository as the forge would fetch it."""

    def __init__(self, folder: Path, *changes: tuple[str, str], spy: bool = False) -> None:
        self.repository = folder / "repository"
        files = {"seeds/a.txt": SOURCE, "curation/a.yaml": CURATION, "curation/registers/people.yaml": "people: []\n"}
        lay_out(Example(files, set()), self.repository)
        git(self.repository, "init", "--quiet")
        self._commit("base")
        git(self.repository, "checkout", "--quiet", "-b", "fork")
        path = self.repository / "curation/a.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        if spy:
            models = self.repository / "schema/__init__.py"
            models.write_text(models.read_text("utf-8") + SPY, "utf-8")
        self.head = self._commit("change")
        git(self.repository, "checkout", "--quiet", "main")
        git(self.repository, "merge", "--quiet", "--no-ff", "--message", "merge", "fork")
        git(self.repository, "update-ref", "refs/pull/7/merge", "HEAD")
        git(self.repository, "reset", "--quiet", "--hard", "HEAD^1")
        git(self.repository, "branch", "--quiet", "-D", "fork")
        self.forge = Forge(folder / "forge", self.repository)
        head = {"label": "stranger:patch-1", "sha": self.head}
        self.forge.state = {"pulls": [{"number": 7, "state": "open", "head": head}], "comments": []}

    def _commit(self, message: str) -> str:
        git(self.repository, "add", "--all")
        git(self.repository, "commit", "--quiet", "--message", message)
        return git(self.repository, "rev-parse", "HEAD")

    def check(self, **inputs: str) -> Done:
        event = {"pull_request": {"number": 7}}
        return self.forge.run("check.yml", "check", event, "refs/pull/7/merge", **inputs)

    def comment(self, conclusion: str = "failure", event: str = "pull_request") -> Done:
        run = {
            "id": 99, "event": event, "conclusion": conclusion, "html_url": "https://forge.example/runs/99",
            "head_branch": "patch-1", "head_sha": self.head,
            "head_repository": {"id": 5, "owner": {"login": "stranger"}},
        }  # fmt: skip
        context: dict[str, Any] = {"workflow_run": run, "repository": {"default_branch": "main"}}
        return self.forge.run("comment.yml", "comment", context, "refs/heads/main")

    @property
    def comments(self) -> list[str]:
        return [comment["body"] for comment in self.forge.state["comments"]]


def replay(folder: Path, *changes: tuple[str, str]) -> dict[str, str]:
    """What people see of a pull request: annotations, summary and comment."""
    pull = PullRequest(folder, *changes)
    checked = pull.check()
    commented = pull.comment("failure" if checked.code else "success")
    assert commented.code == 0, commented.errors
    (comment,) = pull.comments
    annotations = checked.printed["Check"].splitlines()
    return {
        "annotations.txt": "".join(f"{line}\n" for line in annotations if not line.startswith("Checked ")),
        "summary.md": checked.summary,
        "comment.md": comment,
        "exit.txt": f"{checked.code}\n",
    }


CHANGES = {"good": GOOD, "bad": BAD}


@pytest.mark.parametrize("name", CHANGES)
def test_people_see_what_they_saw(name: str, tmp_path: Path) -> None:
    seen = replay(tmp_path, *CHANGES[name])
    assert {file: (GOLDEN / name / file).read_text("utf-8") for file in seen} == seen


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the check of the good change leaves for the commenter."""
    pull = PullRequest(tmp_path_factory.mktemp("report"), *GOOD)
    pull.check()
    return pull.forge.artifacts["factpack-report"]


@pytest.fixture
def pull(tmp_path: Path, report: Path) -> PullRequest:
    """The pull request of the good change, checked."""
    pull = PullRequest(tmp_path, *GOOD)
    pull.forge.artifacts["factpack-report"] = Path(shutil.copytree(report, tmp_path / "report"))
    return pull


def test_a_second_run_writes_the_same_comment_and_nobody_elses(pull: PullRequest) -> None:
    state = pull.forge.state
    forged = {"id": 1, "pull": 7, "user": {"login": "stranger"}, "body": "<!-- factpack digest -->\nmine"}
    chat = {"id": 2, "pull": 7, "user": {"login": BOT}, "body": "something else <!-- factpack digest -->"}
    pull.forge.state = {**state, "comments": [forged, chat]}
    pull.comment()
    assert "spring forum" in pull.comments[2]
    (pull.forge.artifacts["factpack-report"] / "diff.json").unlink()
    pull.comment()
    assert len(pull.comments) == 3
    assert pull.comments[:2] == [forged["body"], chat["body"]]
    assert "Was not compared" in pull.comments[2]


def test_a_pull_request_that_moved_on_gets_no_comment(pull: PullRequest) -> None:
    state = pull.forge.state
    state["pulls"][0]["head"]["sha"] = "0" * 40
    pull.forge.state = state
    done = pull.comment()
    assert (done.code, pull.comments) == (0, [])
    assert "no comment" in done.printed["Post the comment"]


@pytest.mark.parametrize(("conclusion", "event"), [("cancelled", "pull_request"), ("failure", "push")])
def test_other_runs_are_passed_over(pull: PullRequest, conclusion: str, event: str) -> None:
    assert pull.comment(conclusion, event).printed == {}


def test_a_run_that_left_nothing_is_said(pull: PullRequest) -> None:
    del pull.forge.artifacts["factpack-report"]
    pull.comment()
    assert "left no report" in pull.comments[0]


def test_the_action_writes_sarif_where_it_is_asked_to_and_compares_nothing_without_a_base(tmp_path: Path) -> None:
    pull = PullRequest(tmp_path, *BAD)
    checked = pull.check(sarif="found.sarif", base="", artifact="")
    assert checked.code == 1
    found = json.loads((tmp_path / "forge/runner-0/workspace/found.sarif").read_text("utf-8"))
    assert len(found["runs"][0]["results"]) == checked.printed["Check"].count("::error ")
    assert pull.forge.artifacts == {}
    assert not list(tmp_path.rglob("diff.json"))


def test_models_of_a_fork_see_no_token_and_run_without_one_only(tmp_path: Path) -> None:
    pull = PullRequest(tmp_path, *GOOD, spy=True)
    pull.check()
    runner = tmp_path / "forge/runner-0"
    assert TOKEN not in (runner / "temp/seen").read_text("utf-8")
    assert not [path for path in runner.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert pull.comment().code == 0
    assert not (tmp_path / "forge/runner-1/temp/seen").exists()
    assert "_pathlib" not in (tmp_path / "forge/runner-1/workspace/schema/__init__.py").read_text("utf-8")


def test_a_report_full_of_links_leads_nowhere(pull: PullRequest, tmp_path: Path) -> None:
    report = pull.forge.artifacts["factpack-report"]
    secret = tmp_path / "secret"
    shutil.copy(report / "findings.json", secret)
    for name in ("findings.json", "diff.json"):
        (report / name).unlink()
        (report / name).symlink_to(secret)
    pull.comment()
    assert "left no report" in pull.comments[0]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's data, released and committed."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("curation", "schema", "seeds", "dist"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.zip"))
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(re.sub(r'(?m)^version = ".*"', 'version = "0.1.0"', text), "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    for tag in ("data-0.1.0", "data-9.0.0", "v9.0.0"):
        git(folder, "tag", tag)
    return folder


def release(folder: Path, repository: Path, job: str, tag: str, forge: Forge | None = None) -> tuple[Forge, Done]:
    """A job of the release workflow for a tag."""
    forge = forge or Forge(folder / "forge", repository)
    return forge, forge.run("release.yml", job, {}, f"refs/tags/{tag}")


def test_a_tag_releases_the_version_in_dist_with_its_archive(tmp_path: Path, repository: Path) -> None:
    forge, built = release(tmp_path, repository, "build-data", "data-0.1.0")
    assert built.code == 0, built
    assert built.printed["Verify and pack"].count(" verifies: ") == 2
    _, published = release(tmp_path, repository, "publish-data", "data-0.1.0", forge)
    assert published.code == 0, published
    name = "viet-nam-people-to-people-diplomacy-0.1.0.zip"
    assert forge.state["release"][0] == "data-0.1.0"
    assert forge.state["release"][-5:] == [
        f"data/{file}" for file in ("CHANGELOG.md", "SHA256SUMS", "data-0.1.0.cdx.json", "index.json", name)
    ]
    index = json.loads((repository / "dist/index.json").read_text("utf-8"))
    digest = hashlib.sha256((forge.artifacts["data"] / name).read_bytes()).hexdigest()
    assert digest in json.dumps(index)


def test_a_tag_without_its_version_releases_nothing(tmp_path: Path, repository: Path) -> None:
    forge, built = release(tmp_path, repository, "build-data", "data-9.0.0")
    assert built.code != 0
    assert forge.artifacts == {}
    _, other = release(tmp_path, repository, "build-data", "v9.0.0", forge)
    assert other.printed == {}


if __name__ == "__main__":
    import tempfile

    for name, changes in CHANGES.items():
        with tempfile.TemporaryDirectory() as folder:
            for file, content in replay(Path(folder), *changes).items():
                (GOLDEN / name).mkdir(parents=True, exist_ok=True)
                (GOLDEN / name / file).write_text(content, "utf-8")
    sys.exit(subprocess.run(["git", "diff", "--stat", "--", str(GOLDEN)], check=False, cwd=ROOT).returncode)
