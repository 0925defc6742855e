"""A difference as one HTML page without scripts, styles from elsewhere or links: it can be opened anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from factpack.diff import outline
from factpack.diff.difference import Difference, RowChange
from factpack.reporters.glyphs import shown

_VALUE = 300
_STYLE = (
    "body{font:16px/1.4 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "td,th{padding:.1rem .8rem;text-align:right}td:first-child,th:first-child{text-align:left}"
    "del{background:#ffe3e0}ins{background:#ddf5dd;text-decoration:none}q{color:#555}"
)


def head(difference: Difference, color: bool) -> Iterator[str]:
    """The page up to its first section."""
    title = text(outline.headline(difference))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    if difference.counts:
        yield "<table>\n<tr><th>table<th>added<th>removed<th>corrected<th>completed</tr>"
        for one in difference.counts:
            note = " (derived)" if one.derived else " (schema)" if one.schema else ""
            numbers = "".join(f"<td>{n:,}" for n in (one.added, one.removed, one.corrected, one.completed))
            yield f"<tr><td>{text(one.table)}{note}{numbers}</tr>"
        yield "</table>"
    yield f"<p>{text(outline.verdict(difference))}</p>\n<ul>"
    for reason in difference.reasons:
        yield f"<li>{reason.bump}, {text(reason.case)}: {text(reason.message)}</li>"
    yield "</ul>"


def section(title: str, color: bool) -> Iterator[str]:
    """The heading of a section."""
    yield f"<h2>{text(title)}</h2>"


def row(difference: Difference, change: RowChange, title: str, color: bool) -> Iterator[str]:
    """One changed row: old and new values with the words that prove the new ones."""
    yield f"<h3>{text(change.table)} {text(change.row_id)}</h3>\n<ul>"
    found = list(outline.cells(difference, change))
    for cell in found:
        old = f"<del>{text(cell.old)}</del> " if cell.old is not None else ""
        new = f"<ins>{text(cell.new)}</ins>" if cell.new is not None else ""
        yield f"<li>{text(cell.field)}: {old}{new}"
        if title != "Additions":
            worded = outline.worded(cell.proofs)
            for proof in worded[: outline.QUOTES]:
                place = f"{text(proof.article_id)}:{proof.start}-{proof.end}, {text(proof.ground)}"
                inside = f" in <q>{text(proof.quote)}</q>" if proof.quote != proof.words else ""
                yield f"<br><q>{text(proof.words)}</q>{inside} ({place})"
            if not worded and cell.proofs:
                yield f"<br>{text(cell.proofs[0].ground)}"
        yield "</li>"
    yield "</ul>"
    if title == "Additions":
        for proof in outline.quotes(found)[: outline.QUOTES]:
            yield f"<p><q>{text(proof.quote)}</q> ({text(proof.article_id)})</p>"


def text(value: str) -> str:
    """Any text as HTML that is nothing but text."""
    return escape(shown(value, _VALUE), quote=True)


def foot(last: str, color: bool) -> Iterator[str]:
    """The last line and the end of the page."""
    yield f"<p>{text(last)}</p>\n</body>\n</html>"
