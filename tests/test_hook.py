"""The hook for pre-commit, installed by it from this checkout and run at a commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forge import ROOT, git
from pages import Example, lay_out
from test_gate import CURATION, SOURCE

OFFLINE = re.compile(r"Failed to establish a new connection|Name or service not known|Temporary failure in name")


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tool as a repository that pre-commit can take it from."""
    folder = tmp_path_factory.mktemp("tool")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    return folder


def test_a_commit_with_a_mistake_is_refused_and_a_good_one_passes(tmp_path: Path, tool: Path) -> None:
    project = tmp_path / "project"
    files = {"seeds/a.txt": SOURCE, "curation/a.yaml": CURATION, "curation/registers/people.yaml": "people: []\n"}
    lay_out(Example(files, set()), project)
    config = f"repos:\n- repo: {tool}\n  rev: {git(tool, 'rev-parse', 'HEAD')}\n  hooks: [{{id: factpack-check}}]\n"
    (project / ".pre-commit-config.yaml").write_text(config, "utf-8")
    git(project, "init", "--quiet")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_"))},
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)

    installed = run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    if installed.returncode and OFFLINE.search(installed.stdout + installed.stderr):
        pytest.skip("the registry that pre-commit installs the hook from cannot be reached")
    assert installed.returncode == 0, installed.stdout + installed.stderr

    run("git", "add", "--all")
    good = run("git", "commit", "--message", "good")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "factpack check" in good.stderr

    path = project / "curation/a.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 40", "value: 41"), "utf-8")
    run("git", "add", "--all")
    bad = run("git", "commit", "--message", "bad")
    assert bad.returncode == 1
    assert "error[value-not-in-quote]" in bad.stderr
    assert run("git", "rev-list", "--count", "HEAD").stdout.strip() == "1"

    run("git", "reset", "--quiet", "--hard")
    (project / "notes.txt").write_text("nothing that the tool reads\n", "utf-8")
    run("git", "add", "--all")
    other = run("git", "commit", "--message", "notes")
    assert other.returncode == 0
    assert "Skipped" in other.stderr
