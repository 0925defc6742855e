"""Mending: in the style that stands there, nothing else touched, twice is once, never for the worse."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pages import Example, lay_out

from factpack.checks import Outcome, examine
from factpack.cli import main
from factpack.dataset import Dataset, load
from factpack.diagnostic import MANY, Diagnostic, Fix, Severity
from factpack.edits import Edit, apart, apply, spot_of
from factpack.files import Unreadable
from factpack.mending.fixes import checked, mend
from factpack.mending.rewriting import differences, rewrite
from factpack.nodes import node_at
from factpack.scalar import Spot, unquoted, written
from factpack.text import Text
from factpack.tree import read

Output = pytest.CaptureFixture[str]

STYLES = {
    "plain": "a:\n  - k: old words\n    n: x\n",
    "plain, several lines": "a:\n  - k: old words\n      and more\n    n: x\n",
    "single": "a:\n  - k: 'old words'  # why\n    n: x\n",
    "double": 'a:\n  - k: "old words"\n    n: x\n',
    "double, several lines": 'a:\n  - k: "old words\n      and more"\n    n: x\n',
    "flow": "a: [{k: old words, n: x}]\n",
    "flow, double": 'a: [{k: "old words", n: x}]\n',
    "literal": "a:\n  - k: |\n      old\n      words\n    n: x\n",
    "literal, stripped": "a:\n  - k: |-  # why\n      old\n      words\n\n    n: x\n",
    "folded": "a:\n  - k: >-\n      old words\n      and more\n    n: x\n",
    "windows": 'a:\r\n  - k: "old words\r\n      and more"\r\n    n: x\r\n',
}
HOSTILE = [
    "a: b", "a #b", "- a", "? a", ": a", "#a", "@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "a:", "'", '"', "it's",
    'say "x"', "'a' \"b\"", "[a", "a]", "{a", "a, b", "a}", "null", "~", "", " a", "a ", "true", "12:30", "<<", "---",
    "...", "a\\b", "a\\n", "a\nb", "a\n\nb", "\na", "a\n", "\ta", "a\tb", "é ü 你好 🎉", "e\u0301", "a\u2028b",
    "a\xa0b", "\xa0", "\ufeffa", "x" * 2000, "word " * 60 + "end",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.sampled_from("ab:#-?'\"[]{},&*!|>%@`\\ \n\té你🎉~"), max_size=30),
    st.text(st.characters(codec="utf-8"), max_size=20),
)


def finding(content: str, route: tuple[str | int, ...], replacement: str, part: str = "value") -> Diagnostic:
    location = read(Text("curation/a.yaml", content)).locate(route, part)
    return Diagnostic("r", Severity.ERROR, location, "m", fix=Fix("f", replacement, True))


def changed(content: str, route: tuple[str | int, ...], value: str, part: str = "value") -> str | None:
    """The content with a text written at a route, or None where it cannot be."""
    tree = read(Text("curation/a.yaml", content))
    location = tree.locate(route, part)
    node = node_at(tree, location.start, location.end)
    assert node is not None
    assert node.exact
    text = written(value, spot_of(tree, node))
    diagnostic = Diagnostic("r", Severity.ERROR, location, "m")
    return None if text is None else apply(content, [Edit("curation/a.yaml", node.start, node.end, text, diagnostic)])


@pytest.mark.parametrize("style", STYLES)
@given(value=texts)
def test_what_is_written_is_what_is_read(style: str, value: str) -> None:
    before = STYLES[style]
    after = changed(before, ("a", 0, "k"), value)
    if after is None:
        return
    tree = read(Text("curation/a.yaml", after))
    assert not tree.faults
    found = tree.data["a"][0]["k"]
    if style.startswith(("literal", "folded")):
        found, value = found.rstrip("\n"), value.rstrip("\n")
    assert found == value
    assert tree.data["a"][0]["n"] == "x"
    assert set(tree.data["a"][0]) == {"k", "n"}
    # Twice is once.
    assert changed(after, ("a", 0, "k"), value) in (after, None) or style.endswith("lines")


@pytest.mark.parametrize("style", [style for style in STYLES if not style.startswith(("literal", "folded"))])
@pytest.mark.parametrize("value", HOSTILE[:37])
def test_hostile_texts_can_be_written(style: str, value: str) -> None:
    assert changed(STYLES[style], ("a", 0, "k"), value) is not None


@given(value=texts)
@example("a: b")
def test_keys(value: str) -> None:
    for before in ("a:\n  - old: v\n    n: x\n", "a: [{old: v, n: x}]\n", "a:\n  - 'old': v\n    n: x\n"):
        after = changed(before, ("a", 0, "old"), value, "key")
        if after is not None and value != "n":
            assert read(Text("a", after)).data["a"][0] == {value: "v", "n": "x"}


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("k: old  # why\n", "new", "k: new  # why\n"),
        ("k: old\n", "a: b", 'k: "a: b"\n'),
        ("k: old\n", 'say "a": b', "k: 'say \"a\": b'\n"),
        ("k: old\n", "it's", "k: it's\n"),
        ("k: 'old'\n", "it's", "k: 'it''s'\n"),
        ('k: "old"\n', 'say "x"', 'k: "say \\"x\\""\n'),
        ("k: [old, other]\n", "a, b", 'k: ["a, b", other]\n'),
        ("k: |\n  old\n  words\n", "new\nlines", "k: |\n  new\n  lines\n"),
        (
            "k: >-\n   old words that\n   go on\nj: x\n",
            "new words that go on",
            "k: >-\n   new words that\n   go on\nj: x\n",
        ),
        ("k: old words that\n  go on # why\n", "new words that go on", "k: new words that\n  go on # why\n"),
        ("k: old words\r\n  go on\r\n", "new words go on", "k: new words\r\n  go on\r\n"),
    ],
)
def test_the_style_that_stands_there(before: str, value: str, after: str) -> None:
    route: tuple[str | int, ...] = ("k", 0) if "[" in before else ("k",)
    assert changed(before, route, value) == after


def test_what_a_block_cannot_hold_is_not_written() -> None:
    assert changed("k: |\n  old\n", ("k",), " leading") is None
    assert changed("k: >\n  old\n", ("k",), "two  blanks " * 20) is None
    assert written("\ud800", Spot("old")) is None


def test_of_overlapping_changes_the_first_is_made() -> None:
    diagnostic = finding("k: abcdef\n", ("k",), "x")
    spans = [(3, 6), (5, 8), (8, 9), (0, 1)]
    edits = [Edit("a", start, end, "X", diagnostic) for start, end in spans]
    assert [(edit.start, edit.end) for edit in apart(edits)] == [(0, 1), (3, 6), (8, 9)]
    assert apply("k: abcdef\n", apart(edits)) == "X: XdeX\n"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("k: the ministers met: nothing\n", "the ministers met: nothing"),
        ("a:\n  - k: x: y  # why\n", "x: y"),
        ("a:\n  - the ministers met: nothing: signed\n", "the ministers met: nothing: signed"),
        ("k: @home\n", "@home"),
        ("k: [a: b: c]\n", None),
        ("k: 'a': b\n", None),
    ],
)
def test_values_that_lack_quotation_marks(content: str, value: str | None) -> None:
    (fault, *_) = read(Text("a", content)).faults
    span = unquoted(content, fault.start)
    assert (content[slice(*span)] if span else None) == value


# --- whole datasets

SOURCE = "The country’s ministers met in Lyon. Three crew members remain missing. Forty of them came.\n"
MESSY = """\
# A comment at the top.
events:
  - id: evt-meeting   # the first
    name:   ministers met
    plce: Lyon
    quotes:
      - "The country's ministers met in Lyon"   # typed by hand

  - {id: evt-crew, name: crew missing, quotes: ['Three crew members remain missing']}
figures:
  - quotes: [Forty of them came]
    id: fig-ministers
    event: evt-metting
    measure: them came
    value: 40
    comparator: eq
    unit: them
"""
TIDY = MESSY.replace("plce", "place").replace("country's", "country’s").replace("evt-metting", "evt-meeting")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "project"
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": MESSY}, set()), folder)
    monkeypatch.chdir(folder)
    return folder


def everything(dataset: Dataset, outcome: Outcome) -> tuple[Diagnostic, ...]:
    return outcome.found


def put(project: Path, content: str) -> Path:
    """Replace the records of a.yaml, keeping its header."""
    path = project / "curation/a.yaml"
    header = path.read_text("utf-8")[path.read_text("utf-8").index("article:") :]
    path.write_bytes((content + header).encode())
    return path


def body(project: Path) -> str:
    text = (project / "curation/a.yaml").read_bytes().decode()
    return text[: text.index("article:")]


def test_fix_mends_what_is_safe_and_touches_nothing_else(project: Path, capsys: Output) -> None:
    path = project / "curation/a.yaml"
    path.chmod(0o640)
    assert main(["check"]) == 1
    assert "[*] 3 can be mended with `factpack check --fix`." in capsys.readouterr().out
    assert main(["check", "--fix"]) == 0
    assert "Mended 3 findings in 1 file." in capsys.readouterr().out
    assert body(project) == TIDY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in path.parent.iterdir()] == ["a.yaml"]
    before = path.stat()
    assert main(["check", "--fix"]) == 0
    assert "Mended" not in capsys.readouterr().out
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_diff_writes_nothing_and_can_be_applied(project: Path, capsys: Output) -> None:
    path = project / "curation/a.yaml"
    before = path.read_bytes()
    assert main(["check", "--diff"]) == 1
    patch = capsys.readouterr().out
    assert path.read_bytes() == before
    done = subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=project, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert body(project) == TIDY
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_words_are_mended_only_when_asked(project: Path, capsys: Output) -> None:
    put(project, TIDY.replace("remain missing", "are still missing").replace("value: 40", "value: 41"))
    assert main(["check", "--fix"]) == 1
    assert "are still missing" in body(project)
    assert main(["check", "--fix", "--unsafe"]) == 0
    assert "'Three crew members remain missing'" in body(project)
    assert body(project) == TIDY


def test_only_what_is_asked_for_is_mended(project: Path) -> None:
    main(["check", "--fix", "--select", "unknown-field"])
    assert body(project) == MESSY.replace("plce", "place")
    main(["check", "--fix", "--ignore", "quote-typography"])
    assert "evt-meeting\n    measure" in body(project)
    assert "country's" in body(project)


def test_quotation_marks_are_set_where_yaml_needs_them(project: Path) -> None:
    (project / "seeds/a.txt").write_text("The ministers met: nothing was signed. @Lyon they dined.\n", "utf-8")
    path = project / "curation/a.yaml"
    path.unlink()
    text = (
        "events:\n  - id: evt-meeting\n    name: ministers met: nothing was signed  # why\n"
        '    quotes: ["The ministers met: nothing was signed"]\n'
    )
    lay_out(
        Example({"seeds/a.txt": (project / "seeds/a.txt").read_text("utf-8"), "curation/a.yaml": text}, set()), project
    )
    assert main(["check", "--fix"]) == 0
    assert body(project) == text.replace(
        "ministers met: nothing was signed  #", '"ministers met: nothing was signed"  #'
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("\n      - The ministers met: nothing", '\n      - "The ministers met: nothing"'),
        (" [The ministers met: nothing]", ' ["The ministers met: nothing"]'),
        ("\n      - The ministers met: nothing  # why", '\n      - "The ministers met: nothing"  # why'),
    ],
)
def test_a_text_that_reads_as_a_key_becomes_a_text(project: Path, wrong: str, right: str) -> None:
    text = "events:\n  - id: evt-meeting\n    name: ministers met\n    quotes:{}\n"
    (project / "curation/a.yaml").unlink()
    files = {"seeds/a.txt": "The ministers met: nothing was signed.\n", "curation/a.yaml": text.format(wrong)}
    lay_out(Example(files, set()), project)
    assert main(["check", "--fix"]) == 0
    assert body(project) == text.format(right)


def test_a_fix_that_makes_a_new_finding_is_left_out(project: Path, capsys: Output) -> None:
    # Renamed, the field is read, and what it says is not in the quote.
    wrong = TIDY.replace("    place: Lyon", "    plce: Paris")
    put(project, wrong.replace("country’s", "country's"))
    assert main(["check", "--fix"]) == 1
    assert body(project) == wrong
    said = capsys.readouterr().out
    assert "the fix of `unknown-field` was left out, because it would lead to `value-not-in-quote`." in said
    assert "[*]" not in said
    assert main(["check", "--fix", "--unsafe"]) == 1
    assert body(project) == wrong


def test_a_key_is_not_renamed_to_one_that_is_there(project: Path) -> None:
    doubled = TIDY.replace("    place: Lyon", "    place: Lyon\n    nmae: ministers met")
    put(project, doubled)
    main(["check", "--fix", "--unsafe"])
    assert body(project).count("\n    name:   ministers met") == 1


def test_a_did_you_mean_is_safe_only_where_one_thing_can_be_meant(project: Path) -> None:
    two = TIDY.replace("evt-crew", "evt-meetings").replace("event: evt-meeting", "event: evt-meetin")
    put(project, two)
    main(["check", "--fix"])
    assert body(project) == two
    put(
        project,
        TIDY.replace("evt-meeting", "evt-meeting-2021").replace("event: evt-meeting-2021", "event: evt-meeting-2022"),
    )
    main(["check", "--fix"])
    assert "event: evt-meeting-2022" in body(project)


def test_where_several_references_agree_the_record_may_be_wrong(project: Path) -> None:
    again = TIDY[TIDY.index("  - quotes: [Forty") :].replace("fig-ministers", "fig-again")
    put(project, TIDY.replace("id: evt-meeting", "id: evt-metting") + again)
    main(["check", "--fix"])
    assert body(project).count("event: evt-meeting") == 2


def test_several_files_and_findings_at_one_place(project: Path) -> None:
    mended = mend(checked(project), True, everything)
    again = mend(checked(project, mended.state.texts), True, everything)
    assert not again.mended
    assert not [d for d in examine(mended.state.dataset).found if d.severity == Severity.ERROR]


@given(st.data())
def test_mending_twice_is_mending_once(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    slips = [
        ("country’s", "country's"), ("place: Lyon", "plce: Lyon"), ("event: evt-meeting", "event: evt-meting"),
        ("remain missing", "remain mising"), ("value: 40", "value: 41"), ("name: crew", "nme: crew"),
        ("Forty of them came", "Forty of them cme"), ("comparator: eq", "comparator: eqq"),
    ]  # fmt: skip
    chosen = data.draw(st.lists(st.sampled_from(slips), unique=True))
    unsafe = data.draw(st.booleans())
    text = TIDY
    for right, wrong in chosen:
        text = text.replace(right, wrong)
    folder = tmp_path_factory.mktemp("slips")
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": text}, set()), folder)
    before = checked(folder)
    once = mend(before, unsafe, everything)
    after = checked(folder, once.state.texts)
    assert not mend(after, unsafe, everything).mended
    assert len(after.outcome.found) <= len(before.outcome.found)
    assert len(once.state.texts.get("curation/a.yaml", text).splitlines()) >= len(text.splitlines())


def test_registers_are_mended_too(project: Path) -> None:
    (project / "curation/registers").mkdir()
    path = project / "curation/registers/people.yaml"
    path.write_text("people:  # all\n  - {id: ann, nme: Ann, names: [Lyon]}\n", "utf-8")
    main(["check", "--fix"])
    assert path.read_text("utf-8") == "people:  # all\n  - {id: ann, name: Ann, names: [Lyon]}\n"


# --- writing


def test_nothing_is_written_outside_or_through_links(project: Path, tmp_path: Path) -> None:
    config = load(project).config
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: b\n", "utf-8")
    (project / "curation/link.yaml").symlink_to(outside)
    (project / "curation/folder").symlink_to(tmp_path)
    for path in ("curation/link.yaml", "curation/folder/outside.yaml", "curation/../../outside.yaml", "pyproject.toml"):
        with pytest.raises(Unreadable):
            rewrite(config, path, "a: b\n", "changed\n")
    assert outside.read_text("utf-8") == "a: b\n"
    assert "changed" not in (project / "pyproject.toml").read_text("utf-8")


def test_a_linked_curation_folder_is_not_written(project: Path, tmp_path: Path, capsys: Output) -> None:
    (project / "curation").rename(tmp_path / "elsewhere")
    (project / "curation").symlink_to(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere/a.yaml").read_bytes()
    main(["check", "--fix"])
    assert "symbolic link" in capsys.readouterr().out
    assert (tmp_path / "elsewhere/a.yaml").read_bytes() == before


def test_a_file_that_changed_meanwhile_is_left_alone(project: Path) -> None:
    config = load(project).config
    with pytest.raises(Unreadable, match="meanwhile"):
        rewrite(config, "curation/a.yaml", "what was read\n", "changed\n")


def test_byte_order_mark_and_windows_line_ends_stay(project: Path) -> None:
    path = project / "curation/a.yaml"
    content = path.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())
    assert main(["check", "--fix"]) == 0
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff# A comment")
    assert after.count("\r\n") == after.count("\n") == content.count("\n")
    assert "plce" not in after


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(project: Path, capsys: Output) -> None:
    (project / "curation").chmod(0o555)
    try:
        main(["check", "--fix"])
    finally:
        (project / "curation").chmod(0o755)
    assert "cannot be written" in capsys.readouterr().out


def test_what_could_not_be_written_is_no_success(
    project: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where what is left is no error."""

    def full(*_: object) -> None:
        raise Unreadable("curation/a.yaml", "cannot be written: No space left on device")

    monkeypatch.setattr("factpack.mending.rewrite", full)
    before = (project / "curation/a.yaml").read_bytes()
    asked = ["check", "--select", "quote-typography"]
    assert main(asked) == 0
    assert main([*asked, "--fix"]) == 1
    assert "No space left on device" in capsys.readouterr().out
    assert (project / "curation/a.yaml").read_bytes() == before


def test_differences_say_where_the_last_line_has_no_end() -> None:
    shown = list(differences({"a": ("x\ny", "x\nz"), "b": ("x\u2028\n", "y\u2028\n")}))
    assert shown.count("\\ No newline at end of file") == 2
    assert "-x\u2028" in shown


@pytest.mark.parametrize(
    "arguments",
    [["--unsafe"], ["--grow"], ["--watch", "--fix"], ["--write-baseline", "--select", "yaml-syntax"],
     ["--statistics", "--format", "json"], ["--write-baseline", "curation"]],
)  # fmt: skip
def test_options_that_contradict_each_other(project: Path, capsys: Output, arguments: list[str]) -> None:
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err.startswith("factpack: --")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("measure: ministers", "measre: ministers"),
        # Of these no more than are listed are looked for, so they are mended in turns.
        ("event: evt-{n}", "event: evt-{n}x"),
    ],
)
def test_more_findings_than_are_listed_are_mended(project: Path, capsys: Output, right: str, wrong: str) -> None:
    often = MANY + 100
    record = (
        "  - id: fig-{n}\n    event: evt-{n}\n    measure: ministers\n    value: 40\n    comparator: eq\n"
        "    unit: ministers\n    quotes: [Forty ministers came]\n"
    )
    event = "  - {{id: evt-{n}, name: ministers came, quotes: [Forty ministers came]}}\n"
    (project / "seeds/a.txt").write_text("Forty ministers came.\n", "utf-8")
    numbers = range(10_000, 10_000 + often)
    before = "events:\n" + "".join(event.format(n=n) for n in numbers) + "figures:\n"
    put(project, before + "".join(record.replace(right, wrong).format(n=n) for n in numbers))
    main(["check", "--fix", "--unsafe", "--format", "json"])
    assert f"Mended {often:,} findings in 1 file." in capsys.readouterr().err
    assert body(project) == before + "".join(record.format(n=n) for n in numbers)
