"""What of a file other files can have to do with, as rows that an engine joins by their keys.

A check over all files has something to say of a record only where it shares its id with another, is like another, is
not whole by itself, or is referred to and not there. All else is settled by its keys, and never leaves the place
where it was found out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from factpack.checks import Examined
from factpack.dataset import EntryExtract
from factpack.models import Models
from factpack.survey.condensed import examined_data, examined_from
from factpack.survey.meeting import alike, folded, is_whole
from factpack.survey.packing import TextOf, decoded, encoded

_ENTRIES, _REFERENCES, _PRINTED = 7, 8, 10
"""Where `examined_data` has what is told apart here."""

Row = dict[str, Any]


def told_apart(examined: Examined, models: Models) -> Row:
    """What is known of an article: `rest` in one piece; its `entries`, `references` and `printed` names with keys."""
    data = examined_data(examined)
    entries, references, printed = data[_ENTRIES], data[_REFERENCES], data[_PRINTED]
    data[_ENTRIES], data[_REFERENCES], data[_PRINTED] = [], [], []
    return {
        "rest": encoded(data),
        "entries": [
            _entry_row(number, entry, _text(written), models)
            for number, (entry, written) in enumerate(zip(examined.extract.entries, entries, strict=True))
        ],
        "references": [
            {"number": number, "table": table, "id": identity, "route": _text(route)}
            for number, (route, table, identity) in enumerate(references)
        ],
        "printed": printed,
    }


def _entry_row(number: int, entry: EntryExtract, written: str, models: Models) -> Row:
    return {
        "number": number,
        "table": entry.table,
        "id": entry.id,
        "folded": folded(entry.id),
        "alike": alike(entry, models),
        "is_whole": is_whole(entry, models),
        "written": written,
    }


def put_together(
    rest: bytes, entries: Iterable[Mapping[str, Any]], references: Iterable[Mapping[str, Any]], text_of: TextOf
) -> Examined:  # fmt: skip
    """An article again, with those of its entries and references that there are."""
    data = decoded(rest)
    data[_ENTRIES] = [json.loads(row["written"]) for row in _in_order(entries)]
    data[_REFERENCES] = [(json.loads(row["route"]), row["table"], row["id"]) for row in _in_order(references)]
    return examined_from(data, text_of)


def _in_order(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for _, row in sorted({(row["number"], row["table"], row["id"]): row for row in rows}.items())]


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))
