"""Every format, on plain findings and on the worst that a file can contain."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from factpack.diagnostic import Diagnostic, Fix, Severity
from factpack.reporters import FORMATS, Summary
from factpack.reporters.background import Background
from factpack.reporters.glyphs import shown
from factpack.reporters.markdown import inert
from factpack.text import Location, Text

SUMMARY = Summary(files=2, facts=5, quotes=5, values=31, articles=2, errors=8, warnings=1, milliseconds=9)

YAML = Text("curation/a-042.yaml", 'visits:\n  - id: v-1\n    quote: "Three crew members are still missing"\n')
ARTICLE = Text("seeds/a-042.txt", "Harbour news\n\nFound by Ines Calder. Three crew members remain missing.\n")


def at(text: Text, words: str) -> Location:
    start = text.content.index(words)
    return text.at(start, start + len(words))


NOT_FOUND = Diagnostic(
    "quote-not-found",
    Severity.ERROR,
    at(YAML, "are still"),
    "the article does not have these words, but comes close",
    "you wrote this",
    ((at(ARTICLE, "remain"), "the article says this"),),
    fix=Fix('write "Three crew members remain missing"', "Three crew members remain missing", safe=False),
)

HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07",
    "a\rb",
    "nul\x00",
    "\u202edrow\u2066",
    "\u200bze\u200dro\ufeff\xad",
    "\x9b31m\x85",
    "::error::x",
    ":::set-output name=a::b",
    "##[error]x",
    "###[group]x",
    "#\u200b#[error]x",
    "]]></script><img src=x onerror=alert(1)>",
    "[x](https://example.org) @all `a` ``b <i>",
    "%0A::error::x",
    "\ud800",
    "\U000e0041tag",
    "W" * 10_000,
    "漢" * 10_000,
    "e" + "\u0301" * 200,
]


def about(words: str, before: str = "", path: str = "curation/x.yaml") -> Diagnostic:
    """A finding that quotes `words` wherever words can be quoted."""
    text = Text(path, f"key: {before}{words} end\n")
    start = len("key: " + before)
    place = text.at(start, start + len(words))
    return Diagnostic(
        "value-not-in-quote",
        Severity.ERROR,
        place,
        words,
        words,
        ((Text("seeds/" + words, words).at(0, len(words)), words),),
        (words,),
        Fix(words, words, safe=True),
    )


def lines(name: str, *diagnostics: Diagnostic, summary: Summary = SUMMARY, **options: object) -> list[str]:
    return list(FORMATS[name](diagnostics, summary, **options))  # type: ignore[arg-type]


def data(name: str, *diagnostics: Diagnostic, **options: object) -> dict:
    return json.loads("\n".join(lines(name, *diagnostics, **options)))


# What people read


def test_full_shows_both_sides() -> None:
    assert lines("full", NOT_FOUND) == [
        "error[quote-not-found]: the article does not have these words, but comes close",
        "  --> curation/a-042.yaml:3:32",
        "  |",
        '3 |     quote: "Three crew members are still missing"',
        "  |                                ^^^^^^^^^ you wrote this",
        "  ::: seeds/a-042.txt:3:42",
        "  |",
        "3 | Found by Ines Calder. Three crew members remain missing.",
        "  |                                          ------ the article says this",
        "  |",
        '  = help: write "Three crew members remain missing" (`factpack check --fix --unsafe` does it)',
        "  = help: factpack explain quote-not-found",
        "",
        "Checked 2 files, 5 facts, 5 quotes, 31 values against 2 articles in 9 ms: 8 errors, 1 warning, 0 ignored.",
    ]


def test_places_on_one_line_share_a_snippet() -> None:
    finding = Diagnostic("r", Severity.WARNING, at(YAML, "missing"), "m", "this", ((at(YAML, "quote"), "its key"),))
    assert lines("full", finding)[2:6] == [
        "  |",
        '3 |     quote: "Three crew members are still missing"',
        "  |                                          ^^^^^^^ this",
        "  |     ----- its key",
    ]


def test_places_far_apart_on_one_line_are_both_seen() -> None:
    text = Text("seeds/a.txt", "first " + "word " * 100 + "last")
    finding = Diagnostic("r", Severity.ERROR, at(text, "last"), "m", "this", ((at(text, "first"), "that"),))
    drawn = lines("full", finding, width=60)
    assert sum(line.startswith("1 |") for line in drawn) == 2
    assert marked(drawn, "^") == "last"
    assert marked(drawn, "-") == "first"


def test_full_explains_a_rule_once_and_tells_notes_from_help() -> None:
    finding = Diagnostic("r", Severity.ERROR, at(YAML, "v-1"), "m", help=("note: worked out?", "do: this"))
    drawn = lines("full", finding, finding)
    assert drawn.count("  = note: worked out?") == 2
    assert drawn.count("  = help: do: this") == 2
    assert drawn.count("  = help: factpack explain r") == 1


def test_full_goes_concise_after_twenty_and_says_so() -> None:
    drawn = lines("full", *[NOT_FOUND] * 23)
    assert sum(line.startswith("error[") for line in drawn) == 20
    assert "The first 20 of 23 findings are shown in full; the other 3 in one line each:" in drawn
    short = "curation/a-042.yaml:3:32: error[quote-not-found] the article does not have these words, but comes close"
    assert drawn.count(short) == 3
    assert short in lines("concise", NOT_FOUND)


def test_eight_related_places_and_a_count() -> None:
    finding = Diagnostic("r", Severity.ERROR, at(YAML, "v-1"), "m", related=((at(ARTICLE, "remain"), ""),) * 11)
    assert "  = note: and 3 more places" in lines("full", finding)


def test_colours_only_when_asked_for() -> None:
    assert not any("\x1b" in line for line in lines("full", NOT_FOUND))
    colored = lines("full", NOT_FOUND, color=True)
    assert colored[0].startswith("\x1b[1;31merror[quote-not-found]\x1b[0m: ")
    assert any("\x1b" in line for line in lines("concise", NOT_FOUND, color=True))
    assert not any("\x1b" in line for line in lines("json", NOT_FOUND, color=True))


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (
            Summary(1, 1, 1, 1, 1, 1, 1, infos=1, ignored=2),
            ["Checked 1 file, 1 fact, 1 quote, 1 value against 1 article: "
             "1 error, 1 warning, 1 info, 2 ignored."],
        ),
        (
            Summary(values=12_345, milliseconds=2500, fixable=3),
            ["Checked 0 files, 0 facts, 0 quotes, 12,345 values against 0 articles in 2.5 s: "
             "0 errors, 0 warnings, 0 ignored.",
             "[*] 3 can be mended with `factpack check --fix`."],
        ),
        (
            Summary(unread=("curation/a.yaml",)),
            ["Checked 0 files, 0 facts, 0 quotes, 0 values against 0 articles: 0 errors, 0 warnings, 0 ignored.",
             "1 file could not be read (curation/a.yaml): its facts were not checked."],
        ),
    ],
)  # fmt: skip
def test_the_last_lines_say_what_was_checked(summary: Summary, expected: list[str]) -> None:
    for name in ("full", "concise", "github"):
        assert lines(name, summary=summary) == expected


def test_many_unread_files_are_counted() -> None:
    summary = Summary(unread=tuple(f"{number}.yaml" for number in range(10)))
    assert lines("concise", summary=summary)[1].endswith("7.yaml, and 2 more): their facts were not checked.")


def test_a_star_marks_what_fix_mends() -> None:
    finding = Diagnostic("r", Severity.ERROR, at(YAML, "v-1"), "m", fix=Fix("write v-2", "v-2", safe=True))
    assert lines("concise", finding, summary=Summary(fixable=1))[0].endswith(" error[r] [*] m")
    assert lines("concise", finding)[0].endswith(" error[r] m")


# Columns


def marked(drawn: list[str], character: str = "^") -> str:
    """The characters that a terminal shows above the marks."""
    row = next(i for i, line in enumerate(drawn) if line.partition("| ")[2].lstrip().startswith(character))
    under = drawn[row].partition("| ")[2]
    start = len(under) - len(under.lstrip())
    length = len(under[start:]) - len(under[start:].lstrip(character))
    above = next(line for line in reversed(drawn[:row]) if line.partition("|")[0].strip().isdigit())
    source = above.partition("| ")[2]
    columns = [wcswidth(source[:index]) for index in range(len(source))]
    return "".join(letter for letter, column in zip(source, columns, strict=True) if start <= column < start + length)


@pytest.mark.parametrize(
    "before",
    ["", "漢字 ", "\t", "\t\t漢", "e\u0301te\u0301 ", "a\xa0b ", "ＡＢ ", "🇻🇳 ", "한국 ", "\x1b[1m", "⚠ ", "\u202e"],
)
@pytest.mark.parametrize("words", ["plain", "大統領", "Nguyễn", "Nguye\u0302\u0303n"])
def test_marks_stand_under_their_words(before: str, words: str) -> None:
    text = Text("a.yaml", f"key: {before}{words} end\n")
    finding = Diagnostic("r", Severity.ERROR, at(text, words), "m", "label")
    assert marked(lines("full", finding)) == words


def test_an_emoji_sequence_is_one_wide_character() -> None:
    text = Text("a.yaml", "👨\u200d👩\u200d👧 41\n")
    assert lines("full", Diagnostic("r", Severity.ERROR, at(text, "41"), "m"))[3:5] == [
        "1 | 👨\u200d👩\u200d👧 41",
        "  |    ^^",
    ]


def test_a_mark_on_a_tab_or_an_escape_is_as_wide_as_what_is_drawn() -> None:
    text = Text("a.yaml", "\tkey: \x00\n")
    assert lines("full", Diagnostic("r", Severity.ERROR, text.at(0, 1), "m"))[4] == "  | ^^^^"
    assert lines("full", Diagnostic("r", Severity.ERROR, text.at(6, 7), "m"))[3:5] == [
        r"1 |     key: \x00",
        "  |          ^^^^",
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 100])
@pytest.mark.parametrize("words", ["first", "middle", "last", "漢字"])
def test_long_lines_are_clipped_around_the_mark(width: int, words: str) -> None:
    text = Text("seeds/a.txt", "first " + "lorem ipsum " * 50 + "middle 漢字 " + "dolor sit " * 50 + "last")
    drawn = lines("full", Diagnostic("r", Severity.ERROR, at(text, words), "m", "here"), width=width)
    source = next(line for line in drawn if line.startswith("1 |"))
    assert wcswidth(source) <= max(width, 28)
    assert "..." in source
    assert marked(drawn) == words


def test_a_mark_wider_than_the_terminal_is_cut() -> None:
    text = Text("a.yaml", "key: " + "W" * 10_000 + " end")
    drawn = lines("full", Diagnostic("r", Severity.ERROR, at(text, "W" * 10_000), "m", "long"), width=80)
    assert max(map(len, drawn[:5])) <= 80


def test_a_mark_over_several_lines_is_drawn_on_the_first() -> None:
    finding = Diagnostic("r", Severity.ERROR, YAML.at(0, len(YAML.content) - 3), "m", "all this")
    assert lines("full", finding)[3:5] == ["1 | visits:", "  | ^^^^^^^ all this (to line 3)"]
    whole_line = Diagnostic("r", Severity.ERROR, YAML.at(0, 8), "m", "this")
    assert lines("full", whole_line)[4] == "  | ^^^^^^^ this"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("content", ["", "\n", "a", "a\n", "a\r\n", "\r", "漢\n\n"])
def test_empty_files_and_the_end_of_a_file(name: str, content: str) -> None:
    text = Text("a.yaml", content)
    for start, end in [(0, 0), (len(content), len(content)), (0, len(content)), (99, 99), (1, 0)]:
        related = ((text.at(end, end), ""),)
        assert lines(name, Diagnostic("r", Severity.INFO, text.at(start, end), "m", related=related))


LETTERS = st.one_of(st.characters(), st.sampled_from("\t\r\n\x1b\u200d\ufe0f\u202e漢👩🏽🇻é:#[\u0301"))


@given(st.text(LETTERS, max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(30, 90))
def test_nothing_drawn_is_a_control_character(content: str, start: int, length: int, width: int) -> None:
    text = Text("a.yaml", content)
    finding = Diagnostic("r", Severity.ERROR, text.at(start, start + length), content[:50], "label")
    for line in lines("full", finding, width=width):
        assert not executes(line)
        assert harmless(line)
        if line.partition("|")[0].strip().isdigit():
            assert wcswidth(line) <= width


# What programs read


def test_json_has_the_published_shape() -> None:
    report = data("json", NOT_FOUND)
    assert list(report) == ["findings", "summary", "version"]
    assert report["version"] == 1
    assert report["findings"] == [
        {
            "rule": "quote-not-found",
            "severity": "error",
            "file": "curation/a-042.yaml",
            "line": 3,
            "column": 32,
            "end_line": 3,
            "end_column": 41,
            "message": "the article does not have these words, but comes close",
            "label": "you wrote this",
            "related": [
                {
                    "file": "seeds/a-042.txt",
                    "line": 3,
                    "column": 42,
                    "end_line": 3,
                    "end_column": 48,
                    "label": "the article says this",
                }
            ],
            "help": [],
            "fix": {
                "title": 'write "Three crew members remain missing"',
                "replacement": "Three crew members remain missing",
                "safe": False,
            },
        }
    ]
    assert report["summary"]["values"] == 31
    assert report["summary"]["unread"] == []


def test_jsonl_is_the_json_report_line_by_line() -> None:
    *findings, last = map(json.loads, lines("jsonl", NOT_FOUND, about("x")))
    whole = data("json", NOT_FOUND, about("x"))
    assert findings == whole["findings"]
    assert last == {"summary": whole["summary"], "version": 1}


def test_sarif_run() -> None:
    page = "The words are elsewhere.\n\nSee [the rule](https://example.org) on {0}."
    report = data(
        "sarif", NOT_FOUND, about("\n[a](1) {0}"), background=Background(pages={"quote-not-found": page, "unused": ""})
    )
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["quote-not-found", "value-not-in-quote"]
    assert rules[0]["shortDescription"]["text"] == "The words are elsewhere."
    assert rules[0]["help"]["text"].endswith(r"See [the rule\](https://example.org) on {{0}}.")
    first, second = run["results"]
    assert first["level"] == "error"
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "curation/a-042.yaml"},
        "region": {"startLine": 3, "startColumn": 32, "endLine": 3, "endColumn": 41},
    }
    assert first["relatedLocations"][0]["message"] == {"text": "the article says this"}
    assert second["message"]["text"].splitlines()[0] == r"\n[a\](1) {{0}}"
    assert second["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("seeds/%0A")
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes[0]["message"]["text"].startswith("Checked 2 files")


def test_sarif_keeps_below_the_limit_and_drops_the_lightest() -> None:
    info = Diagnostic("i", Severity.INFO, YAML.whole(), "m")
    (run,) = data("sarif", *[info] * 25_000, NOT_FOUND)["runs"]
    assert len(run["results"]) == 24_999
    assert run["results"][0]["level"] == "error"
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith("2 findings")


def test_rdjson_counts_columns_in_bytes() -> None:
    text = Text("a.yaml", "x\nä漢👩 41\n")
    report = data("rdjson", Diagnostic("r", Severity.WARNING, at(text, "41"), "m"))
    assert report["source"] == {"name": "factpack"}
    (finding,) = report["diagnostics"]
    assert finding["severity"] == "WARNING"
    assert finding["code"] == {"value": "r"}
    assert finding["location"]["range"] == {
        "start": {"line": 2, "column": 2 + 3 + 4 + 1 + 1},
        "end": {"line": 2, "column": 2 + 3 + 4 + 1 + 3},
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("`count: 41`, but the quote has no such number", "`count: 41`, but the quote has no such number"),
        ("no <img>", "` no <img> `"),
        ("`a` <img> `b`", "`` `a` <img> `b` ``"),
        (r"\`<img>`", r"`` \`<img>` ``"),
        ("``<img>``", "``` ``<img>`` ```"),
        ("@all", "` @all `"),
        ("- item", "` - item `"),
        ("3. item", "` 3. item `"),
        ("https://example.org", "` https://example.org `"),
    ],
)
def test_markdown_is_inert(line: str, expected: str) -> None:
    assert inert(line) == expected


# GitHub


def test_github_command() -> None:
    first = lines("github", NOT_FOUND)[0]
    assert first == (
        "::error file=curation/a-042.yaml,line=3,endLine=3,col=32,endColumn=41,title=quote-not-found::"
        "the article does not have these words, but comes close"
        '%0Athe article says this (seeds/a-042.txt:3:42): "remain"'
        '%0Ahelp: write "Three crew members remain missing" (`factpack check --fix --unsafe` does it)'
    )


def test_github_escapes() -> None:
    text = Text("a,b:c%.yaml", "x\ny\n")
    finding = Diagnostic("r", Severity.INFO, text.at(0, 3), "100%0A, a: b")
    assert lines("github", finding)[0] == ("::notice file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=r::100%250A, a: b")


@pytest.mark.parametrize(("count", "annotations", "listed"), [(9, 9, 0), (10, 10, 0), (11, 10, 2), (30, 10, 21)])
def test_github_shows_ten_of_a_level(count: int, annotations: int, listed: int) -> None:
    errors = [about("x")] * count
    warning = Diagnostic("w", Severity.WARNING, YAML.whole(), "m")
    drawn = lines("github", *errors, warning)
    commands = [line for line in drawn if line.startswith("::error ")]
    assert len(commands) == annotations
    assert len([line for line in drawn if line.startswith("curation/x.yaml:")]) == listed
    assert len([line for line in drawn if line.startswith("::warning ")]) == 1
    if listed:
        assert commands[-1] == (
            f"::error title=factpack::{listed} more errors are listed in the log of this step: "
            f"{listed} value-not-in-quote"
        )


def test_github_messages_stay_below_what_the_runner_cuts() -> None:
    finding = Diagnostic("r", Severity.ERROR, YAML.whole(), "%" * 5000, help=("h" * 5000,) * 40)
    assert len(unescaped(lines("github", finding)[0].split("::", 2)[2])) <= 4096


# Hostile text is only text


def harmless(line: str) -> bool:
    """Nothing that moves a cursor, sets a colour, reorders or hides, but for joiners inside emoji."""
    return all(letter.isprintable() or letter in "\u200d\ufe0f" or letter.isspace() for letter in line) and not (
        set(line) & set("\t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
    )


def executes(line: str) -> str | None:
    """The command that GitHub's runner would take a line for: both of its syntaxes."""
    if line.lstrip().startswith("::") and "::" in line.lstrip()[2:]:
        return line.lstrip()[2:].partition("::")[0].partition(" ")[0]
    return line if "##[" in line else None


def unescaped(text: str) -> str:
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:20])
def test_hostile_text_is_only_text(name: str, words: str) -> None:
    finding = about(words, before="漢 ")
    summary = Summary(errors=1, unread=(words,))
    printed = lines(
        name,
        finding,
        summary=summary,
        background=Background(
            pages={finding.rule: words},
            ignored=((finding, words),),
            edits={finding: (finding.location, words)},
            fingerprints={finding: words},
        ),
    )
    for line in printed:
        line.encode()
        assert harmless(line)
        if name == "github" and line.startswith("::error "):
            assert "##[" not in line
            assert "::" not in unescaped(line.split("::", 2)[2])
        else:
            assert executes(line) is None
            assert "::" not in line.replace("::: seeds", "")
    if name not in ("json", "jsonl", "sarif", "rdjson"):
        assert max(map(len, printed)) < 5000


@pytest.mark.parametrize("words", [words for words in HOSTILE if words != "\ud800"])
def test_json_reads_back_what_was_written(words: str) -> None:
    (finding,) = data("json", about(words))["findings"]
    assert finding["message"] == words
    assert finding["fix"]["replacement"] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("Ngô Đình Diệm – “quoted”", "Ngô Đình Diệm – “quoted”"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x1b[31m\x00\x7f\x9b", r"\x1b[31m\x00\x7f\x9b"),
        ("\u202e\u200b\ufeff", r"\u202e\u200b\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("::error::", r":\:error:\:"),
        (":::", r":\:\:"),
        ("##[x] ###[y] #[z]", r"##\[x] ###\[y] #[z]"),
        ("#\ufe0f#[x]", r"#\ufe0f#[x]"),
        ("1\ufe0f\u20e3 👍🏽 ⚠\ufe0f", "1\ufe0f\u20e3 👍🏽 ⚠\ufe0f"),
        ("\u0301", "◌\u0301"),
        ("e" + "\u0301" * 6, "e" + "\u0301" * 4 + "◌" + "\u0301" * 2),
    ],
)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_long_text_is_shortened_in_the_middle() -> None:
    assert shown("a" * 50 + "b" * 50, 30) == "a" * 20 + " ... " + "b" * 5
    assert len(shown("x" * 10_000)) == 300


def test_nothing_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, factpack.reporters as r; "
        "print(*sorted({'wcwidth', 'json', 'urllib.parse', 'pydantic', 'yaml'} & set(sys.modules)), "
        "*[m for m in sys.modules if m in ('factpack.reporters.full', 'factpack.reporters.sarif')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
