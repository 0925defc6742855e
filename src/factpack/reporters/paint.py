"""Colours, for a terminal that wants them."""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str, str], str]
"""Takes a role (`error`, `gutter`, ...) and a text, gives the text in that role's colour."""

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "gutter": "1;34",
    "related": "1;34",
    "strong": "1",
}


def painter(color: bool) -> Paint:
    """How to paint: with terminal colours, or not at all."""
    return _colored if color else _plain


def _colored(role: str, text: str) -> str:
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if text else ""


def _plain(role: str, text: str) -> str:
    return text
