"""Findings that are let stand: on the line, by name, with a reason; and a baseline that only shrinks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Example, lay_out

from factpack.baseline import NAME, fingerprint, read_baseline
from factpack.checks import RULES, examine
from factpack.cli import main
from factpack.config import ConfigurationError
from factpack.dataset import load
from factpack.ignores import ignores

Output = pytest.CaptureFixture[str]

SOURCE = "Forty ministers met in Lyon.\nThree crew members remain missing.\n"
FACT = "events:\n  - id: evt-meeting{record}\n    name: {name}\n    quotes: [{quote}]{line}\n"


@pytest.fixture(autouse=True)
def _no_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    monkeypatch.chdir(tmp_path)
    return folder


def found(folder: Path, content: str, **others: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The rules of what is found in a.yaml, and rules with reasons of what is ignored."""
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": content, **others}, set()), folder)
    outcome = examine(load(folder))
    return [d.rule for d in outcome.found], [(i.diagnostic.rule, i.reason) for i in outcome.ignored]


WRONG = "events:\n  - id: evt-meeting\n    name: ministers met\n    quotes: [Forty ministers dined in Lyon]{}\n"


@pytest.mark.parametrize(
    ("comment", "left", "reasons"),
    [
        ("", ["quote-not-found"], []),
        ("  # factpack: ignore[quote-not-found] by phone", [], ["by phone"]),
        ("  #factpack:ignore[quote-not-found]by phone", [], ["by phone"]),
        ("  # Factpack: ignore[ quote-not-found , yaml-syntax ] by phone", ["unused-ignore"], ["by phone"]),
        ("  # factpack: ignore[value-not-in-quote] by phone", ["quote-not-found", "unused-ignore"], []),
        ("  # factpack: ignore[quote-not-found]", ["quote-not-found", "invalid-ignore"], []),
        ("  # factpack: ignore[quote-not-found]   ", ["quote-not-found", "invalid-ignore"], []),
        ("  # factpack: ignore[] by phone", ["quote-not-found", "invalid-ignore"], []),
        ("  # factpack: ignore by phone", ["quote-not-found", "invalid-ignore"], []),
        ("  # factpack: ignore[quote-not-fund] by phone", ["quote-not-found", "invalid-ignore"], []),
        ("  # factpack:", ["quote-not-found", "invalid-ignore"], []),
        ("  # see factpack: ignore[quote-not-found] by phone", ["quote-not-found"], []),
        ("\n    # factpack: ignore[quote-not-found] by phone", ["quote-not-found", "unused-ignore"], []),
    ],
)
def test_an_ignore_names_rules_and_gives_a_reason(
    folder: Path, comment: str, left: list[str], reasons: list[str]
) -> None:
    rules, ignored = found(folder, WRONG.format(comment))
    assert rules == left
    assert ignored == [("quote-not-found", reason) for reason in reasons]


@pytest.mark.parametrize(
    "content",
    [
        # on a record: the line of its id, first or not, or of its first key
        "events:\n  - id: evt-x  # {}\n    quotes: [Forty ministers met]\n",
        "events:\n  - quotes: [Forty ministers met]\n    id: evt-x  # {}\n",
        "events:\n  - quotes: [Forty ministers met]  # {}\n    id: evt-x\n",
        "events:\n  - {{id: evt-x, quotes: [Forty ministers met]}}  # {}\n",
    ],
)
def test_a_finding_on_a_record_is_ignored_at_its_id(folder: Path, content: str) -> None:
    rules, ignored = found(folder, content.format("factpack: ignore[missing-field] it has no name"))
    assert rules == []
    assert ignored == [("missing-field", "it has no name")]


@pytest.mark.parametrize(
    "quote",
    [
        '"Forty ministers\n        dined in Lyon"  # {}',
        "Forty ministers\n        dined in Lyon  # {}",
        ">-  # {}\n        Forty ministers\n        dined in Lyon",
        "|-  # {}\n        Forty ministers dined in Lyon",
    ],
)
def test_values_of_several_lines(folder: Path, quote: str) -> None:
    content = "events:\n  - id: evt-x\n    name: ministers met\n    quotes:\n      - " + quote + "\n"
    rules, ignored = found(folder, content.format("factpack: ignore[quote-not-found] by phone"))
    assert rules == []
    assert ignored == [("quote-not-found", "by phone")]


@pytest.mark.parametrize(
    "note",
    [
        '"see # factpack: ignore[quote-not-found] x"',
        "'see # factpack: ignore[quote-not-found] x'",
        '"see\n      # factpack: ignore[quote-not-found] x"',
        "|\n      # factpack: ignore[quote-not-found] x",
        ">\n      see\n      # factpack: ignore[quote-not-found] x",
        "x#factpack:y",
        "x# factpack:ignore[quote-not-found]",
    ],
)
def test_what_stands_in_a_text_is_no_comment(folder: Path, note: str) -> None:
    content = f"events:\n  - id: evt-x\n    name: ministers met\n    quotes: [Forty ministers met]\n    note: {note}\n"
    rules, ignored = found(folder, content)
    assert set(rules) <= {"yaml-syntax", "missing-field"}
    assert ignored == []


@given(st.text(alphabet="ab:#'\"[]{}|> \n-é\\", max_size=40), st.sampled_from(["'{}'", '"{}"', "{}", "|\n   {}\n"]))
def test_any_text_at_all(tmp_path_factory: pytest.TempPathFactory, text: str, style: str) -> None:
    value = style.format(text + " # factpack: ignore[yaml-syntax] why")
    folder = tmp_path_factory.mktemp("any")
    lay_out(Example({"seeds/a.txt": SOURCE, "curation/a.yaml": f"events:\n  - id: {value}\n"}, set()), folder)
    dataset = load(folder)
    for ignore in ignores(dataset.files[0]):
        line = dataset.files[0].text.line(ignore.line)
        assert "# factpack:" in line
    examine(dataset)


def test_the_line_behind_a_block_is_another_one(folder: Path) -> None:
    content = (
        "events:\n  - id: evt-x\n    quotes:\n      - exact: |\n          Forty ministers dined in Lyon\n"
        "        prefix: x  # factpack: ignore[quote-not-found] by phone\n    name: ministers met\n"
    )
    assert found(folder, content)[0] == ["quote-not-found", "unused-ignore"]


def test_an_unreadable_record_has_no_ignores(folder: Path) -> None:
    content = "events:\n  - id: evt-x\n    name: a: b  # factpack: ignore[missing-field] x\n"
    assert found(folder, content)[0] == ["yaml-syntax"]


def test_nothing_else_on_the_line_is_silenced(folder: Path) -> None:
    content = WRONG.format("  # factpack: ignore[quote-too-thin] short")
    assert found(folder, content)[0] == ["quote-not-found", "unused-ignore"]


def test_ignores_are_counted_and_listed(folder: Path, capsys: Output) -> None:
    found(folder, WRONG.format("  # factpack: ignore[quote-not-found] by phone, see the notes"))
    assert main(["check", "--project", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "0 errors, 0 warnings, 1 ignored." in out
    assert "by phone" not in out
    assert main(["check", "--project", str(folder), "--show-ignored"]) == 0
    out = capsys.readouterr().out
    assert "curation/a.yaml:4:14: error[quote-not-found]" in out
    assert "(ignored: by phone, see the notes)" in out
    main(["check", "--project", str(folder), "--show-ignored", "--format", "json"])
    captured = capsys.readouterr()
    assert json.loads(captured.out)["summary"]["ignored"] == 1
    assert "by phone" in captured.err
    # What is ignored is not mended either.
    main(["check", "--project", str(folder), "--fix", "--unsafe"])
    assert "dined" in (folder / "curation/a.yaml").read_text("utf-8")


def test_invalid_ignores_suggest_a_rule(folder: Path, capsys: Output) -> None:
    found(folder, WRONG.format("  # factpack: ignore[quote-not-fund] x"))
    main(["check", "--project", str(folder)])
    assert "there is no rule `quote-not-fund`; did you mean `quote-not-found`?" in capsys.readouterr().out


# --- baseline

TWO = (
    "events:\n"
    "  - id: evt-meeting\n    name: ministers met\n    quotes: [Forty ministers dined in Lyon]\n"
    "  - id: evt-crew\n    name: crew missing\n    quotes: [Three crew members are missing]\n"
)


@pytest.fixture
def known(folder: Path, capsys: Output) -> Path:
    """A project whose two findings are in its baseline."""
    found(folder, TWO)
    assert main(["check", "--project", str(folder)]) == 1
    assert main(["check", "--project", str(folder), "--write-baseline"]) == 0
    capsys.readouterr()
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "curation/a.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def check(folder: Path, *options: str) -> int:
    return main(["check", "--project", str(folder), *options])


def test_known_findings_are_counted_and_not_shown(known: Path, capsys: Output) -> None:
    assert check(known) == 0
    out = capsys.readouterr().out
    assert "error[" not in out
    assert "0 errors, 0 warnings, 0 ignored, 2 in the baseline." in out
    assert "stray" not in out


def test_lines_and_neighbours_may_change(known: Path, capsys: Output) -> None:
    edit(
        known,
        "events:\n",
        "# more\n\nevents:\n  - id: evt-new\n    name: members remain\n    quotes: [crew members remain]\n",
    )
    edit(
        known, "[Forty ministers dined in Lyon]", "\n      - Forty ministers met\n      - Forty ministers dined in Lyon"
    )
    assert check(known) == 0
    assert "2 in the baseline" in capsys.readouterr().out


def test_a_new_finding_is_shown(known: Path, capsys: Output) -> None:
    edit(known, "name: crew missing\n", "name: crew missing\n    plce: Lyon\n")
    assert check(known) == 1
    out = capsys.readouterr().out
    assert "unknown-field" in out
    assert "quote-not-found" not in out
    # The same mistake a second time is new, too.
    edit(known, "    plce: Lyon\n", "")
    edit(known, "[Three crew members are missing]", "[Three crew members are missing, Three crew members are missing]")
    assert check(known) == 1


def test_entries_that_are_gone_are_reported_and_taken_out(known: Path, capsys: Output) -> None:
    edit(known, "dined", "met")
    assert check(known) == 0
    assert "1 entry of the baseline does not occur any more" in capsys.readouterr().out
    assert check(known, "--select", "quote-not-found") == 0
    assert "any more" not in capsys.readouterr().out
    assert check(known, "--write-baseline") == 0
    assert "1 finding; 1 taken out" in capsys.readouterr().out
    assert check(known) == 0
    assert "any more" not in capsys.readouterr().out
    edit(known, "ministers met in", "ministers dined in")
    assert check(known) == 1


def test_a_baseline_only_shrinks(known: Path, capsys: Output) -> None:
    before = (known / NAME).read_bytes()
    edit(known, "name: crew missing\n", "name: crew missing\n    plce: Lyon\n")
    assert check(known, "--write-baseline") == 1
    assert "1 finding left outside" in capsys.readouterr().out
    assert (known / NAME).read_bytes() == before
    assert check(known, "--write-baseline", "--grow") == 0
    assert check(known) == 0
    assert sum((read_baseline(known) or {}).values()) == 3


def test_the_file_is_readable_and_sorted(known: Path) -> None:
    data = json.loads((known / NAME).read_text("utf-8"))
    assert [(row["rule"], row["record"], row["field"]) for row in data["findings"]] == [
        ("quote-not-found", "events/evt-crew", "quotes"),
        ("quote-not-found", "events/evt-meeting", "quotes"),
    ]
    assert "line" not in json.dumps(data["findings"])


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_a_baseline_that_cannot_be_read(known: Path, capsys: Output, content: str) -> None:
    (known / NAME).write_text(content, "utf-8")
    with pytest.raises(ConfigurationError):
        read_baseline(known)
    assert check(known) == 2
    assert NAME in capsys.readouterr().err


def test_findings_outside_of_records_have_fingerprints_too(folder: Path) -> None:
    files = {"curation/registers/nothing.yaml": "a: b\n", "curation/stray.txt": "x\n", "curation/c.yaml": "- x\n"}
    found(folder, TWO.replace("    name: crew missing\n", "") + "evnts: []\n", **files)
    dataset = load(folder)
    prints = [fingerprint(d, dataset.by_path) for d in examine(dataset).found]
    assert len(set(prints)) == len(prints) > 5
    assert all(rule in RULES and record for rule, record, _, _ in prints)
