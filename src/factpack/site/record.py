"""A record as pages show it: its values by name, what states each, and the words quoted for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factpack.resource import Field
from factpack.site.passages import Span
from factpack.site.published import EVIDENCE, RECORDS, STATEMENTS, Published, Row


@dataclass(frozen=True, slots=True)
class Said:
    """What a value rests on: `grounded` in words of an article, or judged, derived, external, with the reason."""

    basis: str
    reason: str | None
    article_id: str | None
    span: Span | None
    evidence_id: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a record: its column, what it is called, the row it refers to, and what states it."""

    table: str
    field: Field
    text: str
    target: str | None
    key: str
    said: tuple[Said, ...]

    @property
    def grounded(self) -> bool:
        """Whether words of an article state it."""
        return any(one.basis == "grounded" for one in self.said)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote of a record: its words, where they stand, what they do for the record, and who asserts them."""

    evidence_id: str
    article_id: str
    exact: str
    span: Span
    relation: str
    own: tuple[Value, ...]
    """What the dataset says of its quotes, such as who asserts it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with everything that its pages tell."""

    id: str
    table: str
    label: str
    about: Row
    """Its row of `records`: how many articles report it, and whatever the dataset says of every record."""
    values: tuple[Value, ...]
    parts: tuple[tuple[str, tuple[tuple[Value, ...], ...]], ...]
    """The rows of other tables that belong to it, by table."""
    quotes: tuple[Quoted, ...]

    def supports(self, article_id: str | None = None) -> list[Quoted]:
        """The quotes that support it, of one article or all."""
        wanted = (quote for quote in self.quotes if article_id in (None, quote.article_id))
        return [quote for quote in wanted if quote.relation not in ("contradicts", "context")]

    def contradicted(self) -> list[Quoted]:
        """The quotes that contradict it."""
        return [quote for quote in self.quotes if quote.relation == "contradicts"]


def records(published: Published, ids: Sequence[str]) -> list[Shown]:
    """These records, in this order, with their values, parts and quotes."""
    about = {row[published.key(RECORDS)]: row for row in published.rows(RECORDS, published.key(RECORDS), ids)}
    by_table: dict[str, list[str]] = defaultdict(list)
    for identity in about:
        by_table[about[identity]["record_type"]].append(identity)
    rows = {
        (table, row[published.key(table)]): row
        for table, keys in by_table.items()
        for row in published.rows(table, published.key(table), keys)
    }
    rows |= {(RECORDS, identity): row for identity, row in about.items()}
    parts = {
        (table, row[published.key(table)]): row
        for table, column in published.links.items()
        for row in published.rows(table, column, ids)
    }
    values = _values(published, rows | parts)
    quotes = _quotes(published, ids)
    owned: dict[str, dict[str, list[tuple[Value, ...]]]] = defaultdict(lambda: defaultdict(list))
    for (table, key), row in parts.items():
        owner = published.links[table]
        shown = tuple(value for value in values[table, key] if value.field.name != owner)
        owned[row[owner]][table].append(shown)
    return [
        Shown(
            identity,
            table := about[identity]["record_type"],
            about[identity]["label"],
            about[identity],
            (*values[table, identity], *values[RECORDS, identity]),
            tuple((name, tuple(found)) for name, found in owned[identity].items()),
            tuple(quotes[identity]),
        )
        for identity in ids
        if identity in about
    ]


def _values(published: Published, rows: Mapping[tuple[str, str], Row]) -> dict[tuple[str, str], list[Value]]:
    """The values of rows, without keys and what repeats them."""
    by_table: dict[str, list[Row]] = defaultdict(list)
    for (table, _), row in rows.items():
        by_table[table].append(row)
    names: dict[tuple[str, str], str] = {}
    for table, found in by_table.items():
        names |= published.named(found, table)
    said: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for row in published.rows(STATEMENTS, "row_id", {key for _, key in rows}):
        span = None if row["char_start"] is None else (row["char_start"], row["char_end"])
        said[row["table"], row["row_id"], row["field"]].append(
            Said(row["basis"], row["reason"], row["article_id"], span, row["evidence_id"])
        )
    shown: dict[tuple[str, str], list[Value]] = {}
    for (table, key), row in rows.items():
        own = {published.key(table), "record_type", "label"} if table == RECORDS else {published.key(table)}
        shown[table, key] = [
            _value(published, table, field, row, names, tuple(said[table, key, field.name]))
            for field in published.shapes[table].fields
            if row[field.name] is not None and field.name not in own
        ]
    return shown


def plain_values(published: Published, table: str, rows: Sequence[Row]) -> dict[str, list[Value]]:
    """The values of rows by their key, without what they rest on."""
    names = published.named(rows, table)
    key = published.key(table)
    return {
        row[key]: [
            _value(published, table, field, row, names, ())
            for field in published.shapes[table].fields
            if row[field.name] is not None and field.name != key
        ]
        for row in rows
    }


def _value(
    published: Published,
    table: str,
    field: Field,
    row: Row,
    names: Mapping[tuple[str, str], str],
    said: tuple[Said, ...],
) -> Value:
    raw = row[field.name]
    reference = published.reference(table, field.name)
    key = text_of(raw, field)
    target = reference.resource if reference else None
    return Value(table, field, names.get((target, key), key) if target else key, target, key, said)


Names = Mapping[tuple[str, str], str]
"""(table, key) -> name."""

_EVERY_QUOTE = {
    "evidence_id", "record_id", "article_id", "exact", "prefix", "suffix", "char_start", "char_end", "relation",
}  # fmt: skip
"""The columns of `evidence` that every dataset has."""


def text_of(value: Any, field: Field) -> str:
    """A cell as a reader expects it; SQLite has no booleans, and numbers without fraction are whole."""
    if field.type == "boolean":
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _quotes(published: Published, ids: Iterable[str]) -> dict[str, list[Quoted]]:
    rows = published.rows(EVIDENCE, "record_id", ids)
    names = published.named(rows, EVIDENCE)
    own = [field for field in published.shapes[EVIDENCE].fields if field.name not in _EVERY_QUOTE]
    found: dict[str, list[Quoted]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["article_id"], row["char_start"])):
        said = (_value(published, EVIDENCE, one, row, names, ()) for one in own if row[one.name] is not None)
        span = (row["char_start"], row["char_end"])
        found[row["record_id"]].append(
            Quoted(row["evidence_id"], row["article_id"], row["exact"], span, row["relation"], tuple(said))
        )
    return found
