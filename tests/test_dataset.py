"""The files of a dataset: whatever stands in its folders is read, reported or both, and never hides the rest."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from pages import Example, lay_out

from factpack.checks import run
from factpack.config import ConfigurationError, find_root, load_config, untested
from factpack.dataset import load

SOURCE = "Two crews met on 12 April.\nThey planted 49 trees.\n"
FACTS = """\
events:
  - id: evt-trees
    name: planted trees
    quotes: [They planted 49 trees]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": FACTS}, set()), tmp_path)
    assert found(tmp_path) == []
    return tmp_path


def found(folder: Path) -> list[tuple[str, str]]:
    """Rule and file of every error and warning."""
    return [(d.rule, d.location.text.path) for d in run(load(folder)) if d.severity != "info"]


def facts(folder: Path) -> list[str]:
    return [entry.id for article in load(folder).articles for entry in article.entries]


def test_what_is_loaded(project: Path) -> None:
    (project / "curation" / "registers").mkdir()
    (project / "curation" / "registers" / "people.yaml").write_text("people:\n  - {id: ann, name: Ann}\n")
    dataset = load(project)
    assert [file.path for file in dataset.files] == ["curation/registers/people.yaml", "curation/a.yaml"]
    (article,) = dataset.articles
    assert article.article_id == "a"
    assert article.source is not None
    assert article.source.content == SOURCE
    assert article.sha256 == hashlib.sha256(SOURCE.encode()).hexdigest()
    assert [entry.id for entry in article.all_entries] == ["a", "evt-trees"]
    assert [(register.table, [e.id for e in register.entries]) for register in dataset.registers] == [
        ("people", ["ann"])
    ]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("curation/b.yml", "stray-file"),
        ("curation/b.YAML", "stray-file"),
        ("curation/notes.txt", "stray-file"),
        ("curation/deep/b.yaml", "stray-file"),
        ("curation/registers/deep/people.yaml", "stray-file"),
        ("curation/registers/people.yml", "stray-file"),
        ("seeds/b.md", "stray-file"),
        ("seeds/b.TXT", "stray-file"),
        ("seeds/deep/b.txt", "stray-file"),
        ("seeds/con.txt", "unsafe-path"),
        ("seeds/LPT1.b.txt", "unsafe-path"),
        ("seeds/a:b.txt", "unsafe-path"),
        ("seeds/a\\b.txt", "unsafe-path"),
        ("seeds/b\n.txt", "unsafe-path"),
        ("seeds/b\u202etxt.txt", "unsafe-path"),
        ("seeds/b.txt ", "unsafe-path"),
        ("curation/b?.yaml", "unsafe-path"),
        ("curation/registers/persons.yaml", "unknown-table"),
        ("curation/registers/events.yaml", "unknown-table"),
    ],
)
def test_a_file_that_has_no_place_is_reported(project: Path, path: str, rule: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("", "utf-8")
    assert found(project) == [(rule, path)]
    assert facts(project) == ["evt-trees"]


@pytest.mark.parametrize("path", ["curation/README.md", "seeds/README.md", "curation/.gitkeep", "seeds/.DS_Store"])
def test_what_belongs_beside_is_not_reported(project: Path, path: str) -> None:
    (project / path).write_text("Provenance.\n", "utf-8")
    assert found(project) == []


def test_a_file_name_that_is_no_utf8(project: Path) -> None:
    try:
        (project / "seeds" / os.fsdecode(b"b\xff.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (problem,) = found(project)
    assert problem[0] == "unsafe-path"
    assert problem[1].encode("utf-8")


@pytest.mark.parametrize("target", ["a.txt", "nowhere.txt", "b.txt", "../../outside.txt", "/etc/hostname"])
def test_symbolic_links_are_not_followed(project: Path, target: str) -> None:
    (project.parent / "outside.txt").write_text("canary")
    (project / "seeds" / "b.txt").symlink_to(target)
    assert found(project) == [("unsafe-path", "seeds/b.txt")]


def test_a_linked_source_is_not_read(project: Path) -> None:
    outside = project.parent / f"{project.name}-outside.txt"
    (project / "seeds" / "a.txt").rename(outside)
    (project / "seeds" / "a.txt").symlink_to(outside)
    assert ("unsafe-path", "seeds/a.txt") in found(project)
    assert [article.source for article in load(project).articles] == [None]


def test_a_linked_folder_is_not_walked(project: Path) -> None:
    (project / "curation" / "loop").symlink_to(project / "curation", target_is_directory=True)
    (project / "curation" / "registers").symlink_to(project.parent, target_is_directory=True)
    assert found(project) == [("unsafe-path", "curation/loop"), ("unsafe-path", "curation/registers")]


def test_special_files_are_not_opened(project: Path) -> None:
    os.mkfifo(project / "seeds" / "pipe.txt")
    os.mkfifo(project / "curation" / "pipe.yaml")
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(project)  # the path of a socket is short
    try:
        server.bind("seeds/socket.txt")
    finally:
        os.chdir(here)
        server.close()
    assert found(project) == [
        ("unsafe-path", "curation/pipe.yaml"),
        ("unsafe-path", "seeds/pipe.txt"),
        ("unsafe-path", "seeds/socket.txt"),
    ]


@pytest.mark.parametrize("name", ["..", "../a.txt", "/etc/hostname", "x/../a.txt", "a.txt\0", "", "b.txt", "./a.txt"])
def test_a_source_is_named_by_its_plain_name(project: Path, name: str) -> None:
    path = project / "curation" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("source: a.txt", f'source: "{name}"'.replace("\0", "\\0")), "utf-8")
    assert {rule for rule, _ in found(project)} & {"missing-source", "invalid-value", "yaml-syntax"}
    assert [article.source for article in load(project).articles] == [None]


def test_a_byte_order_mark_is_no_part_of_the_yaml(project: Path) -> None:
    path = project / "curation" / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found(project) == []
    assert load(project).articles[0].tree.locate(("events",), "key").begins == (1, 1)


def test_a_byte_order_mark_is_part_of_a_source(project: Path) -> None:
    content = b"\xef\xbb\xbf" + SOURCE.encode()
    (project / "seeds" / "a.txt").write_bytes(content)
    path = project / "curation" / "a.yaml"
    digests = [hashlib.sha256(text).hexdigest() for text in (SOURCE.encode(), content)]
    assert found(project) == [("source-changed", "curation/a.yaml")]
    path.write_text(path.read_text("utf-8").replace(*digests), "utf-8")
    assert found(project) == []
    quote = load(project).articles[0].quotes[-1]
    assert quote.span is not None
    assert quote.span[0] == content.decode().index(quote.quote.exact)


def test_line_ends_of_windows_are_kept_in_sources_and_dropped_from_yaml(project: Path) -> None:
    source, path = project / "seeds" / "a.txt", project / "curation" / "a.yaml"
    windows = SOURCE.replace("\n", "\r\n").encode()
    digests = [hashlib.sha256(text).hexdigest() for text in (SOURCE.encode(), windows)]
    source.write_bytes(windows)
    path.write_bytes(path.read_text("utf-8").replace(*digests).replace("\n", "\r\n").encode())
    assert found(project) == []
    (article,) = load(project).articles
    assert article.source is not None
    assert article.source.content == windows.decode()
    assert article.source.content[slice(*article.quotes[-1].span or (0, 0))] == "They planted 49 trees"


@pytest.mark.parametrize("path", ["curation/a.yaml", "seeds/a.txt", "curation/registers/people.yaml"])
@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"caf\xe9\n", "UTF-16".encode("utf-16"), b"\xed\xa0\x80", b"\xc0\xaf"]
)
def test_what_is_no_utf8_is_reported_and_the_rest_is_checked(project: Path, path: str, content: bytes) -> None:
    lay_out(
        Example({"seeds/b.txt": SOURCE + "b\n", "curation/b.yaml": FACTS.replace("trees", "trunks")}, set()), project
    )
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_bytes(content)
    rules = found(project)
    assert ("unreadable-file", path) in rules
    assert ("quote-not-found", "curation/b.yaml") in rules


def test_a_file_over_the_limit_is_not_read(project: Path) -> None:
    config = project / "pyproject.toml"
    config.write_text(config.read_text("utf-8") + "max_file = 40\n", "utf-8")
    assert ("unreadable-file", "curation/a.yaml") in found(project)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(project: Path) -> None:
    (project / "seeds" / "a.txt").chmod(0)
    assert ("unreadable-file", "seeds/a.txt") in found(project)


@pytest.mark.parametrize("folder", ["curation", "seeds"])
@pytest.mark.parametrize("kind", ["missing", "file", "link"])
def test_a_missing_folder_is_reported(project: Path, folder: str, kind: str) -> None:
    (project / folder).rename(project / "elsewhere")
    if kind == "file":
        (project / folder).write_text("")
    elif kind == "link":
        (project / folder).symlink_to("nowhere")
    assert ("unsafe-path" if kind == "link" else "stray-file", folder) in found(project)


def test_a_source_that_nobody_curates(project: Path) -> None:
    (project / "seeds" / "b.txt").write_text("Another text.\n")
    assert found(project) == [("source-not-curated", "seeds/b.txt")]


def test_the_same_text_under_two_names(project: Path) -> None:
    (project / "seeds" / "b.txt").write_text(SOURCE)
    curated = (project / "curation" / "a.yaml").read_text("utf-8").replace("a.txt", "b.txt")
    (project / "curation" / "b.yaml").write_text(curated, "utf-8")
    assert found(project) == [("duplicate-source", "curation/b.yaml")]


def test_one_source_curated_twice(project: Path) -> None:
    (project / "curation" / "b.yaml").write_bytes((project / "curation" / "a.yaml").read_bytes())
    assert ("source-curated-twice", "curation/b.yaml") in found(project)


@pytest.mark.parametrize(
    "names", [("b.txt", "B.txt"), ("caf\u00e9.txt", "cafe\u0301.txt"), ("stra\u00dfe.txt", "STRASSE.txt")]
)
def test_names_that_differ_by_case_or_form_only(project: Path, names: tuple[str, str]) -> None:
    for number, name in enumerate(names):
        (project / "seeds" / name).write_text(f"Text {number}.\n")
    if len(list((project / "seeds").iterdir())) < 3:
        pytest.skip("this file system holds one of the two only")
    assert [rule for rule, _ in found(project)].count("name-clash") == 1


@pytest.mark.parametrize(
    "content",
    [
        "", "# nothing\n", "null\n", "just words\n", "- a\n", "article:\n", "article: x\n", "events:\n", "events: {}\n",
        "events: [x, [], 5]\n", "omitted: x\n", "searched: {}\n", "events: []\n", "omitted: []\n", "1: 2\n",
        "events: [{id: [x]}]\n", "events: [{id: a, quotes: x}]\n", "events: [{quotes: {exact: x}}]\n",
        "omitted: [x, {}, {from: a}]\n", "{}\n",
    ],
)  # fmt: skip
def test_any_shape_of_a_file_is_a_finding_and_no_crash(project: Path, content: str) -> None:
    path = project / "curation" / "a.yaml"
    path.write_text(content, "utf-8")
    rules = run(load(project))
    assert [d for d in rules if d.location.text.path in ("curation/a.yaml", "seeds/a.txt")]
    (project / "curation" / "registers").mkdir()
    (project / "curation" / "registers" / "people.yaml").write_text(content.replace("events", "people"), "utf-8")
    assert len(run(load(project))) >= len(rules)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "example"', "", "needs `name`"),
        ('name = "example"', 'name = "Ex ample"', "`name` is"),
        ('version = "1.0.0"', 'version = "1.0"', "three numbers"),
        ('version = "1.0.0"', "version = 1", "must be text"),
        ('version = "1.0.0"', 'version = "１.0.0"', "three numbers"),
        ('released = "2026-01-31"', 'released = "2026-02-31"', "`released` is a day"),
        ('released = "2026-01-31"', 'sources = "../x"', "inside the project"),
        ('released = "2026-01-31"', 'sources = "/etc"', "inside the project"),
        ('released = "2026-01-31"', 'sorces = "x"', "no setting `sorces`"),
        ('released = "2026-01-31"', "max_quote = true", "max_quote"),
        ('released = "2026-01-31"', "max_quote = -1", "max_quote"),
        ("[tool.factpack]", "[tool.facts]", "no [tool.factpack]"),
        ("[tool.factpack]", "[tool.factpack", "pyproject.toml"),
    ],
)
def test_a_configuration_that_cannot_be_used(project: Path, old: str, new: str, says: str) -> None:
    path = project / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        load_config(project)
    assert says in str(raised.value)


def test_the_root_is_found_from_below(project: Path) -> None:
    assert find_root(project / "curation") == project
    assert find_root(project / "curation" / "a.yaml") == project
    with pytest.raises(ConfigurationError, match=r"no pyproject\.toml"):
        find_root(Path("/"))


@pytest.mark.parametrize(
    ("typed", "rule", "line", "column"),
    [
        ("judged: {nonsense: why}", "unknown-field", 5, 14),
        ("judged: {date: why}", "invalid-value", 5, 14),
        ("place:", "invalid-value", 5, 5),
        ("place: null", "invalid-value", 5, 5),
        ("speakers: []", "invalid-value", 5, 5),
        ("names: [They, They]", "invalid-value", 5, 19),
        ("place: ''", "invalid-value", 5, 12),
    ],
)
def test_what_would_be_published_nowhere_is_reported(
    project: Path, typed: str, rule: str, line: int, column: int
) -> None:
    path = project / "curation" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("trees]\n", f"trees]\n    {typed}\n"), "utf-8")
    (finding,) = run(load(project))
    assert (finding.rule, *finding.location.begins) == (rule, line, column)


def test_the_same_quote_twice_is_reported(project: Path) -> None:
    path = project / "curation" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("trees]", "trees, They planted 49 trees]"), "utf-8")
    (finding,) = run(load(project))
    assert (finding.rule, *finding.location.begins) == ("invalid-value", 4, 37)


def test_what_was_searched_for_is_a_table(project: Path) -> None:
    path = project / "curation" / "a.yaml"
    path.write_text(path.read_text("utf-8") + "searched:\n  - {table: figurs, note: money}\n", "utf-8")
    (finding,) = run(load(project))
    assert (finding.rule, finding.location.words) == ("unknown-table", "figurs")
    assert "did you mean `figures`" in finding.message


# Read again

TWO = {
    "seeds/a.txt": "Two crews met on 12 April. Ann Lee spoke.\n",
    "seeds/b.txt": "They planted 49 trees in May. Ann Lee spoke.\n",
    "curation/a.yaml": (
        "events:\n  - id: evt-a\n    name: crews met\n    host: ann-lee\n"
        "    quotes: [Two crews met on 12 April, Ann Lee spoke]\n"
    ),
    "curation/b.yaml": (
        "events:\n  - id: evt-b\n    name: planted trees\n    host: ann-lee\n"
        "    quotes: [They planted 49 trees, Ann Lee spoke]\n"
    ),
    "curation/registers/people.yaml": "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n",
}


@pytest.mark.parametrize(
    ("path", "old", "new", "kept"),
    [
        ("curation/a.yaml", "Ann Lee spoke]", "Ann Lee spook]", {"b"}),
        ("curation/a.yaml", "crews met\n", "crews met  # so\n", {"b"}),
        ("curation/registers/people.yaml", "[Ann Lee]", "[Bob]", set()),
        ("curation/registers/people.yaml", "name: Ann", "name: Anne", {"a", "b"}),
        ("seeds/a.txt", "spoke", "spooked", {"b"}),
        ("curation/a.yaml", "article:\n  source: a.txt", "article:\n  source: b.txt", {"b"}),
        ("pyproject.toml", 'version = "1.0.0"', 'version = "1.0.0"\nmax_quote = 10', set()),
    ],
)
def test_what_is_the_same_is_not_read_again(tmp_path: Path, path: str, old: str, new: str, kept: set[str]) -> None:
    lay_out(Example(TWO, set()), tmp_path)
    before = load(tmp_path)
    assert [d for d in run(before) if d.severity == "error"] == []
    content = (tmp_path / path).read_text("utf-8")
    assert old in content
    (tmp_path / path).write_text(content.replace(old, new), "utf-8")
    after, anew = load(tmp_path, before=before), load(tmp_path)
    assert {article.article_id for article in after.articles if article in before.articles} == kept
    assert [(d.order, d.message, d.help) for d in run(after)] == [(d.order, d.message, d.help) for d in run(anew)]


NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
BOUNDS = st.tuples(st.sampled_from(["<", ">=", "<=", ">", "!=", "=="]), NUMBERS, st.sampled_from(["", " ", "rc1"]))


@given(NUMBERS, st.sampled_from(["", "", "a1", ".dev0", ".post1"]), st.lists(BOUNDS, max_size=3))
def test_ranges_are_read_as_packaging_reads_them(version: str, suffix: str, bounds: list[tuple[str, str, str]]) -> None:
    range_ = ",".join(map("".join, bounds))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factpack.config.__version__", version + suffix)
        fits = SpecifierSet(range_).contains(version + suffix, prereleases=True)
        assert (untested(range_) == "") == (fits or not range_)


def test_folders_of_the_models_may_lie_deeper_than_python_calls(project: Path) -> None:
    at = os.open(project / "schema", os.O_RDONLY)
    for _ in range(sys.getrecursionlimit() + 100):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    try:
        assert found(project) == []
    finally:  # pytest's own way of removing is not deep enough
        subprocess.run(["rm", "-r", project / "schema/d"], check=True)
