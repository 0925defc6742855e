"""A difference for a comment on a pull request: Markdown in which every quoted word stays a word."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.diff import outline
from factpack.diff.difference import Difference, RowChange
from factpack.reporters.markdown import code, inert


def head(difference: Difference, color: bool) -> Iterator[str]:
    """What is compared, the counts as a table, and the version with its reasons."""
    yield "## What changes in the data"
    yield ""
    yield code(outline.headline(difference))
    yield ""
    if difference.counts:
        yield "| table | added | removed | corrected | completed |"
        yield "|---|---:|---:|---:|---:|"
        for one in difference.counts:
            note = " (derived)" if one.derived else " (schema)" if one.schema else ""
            # Names of published tables are a-z, 0-9 and _; another one is no cell's end either.
            name = code(one.table.replace("|", "/"))
            yield f"| {name}{note} | {one.added} | {one.removed} | {one.corrected} | {one.completed} |"
        yield ""
    yield inert(outline.verdict(difference))
    yield ""
    for reason in difference.reasons:
        yield f"- {reason.bump}, {reason.case}: {code(reason.message)}"


def section(title: str, color: bool) -> Iterator[str]:
    """The heading of a section."""
    yield ""
    yield f"### {title}"
    yield ""


def row(difference: Difference, change: RowChange, title: str, color: bool) -> Iterator[str]:
    """One changed row as a list item, its cells below it."""
    yield f"- {code(f'{change.table} {change.row_id}'.rstrip())}"
    found = list(outline.cells(difference, change))
    for cell in found:
        old, new = ("(empty)" if value is None else code(value) for value in (cell.old, cell.new))
        said = new if title == "Additions" else old if title == "Removals" else f"{old} → {new}"
        yield f"  - {code(cell.field)}: {said}"
        if title != "Additions":
            worded = outline.worded(cell.proofs)
            for proof in worded[: outline.QUOTES]:
                inside = f" in {code(proof.quote)}" if proof.quote != proof.words else ""
                place = code(f"{proof.article_id}:{proof.start}-{proof.end}")
                yield f"    - {code(proof.words)}{inside} ({place}, {code(proof.ground)})"
            if not worded and cell.proofs:
                yield f"    - {code(cell.proofs[0].ground)}"
    if title == "Additions":
        for proof in outline.quotes(found)[: outline.QUOTES]:
            yield f"  - {code(proof.quote)} ({code(proof.article_id)})"


def foot(last: str, color: bool) -> Iterator[str]:
    """The last line."""
    yield ""
    yield inert(last)
