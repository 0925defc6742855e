"""What a finding says beside its message: where else to look, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.diagnostic import Diagnostic
from factpack.reporters.glyphs import shown
from factpack.reporters.place import place
from factpack.text import Location

PLACES = 8
"""Related places shown for one finding; the rest are counted."""

_WORDS = 80


def position(location: Location) -> str:
    """`path:line:column`, safe to print."""
    where = place(location)
    return f"{shown(where.file, 200)}:{where.line}:{where.column}"


def where_else(diagnostic: Diagnostic) -> Iterator[str]:
    """One line for each related place, for formats that draw no snippets."""
    for location, label in diagnostic.related[:PLACES]:
        words = f': "{shown(location.words, _WORDS)}"' if location.words else ""
        yield f"{shown(label, 120) or 'see'} ({position(location)}){words}"


def advice(diagnostic: Diagnostic) -> Iterator[str]:
    """What to do, each line beginning with `help:` or `note:`; what mends it comes first."""
    fix = diagnostic.fix
    if fix and not any(fix.title in line for line in diagnostic.help):
        told = fix.replacement in fix.title
        what = shown(fix.title) + ("" if told else f': "{shown(fix.replacement, _WORDS)}"')
        yield f"help: {what} (`factpack check --fix{'' if fix.safe else ' --unsafe'}` does it)"
    for line in diagnostic.help:
        kind, colon, rest = line.partition(": ")
        known = colon and kind in ("help", "note")
        yield f"{kind}: {shown(rest)}" if known else f"help: {shown(line)}"
    if (more := len(diagnostic.related) - PLACES) > 0:
        yield f"note: and {more:,} more {'place' if more == 1 else 'places'}"
