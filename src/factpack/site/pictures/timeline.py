"""The timeline, honest about precision: a dot to the day, a bar as long as what is not known, dashed where planned.

Records with the same dates are one mark with their number, so that the picture stays readable however many there are.
Dates far from all others would squeeze the rest: beyond a gap longer than half of the whole they stand at the edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from factpack.site import address
from factpack.site.published import RECORDS, Published, Row, name_of
from factpack.site.settings import Settings

WIDTH, LEFT, ROW, MARGIN = 1000, 190, 16, 10
"""The picture in units of its own: its width, that of the lanes' names, a row's height, the space around."""

MOST = 60
"""Up to how many different dates a lane draws each; above that it counts by year."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Records with the same dates: where they are drawn, and what is said of them."""

    first: str
    last: str | None
    planned: bool
    count: int
    path: str
    x: float = 0
    width: float = 0
    y: float = 0
    edge: str = ""
    """`early` or `late` where it stands beyond the gap."""

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.first == self.last

    @property
    def when(self) -> str:
        """The dates as the table says them."""
        if self.last is None:
            return f"since {self.first}"
        whole = self.first[4:] == "-01-01" and self.last == f"{self.first[:4]}-12-31"
        return self.first if self.is_day else self.first[:4] if whole else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Lane:
    """A table's dates."""

    title: str
    top: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: lanes, the years' lines with their places, and its height."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[str, float], ...]
    height: float
    width: int = WIDTH
    left: int = LEFT
    row: int = ROW


def timeline(published: Published, settings: Settings) -> Timeline | None:
    """The dates of all records, a lane for each table; None where nothing has a date."""
    found = [(published.shapes[table].title, column, list(_marks(published, settings, table, column)))
             for table in published.facts if (column := _dated(published, table))]  # fmt: skip
    marks = [mark for _, _, lane in found for mark in lane]
    if not marks:
        return None
    scale = _Scale(marks)
    top, lanes = float(MARGIN), []
    for title, _, lane in found:
        if lane:
            placed, rows = _stacked([scale.placed(mark) for mark in lane], top)
            lanes.append(Lane(title, top, rows * ROW + MARGIN, tuple(placed)))
            top += rows * ROW + MARGIN
    return Timeline(tuple(lanes), tuple(scale.ticks()), top + 24)


def _dated(published: Published, table: str) -> str | None:
    """The first date of a table's rows: `x`, where there are the columns x_edtf, x_min and x_max."""
    names = [field.name for field in published.shapes[table].fields]
    found = (name.removesuffix("_edtf") for name in names if name.endswith("_edtf"))
    return next((one for one in found if f"{one}_min" in names and f"{one}_max" in names), None)


def _marks(published: Published, settings: Settings, table: str, column: str) -> Iterator[Mark]:
    planned = " OR ".join(
        f"r.{name_of(name)} IN ({', '.join('?' * len(values))})" for name, values in settings.planned.items()
    )
    key = name_of(published.key(table))
    query = f"""
        SELECT t.{name_of(column + "_min")} AS first, t.{name_of(column + "_max")} AS last,
               {planned or "0"} AS planned, count(*) AS n, min(t.{key}) AS one
        FROM {name_of(table)} AS t JOIN {name_of(RECORDS)} AS r ON r.record_id = t.{key}
        WHERE t.{name_of(column + "_min")} IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
    values = [value for listed in settings.planned.values() for value in listed]
    rows = list(published.select(query, *values))
    for row in rows if len(rows) <= MOST else _by_year(rows):
        single = row["n"] == 1 and "one" in row
        path = address.of(table, row["one"], published.facts) if single else address.table(table)
        yield Mark(row["first"], row["last"], bool(row["planned"]), row["n"], path)


def _by_year(rows: Sequence[Row]) -> Iterator[Row]:
    counts: dict[tuple[str, bool], int] = {}
    for row in rows:
        key = (row["first"][:4], bool(row["planned"]))
        counts[key] = counts.get(key, 0) + row["n"]
    for (year, planned), n in counts.items():
        yield {"first": f"{year}-01-01", "last": f"{year}-12-31", "planned": planned, "n": n}


class _Scale:
    """Days to places."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        days = sorted({_day(day) for mark in marks for day in (mark.first, mark.last) if day})
        self.low, self.high = _without_outliers(days)
        pad = max(20, (self.high - self.low) // 40)
        self._start, self._end = self.low - pad, self.high + pad

    def place(self, day: int) -> float:
        """Where a day is drawn."""
        share = (day - self._start) / (self._end - self._start)
        return round(LEFT + share * (WIDTH - LEFT - MARGIN), 1)

    def placed(self, mark: Mark) -> Mark:
        """A mark at its place, or at an edge."""
        first = _day(mark.first)
        last = _day(mark.last) if mark.last else self._end
        said = (mark.first, mark.last, mark.planned, mark.count, mark.path)
        if last < self.low:
            return Mark(*said, x=LEFT + 2.0, width=60, edge="early")
        if first > self.high:
            return Mark(*said, x=WIDTH - MARGIN - 60.0, width=60, edge="late")
        x = self.place(max(first, self._start))
        return Mark(*said, x=x, width=round(max(self.place(min(last + 1, self._end)) - x, 3), 1))

    def ticks(self) -> Iterator[tuple[str, float]]:
        """The beginnings of years, at most a dozen."""
        years = range(date.fromordinal(self._start).year + 1, date.fromordinal(self._end).year + 1)
        step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if len(years) / n <= 12)
        for year in years:
            if year % step == 0:
                yield str(year), self.place(date(year, 1, 1).toordinal())


def _without_outliers(days: Sequence[int]) -> tuple[int, int]:
    """The first and last day of what lies together: the longer side of any gap over half of the whole."""
    low, high = days[0], days[-1]
    for before, after in pairwise(days):
        if after - before > (days[-1] - days[0]) / 2:
            split = days.index(after)
            low, high = (after, high) if len(days) - split >= split else (low, before)
    return low, high


def _stacked(marks: Sequence[Mark], top: float) -> tuple[list[Mark], int]:
    """Marks in rows, so that none lies on another or on another's number; and how many rows."""
    from dataclasses import replace

    ends: list[float] = []
    found = []
    for mark in sorted(marks, key=lambda mark: (mark.x, -mark.width)):
        room = mark.x + mark.width + (26 if mark.count > 1 or mark.edge else 8)
        row = next((n for n, end in enumerate(ends) if end <= mark.x), len(ends))
        ends[row:row + 1] = [room]  # fmt: skip
        found.append(replace(mark, y=top + row * ROW + MARGIN))
    return found, len(ends)


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
