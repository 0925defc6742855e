"""The page of a person, a body, a country: what the register says of it, and every record about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factpack.site import address
from factpack.site.page import Page
from factpack.site.published import EVIDENCE, RECORDS, Published, Row
from factpack.site.record import Value, plain_values
from factpack.site.settings import Settings

ON_A_PAGE = 500
"""How many records a page lists; further ones stand on further pages."""


@dataclass(frozen=True, slots=True)
class About:
    """A record about an entity, and as what it has it."""

    field: str
    id: str
    label: str


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """A page, or several, for every row that records refer to."""
    for table in published.entities:
        rows = published.rows(table)
        names = published.labels(table, [row[published.key(table)] for row in rows])
        for row in rows:
            yield from _pages(published, table, row, names)


def _pages(published: Published, table: str, row: Row, names: dict[str, str]) -> Iterator[Page]:
    identity = row[published.key(table)]
    about = list(_about(published, table, identity))
    first = Page(
        path=address.entity(table, identity),
        title=names[identity],
        template="entity.html",
        section="tables/index.html",
        values={
            "table": published.shapes[table],
            "id": identity,
            "values": plain_values(published, table, [row])[identity],
            "beside": list(_beside(published, table, identity)),
            "about": about[:ON_A_PAGE],
            "count": len({one.id for one in about}),
            "parts": [address.entity(table, identity, n + 1) for n in range(max(1, -(-len(about) // ON_A_PAGE)))],
        },
    )
    yield first
    for number in range(1, len(first.values["parts"])):
        part = about[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        yield replace(first, path=first.values["parts"][number], values={**first.values, "about": part, "beside": []})


def _about(published: Published, table: str, identity: str) -> Iterator[About]:
    """Every record that has this entity in one of its columns, or in a row that belongs to it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, shape in published.shapes.items():
        owner = _owner(published, name)
        for key in shape.foreign_keys:
            if owner and key.resource == table and key.fields[0] != owner:
                title = next(field.title for field in shape.fields if field.name == key.fields[0])
                said = title if name in published.facts else f"{shape.title}: {title}"
                found[said] += [row[owner] for row in published.rows(name, key.fields[0], [identity])]
    labels = published.labels(RECORDS, {one for ids in found.values() for one in ids})
    for said, ids in found.items():
        for one in dict.fromkeys(ids):
            yield About(said, one, labels.get(one, one))


def _owner(published: Published, table: str) -> str | None:
    """The column that says which record a row is part of."""
    return "record_id" if table == EVIDENCE else published.owner(table)


def _beside(published: Published, table: str, identity: str) -> Iterator[tuple[str, list[list[Value]]]]:
    """Rows of tables that belong to the entity and not to a record, such as its names as printed."""
    for name, shape in published.shapes.items():
        keys = [key.fields[0] for key in shape.foreign_keys if key.resource == table]
        if not keys or _owner(published, name) is not None or name == table:
            continue
        rows = published.rows(name, keys[0], [identity])
        values = plain_values(published, name, rows)
        if rows:
            yield shape.title, [[v for v in one if v.field.name != keys[0]] for one in values.values()]
