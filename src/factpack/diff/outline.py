"""What of a difference is shown: the first rows of it, in the order in which they are read, and the rest counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factpack.diff.bump import Bump, smallest
from factpack.diff.change import Kind
from factpack.diff.difference import Difference, RowChange
from factpack.diff.proof import Proof
from factpack.reporters.summary import counted

TITLES = {
    Kind.CORRECTED: "Corrections",
    Kind.REMOVED: "Removals",
    Kind.COMPLETED: "Completed",
    Kind.ADDED: "Additions",
}
"""What happened to a row -> the heading that it stands under, in the order in which they are read."""

QUOTES = 3
"""Quotes shown for one value or one new row; the others are in the table `statements`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One changed cell of a row as it is shown; `old` and `new` are None for an empty one."""

    field: str
    old: str | None
    new: str | None
    proofs: tuple[Proof, ...]


def sections(difference: Difference) -> Mapping[str, list[RowChange]]:
    """The changed rows by heading, corrections apart from additions; empty sections are left out.

    What changed in a table's schema is said by the reasons.
    """
    found = {title: [row for row in difference.rows if row.kind is kind] for kind, title in TITLES.items()}
    return {title: rows for title, rows in found.items() if rows}


def cells(difference: Difference, row: RowChange) -> Iterator[Cell]:
    """The changed cells of a row; of a new value, what proves it."""
    for change in row.changes:
        # Neither what changed in a schema, nor the key of a new or removed row, which is its heading.
        is_key = change.kind in (Kind.ADDED, Kind.REMOVED) and row.row_id in (change.old, change.new)
        if change.field and not is_key:
            given = change.new is not None
            proofs = difference.proofs.of(change.table, change.row_id, change.field, change.new) if given else ()
            yield Cell(change.field, change.old, change.new, proofs)


def worded(proofs: tuple[Proof, ...]) -> list[Proof]:
    """The proofs that are words of an article, each place once."""
    return list({(p.article_id, p.start, p.end): p for p in proofs if p.words}.values())


def quotes(found: list[Cell]) -> list[Proof]:
    """The quotes behind a new row, each once, with the whole quote as its words."""
    return list({(p.article_id, p.quote): p for cell in found for p in cell.proofs if p.quote}.values())


def headline(difference: Difference) -> str:
    """What is compared, and how much differs."""
    # Counted, not listed: of a difference read back, `rows` may be the first ones only.
    own = [one.added + one.removed + one.corrected + one.completed for one in difference.counts if not one.derived]
    tables = counted(sum(number > 0 for number in own), "table")
    return f"{difference.older.label} -> {difference.newer.label}: {counted(sum(own), 'row')} in {tables}"


def verdict(difference: Difference) -> str:
    """What version the difference asks for."""
    if difference.bump is Bump.NONE:
        return "Nothing differs: no new version is needed."
    version = difference.older.version
    least = f": {smallest(version, difference.bump)} or higher" if version else ""
    early = " (before 1.0.0 a major change may be a minor version)" if _early(difference) else ""
    return f"Needs a {difference.bump} version{least}{early}."


def _early(difference: Difference) -> bool:
    return difference.bump is Bump.MAJOR and difference.older.version.startswith("0.")


def remainder(left: Mapping[str, int], limited: str) -> str:
    """The last line: what was left out, or that nothing was."""
    if not left:
        return "Nothing was left out."
    told = ", ".join(f"{title} {number:,}" for title, number in left.items())
    return f"Left out: {counted(sum(left.values()), 'row')} ({told}); {limited}."
