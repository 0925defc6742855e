"""What may stand in an output line: any text, made safe to print.

Sources and curation files are input that nobody vouches for. Whatever a reporter prints of them goes
through here, so that it moves no cursor, hides nothing and is taken for no command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

# Printable by their category, yet drawn as nothing: fillers, joiners and variation selectors.
_IGNORABLE = r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNSEEN = re.compile(f"[{_IGNORABLE}]")

# Roughly Unicode's Extended_Pictographic, which `re` has no class for.
_PICTURE = (
    r"[\u203c\u2049\u2122\u2139\u2194-\u21ff\u2300-\u27bf\u2934\u2935\u2b05-\u2bff"
    r"\u3030\u303d\u3297\u3299\xa9\xae\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_ONE_PICTURE = f"{_PICTURE}[\\ufe0f\U0001f3fb-\U0001f3ff]?"
# Joiners and variation selectors are legitimate inside these sequences and nowhere else.
_SEQUENCE = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\\ufe0f?\\u20e3|{_ONE_PICTURE}(?:\\u200d{_ONE_PICTURE})*")

# GitHub acts on `##[command]`, Azure on `##vso[command]`, TeamCity on `##teamcity[command]`.
_OPENING = re.compile(r"##[A-Za-z]{0,16}\Z")
_MARKS = 4  # more accents on one letter than any script needs would paint over the lines above
_TAB = "    "
_SHORT_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


class Glyph(NamedTuple):
    """One thing to draw and the half-open span of code points it stands for."""

    shown: str
    start: int
    end: int


def glyphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Glyph]:
    """The drawable units of `text[start:end]`; a tab is four columns, the unprintable is an escape."""
    end = len(text) if end is None else min(end, len(text))
    at = start
    while at < end:
        sequence = None if text[at] < "\x80" and text[at] not in "0123456789#*" else _SEQUENCE.match(text, at)
        if sequence:
            stop = sequence.end()
            shown = sequence[0]
        else:
            shown, stop = _letter(text, at)
        yield Glyph(shown, at, stop)
        at = stop


def shown(text: str, limit: int = 300) -> str:
    """Any text on one line, harmless to a terminal and to a build log, its middle left out when long.

    A line break is written `\\n`, other control characters likewise; `limit` counts characters.
    """
    if len(text) > limit:
        head = limit * 2 // 3
        tail = limit - head - 5
        return f"{shown(text[:head], limit)} ... {shown(text[len(text) - tail :], limit)}"
    if text.isascii() and text.isprintable() and "::" not in text and "##" not in text:
        return text
    return "".join(_escape(glyph.shown) if glyph.shown == _TAB else glyph.shown for glyph in glyphs(text))


def _letter(text: str, at: int) -> tuple[str, int]:
    """What to draw for the character at `at`, with its accents, and where the next one begins."""
    letter = text[at]
    if letter == "\t":
        return _TAB, at + 1
    # Build runners act on `::command::` at the start of a line and on `##name[command]` anywhere in it; they
    # compare by the rules of a language, which skip invisible characters: only a visible one breaks it up.
    # https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    if (letter == ":" and text[max(at - 1, 0) : at] == ":") or (
        letter == "[" and _OPENING.search(text, max(at - 18, 0), at)
    ):
        return "\\" + letter, at + 1
    if not _printable(letter):
        return _escape(letter), at + 1
    stop = at + 1
    if letter > "\x7f" and category(letter)[0] == "M":
        letter = "◌" + letter  # an accent with no letter to stand on
    while stop < len(text) and stop - at <= _MARKS and text[stop] > "\x7f" and _accent(text[stop]):
        stop += 1
    return letter + text[at + 1 : stop], stop


def _printable(letter: str) -> bool:
    return (letter.isprintable() or category(letter) == "Zs") and not _UNSEEN.match(letter)


def _accent(letter: str) -> bool:
    return category(letter)[0] == "M" and not _UNSEEN.match(letter)


def _escape(letter: str) -> str:
    if letter == _TAB:
        return r"\t"
    code = ord(letter)
    if letter in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[letter]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
