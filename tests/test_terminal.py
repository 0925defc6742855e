"""Marks stand under their words as a terminal draws them, which a terminal emulator tells, not our own count."""

from __future__ import annotations

import pyte
import pytest
from test_reporters import SUMMARY

from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters import FORMATS
from factpack.text import Text

WORDS = [
    "plain",
    "漢字かな交じり文",
    "한국어",
    "Vie\u0302\u0323t Nam",  # letters with two combining marks
    "Việt Nam",
    "e\u0301e\u0301e\u0301",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "नमस्ते",
    "שלום",
    "🎉",
    "a\tb",
    "\t",
    "\u200bhidden\u202e",
    "\x1b[31mred",
    "x" * 300,
    "漢" * 200,
]
"""What an emulator that knows no sequences of pictures draws as every terminal does."""

SIZES = [40, 80, 100, 200]
END = "▮"


def drawn(lines: list[str], width: int) -> list[list[str]]:
    """The screen's cells after the lines, one list for each row; the second cell of a wide character is empty."""
    screen = pyte.Screen(width, len(lines) + 1)
    pyte.Stream(screen).feed("\r\n".join(lines))
    return [[screen.buffer[row][column].data for column in range(width)] for row in range(len(lines))]


def finding(before: str, words: str, after: str) -> Diagnostic:
    text = Text("curation/a.yaml", f"{before}{words}{after}\n")
    place = text.at(len(before), len(before) + len(words))
    return Diagnostic("value-not-in-quote", Severity.ERROR, place, "not in the quote", "this")


def snippet(before: str, words: str, after: str, width: int) -> tuple[list[str], list[str]]:
    """The cells of the line and of the marks under it."""
    lines = list(FORMATS["full"]([finding(before, words, after)], SUMMARY, width=width))
    number = next(at for at, line in enumerate(lines) if line.startswith("1 |"))
    cells = drawn(lines[number : number + 2], width)
    return cells[0], cells[1]


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("before", ["", "key: ", "漢字 ", "e\u0301 ", "\t", "🎉 ", "語" * 90, "word " * 60])
@pytest.mark.parametrize("words", WORDS)
def test_the_caret_stands_under_its_words(before: str, words: str, width: int) -> None:
    above, below = snippet(f"{before}<", words, "> end", width)
    first, last = below.index("^"), max(at for at, cell in enumerate(below) if cell == "^")
    assert set(below[first : last + 1]) == {"^"}
    # The brackets round the words are no part of them: what is not clipped away stands just outside the carets.
    assert above[first - 1] in ("<", ".")
    rest = "".join(above[last + 1 :])
    assert rest.startswith((">", "...")) or not rest.strip()
    assert "".join(below).rstrip().endswith("this")


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇻🇳", 2),
        ("🇻🇳🇯🇵", 4),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🏳️‍🌈", 2),
        ("漢👩‍🚀字", 6),
    ],
)
def test_a_sequence_of_pictures_is_one(words: str, columns: int) -> None:
    """Emulators differ here; what counts is what the Unicode standard calls one emoji, two columns wide."""
    lines = list(FORMATS["full"]([finding("ab ", words, " end")], SUMMARY, width=80))
    number = next(at for at, line in enumerate(lines) if line.startswith("1 |"))
    assert lines[number] == f"1 | ab {words} end"
    assert lines[number + 1] == f"  |    {'^' * columns} this"
