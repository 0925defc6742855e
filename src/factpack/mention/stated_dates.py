"""Dates by their own words: days, months, quarters and years, with or without the year printed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from factpack.mention.dated import MONTHS_IN, Anchor, Basis, Dated, Slots


def calendar(slots: Slots, anchor: Anchor) -> Dated | None:
    """Days, months, quarters, years ... by their names, with or without a year."""
    year: int | None = slots.get("year")
    if "dayword" in slots:
        slots = {**slots, "monthday": slots["dayword"]}
    if year is None and "month" in slots:
        return _without_year(slots, anchor)
    if year is not None and "monthday" in slots:
        return exact_day(year, slots["month"], slots["monthday"])
    if "month" in slots:
        return Dated(f"{year:04d}-{slots['month']:02d}", "month", "stated")
    for part, base in (("quarter", 32), ("half", 39), ("season", 0)):
        if part in slots:
            return Dated(f"{year:04d}-{base + slots[part]:02d}", part, "stated")
    if year is not None:
        return Dated(f"{year:04d}", "year", "stated")
    if "decade" in slots:
        return Dated(f"{slots['decade'] // 10}X", "decade", "stated")
    if "century" in slots:
        return Dated(f"{slots['century'] - 1:02d}XX", "century", "stated")
    if "weekday" in slots:
        return _weekday(slots["weekday"], anchor)
    return None


def exact_day(year: int, month: int, day: int, basis: Basis = "stated") -> Dated:
    return Dated(date(year, month, day).isoformat(), "day", basis)


def _without_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """A month or day without its year: by the last printed year of the paragraph, else the nearest."""
    month, day = slots["month"], slots.get("monthday")
    year = anchor.year or _nearest_year(month, day, anchor)
    if year is None:
        monthrange(2000, month)
        if day is not None:
            date(2000, month, day)
        value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
        return Dated(value, "day" if day else "month", "stated_partial")
    if day is None:
        return Dated(f"{year:04d}-{month:02d}", "month", "stated_partial")
    return exact_day(year, month, day, "stated_partial")


def _nearest_year(month: int, day: int | None, anchor: Anchor) -> int | None:
    if anchor.day is None:
        return None
    here = anchor.day

    def distance(year: int) -> int:
        if day is None:
            ahead = (year - here.year) * 12 + month - here.month
        else:
            ahead = (date(year, month, min(day, monthrange(year, month)[1])) - here).days
        if anchor.future:
            near = day is not None and ahead >= -7  # a deadline that has just gone by
            return ahead if ahead >= 0 else -ahead if near else 10_000 - ahead
        return -ahead if ahead <= 0 else (3 if anchor.past else 2) * ahead  # reports are mostly of what has been

    return min((here.year, here.year - 1, here.year + 1), key=distance)


def _weekday(weekday: int, anchor: Anchor) -> Dated:
    """A bare weekday: the nearest past one, the dateline's own day included, or the next to come."""
    if anchor.day is None:
        return Dated("", "day", "derived_weekday")
    back = (anchor.day.weekday() - weekday) % 7
    day = anchor.day - timedelta(back)
    if anchor.future and back:
        day += timedelta(7)
    return Dated(day.isoformat(), "day", "derived_weekday")


def numeric(slots: Slots, anchor: Anchor) -> Dated:
    year = slots["y"] if "y" in slots else _full_year(slots["yy"])
    return exact_day(year, slots["m"], slots.get("d") or slots["day_only"])


def numeric_no_year(slots: Slots, anchor: Anchor) -> Dated | None:
    return _without_year({"month": slots["m"], "monthday": slots["d"]}, anchor)


def _full_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 50 else 1900)


def iso_month(slots: Slots, anchor: Anchor) -> Dated | None:
    month = slots["m"]
    return Dated(f"{slots['y']:04d}-{month:02d}", "month", "stated")


def span(slots: Slots, anchor: Anchor) -> Dated | None:
    """Two ends that share their month or year: "May 3-5, 2022", "2020-2025", "March to May"."""
    if "year2" in slots or "yy2" in slots:
        first = slots["year"]
        last = slots["year2"] if "year2" in slots else first - first % 100 + slots["yy2"]
        starts, stops = (Dated(f"{year:04d}", "year", "stated") for year in (first, last))
    else:
        second = {
            "year": slots.get("year"),
            "month": slots.get("month2", slots["month"]),
            **({"monthday": slots["monthday2"]} if "monthday2" in slots else {}),
        }
        last_one = calendar({k: v for k, v in second.items() if v is not None}, anchor)
        year = int(last_one.value[:4]) if last_one and last_one.value[:4].isdecimal() else None
        begin = {"month": slots["month"], **({"monthday": slots["monthday"]} if "monthday" in slots else {})}
        if year is not None:
            begin["year"] = year - (slots["month"] > second["month"])
        first_one = calendar(begin, anchor)
        if first_one is None or last_one is None:
            return None
        starts, stops = first_one, last_one
    if stops.value <= starts.value:
        return None
    basis = _basis(slots)
    return Dated(f"{starts.value}/{stops.value}", "interval", basis, ends=(starts.value, stops.value))


def numeric_span(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "10/1-11/2/2017": two days in digits that share their year."""
    year = {"year": slots["y"]} if "y" in slots else {}
    first = {"month": slots["m"], "monthday": slots["d"], **year}
    return span({**first, "month2": slots.get("m2", slots["m"]), "monthday2": slots["d2"]}, anchor)


def _basis(slots: Slots) -> Basis:
    """Whether all of a date is printed or only part of it."""
    return "stated" if "year" in slots else "stated_partial"


def holiday(slots: Slots, anchor: Anchor) -> Dated | None:
    """A feast by its name: month and day, or (month, which, weekday) for one such as Thanksgiving."""
    month, *rest = slots["holiday"]

    def day_in(year: int) -> int:
        if len(rest) == 1:
            return int(rest[0])
        which, weekday = int(rest[0]), int(rest[1])
        return 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (which - 1)

    year = slots.get("year") or _nearest_year(month, day_in(anchor.day.year if anchor.day else 2000), anchor)
    if "shift" in slots and anchor.day is not None and slots["shift"]:
        step = slots["shift"]
        this_year = date(anchor.day.year, month, day_in(anchor.day.year))
        passed = this_year < anchor.day if step < 0 else this_year > anchor.day
        year = anchor.day.year + (0 if passed else step)
    if year is None:
        return Dated(f"XXXX-{month:02d}-{rest[0]:02d}" if len(rest) == 1 else "", "day", "stated_partial")
    return exact_day(year, month, day_in(year), "stated" if "year" in slots else "stated_partial")


def week_of(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the week of March 6": Monday to Sunday."""
    day = calendar(slots, anchor)
    if day is None or not day.value[:4].isdecimal():
        return None
    inside = date.fromisoformat(day.value)
    monday = inside - timedelta(inside.weekday())
    return Dated(f"{monday}/{monday + timedelta(6)}", "interval", day.basis)


def part_of_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the last four months of 2021"."""
    year, count = slots["year"], int(slots["count"])
    if slots["many_unit"] == "week" and "first" in slots and 0 < count <= 52:
        return Dated(f"{date.fromisocalendar(year, 1, 1)}/{date.fromisocalendar(year, count, 7)}", "interval", "stated")
    if slots["many_unit"] not in ("month", "quarter"):
        return None
    months = count * MONTHS_IN[slots["many_unit"]]
    if not 0 < months <= 12:
        return None
    first, last = (1, months) if "first" in slots else (13 - months, 12)
    return Dated(f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", "interval", "stated")
