"""Text as Markdown."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Words of a source, a cell or a name on one line, so that nothing in them is markup."""
    return re.sub(r"([\\`*_\[\]<>|&~$])", r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A value as it stands in a cell."""
    # A backtick inside needs a longer fence outside.
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{' '.join(text.split())}{pad}{fence}"


def cell(text: str) -> str:
    """A model's own text in a cell of a Markdown table; what is markup in it stays markup."""
    return " ".join(text.split()).replace("|", "\\|")


def link(table: str) -> str:
    """A link to the table's section."""
    return f"[`{table}`](#{table})"
