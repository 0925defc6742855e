"""schema.sql: the tables as portable DDL, for SQLite, DuckDB and PostgreSQL alike.

Only what all three understand: keys, references, NOT NULL, UNIQUE, CHECK. Meanings stand as `--` comments
inside the statements (SQLite keeps them, and has no COMMENT ON); a pattern, too, because no two of the
databases know the same operator for it. Names are quoted: a table may be called `order`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpack.package import cell
from factpack.package.info import PackageInfo
from factpack.resource import Field, FieldType, ForeignKey, Resource

FILE = "schema.sql"

_TYPES: dict[FieldType, str] = {
    "string": "TEXT",
    "integer": "BIGINT",
    "number": "DOUBLE PRECISION",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "year": "SMALLINT",
}


def schema(resources: Sequence[Resource], info: PackageInfo) -> str:
    """The file: one CREATE TABLE for each table, after those that it refers to."""
    head = [
        f"-- {line(info.title or info.name)} {info.version}: the tables, in SQL for SQLite, DuckDB and PostgreSQL.",
        "-- Load the CSV files of data/ in this order; an empty cell is NULL.",
    ]
    if any(key.resource == one.name for one in resources for key in one.foreign_keys):
        head.append("-- Where a table refers to itself, DuckDB wants the row referred to first.")
    tables = ordered(resources)
    return "\n\n".join(["\n".join(head), *(create(one, tables) for one in tables)]) + "\n"


def ordered(resources: Sequence[Resource]) -> list[Resource]:
    """The tables in an order in which each comes after those it refers to; else in their own.

    Where tables refer to each other in a circle, the first of them comes first.
    """
    waiting = list(resources)
    done: dict[str, Resource] = {}
    while waiting:
        ready = (one for one in waiting if all(key.resource in {*done, one.name} for key in one.foreign_keys))
        chosen = next(ready, waiting[0])
        waiting.remove(chosen)
        done[chosen.name] = chosen
    return list(done.values())


def create(resource: Resource, tables: Sequence[Resource]) -> str:
    """The statement that creates a table; `tables` are all of them, `ordered`."""
    parts = [(_column(field, resource), _comment(field)) for field in resource.fields]
    parts.append((f"PRIMARY KEY ({_names(resource.primary_key)})", ""))
    for key in resource.foreign_keys:
        parts += _reference(resource, key, tables)
    # The comma goes before the comment, and none after the last part that is not a comment alone.
    last = max(number for number, (part, _) in enumerate(parts) if part)
    lines = []
    for number, (part, comment) in enumerate(parts):
        comma = "," if part and number < last else ""
        lines.append("    " + "  ".join(piece for piece in (part + comma, comment) if piece))
    about = line(resource.description or resource.title)
    return "\n".join(
        [f"CREATE TABLE {name(resource.name)} (" + (f"  -- {about}" if about else ""), *lines, ");"],
    )


def _column(field: Field, resource: Resource) -> str:
    words = [name(field.name), _TYPES[field.type]]
    if field.required or field.name in resource.primary_key:
        words.append("NOT NULL")
    if field.unique and resource.primary_key != (field.name,):
        words.append("UNIQUE")
    words += [f"CHECK ({check})" for check in _checks(field)]
    return " ".join(words)


def _checks(field: Field) -> Iterator[str]:
    own = name(field.name)
    if field.enum:
        yield f"{own} IN ({', '.join(_literal(value, field.type) for value in field.enum)})"
    if field.type == "boolean":
        # SQLite would take any value.
        yield f"{own} IN (TRUE, FALSE)"
    if field.minimum is not None:
        yield f"{own} >= {field.minimum!r}"
    if field.maximum is not None:
        yield f"{own} <= {field.maximum!r}"
    if field.min_length is not None:
        yield f"LENGTH({own}) >= {field.min_length}"
    if field.max_length is not None:
        yield f"LENGTH({own}) <= {field.max_length}"


def _comment(field: Field) -> str:
    about = line(field.description or field.title)
    pattern = f"(pattern: {line(field.pattern)})" if field.pattern else ""
    words = " ".join(part for part in (about, pattern) if part)
    return f"-- {words}" if words else ""


def _reference(resource: Resource, key: ForeignKey, tables: Sequence[Resource]) -> Iterator[tuple[str, str]]:
    """A foreign key; one that closes a circle is said only, because DuckDB cannot add it later."""
    places = {one.name: place for place, one in enumerate(tables)}
    target = tables[places[key.resource]]
    pairs = list(zip(key.fields, key.reference_fields, strict=True))
    if set(key.reference_fields) == set(target.primary_key):
        pairs.sort(key=lambda pair: target.primary_key.index(pair[1]))
    ours, theirs = zip(*pairs, strict=True)
    clause = f"FOREIGN KEY ({_names(ours)}) REFERENCES {name(key.resource)} ({_names(theirs)})"
    if places[key.resource] > places[resource.name]:
        yield "", f"-- {clause}: not declared, the tables refer to each other"
    else:
        yield clause, ""
    # Wholly there or wholly absent: MATCH FULL, which SQLite does not know.
    for other in ours[1:]:
        yield f"CHECK (({name(ours[0])} IS NULL) = ({name(other)} IS NULL))", ""


def _literal(text: str, type_: FieldType) -> str:
    value = cell.parse(text, type_)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + text.replace("'", "''") + "'"


def name(word: str) -> str:
    """A table's or field's name, quoted; it holds no quotation mark (`tableschema.Name`)."""
    return f'"{word}"'


def _names(words: Sequence[str]) -> str:
    return ", ".join(name(word) for word in words)


def line(text: str) -> str:
    """A text on one line, without characters that could end a comment."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
