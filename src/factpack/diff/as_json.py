"""A difference for programs: one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from factpack.diff import outline
from factpack.diff.difference import Difference, RowChange
from factpack.reporters.json_report import encoded


def report(difference: Difference, limit: int) -> Iterator[str]:
    """The whole of it, but of the rows only the first of each kind where there is a limit."""
    rows: dict[str, list[dict[str, object]]] = {}
    left: dict[str, int] = {}
    room = limit or len(difference.rows)
    for title, changed in outline.sections(difference).items():
        rows[title.lower()] = [_row(difference, row) for row in changed[:room]]
        if len(changed) > room:
            left[title.lower()] = len(changed) - room
        room = max(room - len(changed), 0)
    content: Mapping[str, object] = {
        "older": {"label": difference.older.label, "version": difference.older.version},
        "newer": {"label": difference.newer.label, "version": difference.newer.version},
        "bump": str(difference.bump),
        "reasons": [{"bump": str(one.bump), "case": one.case, "message": one.message} for one in difference.reasons],
        "counts": [asdict(count) for count in difference.counts],
        "rows": rows,
        "left_out": left,
    }
    yield from encoded(content, indent=1).split("\n")


def _row(difference: Difference, row: RowChange) -> dict[str, object]:
    return {
        "table": row.table,
        "row_id": row.row_id,
        "kind": row.kind.value,
        "cells": [
            {"field": c.field, "old": c.old, "new": c.new, "proofs": [asdict(p) for p in c.proofs]}
            for c in outline.cells(difference, row)
        ],
    }
