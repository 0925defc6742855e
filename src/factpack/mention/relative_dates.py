"""Dates counted from the dateline: "last week", "two years ago", "the past two years"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from factpack.mention.dated import MONTHS_IN, Anchor, Dated, Slots
from factpack.mention.stated_dates import exact_day

_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_WEEKS = ("week", "weekend", "fortnight")


def that_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "that year": the last one printed."""
    return relative(f"{anchor.last_year:04d}", "year") if anchor.last_year else None


def that_quarter(slots: Slots, anchor: Anchor) -> Dated | None:
    return relative(anchor.quarter, "quarter") if anchor.quarter else None


def year_before(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "a year earlier": the same quarter one year before where a quarter is spoken of, else the year."""
    if anchor.quarter:
        year = int(anchor.quarter[:4]) - 1
        part = f"{32 + slots['quarter']}" if "quarter" in slots else anchor.quarter[5:]
        return relative(f"{year:04d}-{part}", "quarter", (f"{year:04d}",))
    if "quarter" in slots and anchor.day is not None:
        year = int(_nearest_quarter(slots["quarter"], anchor.day)[:4]) - 1
        return relative(f"{year:04d}-{32 + slots['quarter']}", "quarter")
    return ago({"unit": "year"}, anchor, -1)


def weekend(slots: Slots, anchor: Anchor) -> Dated:
    """ "the weekend": the last one that has begun."""
    if anchor.day is None:
        return Dated("", "interval", "derived_relative")
    saturday = anchor.day - timedelta((anchor.day.weekday() - 5) % 7)
    return relative(f"{saturday}/{saturday + timedelta(1)}", "interval")


def shifted(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "last week", "this year", "next March", "last Tuesday", "the first half of the year"."""
    here, shift = anchor.day, slots.get("shift", 0)
    unit = slots.get("one_unit", "")
    precision = next(
        (
            part
            for part in ("monthday", "weekday", "weekday_short", "month", "quarter", "half", "season")
            if part in slots
        ),
        unit,
    )
    precision = {"monthday": "day", "weekday": "day", "weekday_short": "day"}.get(precision, precision)
    if here is None:
        known = precision in (
            "day",
            "month",
            "quarter",
            "half",
            "season",
            "year",
            "week",
            "decade",
            "century",
            "weekend",
        )
        return Dated("", "interval" if precision in _WEEKS else precision, "derived_relative") if known else None
    if precision == "day" and "monthday" not in slots and unit != "day":
        weekday = slots.get("weekday", slots.get("weekday_short"))
        return _shifted_weekday(weekday, shift, here, "in_week" in slots)
    if "bare_quarter" in slots:
        return relative(_nearest_quarter(slots["quarter"], here), "quarter")
    for part, base in (("quarter", 32), ("half", 39)):
        if part in slots:
            return relative(f"{here.year + shift:04d}-{base + slots[part]:02d}", part)
    if "season" in slots:
        return relative(f"{_season_year(slots['season'], shift, here):04d}-{slots['season']}", "season")
    if "month" in slots:
        return _shifted_month(slots, shift, here)
    return of_unit(unit, shift, here)


def _nearest_quarter(quarter: int, here: date) -> str:
    """The last one that has begun: results are reported of what is over."""
    year = here.year if (quarter - 1) * 3 + 1 <= here.month else here.year - 1
    return f"{year:04d}-{32 + quarter}"


def _season_year(season: int, shift: int, here: date) -> int:
    first = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    if shift < 0:
        return here.year if (here.month, season) >= (first + 3, season) and season != 24 else here.year - 1
    if shift > 0:
        return here.year if here.month < first else here.year + 1
    return here.year - (season == 24 and here.month < 3)


def _shifted_month(slots: Slots, shift: int, here: date) -> Dated:
    month = slots["month"]
    wanted, known = (month, slots.get("monthday", 0)), (here.month, here.day if "monthday" in slots else 0)
    if "in_year" in slots:
        year = here.year + shift
    elif shift < 0:
        year = here.year - (wanted >= known)
    elif shift > 0:
        year = here.year + (wanted <= known)
    else:
        year = here.year
    if "monthday" in slots:
        return exact_day(year, month, slots["monthday"], "derived_relative")
    return relative(f"{year:04d}-{month:02d}", "month")


def _shifted_weekday(weekday: int, shift: int, here: date, of_week: bool) -> Dated:
    monday = here - timedelta(here.weekday())
    if of_week or shift == 0:
        day = monday + timedelta(weekday + 7 * shift)
    elif shift < 0:
        day = here - timedelta((here.weekday() - weekday - 1) % 7 + 1)
    else:
        day = here + timedelta((weekday - here.weekday() - 1) % 7 + 1)
    return relative(day.isoformat(), "day")


def of_unit(unit: str, shift: int, here: date) -> Dated | None:
    """The calendar unit that a day lies in, so many units on."""
    if unit == "year":
        return relative(f"{here.year + shift:04d}", "year")
    if unit == "month":
        return relative(_month(here, shift), "month")
    if unit == "quarter":
        index = here.year * 4 + (here.month - 1) // 3 + shift
        return relative(f"{index // 4:04d}-{33 + index % 4}", "quarter")
    if unit == "decade":
        return relative(f"{here.year // 10 + shift:03d}X", "decade")
    if unit == "century":
        return relative(f"{here.year // 100 + shift:02d}XX", "century")
    if unit in ("week", "weekend", "fortnight"):
        monday = here - timedelta(here.weekday()) + timedelta(7 * shift)
        first = monday + timedelta(5) if unit == "weekend" else monday
        return relative(f"{first}/{monday + timedelta(6)}", "interval")
    if unit == "day":
        return relative((here + timedelta(shift)).isoformat(), "day")
    return None


def _month(here: date, shift: int) -> str:
    index = here.year * 12 + here.month - 1 + shift
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def named_day(slots: Slots, anchor: Anchor) -> Dated:
    if anchor.day is None:
        return Dated("", "day", "derived_relative")
    return relative((anchor.day + timedelta(slots["days"])).isoformat(), "day")


def rolling(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "the past two years": from that day on, by whole months, or by calendar years: all are meant."""
    unit, count = slots.get("unit") or slots.get("many_unit", "year"), slots.get("count", 1)
    if unit in ("hour", "minute", "second", "weekend") or count != int(count):
        return None
    if anchor.day is None:
        return None
    here, count = anchor.day, int(count) * direction
    there = moved(here, unit, count)
    if there is None:
        return None
    value = "/".join(sorted((there.isoformat(), here.isoformat())))
    readings: list[str] = []
    if unit in MONTHS_IN:
        months = sorted((there.isoformat()[:7], here.isoformat()[:7]))
        readings.append("/".join(months))
    if unit == "month":
        readings.append("/".join(sorted((_month(here, direction), _month(here, count)))))
    if unit in ("year", "decade", "century"):
        first, last = sorted((there.year, here.year))
        inner = (first, last - 1) if direction < 0 else (first + 1, last)
        readings.append(f"{inner[0]:04d}/{inner[1]:04d}" if inner[0] < inner[1] else f"{inner[0]:04d}")
        readings.append(f"{first:04d}/{last:04d}")
    if unit == "quarter":
        readings.append(_whole_quarters(here, count))
    if unit == "decade":
        first, last = sorted((here.year // 10 + direction, here.year // 10 + count))
        readings.append(f"{first}0/{last}9")
    readings.append(_without_today(there, here, direction))
    return relative(value, "interval", tuple(readings))


def _whole_quarters(here: date, count: int) -> str:
    """The calendar quarters before or after the dateline's own, by their first and last month."""
    first = here.year * 4 + (here.month - 1) // 3 + (count if count < 0 else 1)
    last = first + abs(count) - 1
    return f"{first // 4:04d}-{first % 4 * 3 + 1:02d}/{last // 4:04d}-{last % 4 * 3 + 3:02d}"


def _without_today(there: date, here: date, direction: int) -> str:
    """The same days without the dateline's own."""
    if direction < 0:
        return f"{there}/{here - timedelta(1)}"
    return f"{here + timedelta(1)}/{there}"


def moved(here: date, unit: str, count: int) -> date | None:
    if unit in _DAYS_IN:
        return here + timedelta(_DAYS_IN[unit] * count)
    if unit not in MONTHS_IN:
        return None
    index = here.year * 12 + here.month - 1 + MONTHS_IN[unit] * count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(here.day, monthrange(year, month)[1]))


def ago(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "two years ago": a point as fine as its unit."""
    unit, count = slots["unit"], slots.get("count", 1)
    if unit in ("hour", "minute", "second"):
        return None
    if anchor.day is None:
        return Dated("", "interval" if unit in _WEEKS else unit, "derived_relative")
    here = anchor.day
    if count != int(count):
        return None
    there = moved(here, unit, int(count) * direction)
    if there is not None and "unit2" in slots:  # "two weeks and two days ago"
        unit = slots["unit2"]
        there = moved(there, unit, int(slots["count2"]) * direction)
    if there is None:
        return None
    if unit == "year":
        return relative(f"{there.year:04d}", "year", (there.isoformat()[:7], there.isoformat()))
    if unit == "month":
        return relative(there.isoformat()[:7], "month", (there.isoformat(),))
    if unit == "quarter":
        return relative(f"{there.year:04d}-{33 + (there.month - 1) // 3}", "quarter")
    if unit == "decade":
        return relative(f"{there.year // 10}X", "decade", (f"{there.year:04d}",))
    if unit == "century":
        return relative(f"{there.year // 100:02d}XX", "century", (f"{there.year:04d}",))
    if unit in ("week", "fortnight"):
        monday = there - timedelta(there.weekday())
        return relative(f"{monday}/{monday + timedelta(6)}", "interval", (there.isoformat(),))
    return relative(there.isoformat(), "day")


def relative(value: str, precision: str, readings: tuple[str, ...] = ()) -> Dated:
    return Dated(value, precision, "derived_relative", readings)
