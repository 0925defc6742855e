"""The command line: what it prints, what it writes, and its exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import Example, lay_out

from factpack import __version__
from factpack.checks import RULES
from factpack.cli import main

FILES = {
    "seeds/a.txt": "Two crews met on 12 April.\nThey planted 49 trees.\n",
    "seeds/b.txt": "Three crew members met in May.\n",
    "curation/a.yaml": "events:\n  - id: evt-trees\n    name: planted trees\n    quotes: [They planted 49 trees]\n",
    "curation/b.yaml": "events:\n  - id: evt-may\n    name: members met\n    quotes: [members met in May]\n",
}
COMMAND = Path(sys.executable).with_name("factpack")

Output = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FACTPACK_DEBUG", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "project"
    lay_out(Example(FILES, set()), folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def broken(project: Path) -> Path:
    """The project with one error in a.yaml and one warning in b.yaml."""
    path = project / "curation" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("planted 49 trees", "planted 94 trees"), "utf-8")
    (project / "curation" / "registers").mkdir()
    (project / "curation" / "registers" / "people.yaml").write_text("people:\n  - {id: ann, name: Ann}\n", "utf-8")
    return project


def test_check(project: Path, capsys: Output) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "Checked 2 files, 4 facts, 4 quotes" in out
    assert "0 errors, 0 warnings" in out


def test_check_with_findings(broken: Path, capsys: Output) -> None:
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "error[quote-not-found]" in out
    assert "curation/a.yaml:4:14" in out
    assert "seeds/a.txt:2:14" in out
    assert "warning[unused-register-record]" in out
    assert "1 error, 1 warning" in out


@pytest.mark.parametrize(
    ("paths", "fail_on", "code"),
    [
        ([], "error", 1),
        (["curation/a.yaml"], "error", 1),
        (["curation/b.yaml"], "error", 0),
        (["curation/b.yaml"], "info", 0),
        (["curation/registers"], "error", 0),
        (["curation/registers"], "warning", 1),
        (["curation/registers/people.yaml", "curation/a.yaml"], "error", 1),
        (["curation"], "error", 1),
        (["."], "error", 1),
        (["seeds"], "error", 3),
        (["pyproject.toml"], "error", 3),
    ],
)
def test_chosen_files(broken: Path, paths: list[str], fail_on: str, code: int) -> None:
    assert main(["check", *paths, "--fail-on", fail_on]) == code


def test_the_project_is_found_from_below_and_by_option(
    broken: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken / "curation")
    assert main(["check"]) == 1
    assert main(["check", "a.yaml", "--format", "concise"]) == 1
    assert "curation/a.yaml:4:14: error[quote-not-found]" in capsys.readouterr().out
    monkeypatch.chdir(broken.parent)
    assert main(["check", "--project", "project"]) == 1
    assert main(["check", "project/curation/b.yaml"]) == 0


@pytest.mark.parametrize("format_", ["json", "jsonl", "sarif", "rdjson"])
def test_formats_that_machines_read(broken: Path, capsys: Output, format_: str) -> None:
    assert main(["check", "--format", format_]) == 1
    out = capsys.readouterr().out
    documents = [json.loads(line) for line in out.splitlines()] if format_ == "jsonl" else [json.loads(out)]
    assert documents
    assert "quote-not-found" in out
    assert "unused-register-record" in out


def test_json_findings(broken: Path, capsys: Output) -> None:
    main(["check", "--format", "json"])
    first = json.loads(capsys.readouterr().out)["findings"][0]
    assert set(first) >= {"rule", "severity", "file", "line", "column", "end_line", "end_column", "message", "related"}
    assert (first["rule"], first["severity"], first["file"]) == ("quote-not-found", "error", "curation/a.yaml")
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (4, 14, 4, 35)
    assert first["fix"] is not None


@pytest.mark.parametrize(("format_", "begins"), [("concise", "curation/a.yaml:4:14: error"), ("github", "::error ")])
def test_formats_of_one_line(broken: Path, capsys: Output, format_: str, begins: str) -> None:
    assert main(["check", "--format", format_]) == 1
    assert any(line.startswith(begins) for line in capsys.readouterr().out.splitlines())


def test_on_github_the_format_is_its_own_unless_another_is_asked_for(
    broken: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["check"])
    assert "::error " in capsys.readouterr().out
    main(["check", "--format", "concise"])
    assert "::error " not in capsys.readouterr().out


def test_nothing_to_check(project: Path, capsys: Output) -> None:
    for path in project.glob("*/?.*"):
        path.unlink()
    assert main(["check"]) == 3
    assert "Checked 0 files" in capsys.readouterr().out
    assert main(["build"]) == 3
    assert not (project / ".factpack/candidate").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nowhere.yaml"], "nowhere.yaml does not exist"),
        (["check", "--project", "nowhere"], "nowhere is no folder"),
        (["check", "--project", ".."], "no pyproject.toml"),
        (["check", ".."], "no pyproject.toml"),
        (["verify", "nowhere"], "nowhere does not exist"),
        (["verify", ".", "--sources", "nowhere"], "nowhere is no folder"),
        (["explain", "quote-not-fund"], "did you mean `quote-not-found`"),
        (["mentions", "nowhere.txt"], "nowhere.txt"),
        (["mentions", "seeds/a.txt", "--date", "yesterday"], "yesterday"),
        (["mentions", "seeds/a.txt", "--language", "xx"], "there is no data for the language `xx`"),
        (["mentions", "seeds"], "no regular file"),
        (["build", "--date", "yesterday"], "yesterday"),
        (["todo", "nobody"], "nobody"),
    ],
)
def test_wrong_use_is_two_and_a_sentence(project: Path, capsys: Output, arguments: list[str], says: str) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("factpack: ")
    assert says in error
    assert "internal error" not in error


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["check", "--format", "xml"], ["check", "--fail-on", "never"], ["verify"]]
)
def test_wrong_arguments_are_two(project: Path, capsys: Output, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: factpack" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["sorces = 'x'", "version = 'one'", "max_quote = 0"])
def test_a_configuration_that_cannot_be_used(project: Path, capsys: Output, setting: str) -> None:
    path = project / "pyproject.toml"
    path.write_text("[tool.factpack]\nname = 'x'\ntitle = 'X'\n" + setting + "\n", "utf-8")
    assert main(["check"]) == 2
    assert setting.split()[0] in capsys.readouterr().err


def test_a_schema_that_cannot_be_imported(project: Path, capsys: Output) -> None:
    path = project / "schema" / "__init__.py"
    content = path.read_text("utf-8")
    end = content.count("\n") + 1
    for wrong, place, why in (
        ("import nothing_like_it\n", f"{end}:1", "nothing_like_it"),
        ("class (:\n", f"{end}:7", "invalid syntax"),
        ("good = 1\nbad = god\n", f"{end + 1}:7", "god"),
    ):
        path.write_text(content + wrong, "utf-8")
        assert main(["check"]) == 2
        said = capsys.readouterr().err
        assert f"{path.resolve()}:{place}: the models cannot be imported" in said
        assert why in said


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("heavy: Flag", "Rain.heavy does not say what supports it"),
        ('where: Annotated[str, Ref("nowhere")]', "Rain.where refers to `nowhere`"),
        ('hard: Annotated[list[str], Judged("heard")]', "Rain.hard has a type that cannot be published"),
    ],
)
def test_a_model_that_cannot_be_used(project: Path, capsys: Output, field: str, why: str) -> None:
    path = project / "schema" / "__init__.py"
    added = f"""
from typing import Annotated
from factpack import Fact, Flag, Judged, Ref
class Rain(Fact, table="rain"):
    {field}
"""
    path.write_text(path.read_text("utf-8") + added, "utf-8")
    last = path.read_text("utf-8").count("\n")
    assert main(["check"]) == 2
    assert f"{path.resolve()}:{last}: {why}" in capsys.readouterr().err


def test_a_configuration_in_another_encoding(project: Path, capsys: Output) -> None:
    path = project / "pyproject.toml"
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b"# \xc3\xa9 caf\xe9\n")
    assert main(["check"]) == 2
    assert f"{path.resolve()}:{lines + 1}:8: this file is not UTF-8" in capsys.readouterr().err


def test_version_and_help(capsys: Output) -> None:
    for arguments, words in ((["--version"], __version__), (["--help"], "COMMAND"), (["check", "--help"], "--fail-on")):
        with pytest.raises(SystemExit) as raised:
            main(arguments)
        assert raised.value.code == 0
        assert words in capsys.readouterr().out


def test_explain(capsys: Output) -> None:
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("  ")] == list(RULES)
    assert main(["explain", "quote-not-found"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("quote-not-found (error)")
    assert "Fails:" in page


def test_build_verify_and_release(project: Path, capsys: Output) -> None:
    assert main(["build"]) == 0
    assert ".factpack/candidate/" in capsys.readouterr().out
    candidate = project / ".factpack" / "candidate"
    first = {path.name: path.read_bytes() for path in candidate.rglob("*.csv")}
    assert main(["build"]) == 0
    assert {path.name: path.read_bytes() for path in candidate.rglob("*.csv")} == first
    assert main(["verify", str(candidate), "--sources", "seeds"]) == 0
    assert not (project / "dist").exists()

    assert main(["release"]) == 0
    released = project / "dist" / "1.0.0"
    assert main(["verify", str(released), "--sources", "seeds"]) == 0
    capsys.readouterr()
    assert main(["release"]) == 2
    assert "1.0.0" in capsys.readouterr().err
    # What a run that died has left is done by the next, which says what, and is no failure.
    for name in ("example-1.0.0.zip", "index.json", "CHANGELOG.md"):
        (project / "dist" / name).unlink()
    assert main(["release"]) == 0
    said = capsys.readouterr().out
    for name in ("example-1.0.0.zip", "index.json", "CHANGELOG.md"):
        assert f"{name}: " in said
        assert (project / "dist" / name).is_file()
    assert "1.0.0 was published already and stays" in said
    assert main(["release"]) == 2

    table = released / "data" / "events.csv"
    table.write_text(table.read_text("utf-8").replace("planted", "planned"), "utf-8")
    assert main(["verify", str(released)]) == 1
    assert "does not verify" in capsys.readouterr().out


def test_a_broken_list_of_versions_is_told_and_nothing_published(project: Path, capsys: Output) -> None:
    assert main(["release"]) == 0
    index, configuration = project / "dist/index.json", project / "pyproject.toml"
    whole, published = index.read_bytes(), configuration.read_text("utf-8")
    raised = published.replace('version = "1.0.0"', 'version = "1.0.1"')
    for broken in (
        b"",
        whole[:-9],
        b"{}",
        b"null",
        b"[1]",
        whole.replace(b'"1.0.0"', b"1"),
        b"\xff\xfe",
        b"[" * 99_999,
    ):
        index.write_bytes(broken)
        there = {path: path.read_bytes() for path in (project / "dist").rglob("*") if path.is_file()}
        calls = [(raised, ["release"]), (published, ["release"]), (published, ["yank", "1.0.0", "--why", "Wrong."])]
        for text, call in calls:
            configuration.write_text(text, "utf-8")
            capsys.readouterr()
            assert main(call) == 2
            said = capsys.readouterr().err
            assert "index.json is not an index: " in said
            assert "internal error" not in said
        assert {path: path.read_bytes() for path in (project / "dist").rglob("*") if path.is_file()} == there
    index.write_bytes(whole)
    assert main(["release"]) == 2
    assert main(["yank", "1.0.0", "--why", "Wrong."]) == 0


def test_nothing_is_written_while_there_are_errors(broken: Path, capsys: Output) -> None:
    before = sorted(broken.rglob("*"))
    assert main(["build"]) == 1
    assert main(["release"]) == 1
    assert "Nothing was written" in capsys.readouterr().out
    assert sorted(path for path in broken.rglob("*") if "__pycache__" not in path.parts) == [
        path for path in before if "__pycache__" not in path.parts
    ]


def test_schema(project: Path, capsys: Output) -> None:
    assert main(["schema", "--check"]) == 1
    assert main(["schema"]) == 0
    written = [
        line.removeprefix("wrote ") for line in capsys.readouterr().out.splitlines() if line.startswith("wrote ")
    ]
    assert written
    for path in written:
        assert json.loads((project / path).read_text("utf-8"))["$schema"]
    assert main(["schema", "--check"]) == 0
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == ""


def test_mentions(project: Path, capsys: Output) -> None:
    assert main(["mentions", "seeds/a.txt", "--date", "2022-04-12", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["text"], r["kind"], r["value"]) for r in rows if r["kind"] == "date"] == [
        ("12 April", "date", "2022-04-12")
    ]
    assert all(FILES["seeds/a.txt"][r["start"] : r["end"]] == r["text"] for r in rows)
    assert main(["mentions", "seeds/a.txt"]) == 0
    assert "2:14\t" in capsys.readouterr().out


def test_todo(project: Path, capsys: Output) -> None:
    assert main(["todo"]) == 1
    assert "Two crews" in capsys.readouterr().out
    assert main(["todo", "b", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [FILES["seeds/b.txt"][row["start"] : row["end"]] for row in rows] == ["Three", "May"]
    assert [row["text"] for row in rows] == ["Three", "May"]


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment}
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, env=kept, timeout=60, check=False)


def test_the_command_itself(broken: Path) -> None:
    assert script("--version").stdout.strip() == f"factpack {__version__}"
    done = script("check", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "quote-not-found" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_modules_beside_the_curation_are_not_imported(project: Path) -> None:
    for name in ("yaml", "pydantic", "rapidfuzz", "json", "argparse"):
        (project / f"{name}.py").write_text("raise SystemExit('imported from the project')\n", "utf-8")
    assert script("check").returncode == 0


def test_a_reader_that_has_seen_enough_is_no_error(broken: Path) -> None:
    done = subprocess.run(
        f"'{COMMAND}' check --format full | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert "quote-not-found" in done.stdout


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check >&-", 1, ""),
        ("check >&- 2>&-", 1, ""),
        ("check >/dev/full", 2, "factpack: No space left on device\n"),
        ("check >/dev/full 2>&1", 2, ""),
        ("nonsense 2>/dev/full", 2, ""),
        *(
            (f"{call} >/dev/full", 2, "factpack: No space left on device\n")
            for call in ("--help", "check --help", "--version", "explain", "explain quote-not-found", "schema --report")
        ),
        ("--help >&-", 0, ""),
    ],
)
def test_output_that_goes_nowhere_leaves_the_exit_code(broken: Path, command: str, code: int, said: str) -> None:
    done = subprocess.run(f"'{COMMAND}' {command}", shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (code, said)


def test_check_imports_nothing_that_only_publishing_needs(project: Path) -> None:
    program = (
        "import sys; from factpack.cli import main; main(['check']);"
        "print([m for m in ('pyarrow', 'frictionless', 'jsonschema', 'factpack.tables') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-1] == "[]"
