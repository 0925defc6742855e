"""What a release says of its changes to people: its CHANGELOG.md, and the one of all releases together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from factpack import staging
from factpack.config import ConfigurationError
from factpack.diff import outline
from factpack.diff.difference import Difference
from factpack.files import Unreadable, read_if_there, read_text
from factpack.package import shelf
from factpack.package.descriptor import FILE as DESCRIPTOR
from factpack.reporters.markdown import code
from factpack.resource import Resource

FILE = "CHANGELOG.md"

_LISTED = 200
"""Corrected and removed rows named one by one; the table `changes` has all of them."""

_LONGEST = 1 << 30  # bytes of a release's own text: it is nobody's upload

_HEADING = "# Changelog of the data\n"


def first(version: str, date: str, resources: Sequence[Resource], note: str) -> str:
    """The changelog of a first release: there is nothing to compare it with."""
    rows = sum(len(resource.rows) for resource in resources)
    lines = [*_top(version, date, note), f"First release: {len(resources)} tables with {rows:,} rows."]
    return "\n".join(lines) + "\n"


def entry(difference: Difference, version: str, date: str, note: str) -> str:
    """The changelog of a release that follows another one."""
    lines = [*_top(version, date, note), *_body(difference)]
    return "\n".join(lines) + "\n"


def _top(version: str, date: str, note: str) -> Iterator[str]:
    yield _HEADING
    yield f"## {version} ({date})\n"
    if note:
        # The note is the curator's own and may be Markdown; a heading of it must not look like a release's.
        yield re.sub(r"^(#{1,2})(?=\s)", "###", note.strip(), flags=re.MULTILINE) + "\n"


def _body(difference: Difference) -> Iterator[str]:
    yield f"Changes since {difference.older.version}, in full in the table `changes`:\n"
    if not difference.counts:
        yield "- none in the data."
    for one in difference.counts:
        numbers = [(one.added, "added"), (one.removed, "removed"), (one.corrected, "corrected")]
        numbers.append((one.completed, "completed"))
        said = ", ".join(f"{number:,} {what}" for number, what in numbers if number)
        yield f"- `{one.table}`: {said or 'schema'}" + (" (derived)" if one.derived else "")
    wide = [reason for reason in difference.reasons if str(reason.bump) == "major"]
    if wide:
        yield "\nBefore you upgrade:\n"
        yield from (f"- {reason.case}: {code(reason.message)}" for reason in wide)
    found = outline.sections(difference)
    for title in ("Corrections", "Removals"):
        if rows := found.get(title):
            yield f"\n### {title}\n"
            for row in rows[:_LISTED]:
                cells = [c for c in outline.cells(difference, row) if title == "Corrections"]
                said = "; ".join(f"{code(c.field)} {_value(c.old)} → {_value(c.new)}" for c in cells)
                yield f"- {code(f'{row.table} {row.row_id}')}" + (f": {said}" if said else "")
            if len(rows) > _LISTED:
                yield f"- and {len(rows) - _LISTED:,} more"


def _value(value: str | None) -> str:
    return "(empty)" if value is None else code(value)


def write(dist: Path) -> bool:
    """Write the changelog of all releases, and say whether it was not as it is to be.

    It is derived from them, so a run that died is made good by the next.
    """
    place = dist / FILE
    with staging.locked(dist):
        content = combined(dist).encode("utf-8")
        if place.is_file() and place.read_bytes() == content:
            return False
        staging.write(place, content)
    return True


def combined(dist: Path) -> str:
    """The changelog of all releases in a folder, the newest first, from what each says of itself."""
    yanked = {entry.version: entry.why or "" for entry in shelf.entries(dist) if entry.yanked}
    bodies = []
    for folder in reversed(shelf.folders(dist)):
        if not (folder / DESCRIPTOR).is_file():
            continue
        title, _, rest = _own(folder).partition("\n")
        if folder.name in yanked:
            rest = f"\n**Yanked, not to be used:** {code(yanked[folder.name])}\n{rest}"
        bodies.append(f"{title}\n{rest}")
    return "\n".join([_HEADING, *bodies])


def _own(folder: Path) -> str:
    """A release's part; one that was published without a changelog is named with its day."""
    try:
        # A link, too, is none: it could lead out of the project.
        if own := read_if_there(folder.parent, f"{folder.name}/{FILE}", _LONGEST):
            return own.removeprefix(_HEADING).lstrip("\n")
        created = json.loads(read_text(folder.parent, f"{folder.name}/{DESCRIPTOR}", _LONGEST).content).get("created")
    except Unreadable as error:
        raise ConfigurationError(f"{folder.parent / error.path}: {error.why}") from None
    return f"## {folder.name}" + (f" ({str(created)[:10]})" if created else "") + "\n"
