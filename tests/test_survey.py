"""What is kept from run to run: the report is the same as without it, whatever happened to the cache or the files."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import pytest
from pages import Example, lay_out

from factpack.checks import Outcome, examine
from factpack.cli import main
from factpack.config import load_config
from factpack.dataset import load
from factpack.mending.fixes import checked
from factpack.survey import contents as contents_module
from factpack.survey import surveying, tool
from factpack.survey.contents import blob_id, contents_of
from factpack.survey.store import Store, open_store

Output = pytest.CaptureFixture[str]
Report = Callable[..., tuple[int, str]]

FILES = {
    "seeds/a.txt": "Two crews met on 12 April.\nThey planted 49 trees.\nAnn Lee spoke.\n",
    "seeds/b.txt": "Three crew members met in May. Ann Lee spoke. They planted 49 trees.\n",
    "seeds/c.txt": "Nobody has read this.\n",
    "seeds/d.txt": "Two crews met on 12 April.\nThey planted 49 trees.\nAnn Lee spoke.\n",
    "curation/a.yaml": (
        "events:\n  - id: evt-trees\n    name: planted trees\n    date: 2024-04-12  # factpack: "
        "ignore[date-not-in-quote] known\n"
        "    quotes: [They planted 49 trees]\n  - id: evt-may\n    name: members met\n    place: here\n"
        "    quotes: [Three crew members met in May]\n"
    ),
    "curation/b.yaml": (
        "events:\n  - id: evt-may\n    name: crew members met\n    host: ann-lea\n    plce: May\n"
        "    quotes: [members met in May. Ann Lee spoke]\n"
    ),
    "curation/d.yaml": (
        "events:\n  - id: evt-d\n    name: Two crews met  # factpack: ignore[value-not-in-quote] nothing to ignore\n"
        "    host: ann-lee\n    quotes: [\"Two crews met on 12 Aprl\"]\n"
    ),
    "curation/stray.yml": "events: []\n",
    "curation/registers/people.yaml": (
        "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n  - {id: bo-ek, name: Bo Ek, names: [Bo Ek]}\n"
    ),
}  # fmt: skip
FORMATS = ("full", "concise", "json", "sarif", "rdjson")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dataset with mistakes of all kinds."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "project"
    (folder / "curation/registers").mkdir(parents=True)
    lay_out(Example(FILES, set()), folder)
    (folder / "curation/e.yaml").write_bytes(b"events: \xff")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def report(capsys: Output) -> Report:
    """Runs `check` and gives its exit code and all that it printed, without the time it took."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["check", *arguments])
        said = capsys.readouterr()
        return code, without_time(said.out + said.err)

    return run


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that are looked at, in this process."""
    found: list[str] = []
    look = surveying.Examiner.look

    def counted(examiner: surveying.Examiner, path: str, whole: bool = True) -> object:
        found.append(path)
        return look(examiner, path, whole)

    monkeypatch.setattr(surveying.Examiner, "look", counted)
    return found


def without_time(text: str) -> str:
    return re.sub(r'( in |"milliseconds": )[0-9.,]+( m?s)?', r"\1-", text)


def apart(report: Report, *arguments: str) -> tuple[int, str]:
    """What a report gives in a process of its own, for which the models are read anew."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(report(*arguments)))
    process.start()
    sending.close()
    said: tuple[int, str] = receiving.recv()
    process.join()
    return said


def in_another_process(*arguments: str) -> tuple[int, str]:
    program = "import sys; from factpack.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program, "check", *arguments], capture_output=True, check=False)
    return done.returncode, without_time((done.stdout + done.stderr).decode())


def replace(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


# --- the same report


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_kept_is_told_again_to_the_byte(project: Path, report: Report, looks: list[str], format_: str) -> None:
    whole = report("--no-cache", "--format", format_)
    assert looks
    assert not (project / ".factpack").exists()
    assert report("--format", format_) == whole
    looks.clear()
    assert report("--format", format_) == whole
    assert looks == []


def test_the_report_has_findings_of_every_shape(project: Path, report: Report) -> None:
    _, text = report("--format", "concise", "--show-ignored")
    rules = {"quote-in-other-article", "unknown-reference", "unknown-field", "source-not-curated", "unreadable-file",
             "duplicate-source", "stray-file", "unused-ignore", "name-in-no-source", "date-not-in-quote"}  # fmt: skip
    assert {rule for rule in rules if f"[{rule}]" not in text} <= {"name-in-no-source"}


def test_findings_come_in_reading_order(project: Path, capsys: Output) -> None:
    for more in (["--no-cache"], [], []):
        main(["check", "--format", "json", *more])
        found = json.loads(capsys.readouterr().out)["findings"]
        places = [[each[key] for key in ("file", "line", "column")] for each in found]
        assert places == sorted(places)
        assert len({path for path, *_ in places}) > 5


@pytest.mark.parametrize("more", [["--select", "unknown-field"], ["--ignore", "stray-file"], ["curation/a.yaml"],
                                  ["--statistics"], ["--show-ignored"], ["--fail-on", "info"], ["seeds"]])  # fmt: skip
def test_other_questions_get_other_answers(project: Path, report: Report, more: list[str]) -> None:
    whole, part = report("--no-cache"), report("--no-cache", *more)
    for _ in range(2):
        assert report() == whole
        assert report(*more) == part


def test_several_processes_find_what_one_finds(project: Path, report: Report) -> None:
    for format_ in FORMATS:
        assert report("--no-cache", "--jobs", "2", "--format", format_) == report("--no-cache", "--format", format_)
    report("--jobs", "2")
    replace(project / "curation/b.yaml", "plce", "place")
    assert report("--jobs", "3") == report("--no-cache")


def test_the_baseline_counts(project: Path, report: Report) -> None:
    report()
    main(["check", "--write-baseline"])
    assert report() == report("--no-cache")
    assert report() == report("--no-cache")
    replace(project / "curation/b.yaml", "plce", "place")
    assert report("--format", "sarif") == report("--no-cache", "--format", "sarif")


def test_only_what_has_changed_is_looked_at(project: Path, report: Report, looks: list[str]) -> None:
    report()
    looks.clear()
    replace(project / "curation/b.yaml", "plce", "place")
    assert report() == report("--no-cache", "--no-cache")
    assert looks[0] == "curation/b.yaml"
    assert looks.count("curation/a.yaml") == 1  # without the cache


# --- what makes it invalid


def edits() -> Iterator[tuple[str, Callable[[Path], object]]]:
    """Changes after which something else is to be reported."""
    yield "curation", lambda root: replace(root / "curation/a.yaml", "49 trees", "94 trees")
    yield "source", lambda root: replace(root / "seeds/a.txt", "49 trees", "50 trees")
    yield "register", lambda root: replace(root / "curation/registers/people.yaml", "id: ann-lee", "id: ann-leigh")
    yield "setting", lambda root: replace(root / "pyproject.toml", "[tool.factpack]", "[tool.factpack]\nmax_quote = 5")
    yield (
        "models",
        lambda root: replace(root / "schema/__init__.py", "    place:", "    plce: Words | None = None\n    place:"),
    )
    yield "new source", lambda root: (root / "seeds/e.txt").write_text("Two crews met on 12 Aprl\n", "utf-8")
    yield "lost source", lambda root: (root / "seeds/a.txt").unlink()
    yield "moved source", lambda root: (root / "seeds/a.txt").rename(root / "seeds/f.txt")
    yield "new file", lambda root: (root / "curation/c.yaml").write_text("events: []\n", "utf-8")
    yield "lost file", lambda root: (root / "curation/a.yaml").unlink()
    yield "link", lambda root: (root / "curation/l.yaml").symlink_to(root / "curation/a.yaml")
    yield "fifo", lambda root: os.mkfifo(root / "curation/p.yaml")
    yield "folder", lambda root: shutil.copytree(root / "seeds", root / "curation/deep")
    yield "hidden", lambda root: shutil.copytree(root / "seeds", root / "curation/__pycache__")


@pytest.mark.parametrize(("edit"), [pytest.param(edit, id=name) for name, edit in edits()])
@pytest.mark.parametrize("in_git", [False, True])
def test_any_change_is_seen(
    project: Path, report: Report, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], object], in_git: bool
) -> None:
    if in_git:
        monkeypatch.setattr(contents_module, "FEW", 0)
        commit(project)
    before = apart(report)
    edit(project)
    after = apart(report)
    assert after == apart(report, "--no-cache")
    assert after != before
    assert "second model" not in after[1]


def test_another_tool_looks_again(
    project: Path, report: Report, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report()
    looks.clear()
    for module in ("factpack.survey.known", "factpack.cli.checking"):
        monkeypatch.setattr(f"{module}.identity", lambda: b"another")
    report()
    assert len(looks) == 4


def test_a_tool_is_known_by_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rule.py").write_text("1", "utf-8")
    monkeypatch.setattr(tool, "_PACKAGE", str(tmp_path))
    before = tool.identity.__wrapped__()
    assert tool.identity.__wrapped__() == before
    (tmp_path / "rule.py").write_text("2", "utf-8")
    assert tool.identity.__wrapped__() != before


def test_the_cache_lies_where_the_setting_says(project: Path, report: Report) -> None:
    replace(project / "pyproject.toml", "[tool.factpack]", '[tool.factpack]\ncache = "kept/here"')
    assert report() == report("--no-cache")
    assert (project / "kept/here/cache.sqlite").is_file()
    assert (project / "kept/here/.gitignore").read_text("utf-8") == "*\n"
    assert not (project / ".factpack").exists()


# --- what may happen to the file


def test_a_garbled_cache_changes_nothing(project: Path, report: Report) -> None:
    whole = report("--no-cache")
    report()
    place = project / ".factpack/cache.sqlite"
    sound = place.read_bytes()
    dice = random.Random(7)
    for start in range(0, len(sound), max(1, len(sound) // 60)):
        region = slice(start, start + dice.choice((1, 16, 600)))
        garbled = bytearray(sound)
        garbled[region] = dice.randbytes(len(garbled[region]))
        place.write_bytes(garbled)
        assert report() == whole
    for cut in (0, 1, 100, 4096, len(sound) // 2, len(sound) - 1):
        place.write_bytes(sound[:cut])
        assert report() == whole
        assert report() == whole


def test_a_cache_of_other_hands_is_not_believed(
    project: Path, report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = report("--no-cache")
    for path in project.glob("curation/*"):
        shutil.copy(path, tmp_path) if path.is_file() else None
    # Somebody keeps what is true of other rules, and brings the file along.
    with monkeypatch.context() as other:
        other.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
        other.setattr("factpack.checks.RULES", {})
        assert report()[0] == 0
        assert report()[0] == 0
    assert report() == whole


@pytest.mark.parametrize("name", ["cache.sqlite", "cache.sqlite-journal"])
def test_a_link_is_not_followed(project: Path, report: Report, tmp_path: Path, name: str) -> None:
    (tmp_path / "precious").write_text("mine", "utf-8")
    (project / ".factpack").mkdir()
    (project / ".factpack" / name).symlink_to(tmp_path / "precious")
    assert report() == report("--no-cache")
    assert (tmp_path / "precious").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "content", ["CREATE TABLE kept (x)", "CREATE VIEW kept AS SELECT 1 AS name", "CREATE TABLE other (x)"]
)
def test_a_cache_of_another_form_is_no_cache(project: Path, report: Report, content: str) -> None:
    (project / ".factpack").mkdir()
    with sqlite3.connect(project / ".factpack/cache.sqlite") as file:
        file.execute(content)
    file.close()
    whole = report("--no-cache")
    assert [report() for _ in range(3)] == [whole] * 3


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "fifo"])
def test_what_is_no_file_is_no_cache(project: Path, report: Report, make: Callable[[Path], None]) -> None:
    whole = report("--no-cache")
    (project / ".factpack").mkdir()
    make(project / ".factpack/cache.sqlite")
    assert [report() for _ in range(2)] == [whole] * 2


def test_a_locked_cache_is_left_alone(project: Path, report: Report) -> None:
    whole = report("--no-cache")
    report()
    replace(project / "curation/b.yaml", "plce", "plcd")
    with sqlite3.connect(project / ".factpack/cache.sqlite", isolation_level=None) as file:
        file.execute("BEGIN EXCLUSIVE")
        assert report() == report("--no-cache")
        file.rollback()
    file.close()
    replace(project / "curation/b.yaml", "plcd", "plce")
    assert report() == whole


def test_no_place_for_a_cache(project: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = report("--no-cache")
    (project / ".factpack").write_text("a file", "utf-8")
    assert report() == whole
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "pyproject.toml"))
    (project / ".factpack").unlink()
    assert report() == whole
    assert not (project / ".factpack").exists()


def test_a_killed_run_leaves_no_false_report(project: Path, report: Report) -> None:
    corpus_of(project, 40)
    whole = report("--no-cache")
    program = "import sys; from factpack.cli import main; sys.exit(main())"
    dice = random.Random(11)
    for number in range(8):
        if number % 4 == 0:
            shutil.rmtree(project / ".factpack", ignore_errors=True)
        process = subprocess.Popen([sys.executable, "-c", program, "check"], stdout=subprocess.DEVNULL)
        time.sleep(dice.random() * 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert report() == whole
    assert report() == whole


def test_several_runs_at_once(project: Path, report: Report) -> None:
    corpus_of(project, 20)
    whole = report("--no-cache")
    program = "import sys; from factpack.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "check"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for run in runs:
        out, error = run.communicate()
        assert (run.returncode, without_time((out + error).decode())) == whole
    assert report() == whole


def test_values_are_kept_together_and_with_their_key(tmp_path: Path) -> None:
    store = Store(tmp_path / "s", b"x" * 32)
    store.keep([("a", "about", b"1", b"one"), ("b", "", b"2", b"two")])
    assert sorted(store.values(["a", "b", "c"])) == [("a", "about", b"1", b"one"), ("b", "", b"2", b"two")]
    store.close()
    with sqlite3.connect(tmp_path / "s") as file:
        file.execute("UPDATE kept SET key = x'31' WHERE name = 'b'")
    file.close()
    again = Store(tmp_path / "s", b"x" * 32)
    assert list(again.values(["a", "b"])) == [("a", "about", b"1", b"one")]


# --- git


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def commit(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")


def test_ids_are_those_of_git(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project)
    config = load_config(project)
    read = contents_of(config)
    monkeypatch.setattr(contents_module, "FEW", 0)
    told = contents_of(config)
    assert told.index is not None
    assert {path: told.id_of(path) for path in told.paths} == {path: read.id_of(path) for path in read.paths}
    assert read.id_of("seeds/a.txt") == git(project, "hash-object", "seeds/a.txt").strip()
    assert blob_id(b"x", "sha256") != blob_id(b"x")


def test_git_says_nothing_of_what_has_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project)
    monkeypatch.setattr(contents_module, "FEW", 0)
    replace(project / "curation/a.yaml", "49 trees", "94 trees")
    (project / "seeds/c.txt").unlink()
    (project / "curation/é.yaml").write_text("events: []\n", "utf-8")
    told = contents_of(load_config(project))
    assert told.index is not None
    tracked = {*git(project, "-c", "core.quotePath=false", "ls-files", "curation", "seeds").splitlines()}
    assert {path for path in told.index.ids if path.startswith(("curation/", "seeds/"))} == tracked - {
        "curation/a.yaml", "seeds/c.txt",
    }  # fmt: skip
    for path in ("curation/a.yaml", "curation/é.yaml"):
        assert told.id_of(path) == git(project, "hash-object", path).strip()
    assert told.id_of("seeds/c.txt") == ""


def test_a_clone_has_the_same_contents(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(contents_module, "FEW", 0)
    commit(project)
    git(tmp_path, "clone", "-q", str(project), "clone")
    assert contents_of(load_config(tmp_path / "clone")).digest == contents_of(load_config(project)).digest


@pytest.mark.parametrize(
    "attributes",
    ["* text=auto", "seeds/** text", "seeds/a.txt text eol=lf", "curation/*.yaml filter=x", "seeds/*.txt ident",
     "curation/* working-tree-encoding=UTF-16"],
)  # fmt: skip
def test_where_git_converts_files_are_read(project: Path, monkeypatch: pytest.MonkeyPatch, attributes: str) -> None:
    monkeypatch.setattr(contents_module, "FEW", 0)
    commit(project)
    assert contents_of(load_config(project)).index is not None
    (project / ".gitattributes").write_text(attributes + "\n", "utf-8")
    assert contents_of(load_config(project)).index is None


def test_line_ends_of_what_people_write_may_be_converted(
    project: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    monkeypatch.setattr(contents_module, "FEW", 0)
    (project / ".gitattributes").write_text("seeds/** -text\ncuration/** text eol=lf\n", "utf-8")
    commit(project)
    assert contents_of(load_config(project)).index is not None
    report()
    path = project / "curation/b.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(project, "add", "-A")
    git(project, "status")
    assert report() == report("--no-cache")


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_what_git_was_told_not_to_look_at_is_looked_at(
    project: Path, monkeypatch: pytest.MonkeyPatch, report: Report, flag: str
) -> None:
    monkeypatch.setattr(contents_module, "FEW", 0)
    commit(project)
    before = report()
    git(project, "update-index", flag, "curation/b.yaml")
    replace(project / "curation/b.yaml", "plce", "place")
    assert report() == report("--no-cache") != before


def test_a_change_of_the_same_size_and_time_is_seen(
    project: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    monkeypatch.setattr(contents_module, "FEW", 0)
    commit(project)
    before = report()
    path = project / "curation/a.yaml"
    status = path.stat()
    replace(path, "49 trees", "94 trees")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as after the clock was set back
    assert report() == report("--no-cache") != before


# --- a long series of edits


def corpus_of(project: Path, articles: int) -> None:
    """Another dataset in place of the first."""
    for name in ("curation", "seeds", "schema"):
        shutil.rmtree(project / name)
    (project / "pyproject.toml").unlink()
    corpus.make(project.parent / "corpus", articles, 1000)
    for path in (project.parent / "corpus").iterdir():
        shutil.move(path, project / path.name)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_report_is_that_of_a_first_run(project: Path, report: Report, seed: int) -> None:
    corpus_of(project, 6)
    dice = random.Random(seed)
    state = None
    for _ in range(12):
        for _ in range(dice.choice((1, 1, 2))):
            random_edit(project, dice)
        assert report("--format", "json") == report("--no-cache", "--format", "json")
        state = checked(project, before=state)
        assert told(state.outcome) == told(examine(load(project)))
    assert open_store(load_config(project)) is not None


def told(outcome: Outcome) -> list[object]:
    """All findings, comparable among readings."""
    return [(d.order, d.location.ends, d.related and d.related[0][0].begins, d.help, d.fix) for d in outcome.found]


def random_edit(project: Path, dice: random.Random) -> None:
    """One of the things that curators do to files."""
    path = dice.choice(sorted([*project.glob("curation/**/*.yaml"), *project.glob("seeds/*.txt")]))
    lines = path.read_text("utf-8").split("\n")
    number = dice.randrange(len(lines))
    kind = dice.choice(("drop", "double", "swap", "word", "id", "delete", "copy", "ignore"))
    if kind == "drop":
        del lines[number]
    elif kind == "double":
        lines.insert(number, lines[number])
    elif kind == "swap":
        other = dice.randrange(len(lines))
        lines[number], lines[other] = lines[other], lines[number]
    elif kind == "word":
        lines[number] = re.sub(r"\d", lambda _: str(dice.randrange(10)), lines[number], count=2)
    elif kind == "id":
        lines = [re.sub(r"forum-\d+-0\b", f"forum-{dice.randrange(6)}-0", line) for line in lines]
    elif kind == "ignore":
        lines[number] += "  # factpack: ignore[quote-typography] as it is"
    elif kind == "delete" and dice.random() < 0.3:
        path.unlink()
        return
    elif kind == "copy":
        shutil.copy(path, path.with_name(f"{path.stem}-{dice.randrange(3)}{path.suffix}"))
    path.write_text("\n".join(lines), "utf-8")
