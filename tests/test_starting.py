"""`factpack init`: a dataset that passes as it is, and later changes of the template merged into it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from flagship import ROOT
from installed import not_tested
from pages import TEMPLATE

from factpack.cli import main
from factpack.starting import Change, template, update

GIT = "git+https://github.com/someone/factpack@" + "0123456789" * 4


def init(folder: Path, *more: str) -> int:
    return main(["init", str(folder), "--factpack", GIT, *more])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_begun_passes_without_a_warning_and_uses_every_kind_of_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "Boat days, 2nd"
    assert init(folder) == 0
    assert "Next: `make`" in capsys.readouterr().out
    assert main(["check", "--project", str(folder), "--fail-on", "info"]) == 0
    assert "0 ignored" in capsys.readouterr().out
    assert main(["todo", "--project", str(folder)]) == 0
    assert main(["schema", "--project", str(folder)]) == 0
    written = set(re.findall(r"wrote (\S+)", capsys.readouterr().out))
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))
    assert set(settings["yaml.schemas"]) <= written
    curated = (folder / "curation/boat-days.yaml").read_text("utf-8")
    assert all(f"\n{key}:" in curated for key in ("events", "figures", "omitted", "searched"))
    assert "judged:" in curated
    config = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["tool"]["factpack"]
    assert (config["name"], config["title"]) == ("boat-days-2nd", "Boat days 2nd")


@pytest.mark.parametrize(
    ("written", "instead", "rule"),
    [
        ("comparator: gt", "comparator: eq", "comparator-mismatch"),
        ("status: planned", "status: held", "status-contradicts-cue"),
        ('date: "2025-06-12"', 'date: "2024-06-12"', "date-not-in-quote"),
        ("host: ines-aldana", "host: tomas-berg", None),
    ],
)
def test_the_articles_traps_catch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str, instead: str, rule: str | None
) -> None:
    init(tmp_path)
    path = tmp_path / "curation/boat-days.yaml"
    text = path.read_text("utf-8")
    assert written in text
    path.write_text(text.replace(written, instead), "utf-8")
    assert main(["check", "--project", str(tmp_path)]) == (1 if rule else 0)
    assert (rule or "0 errors") in capsys.readouterr().out


def test_names_titles_and_where_factpack_comes_from(tmp_path: Path) -> None:
    title = 'Ships "and" boats – 船'
    assert init(tmp_path / "a", "--name", "ships", "--title", title) == 0
    config = tomllib.loads((tmp_path / "a/pyproject.toml").read_text("utf-8"))["tool"]["factpack"]
    assert (config["name"], config["title"]) == ("ships", title)
    assert (tmp_path / "a/README.md").read_text("utf-8").startswith(f"# {title}\n")
    assert (tmp_path / "a/requirements.txt").read_text("utf-8") == f"factpack @ {GIT}\n"
    check = (tmp_path / "a/.github/workflows/check.yml").read_text("utf-8")
    assert "uses: someone/factpack@" + "0123456789" * 4 in check


def test_a_wheel_is_named_by_its_place_and_another_package_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "factpack 1.whl"
    wheel.touch()
    assert main(["init", str(tmp_path / "a"), "--factpack", str(wheel)]) == 0
    assert (tmp_path / "a/requirements.txt").read_text("utf-8") == f"factpack @ {wheel.as_uri()}\n"
    said = capsys.readouterr().out
    assert "a file of this machine" in said
    assert "have 40 zeros after `uses:`" in said
    assert f"uses: factpack/factpack@{40 * '0'}\n" in (tmp_path / "a/.github/workflows/check.yml").read_text("utf-8")
    assert init(tmp_path / "a", "--update") == 0
    check = (tmp_path / "a/.github/workflows/check.yml").read_text("utf-8")
    assert f"uses: someone/{GIT.rpartition('/')[2]}\n" in check
    assert main(["init", str(tmp_path / "c"), "--factpack", "factpack==9.8"]) == 0
    assert "zeros" not in capsys.readouterr().out
    assert "uses: factpack/factpack@v9.8\n" in (tmp_path / "c/.github/workflows/check.yml").read_text("utf-8")
    for wrong in ("otherpack==1", "no such file"):
        assert main(["init", str(tmp_path / "b"), "--factpack", wrong]) == 2
    assert not (tmp_path / "b").exists()


def test_a_folder_with_files_is_refused_by_their_names_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert init(tmp_path) == 2
    assert "notes.txt" in capsys.readouterr().err
    assert files(tmp_path) == {"notes.txt": b"mine"}


def test_a_new_repository_is_empty_enough(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert init(tmp_path) == 0


@pytest.mark.parametrize("wrong", [["--name", "No Name"], ["--title", "two\nlines"], ["--title", " "]])
def test_a_wrong_name_or_title_writes_nothing(tmp_path: Path, wrong: list[str]) -> None:
    assert init(tmp_path / "a", *wrong) == 2
    assert not (tmp_path / "a").exists()


# What the template has in common with this repository.


def test_the_workflows_are_this_repositorys() -> None:
    ours, theirs = (
        {name: (folder / ".github/workflows" / name).read_text("utf-8") for name in ("check.yml", "comment.yml")}
        for folder in (ROOT, TEMPLATE)
    )
    action = re.compile(r"uses: (?:\./|factpack/factpack@0{40})(?: # zizmor.*)?$", re.MULTILINE)
    # Here the action is what was checked out; there nothing is, where somebody may write.
    checkout = re.compile(r"      - uses: actions/checkout@.*\n        with:\n          ref: .*\n.*\n")
    ours["comment.yml"], count = checkout.subn("", ours["comment.yml"])
    assert count == 1
    for name, text in theirs.items():
        assert len(action.findall(text)) == 1
        assert action.sub("", text) == action.sub("", ours[name])


def test_what_is_begun_by_a_commit_is_pinned_and_safe(tmp_path: Path) -> None:
    init(tmp_path)
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--no-progress", "--strict-collection", "."]
    ran = run(*command, folder=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_editors_tasks_are_this_repositorys() -> None:
    task = ".vscode/tasks.json"
    assert (TEMPLATE / task).read_bytes() == (ROOT / task).read_bytes()


# Updates.


@pytest.fixture
def project(tmp_path: Path) -> Path:
    init(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """Files of a later template: path to text, none where it has the file no more."""
    changed: dict[str, str | None] = {}
    now = template.files

    def files(answers: template.Answers) -> dict[str, str]:
        return {path: text for path, text in {**now(answers), **changed}.items() if text is not None}

    monkeypatch.setattr("factpack.starting.updating.files", files)
    return changed


def said(changes: list[Change]) -> Mapping[str, str]:
    return {change.path: change.what for change in changes}


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), "utf-8")


def test_nothing_changed_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert main(["init", "--update", str(project)]) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    assert files(project) == before


def test_each_way_in_which_owner_and_template_may_differ(project: Path, later: dict[str, str | None]) -> None:
    makefile, readme = ((project / name).read_text("utf-8") for name in ("Makefile", "README.md"))
    later["Makefile"] = makefile.replace("quiet", "verbose")  # changed by the template only
    edit(project, "pyproject.toml", "min_coverage = 90", "min_coverage = 99")  # by the owner only
    later["README.md"] = readme + "\nNews at the end.\n"  # by both, in different places
    edit(project, "README.md", "Facts from articles", "Facts from our articles")
    later[".gitignore"] = ".venv/\nours/\n"  # by both, in the same place
    edit(project, ".gitignore", ".factpack/\n__pycache__/\ndist/*.zip\n", "mine/\n")
    later["LICENSE"] = "Other words.\n"  # deleted by the owner
    (project / "LICENSE").unlink()
    (project / "curation/boat-days.yaml").unlink()
    later["NEWS.md"] = "New.\n"  # new in the template
    later["REUSE.toml"] = None  # no longer in the template
    later[".gitattributes"] = None
    edit(project, ".gitattributes", "seeds/**", "sources/**")

    assert said(update(project)) == {
        "Makefile": "updated", "README.md": "merged", ".gitignore": "conflict", "LICENSE": "kept", "NEWS.md": "added",
        "REUSE.toml": "removed", ".gitattributes": "kept",
    }  # fmt: skip
    assert (project / "Makefile").read_text("utf-8") == later["Makefile"]
    assert "min_coverage = 99" in (project / "pyproject.toml").read_text("utf-8")
    merged = (project / "README.md").read_text("utf-8")
    assert "Facts from our articles" in merged
    assert merged.endswith("\nNews at the end.\n")
    marked = (project / ".gitignore").read_text("utf-8")
    assert marked.index("<<<<<<< yours") < marked.index("mine/") < marked.index("ours/") < marked.index(">>>>>>> templ")
    assert (project / "NEWS.md").read_text("utf-8") == "New.\n"
    assert (project / ".gitattributes").exists()
    assert not [name for name in ("LICENSE", "REUSE.toml", "curation/boat-days.yaml") if (project / name).exists()]

    after = files(project)
    assert update(project) == []
    assert files(project) == after


def test_a_conflict_is_said_and_settled_before_the_next_update(
    project: Path, later: dict[str, str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "LICENSE", "CC BY 4.0", "CC0")
    later["LICENSE"] = (project / "LICENSE").read_text("utf-8").replace("CC0", "ODbL")
    assert main(["init", "--update", str(project)]) == 1
    assert "LICENSE: CONFLICT" in capsys.readouterr().out
    later.update({"LICENSE": "Again.\n", "Makefile": "Again.\n"})
    before = files(project)
    assert main(["init", "--update", str(project)]) == 2
    assert "LICENSE has marks of a conflict" in capsys.readouterr().err
    assert files(project) == before


def test_an_update_that_was_cut_short_is_done_again(
    project: Path, later: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    later.update({"LICENSE": "New.\n", "Makefile": "New.\n", "NEWS.md": "New.\n"})
    put = update.__globals__["put"]

    def full(path: Path, content: bytes) -> None:
        if path.name == "NEWS.md":
            raise OSError(28, "No space left on device")
        put(path, content)

    with monkeypatch.context() as context:
        context.setattr("factpack.starting.updating.put", full)
        with pytest.raises(OSError, match="No space"):
            update(project)
    update(project)
    assert {(project / name).read_text("utf-8") for name in later} == {"New.\n"}
    assert update(project) == []


def test_what_lies_elsewhere_or_is_no_text_is_left_alone(
    project: Path, later: dict[str, str | None], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("Another's.\n", "utf-8")
    (project / "LICENSE").unlink()
    (project / "LICENSE").symlink_to(elsewhere)
    (project / "Makefile").write_bytes(b"\0\1\2")
    later.update({"LICENSE": "New.\n", "Makefile": "New.\n"})
    assert said(update(project)) == {"LICENSE": "kept", "Makefile": "kept"}
    assert elsewhere.read_text("utf-8") == "Another's.\n"
    assert (project / "Makefile").read_bytes() == b"\0\1\2"


def test_a_newer_factpack_goes_where_it_is_named(project: Path) -> None:
    newer = GIT.replace("0123456789", "9876543210")
    assert main(["init", "--update", str(project), "--factpack", newer]) == 0
    assert (project / "requirements.txt").read_text("utf-8") == f"factpack @ {newer}\n"
    assert "9876543210" in (project / ".github/workflows/check.yml").read_text("utf-8")


_NAMED = '{"files": {%s: %s}, "answers": {"name": "x", "title": "x", "requirement": "factpack==1"}}'


@pytest.mark.parametrize(
    "broken",
    [
        "", "[]", '{"files": 1}', '{"files": {}, "answers": {"name": "x"}}', "[" * 100_000,
        *(_NAMED % (name, '"x"') for name in ('"../x"', '"/x"', '""', '"a//b"', '"a\\u0000"', '"\\ud800"')),
        _NAMED % ('"a"', '"\\ud800"'),
    ],
)  # fmt: skip
def test_a_broken_base_is_said(project: Path, broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".factpack-init.json").write_text(broken, "utf-8")
    assert main(["init", "--update", str(project)]) == 2
    assert "take it from your last commit" in capsys.readouterr().err


def test_a_base_that_is_no_file_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".factpack-init.json").unlink()
    os.mkfifo(project / ".factpack-init.json")
    assert main(["init", "--update", str(project)]) == 2
    assert "take it from your last commit" in capsys.readouterr().err


def test_what_was_not_begun_so_is_not_updated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--update", str(tmp_path)]) == 2
    assert "only what `factpack init` made" in capsys.readouterr().err


# With the wheel, as a stranger has it.


def run(*command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "MAKE", "MFLAGS"))
    }
    return subprocess.run(
        command, cwd=folder, env={**kept, **more}, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", ".factpack"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    built = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "out", ".", folder=folder)
    if built.returncode and "hatchling" in built.stderr:
        not_tested("hatchling, which builds the wheel, cannot be had")
    assert built.returncode == 0, built.stderr
    (path,) = (folder / "out").iterdir()
    return path


def environment(folder: Path) -> Path:
    """A virtual environment that has what this one has, so that nothing is fetched; its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (there,) = folder.glob("lib/python*/site-packages")
    (there / "lent.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / "bin/python"


def test_two_commands_in_a_fresh_folder(tmp_path: Path, wheel: Path) -> None:
    if not shutil.which("make"):
        not_tested("make is not installed (Debian: apt-get install make)")
    python = environment(tmp_path / "tool")
    installed = run(str(python), "-m", "pip", "install", "--no-index", str(wheel), folder=tmp_path)
    assert installed.returncode == 0, installed.stderr
    begun = run(str(python.with_name("factpack")), "init", "ships", folder=tmp_path)
    assert begun.returncode == 0, begun.stderr
    folder = tmp_path / "ships"
    assert (folder / "requirements.txt").read_text("utf-8") == f"factpack @ {wheel.as_uri()}\n"
    assert set(template.files(template.Answers("a", "A", "factpack"))) <= set(files(folder))

    environment(folder / ".venv")
    made = run("make", folder=folder, PIP_NO_INDEX="1")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "0 errors, 0 warnings" in made.stdout
    tested = run("make", "test", folder=folder, PIP_NO_INDEX="1")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert (folder / ".factpack/candidate/CITATION.cff").is_file()
