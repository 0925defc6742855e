"""Countries as tiles: each has the same room, so that a small one is seen as well as a large one.

The tiles stand in `assets/world.txt`, one code of ISO 3166-1 alpha-3 for each, laid out after the centres of the
countries in Natural Earth (public domain). A code that has no tile is listed below the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factpack.site import address
from factpack.site.page import asset
from factpack.site.pictures import shade
from factpack.site.published import Published, name_of

STEP = 36
"""The width of a tile and the space behind it."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A country: its place, and how many records are about it."""

    code: str
    name: str
    count: int
    path: str
    x: int
    y: int

    @property
    def shade(self) -> int:
        """How dark it is drawn, from 0, which is hollow."""
        return shade(self.count)


@dataclass(frozen=True, slots=True)
class World:
    """The picture, the countries that it shows, and those that it has no tile for."""

    tiles: tuple[Tile, ...]
    others: tuple[Tile, ...]
    width: int
    height: int


def world(published: Published, table: str) -> World | None:
    """How many records are about each country of a table; None where there is no such table."""
    if table not in published.shapes:
        return None
    places = _places()
    counts = _counts(published, table)
    names = published.labels(table, counts)
    tiles = [_tile(code, place, names, counts, table) for code, place in places.items()]
    others = [_tile(code, (0, 0), names, counts, table) for code in sorted(counts.keys() - places.keys())]
    width, height = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    return World(tuple(tiles), tuple(others), width * STEP, height * STEP)


def _tile(code: str, place: tuple[int, int], names: Mapping[str, str], counts: Mapping[str, int], table: str) -> Tile:
    path = address.entity(table, code) if code in names else ""
    return Tile(code, names.get(code, code), counts.get(code, 0), path, place[0] * STEP, place[1] * STEP)


def _places() -> dict[str, tuple[int, int]]:
    """Code -> column and row."""
    return {
        line[start : start + 3]: (start // 4, row)
        for row, line in enumerate(asset("world.txt").splitlines())
        for start in range(0, len(line), 4)
        if line[start : start + 3].strip()
    }


def _counts(published: Published, table: str) -> dict[str, int]:
    """How many records each row of a table has to do with."""
    pairs = [
        f"SELECT {name_of(key.fields[0])} AS entity, {name_of(owner)} AS record FROM {name_of(name)}"
        for name, shape in published.shapes.items()
        if (owner := published.owner(name))
        for key in shape.foreign_keys
        if key.resource == table
    ]
    counts = {row[published.key(table)]: 0 for row in published.rows(table)}
    if pairs:
        query = f"SELECT entity, count(DISTINCT record) AS n FROM ({' UNION ALL '.join(pairs)}) GROUP BY 1"
        counts |= {row["entity"]: row["n"] for row in published.select(query) if row["entity"] is not None}
    return counts
