"""All that is known of one file as data for JSON: its findings, and the extract that checks over all files see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from factpack.checks import Examined
from factpack.dataset import EntryExtract, Extract
from factpack.diagnostic import Diagnostic
from factpack.edtf import Edtf
from factpack.survey.packing import TextOf, diagnostic_data, diagnostic_from


def examined_data(examined: Examined) -> list[Any]:
    """All that is known of a file as JSON has it."""
    extract = examined.extract
    return [
        [diagnostic_data(diagnostic) for diagnostic in examined.found],
        examined.ignores,
        examined.facts,
        examined.quotes,
        examined.values,
        examined.unread,
        [extract.file, extract.article_id, extract.source, extract.sha256, extract.table],
        [
            [e.table, e.id, e.route, _values(e.values, e.typed), sorted(e.typed), sorted(e.broken)]
            for e in extract.entries
        ],
        extract.references,
        extract.unfound,
        sorted(extract.printed),
        sorted(extract.lost),
    ]


def examined_from(data: Any, text_of: TextOf) -> Examined:
    """What `examined_data` wrote down; raises ValueError, TypeError or KeyError where it did not."""
    _, ignores, facts, quotes, values, unread, *extract = data
    counts = ignores, facts, quotes, values
    return Examined(_extract_from(extract), found_in(data, text_of), *counts, tuple(unread) if unread else None)


def found_in(data: Any, text_of: TextOf) -> tuple[Diagnostic, ...]:
    """The findings alone of what `examined_data` wrote down."""
    return tuple(diagnostic_from(one, text_of) for one in data[0])


def extract_in(data: Any) -> Extract:
    """The extract alone of what `examined_data` wrote down."""
    return _extract_from(data[6:])


def _extract_from(data: Any) -> Extract:
    about, entries, references, unfound, printed, lost = data
    file, article_id, source, sha256, table_ = about
    return Extract(
        file, article_id, source, sha256, table_,
        tuple(entry_from(entry) for entry in entries),
        tuple((tuple(route), table, identity) for route, table, identity in references),
        tuple((tuple(route), exact) for route, exact in unfound),
        frozenset(printed),
        frozenset(lost),
    )  # fmt: skip


def entry_from(data: Any) -> EntryExtract:
    """A record of those that `examined_data` wrote down."""
    table, identity, route, values, typed, broken = data
    read = {key: _read(value) for key, value in values.items()}
    return EntryExtract(table, identity, tuple(route), read, _one(tuple(typed)), _one(tuple(broken)))


@lru_cache(maxsize=4096)
def _one(names: tuple[str, ...]) -> frozenset[str]:
    """One and the same set for all records with these fields: there may be many."""
    return frozenset(names)


def _values(values: Mapping[str, Any], typed: frozenset[str]) -> dict[str, Any]:
    """The values that are typed or say something; quotes only count as there."""
    return {
        key: _written(() if key == "quotes" and value else value)
        for key, value in values.items()
        if key in typed or value not in (None, (), {})
    }


def _written(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Edtf):
        return {"date": value.text}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, dict):
        return {"reasons": value}
    if isinstance(value, tuple):
        return [_written(element) for element in value]
    # An element of a list is a model; to be compared, its values are enough.
    return [[key, _written(inner)] for key, inner in value]


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(element) for element in value)
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    return _READERS[kind](inner)


_READERS: dict[str, Callable[[Any], Any]] = {"date": Edtf.parse, "number": Decimal, "reasons": dict}
