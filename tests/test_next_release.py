"""Releases that follow each other: the version, the changes and the changelog of each, on a small dataset."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pages import Example, lay_out
from test_tables import FILES

from factpack import __version__
from factpack.cli import main
from factpack.diff import apply, read_changes
from factpack.diff.release import DERIVED, normal
from factpack.package.reading import read_package


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with one release, 1.0.0."""
    folder = tmp_path_factory.mktemp("released")
    lay_out(Example(FILES, set()), folder)
    assert main(["release", "--project", str(folder), "--note", "The beginning.\n\n# Not a release"]) == 0
    return folder


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first, tmp_path / "p", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "p"


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), "utf-8")


def version(project: Path, number: str) -> None:
    text = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(re.sub(r'version = "[\d.]+"', f'version = "{number}"', text), "utf-8")


def test_a_first_release_has_a_changelog_and_no_changes(first: Path) -> None:
    text = (first / "dist/1.0.0/CHANGELOG.md").read_text("utf-8")
    assert text.startswith("# Changelog of the data\n\n## 1.0.0 (2026-01-31)\n\nThe beginning.\n\n### Not a release\n")
    assert "First release: " in text
    assert not (first / "dist/1.0.0/data/changes.csv").exists()
    assert (first / "dist/CHANGELOG.md").read_text("utf-8") == text


def test_a_correction_is_a_patch_and_changes_leads_to_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "curation/a.yaml", "note: First.", "note: Corrected <b>.")
    version(project, "1.0.1")
    assert main(["release", "--project", str(project), "--note", "A note was wrong."]) == 0
    older, newer = (read_package(project / "dist" / number)[1] for number in ("1.0.0", "1.0.1"))
    (table,) = [one for one in newer if one.name == "changes"]
    (row,) = [row for row in table.rows if row["row_id"] == "evt-meeting"]
    assert (row["field"], row["kind"]) == ("note", "corrected")
    assert (row["old"], row["new"]) == ("First. Second.", "Corrected <b>. Second.")
    assert "judged in a" in str(row["reason"])
    expected = {name: one for name, one in normal(newer).items() if name not in DERIVED}
    assert {one.name: one for one in apply(read_changes(table.rows), older)} == expected
    log = (project / "dist/CHANGELOG.md").read_text("utf-8")
    assert log.index("## 1.0.1") < log.index("A note was wrong.") < log.index("## 1.0.0")
    assert log.count("# Changelog of the data") == 1
    assert "` Corrected <b>. Second. `" in log
    capsys.readouterr()
    assert main(["verify", str(project / "dist/1.0.1")]) == 0


def test_a_step_that_is_too_small_is_refused_with_the_reasons(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "curation/a.yaml", "fig-trees", "fig-planted")
    version(project, "1.1.0")
    before = sorted((project / "dist").rglob("*"))
    assert main(["release", "--project", str(project)]) == 1
    output = capsys.readouterr().out
    assert "1.1.0 is too small a step from 1.0.0: 2.0.0 at least, because of" in output
    assert "major id-changed: figures: fig-trees is fig-planted" in output
    assert output.endswith("Nothing was published.\n")
    assert sorted((project / "dist").rglob("*")) == before
    version(project, "2.0.0")
    assert main(["release", "--project", str(project)]) == 0
    assert "id-changed" in (project / "dist/2.0.0/CHANGELOG.md").read_text("utf-8")
    # What was removed is never used again.
    edit(project, "curation/a.yaml", "fig-planted", "fig-trees")
    version(project, "3.0.0")
    assert main(["release", "--project", str(project)]) == 1
    assert "figures: the id fig-trees was removed in 2.0.0 and is never used again" in capsys.readouterr().out


def test_a_version_below_the_newest_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    version(project, "0.9.0")
    assert main(["release", "--project", str(project)]) == 1
    assert "0.9.0 is not above 1.0.0" in capsys.readouterr().out


def test_nothing_changed_may_be_released_and_has_no_changes(project: Path) -> None:
    version(project, "1.0.1")
    assert main(["release", "--project", str(project)]) == 0
    assert not (project / "dist/1.0.1/data/changes.csv").exists()
    assert "none in the data" in (project / "dist/1.0.1/CHANGELOG.md").read_text("utf-8")


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], check=True)


def test_diff_takes_versions_folders_the_working_state_and_git_revisions(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    git("init", "-q")
    git("add", "curation", "schema", "seeds", "pyproject.toml")
    git("commit", "-qm", "one")
    edit(project, "curation/a.yaml", "note: First.", "note: Corrected.")
    assert main(["build"]) == 0
    capsys.readouterr()
    sides = (
        [],
        ["1.0.0"],
        ["dist/1.0.0", "candidate"],
        ["git:HEAD"],
        ["1.0.0", "working"],
        ["git:HEAD", ".factpack/candidate"],
    )
    for names in sides:
        assert main(["diff", *names, "--format", "json"]) == 0
        (row,) = json.loads(capsys.readouterr().out)["rows"]["corrections"]
        assert (row["table"], row["row_id"]) == ("records", "evt-meeting")
    for wrong in (["git:nowhere"], ["git:--help"], ["9.9.9"], ["nowhere"], [".."]):
        assert main(["diff", *wrong]) == 2
        assert capsys.readouterr().err.startswith("factpack: there is no ")


def test_what_cannot_be_read_at_a_revision_is_not_told_as_removed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    edit(project, "curation/a.yaml", "note: First.", "note: First: and only.")
    git("init", "-q")
    git("add", "curation", "schema", "seeds", "pyproject.toml")
    git("commit", "-qm", "one")
    assert main(["diff", "1.0.0", "git:HEAD"]) == 2
    said = capsys.readouterr()
    assert said.err == "factpack: git:HEAD cannot be compared: curation/a.yaml has records there that cannot be read\n"
    assert said.out == ""


@pytest.mark.parametrize("way", ["attributes", "link", "source"])
def test_what_is_left_out_of_a_revision_is_not_told_as_removed(
    project: Path, way: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    curated, source = project / "curation/a.yaml", project / "seeds/a.txt"
    (project / ".gitattributes").write_text("curation/a.yaml export-ignore\n" if way == "attributes" else "")
    lost, content = (source, source.read_bytes()) if way == "source" else (curated, curated.read_bytes())
    if way != "attributes":
        lost.unlink()
    if way == "link":
        lost.symlink_to("../pyproject.toml")
    git("init", "-q")
    git("add", ".gitattributes", "curation", "schema", "seeds", "pyproject.toml")
    git("commit", "-qm", "one")
    lost.unlink(missing_ok=True)
    lost.write_bytes(content)
    assert main(["diff", "git:HEAD", "working"]) == 2
    said = capsys.readouterr()
    words = (
        "the source of curation/a.yaml is not there" if way == "source" else "curation/a.yaml is a link there, or git's"
    )
    assert said.err.startswith(f"factpack: git:HEAD cannot be compared: {words}")
    assert said.out == ""


def test_a_broken_package_and_a_broken_working_state_are_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "dist/1.0.0/data/events.csv").unlink()
    assert main(["diff", "--project", str(project)]) == 2
    assert "data/events.csv" in capsys.readouterr().err
    edit(project, "curation/a.yaml", "Nearly 200", "Nearly 300")
    assert main(["diff", str(project / "dist/1.0.0"), "working", "--project", str(project)]) == 2
    capsys.readouterr()


def test_nothing_published_is_nothing_to_compare_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(Example(FILES, set()), tmp_path)
    assert main(["diff", "--project", str(tmp_path)]) == 2
    assert "nothing is published yet" in capsys.readouterr().err


def test_a_field_renamed_in_the_models_is_one_field(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        project,
        "schema/__init__.py",
        "    date: Edtf | None = None\n",
        '    held: Annotated[Edtf | None, RenamedFrom("date")] = None\n',
    )
    edit(project, "schema/__init__.py", "    Ref,\n", "    Ref,\n    RenamedFrom,\n")
    for name in ("a", "b"):
        edit(project, f"curation/{name}.yaml", "    date: ", "    held: ")
    version(project, "2.0.0")
    assert main(["release", "--project", str(project)]) == 0
    older, newer = (read_package(project / "dist" / number)[1] for number in ("1.0.0", "2.0.0"))
    (table,) = [one for one in newer if one.name == "changes"]
    assert [row["field"] for row in table.rows if row["table"] == "events"] == [None]
    expected = {name: one for name, one in normal(newer).items() if name not in DERIVED}
    assert {one.name: one for one in apply(read_changes(table.rows), older)} == expected
    capsys.readouterr()
    assert main(["diff", "1.0.0", "2.0.0", "--project", str(project)]) == 0
    assert "major  field-renamed: events.date_edtf is called held_edtf" in capsys.readouterr().out


def test_a_field_that_all_facts_come_to_share_moves_with_its_values(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = "schema/__init__.py"
    edit(project, schema, '    date: Edtf | None = None\n    """When."""\n', "")
    edit(project, schema, "    Ref,\n", "    Ref,\n    RenamedFrom,\n")
    shared = '    date: Annotated[Edtf | None, RenamedFrom("events.date")] = None\n    """When."""\n'
    edit(
        project,
        schema,
        "class Article(Fact,",
        f'class Shared(Fact):\n    """All facts."""\n\n{shared}\n\nclass Article(Shared,',
    )
    edit(project, schema, "class Event(Fact,", "class Event(Shared,")
    edit(project, schema, "class Figure(Fact,", "class Figure(Shared,")
    version(project, "2.0.0")
    assert main(["release", "--project", str(project)]) == 0
    older, newer = (read_package(project / "dist" / number)[1] for number in ("1.0.0", "2.0.0"))
    (table,) = [one for one in newer if one.name == "changes"]
    assert {(row["table"], row["field"]) for row in table.rows} == {("events", None), ("records", None)}
    expected = {name: one for name, one in normal(newer).items() if name not in DERIVED}
    assert any(row["date_edtf"] for row in expected["records"].rows)
    assert {one.name: one for one in apply(read_changes(table.rows), older)} == expected
    capsys.readouterr()
    assert main(["diff", "1.0.0", "2.0.0", "--project", str(project)]) == 0
    said = capsys.readouterr().out
    assert "major  field-moved: events.date_edtf is records.date_edtf now" in said
    for gone in ("field-removed", "field-added", "fields-reordered"):
        assert gone not in said
    assert main(["verify", str(project / "dist/2.0.0")]) == 0


@pytest.mark.parametrize(
    ("annotation", "former", "words"),
    [
        ("value: Annotated[Number | None, ", "events.size", "no record is in both"),
        ("value: Annotated[Number | None, ", "figures.size", "leave out its own"),
        ("speakers: tuple[Annotated[str, ", "figures.by", "that cannot move"),
    ],
)
def test_a_field_that_cannot_have_moved_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], annotation: str, former: str, words: str
) -> None:
    edit(project, "schema/__init__.py", "    Ref,\n", "    Ref,\n    RenamedFrom,\n")
    edit(project, "schema/__init__.py", annotation, f'{annotation}RenamedFrom("{former}"), ')
    assert main(["check", "--project", str(project)]) == 2
    assert words in capsys.readouterr().err


def test_a_table_renamed_in_the_models_is_one_table_with_all_that_hangs_on_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for old, new in (
        (
            'class Event(Fact, table="events",',
            'class Meeting(Fact, table="meetings", renamed_from="events", key_renamed_from="event_id",',
        ),
        ('Ref("events")', 'Ref("meetings")'),
    ):
        edit(project, "schema/__init__.py", old, new)
    for name in ("a", "b"):
        edit(project, f"curation/{name}.yaml", "events:", "meetings:")
    version(project, "2.0.0")
    assert main(["release", "--project", str(project)]) == 0
    older, newer = (read_package(project / "dist" / number)[1] for number in ("1.0.0", "2.0.0"))
    (table,) = [one for one in newer if one.name == "changes"]
    # Nothing is told of their rows, but that `records` names their table.
    assert {row["field"] for row in table.rows} == {None, "record_type"}
    expected = {name: one for name, one in normal(newer).items() if name not in DERIVED}
    assert {one.name: one for one in apply(read_changes(table.rows), older)} == expected
    capsys.readouterr()
    assert main(["diff", "1.0.0", "2.0.0", "--project", str(project)]) == 0
    said = capsys.readouterr().out
    for old, new in (("events", "meetings"), ("event_names", "meeting_names"), ("event_speakers", "meeting_speakers")):
        assert f"major  table-renamed: the table {old} is called {new}" in said
    for gone in ("table-removed", "table-added", "row-removed", "row-added", "id-changed"):
        assert gone not in said
    assert main(["verify", str(project / "dist/2.0.0")]) == 0


def test_a_table_cannot_be_renamed_from_one_that_is_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "schema/__init__.py", 'table="figures",', 'table="figures", renamed_from="events",')
    assert main(["check", "--project", str(project)]) == 2
    assert "Figure is renamed from `events`, which is a table now" in capsys.readouterr().err


def test_an_id_that_was_removed_is_not_used_again_under_the_tables_new_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "curation/a.yaml", "fig-trees", "fig-planted")
    version(project, "2.0.0")
    assert main(["release", "--project", str(project)]) == 0
    # In another folder, because a process imports the models of a folder once.
    project = Path(shutil.copytree(project, project.with_name("q"), ignore=shutil.ignore_patterns("__pycache__")))
    edit(project, "curation/a.yaml", "fig-planted", "fig-trees")
    edit(project, "curation/a.yaml", "figures:", "numbers:")
    edit(project, "curation/a.yaml", "table: figures", "table: numbers")
    edit(project, "schema/__init__.py", 'table="figures",', 'table="numbers", renamed_from="figures",')
    version(project, "3.0.0")
    capsys.readouterr()
    assert main(["release", "--project", str(project)]) == 1
    assert "numbers: the id fig-trees was removed in 2.0.0 and is never used again" in capsys.readouterr().out


def test_another_factpack_than_the_range_is_told_by_each_command_and_releases_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "pyproject.toml", 'version = "1.0.0"', 'version = "1.0.1"\nfactpack = ">=0.1,<0.2"')
    assert main(["release", "--project", str(project)]) == 0
    made = json.loads((project / "dist/1.0.1/provenance.json").read_text("utf-8"))
    assert (made["checked_with"], made["made_with"]["factpack"]) == (">=0.1,<0.2", __version__)
    assert "was checked with" not in capsys.readouterr().out
    version(project, "1.0.2")
    monkeypatch.setattr("factpack.config.__version__", "0.2.0rc1")
    said = "this dataset was checked with factpack >=0.1,<0.2, and this is factpack 0.2.0rc1"
    for command, code in (("check", 0), ("build", 0), ("release", 1)):
        assert main([command, "--project", str(project)]) == code
        assert said in capsys.readouterr().out
    assert not (project / "dist/1.0.2").exists()
    assert main(["verify", str(project / "dist/1.0.1")]) == 0
    assert f"provenance.json: warning: {said}" in capsys.readouterr().out


def test_a_range_that_is_none_is_a_usage_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "pyproject.toml", 'version = "1.0.0"', 'version = "1.0.0"\nfactpack = "about 0.1"')
    assert main(["check", "--project", str(project)]) == 2
    assert "`factpack`: 'about 0.1' is no range of versions" in capsys.readouterr().err


def test_a_yanked_version_is_named_in_the_changelog_of_all(project: Path) -> None:
    version(project, "1.0.1")
    assert main(["release", "--project", str(project)]) == 0
    assert main(["yank", "1.0.0", "--why", "a <b>wrong</b> figure", "--project", str(project)]) == 0
    (later, earlier) = (project / "dist/CHANGELOG.md").read_text("utf-8").split("## 1.0.0")
    assert "**Yanked, not to be used:** ` a <b>wrong</b> figure `" in earlier
    assert "Yanked" not in later
    assert not list((project / "dist").glob(".*"))
