"""Dates counted from what the text has told: "the following year", "two weeks later", "the 1988 quarter"."""

from __future__ import annotations

from datetime import date, timedelta

from factpack.edtf import Edtf
from factpack.mention.dated import Anchor, Dated, Slots
from factpack.mention.relative_dates import moved, of_unit, relative, shifted

_FINE = {
    **dict.fromkeys(("year", "decade", "century"), ("year", "month", "day", "quarter", "season")),
    "month": ("month", "day"),
    "quarter": ("quarter", "month", "day"),
}
_TALE = 10  # years from the dateline


def _day(anchor: Anchor, unit: str) -> date | None:
    """The first day of the date told last, where that is fine enough to count such units from it."""
    try:
        told = Edtf.parse(anchor.told)
    except ValueError:
        return None
    if told.lower is None:
        return None
    return told.lower if told.precision in _FINE.get(unit, ("day",)) else None


def in_tale(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "the next year", "the previous winter": in a tale from the date told last, else from the dateline."""
    shift = {**slots, "shift": direction}
    try:
        told = Edtf.parse(anchor.told)
    except ValueError:
        return shifted(shift, anchor)
    here = told.upper if direction > 0 else told.lower
    fine = _FINE.get(slots.get("one_unit", "year"), ("day",)) if "weekday" not in slots else ("day",)
    recent = here is None or (anchor.day is not None and abs(anchor.day.year - here.year) < _TALE)
    return shifted(shift, anchor if recent or told.precision not in fine else anchor._replace(day=here))


def following(slots: Slots, anchor: Anchor, direction: int = 1) -> Dated | None:
    """ "the following year": the one after the date told last, or after the dateline's own."""
    unit = slots["one_unit"]
    here = _day(anchor, unit)
    return of_unit(unit, direction, here) if here else shifted({"one_unit": unit, "shift": direction}, anchor)


def next_day(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "the next morning", "earlier that day": only where a day was told."""
    here = _day(anchor, "day")
    return relative((here + timedelta(direction)).isoformat(), "day") if here else None


def later(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "two weeks later": as fine as its unit, counted from the date told last; a duration without one."""
    unit, count = slots["unit"], slots.get("count", 1)
    here = _day(anchor, unit)
    if here is None or count != int(count):
        return None
    there = moved(here, unit, int(count) * direction)
    return of_unit(unit, 0, there) if there else None


def this_part(slots: Slots, anchor: Anchor, unit: str) -> Dated | None:
    """ "the end of the year", "year-end": the year that is told of, else the dateline's."""
    if unit == "year" and anchor.year is not None:
        return relative(f"{anchor.year:04d}", "year")
    return shifted({"one_unit": unit, "shift": 0}, anchor)


def the_season(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the summer": of the year that is told of, else of the dateline's."""
    season = slots["plain_season"]
    if anchor.year is not None:
        return Dated(f"{anchor.year:04d}-{season}", "season", "stated_partial")
    return shifted({"season": season, "shift": 0}, anchor)


def same_quarter(slots: Slots, anchor: Anchor) -> Dated:
    """ "the 1988 period": that year's quarter in a report of a quarter, else the year."""
    year = slots["year"]
    if anchor.quarter:
        return Dated(f"{year:04d}-{anchor.quarter[5:]}", "quarter", "stated_partial", (f"{year:04d}",))
    return Dated(f"{year:04d}", "year", "stated")


def week_of_period(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the second week of 2021", "the first week of March": the first has the first Thursday, as in ISO 8601."""
    which, year, month = slots["ordinal"], slots.get("year") or anchor.year, slots.get("month")
    if year is None and anchor.day is not None:
        year = anchor.day.year
    if year is None or not 1 <= which <= (5 if month else 53):
        return None
    first = date(year, month or 1, 1)
    thursday = first + timedelta((3 - first.weekday()) % 7 + 7 * (which - 1))
    monday = thursday - timedelta(3)
    week = f"{monday}/{monday + timedelta(6)}"
    return Dated(week, "interval", "stated" if "year" in slots else "stated_partial")


def month_of_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the third month of 2021"."""
    return Dated(f"{slots['year']:04d}-{slots['ordinal']:02d}", "month", "stated") if slots["ordinal"] <= 12 else None
