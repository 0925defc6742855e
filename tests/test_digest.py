"""A digest of a report that nobody vouches for: within bounds, cut with a sentence, and nothing in it acts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_diff import HOSTS, difference, proved, rows
from test_reporters import HOSTILE, about

from factpack.cli import main
from factpack.diff import Difference
from factpack.diff.from_json import read
from factpack.diff.report import report
from factpack.digest import MARK, digest
from factpack.reporters import FORMATS, Summary
from factpack.reporters.glyphs import shown
from factpack.reporters.markdown import code, inert
from factpack.resource import Cell

SIZES = (60_000, 1_000_000)


def write(folder: Path, *words: str, found: Difference | None = None, **summary: Any) -> Path:
    """A report whose findings are about `words`."""
    counted = Summary(files=1, articles=1, errors=len(words), **summary)
    lines = FORMATS["json"]([about(each) for each in words], counted)
    (folder / "findings.json").write_text("\n".join(lines), "utf-8")
    if found:
        (folder / "diff.json").write_text("\n".join(report(found, "json", limit=0)), "utf-8", "backslashreplace")
    return folder


def changed(*pairs: tuple[str, Cell]) -> Difference:
    """A difference that adds a host with each id and definition."""
    return difference((HOSTS,), (rows(HOSTS, *((key, {"definition": value}) for key, value in pairs)),))


def text(folder: Path, room: int = SIZES[0]) -> str:
    return "\n".join(digest(folder, room)) + "\n"


def prose(markdown: str) -> str:
    """What of a document is not in code; fails where a renderer would make more than text, lists and tables of it."""
    said = []
    for token in MarkdownIt("gfm-like", {"html": True}).parse(markdown.replace(MARK, "", 1)):
        assert token.type not in ("html_block", "fence", "code_block", "hr"), token
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "softbreak", "strong_open", "strong_close"), child
            said.append(child.content if child.type == "text" else "")
    return "\n".join(said)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:20])
def test_nothing_quoted_acts(words: str, tmp_path: Path) -> None:
    utf8 = words.encode("utf-8", "replace").decode()
    made = text(write(tmp_path, words, found=changed((f"h9{utf8}", utf8)), unread=(words,)))
    assert not re.search(r"[@#<]|GH-\d|://|www\.|::", prose(made))
    assert all(line.isprintable() or "\u200d" in line for line in made.splitlines())
    assert not any("##[" in line or line.lstrip().startswith("::") for line in made.splitlines())
    assert made.count(MARK) == 1


@pytest.mark.parametrize(
    "words", ["see GH-12", "fixed in 0123abcd", "closes #1", "@octocat", MARK, "![x](y)", "one|two", "- x"]
)
def test_references_and_mentions_are_code(words: str, tmp_path: Path) -> None:
    made = text(write(tmp_path, words, found=changed(("h9", words))))
    assert words not in prose(made)
    assert made.index(MARK) == 0


@given(st.text("`\\'*_<>[]()!&#@|~$:/.-+=1agh \t\n\x1bé漢", max_size=24), st.booleans())
def test_no_mixture_of_signs_acts(words: str, in_code: bool) -> None:
    made = code(words) if in_code else inert(shown(words))
    assert not re.search(r"[@#<\[]|://", prose(f"- **error** `rule`: {made}\n  - {made}\n"))


@pytest.mark.parametrize("room", SIZES)
@pytest.mark.parametrize("word", ["x" * 250, "漢" * 250, "`" * 250, "&" * 250])
def test_a_huge_report_is_cut_with_a_sentence_and_stays_valid(room: int, word: str, tmp_path: Path) -> None:
    many = changed(*((f"h{number:05}", word) for number in range(4_000)))
    made = text(write(tmp_path, *[word] * 4_000, found=many, unread=(word,) * 20), room)
    assert len(made.encode()) <= room
    assert len(made.encode()) > room * 0.8
    left = re.search(r"^([\d,]+) of 4,000 findings are left out here: the log lists them\.$", made, re.MULTILINE)
    assert left
    shown = made.count("value-not-in-quote")
    assert shown + int(left[1].replace(",", "")) == 4_000
    rest = re.search(r"Left out: ([\d,]+) rows", made)
    assert rest
    listed = made.count("`hosts h")
    assert listed + int(rest[1].replace(",", "")) == 4_000
    prose(made)


def test_what_a_shortened_report_left_out_is_counted(tmp_path: Path) -> None:
    found = changed(*((f"h{number}", "x") for number in range(10, 30)))
    write(tmp_path)
    (tmp_path / "diff.json").write_text("\n".join(report(found, "json", limit=5)), "utf-8")
    made = text(tmp_path)
    assert ": 20 rows in 1 table" in made
    assert "Left out: 15 rows (Additions 15)" in made


def test_a_difference_reads_back_as_it_is_shown() -> None:
    found = difference(proved("40", "forty"), proved("41", "forty-one"))
    for format_ in ("text", "md", "html"):
        told = read(json.loads("".join(report(found, "json", limit=0))))
        assert list(report(told, format_)) == list(report(found, format_))


def test_the_worst_come_first(tmp_path: Path) -> None:
    write(tmp_path, "first", "second")
    data = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    data["findings"][0]["severity"] = "info"
    (tmp_path / "findings.json").write_text(json.dumps(data), "utf-8")
    made = text(tmp_path)
    assert made.index("second") < made.index("first")


BROKEN = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b"\xff",
    "another type": b"[]",
    "deep": b"[" * 100_000,
    "deep inside": b'{"findings": ' + b"[" * 100_000,
    "huge number": b'{"findings": [], "summary": {"errors": 1' + b"0" * 5_000 + b"}}",
    "large number": b'{"findings": [], "summary": {"errors": 99999999999}}',
    "negative number": b'{"findings": [], "summary": {"errors": -1}}',
    "no number": b'{"findings": [], "summary": {"milliseconds": NaN, "errors": NaN}}',
    "a finding that is none": b'{"findings": [1], "summary": {}}',
    "unknown severity": json.dumps({"findings": [{"severity": "::error::"}], "summary": {}}).encode(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_report_is_refused_with_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "findings.json").write_bytes(BROKEN[name])
    assert "left no report that can be read" in text(tmp_path)
    write(tmp_path)
    (tmp_path / "diff.json").write_bytes(BROKEN[name])
    assert "Was not compared" in text(tmp_path)
    said = capsys.readouterr().err
    assert "findings.json" in said
    assert "diff.json" in said


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("older", "version"), "1.2.3; <b>"),
        (("reasons", 0, "case"), "no-such-case"),
        (("counts", 0, "added"), "<img>"),
        (("counts", 0, "added"), 10**12),
        (("rows", "additions", 0, "kind"), "exploded"),
        (("left_out", "additions"), -1),
        (("left_out", "<img src=x> @all"), 1),
    ],
)
def test_a_difference_that_does_not_fit_is_refused(place: tuple[str | int, ...], value: Any, tmp_path: Path) -> None:
    write(tmp_path, found=changed(("h9", "x")))
    data = inner = json.loads((tmp_path / "diff.json").read_text("utf-8"))
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    (tmp_path / "diff.json").write_text(json.dumps(data), "utf-8")
    made = text(tmp_path)
    assert "Was not compared" in made
    assert "<" not in made.replace(MARK, "")


def test_what_is_refused_commands_no_runner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "x\n::add-mask::y\n##[error]z\x1b[31m"
    (tmp_path / "findings.json").write_text(json.dumps({"findings": [{hostile: 1}], "summary": {}}), "utf-8")
    text(tmp_path)
    write(tmp_path)
    (tmp_path / "diff.json").write_text(json.dumps({"left_out": {hostile: 1}, "rows": {hostile: [hostile]}}), "utf-8")
    text(tmp_path)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert not any("::" in line or "##[" in line or "\x1b" in line for line in said)


def test_links_and_devices_are_no_reports(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    write(whole)
    (tmp_path / "findings.json").symlink_to(whole / "findings.json")
    assert "left no report" in text(tmp_path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", str(write(tmp_path))]) == 0
    assert capsys.readouterr().out == text(tmp_path)
    assert main(["digest", str(tmp_path / "none")]) == 2
    assert main(["digest", str(tmp_path), "--bytes", "10"]) == 2
