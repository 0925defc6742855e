"""A difference for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.diff import outline
from factpack.diff.difference import Difference, RowChange
from factpack.diff.proof import Proof
from factpack.reporters.glyphs import shown
from factpack.reporters.paint import painter

_VALUE = 160


def head(difference: Difference, color: bool) -> Iterator[str]:
    """What is compared, the counts, and the version with its reasons."""
    paint = painter(color)
    yield paint("strong", shown(outline.headline(difference)))
    if difference.counts:
        yield ""
        yield f"{'table':<32}{'added':>9}{'removed':>9}{'corrected':>11}{'completed':>11}"
        for one in difference.counts:
            name = shown(one.table) + (" (derived)" if one.derived else " (schema)" if one.schema else "")
            yield f"{name:<32}{one.added:>9,}{one.removed:>9,}{one.corrected:>11,}{one.completed:>11,}"
        yield ""
    yield outline.verdict(difference)
    for reason in difference.reasons:
        yield f"  {reason.bump!s:<6} {reason.case}: {shown(reason.message)}"


def section(title: str, color: bool) -> Iterator[str]:
    """The heading of a section."""
    yield ""
    yield painter(color)("strong", title)


def row(difference: Difference, change: RowChange, title: str, color: bool) -> Iterator[str]:
    """One changed row: old and new values with the words that prove the new ones."""
    paint = painter(color)
    yield f"  {paint('info', shown(change.table))} {shown(change.row_id)}".rstrip()
    found = list(outline.cells(difference, change))
    for cell in found:
        old, new = (_value(value) for value in (cell.old, cell.new))
        said = new if title == "Additions" else old if title == "Removals" else f"{old} -> {new}"
        yield f"    {shown(cell.field)}: {said}"
        if title != "Additions":
            yield from (f"      {line}" for line in _proofs(outline.worded(cell.proofs), cell.proofs))
    if title == "Additions":
        for proof in outline.quotes(found)[: outline.QUOTES]:
            yield f'    "{shown(proof.quote, 200)}" ({shown(proof.article_id)})'


def _proofs(worded: list[Proof], proofs: tuple[Proof, ...]) -> Iterator[str]:
    for proof in worded[: outline.QUOTES]:
        place = f"{shown(proof.article_id)}:{proof.start}-{proof.end}"
        inside = f' in "{shown(proof.quote, 120)}"' if proof.quote != proof.words else ""
        yield f'"{shown(proof.words, _VALUE)}"{inside} ({place}, {shown(proof.ground)})'
    if not worded and proofs:
        yield shown(proofs[0].ground)


def _value(value: str | None) -> str:
    return "(empty)" if value is None else shown(value, _VALUE)


def foot(last: str, color: bool) -> Iterator[str]:
    """The last line."""
    yield ""
    yield last
