"""Which findings are reported: by rule, by change since a revision; counts per rule; checking again on change."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from threading import Event, Thread

import corpus
import pytest
from pages import Example, lay_out

from factpack.checks import examine
from factpack.cli import command_line, main
from factpack.cli.watching import watch_checks
from factpack.config import ConfigurationError, load_config
from factpack.dataset import load
from factpack.diff.sides import side
from factpack.revision import changed_since
from factpack.watch import snapshot, watch

Output = pytest.CaptureFixture[str]

FILES = {
    "seeds/a.txt": "Two crews met on 12 April.\nThey planted 49 trees.\n",
    "seeds/b.txt": "Three crew members met in May. Ann Lee spoke.\n",
    "curation/a.yaml": "events:\n  - id: evt-trees\n    name: planted trees\n    quotes: [They planted 94 trees]\n",
    "curation/b.yaml": (
        "events:\n  - id: evt-may\n    name: members met\n    host: ann-lee\n    plce: May\n"
        "    quotes: [members met in May. Ann Lee spoke]\n"
    ),
    "curation/registers/people.yaml": "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "project"
    (folder / "curation/registers").mkdir(parents=True)
    lay_out(Example(FILES, set()), folder)
    monkeypatch.chdir(folder)
    return folder


def rules(capsys: Output) -> set[str]:
    """The rules in a concise report."""
    lines = capsys.readouterr().out.splitlines()
    return {line.split("[")[1].split("]")[0] for line in lines if ": error[" in line or ": warning[" in line}


@pytest.mark.parametrize(
    ("options", "left", "code"),
    [
        ([], {"quote-not-found", "unknown-field"}, 1),
        (["--select", "quote-not-found"], {"quote-not-found"}, 1),
        (["--select", "quote-not-found, unknown-field"], {"quote-not-found", "unknown-field"}, 1),
        (["--ignore", "quote-not-found"], {"unknown-field"}, 1),
        (["--select", "quote-not-found,unknown-field", "--ignore", "unknown-field"], {"quote-not-found"}, 1),
        (["--select", "yaml-syntax"], set(), 0),
        (["--ignore", "quote-not-found,unknown-field"], set(), 0),
        (["curation/b.yaml", "--select", "quote-not-found"], set(), 0),
    ],
)
def test_rules_are_chosen(project: Path, capsys: Output, options: list[str], left: set[str], code: int) -> None:
    assert main(["check", "--format", "concise", *options]) == code
    assert rules(capsys) == left


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_rules_are_wrong_use(project: Path, capsys: Output, option: str) -> None:
    assert main(["check", option, "yaml-syntax,quote-not-fund"]) == 2
    assert "there is no rule `quote-not-fund`; did you mean `quote-not-found`?" in capsys.readouterr().err


def test_statistics_count_the_findings_of_each_rule(project: Path, capsys: Output) -> None:
    assert main(["check", "--statistics"]) == 1
    out = capsys.readouterr().out
    counted = [line.split() for line in out.splitlines() if line.startswith(" ")]
    assert counted == [["1", "error", "quote-not-found"], ["1", "error", "unknown-field"]]
    assert "Checked 3 files" in out
    assert "-->" not in out


# --- since a revision


@pytest.fixture
def repository(project: Path) -> Path:
    (project / ".gitignore").write_text(".factpack/\n__pycache__/\n", "utf-8")
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project)
    return project


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "x")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_has_changed(repository: Path, capsys: Output) -> None:
    assert main(["check", "--since", "HEAD"]) == 0
    assert "Nothing has changed since HEAD." in capsys.readouterr().out


def test_only_what_has_changed_is_reported(repository: Path, capsys: Output) -> None:
    replace(repository / "curation/b.yaml", "events:", "# more\nevents:")
    assert main(["check", "--since", "HEAD", "--format", "concise"]) == 1
    assert rules(capsys) == {"unknown-field"}
    commit(repository)
    main(["check", "--since", "HEAD~1", "--format", "concise"])
    assert rules(capsys) == {"unknown-field"}
    main(["check", "--since", "HEAD~1", "--format", "concise", "curation/a.yaml"])
    assert rules(capsys) == set()


def test_new_files_count_as_changed(repository: Path, capsys: Output) -> None:
    (repository / "curation/registers/people.yaml").unlink()
    commit(repository)
    (repository / "curation/registers/people.yaml").write_text("people:\n  - {id: ann-lee, nme: x}\n", "utf-8")
    main(["check", "--since", "HEAD", "--format", "concise"])
    assert "unknown-field" in rules(capsys)


def test_an_article_changes_with_its_source(repository: Path, capsys: Output) -> None:
    (repository / "seeds/a.txt").write_text("Two crews met on 12 April.\nThey planted 48 trees.\n", "utf-8")
    main(["check", "--since", "HEAD", "--format", "concise"])
    assert rules(capsys) >= {"quote-not-found", "source-changed"}


def test_what_a_change_breaks_elsewhere_is_reported(repository: Path, capsys: Output) -> None:
    replace(repository / "curation/registers/people.yaml", "id: ann-lee", "id: ann-li")
    assert main(["check", "--since", "HEAD", "--format", "concise"]) == 1
    assert "unknown-reference" in rules(capsys)


def test_models_concern_every_file(repository: Path, capsys: Output) -> None:
    path = repository / "schema/__init__.py"
    path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
    main(["check", "--since", "HEAD", "--format", "concise"])
    assert rules(capsys) == {"quote-not-found", "unknown-field"}


def test_a_dataset_below_the_repositorys_root(project: Path, capsys: Output) -> None:
    git(project.parent, "init", "--quiet", "--initial-branch=main")
    commit(project.parent)
    replace(project / "curation/b.yaml", "events:", "# more\nevents:")
    assert changed_since(project, "HEAD") == {"curation/b.yaml"}


@pytest.mark.parametrize("name", ["curation/ü.yaml", 'curation/a "b".yaml', "curation/a b.yaml"])
def test_names_that_git_would_quote(repository: Path, name: str) -> None:
    (repository / name).write_text("events: []\n", "utf-8")
    assert name in changed_since(repository, "HEAD")


def hostile(root: Path) -> Path:
    """Settings of a repository by which git would run programs, or not look; returns what they would make."""
    made = root.parent / "run"
    program = f"touch {made}; cat"
    hooks = root.parent / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {made}\n", "utf-8")
        (hooks / name).chmod(0o755)
    (root / ".git/info/attributes").write_text("* filter=odd diff=odd\n", "utf-8")
    (root.parent / "ignored").write_text("*.yaml\n", "utf-8")
    programs = (
        "core.fsmonitor core.pager core.sshCommand diff.external diff.odd.textconv diff.odd.command tar.tar.command"
    )
    filters = "filter.odd.clean filter.odd.smudge filter.odd.process"
    settings = {
        **dict.fromkeys((*programs.split(), *filters.split()), program),
        "filter.odd.required": "true",
        "core.hooksPath": str(hooks),
        "core.excludesFile": str(root.parent / "ignored"),
        "core.quotePath": "true",
        "diff.noprefix": "true",
        "diff.orderFile": "/nowhere",
        "diff.algorithm": "odd",
    }
    for name, value in settings.items():
        git(root, "config", name, value)
    return made


def test_what_a_repositorys_settings_say_is_neither_run_nor_gone_by(repository: Path) -> None:
    made = hostile(repository)
    replace(repository / "curation/b.yaml", "events:", "# more\nevents:")
    (repository / "curation/ü.yaml").write_text("events: []\n", "utf-8")
    (repository / "seeds/a.txt").touch()
    assert changed_since(repository, "HEAD") >= {"curation/b.yaml", "curation/ü.yaml"}
    assert not made.exists()
    with pytest.raises(ConfigurationError, match="is kept by git through a filter, which is not run"):
        side("git:HEAD", load_config(repository))
    assert not made.exists()


def test_a_filter_that_cannot_be_switched_off_is_not_run(repository: Path, capsys: Output) -> None:
    git(repository, "config", "filter.a=b.clean", "cat")
    assert main(["check", "--since", "HEAD"]) == 2
    assert "a filter in its settings has a name with =" in capsys.readouterr().err


def test_why_git_refuses_a_repository_is_said(repository: Path, capsys: Output) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT TESTED: a repository of another owner, because that needs root")
    for path in (repository, repository / ".git"):
        os.chown(path, 65534, 65534)
    for call in (["check", "--since", "HEAD"], ["diff", "git:HEAD", "working"]):
        assert main(call) == 2
        assert "detected dubious ownership in repository at" in capsys.readouterr().err


def test_outside_of_git(project: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert main(["check", "--since", "HEAD"]) == 2
    assert "this is no git repository" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ConfigurationError, match="not installed"):
        changed_since(project, "HEAD")


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=x", "HEAD:curation/a.yaml", "-h"])
def test_revisions_that_are_none(repository: Path, capsys: Output, revision: str) -> None:
    before = sorted(repository.iterdir())
    assert main(["check", f"--since={revision}"]) == 2
    assert "git knows no revision" in capsys.readouterr().err
    assert sorted(path for path in repository.iterdir() if path.name != ".factpack") == before


# --- watching


def test_a_snapshot_sees_changes_and_follows_no_links(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a").write_text("x", "utf-8")
    (tmp_path / "folder/self").symlink_to(tmp_path / "folder")
    first = snapshot([tmp_path / "folder", tmp_path / "nowhere"])
    assert len(first) == 2
    (tmp_path / "folder/a").write_text("xy", "utf-8")
    assert snapshot([tmp_path / "folder"]) != first


def test_watching_acts_at_first_and_after_every_change(tmp_path: Path) -> None:
    path, runs, stop = tmp_path / "a", [0], Event()
    path.write_text("0", "utf-8")

    def act() -> None:
        runs[0] += 1
        if runs[0] == 3:
            stop.set()
        else:
            path.write_text("x" * (runs[0] + 1), "utf-8")

    thread = Thread(target=watch, args=([tmp_path], act, stop, 0.01, 0.01), daemon=True)
    thread.start()
    thread.join(30)
    assert runs == [3]


def test_watching_is_quiet_without_changes_and_stops(tmp_path: Path) -> None:
    runs, stop = [0], Event()

    def act() -> None:
        runs[0] += 1

    thread = Thread(target=watch, args=([tmp_path], act, stop, 0.01, 0.01), daemon=True)
    thread.start()
    stop.wait(0.3)
    stop.set()
    thread.join(30)
    assert runs == [1]
    assert not thread.is_alive()


def test_check_runs_again_when_a_file_changes(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stop = Event()
    options = command_line().parse_args(["check", "--watch", "--format", "concise", "--select", "quote-not-found"])
    thread = Thread(target=watch_checks, args=(project, options, stop), daemon=True)
    thread.start()
    seen = ""
    for _ in range(600):
        seen += capfd.readouterr().out
        if "quote-not-found" in seen and "planted 94" in (project / "curation/a.yaml").read_text("utf-8"):
            replace(project / "curation/a.yaml", "planted 94", "planted 49")
        if seen.count("Checked 3 files") == 2:
            break
        stop.wait(0.05)
    stop.set()
    thread.join(30)
    assert seen.count("--- ") == 2
    assert "1 error" in seen
    assert "0 errors" in seen


def test_watching_goes_on_after_a_change_of_the_models_or_settings(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stop = Event()
    options = command_line().parse_args(["check", "--watch", "--format", "concise"])
    thread = Thread(target=watch_checks, args=(project, options, stop), daemon=True)
    thread.start()
    seen = ""

    def wait_for(words: str) -> None:
        nonlocal seen
        for _ in range(600):
            seen += capfd.readouterr().out + capfd.readouterr().err
            if words in seen:
                return
            stop.wait(0.05)
        raise AssertionError(seen)

    wait_for("there is no field `plce`")
    replace(project / "schema/__init__.py", "    place:", "    plce: Words | None = None\n    place:")
    wait_for("1 error,")
    assert seen.rpartition("--- ")[2].count("plce") == 0
    replace(project / "pyproject.toml", "[tool.factpack]", "[tool.factpack]\nmax_quote = 0")
    replace(project / "pyproject.toml", "max_quote = 0", "max_quote = 9")
    wait_for("quote-too-long")
    stop.set()
    thread.join(30)


def test_the_findings_of_one_file_are_those_of_the_whole_run_there(tmp_path: Path) -> None:
    corpus.make(tmp_path / "dataset", 12)
    dataset = load(tmp_path / "dataset")
    found = examine(dataset).found
    for file in dataset.files:
        there = [d for d in found if d.location.text.path == file.path]
        alone = examine(dataset, {file.path}).found
        assert [d for d in alone if d.location.text.path == file.path] == there
    assert {d.rule for d in found} >= {"near-duplicate-record", "quote-typography"}
