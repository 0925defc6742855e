"""The dates a text states, as EDTF: what the words give, and what the dateline adds to them.

`resolve` turns the slots of a date phrase (the grammar is the language's, see language.py) into a
value. Rates by which the choices were made are in benchmarks/mentions.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from factpack.edtf import Edtf

Basis = Literal["", "stated", "stated_partial", "header_line", "derived_weekday", "derived_relative"]
Slots = Mapping[str, Any]

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_WEEKS = ("week", "weekend", "fortnight")
_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_MULTIPLES = {"decade": ("year", 10), "century": ("year", 100), "quarter": ("month", 3), "fortnight": ("week", 2)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that was read: EDTF value, precision and basis as in `factpack.mention.Mention`.

    `value` is empty where the words alone give no date ("Wednesday" without a dateline), and has
    `XXXX` for a year that is not printed and cannot be told.
    """

    value: str
    precision: str
    basis: Basis
    readings: tuple[str, ...] = ()
    ends: tuple[str, str] | None = None  # the two days or months of a span


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a year-less or relative date is resolved by."""

    day: date | None = None  # the dateline
    year: int | None = None  # the last year printed before, in the same paragraph
    future: bool = False  # a word before says that it lies ahead ("scheduled for", "will")
    last_year: int | None = None  # the last year printed before, anywhere
    quarter: str = ""  # the last quarter named before (EDTF): what "a year earlier" means in a report of results

    @classmethod
    def of(cls, dateline: Edtf | None) -> Anchor:
        """The dateline's first day; nothing for an open or missing one."""
        return cls(dateline.lower or dateline.upper if dateline else None)


def duration(count: str, unit: str) -> str:
    """ISO 8601: ("45", "year") -> "P45Y"; empty for a unit that has no letter there ("season")."""
    if unit in _MULTIPLES:
        unit, times = _MULTIPLES[unit]
        if not count.isdecimal():
            return ""
        count = str(int(count) * times)
    letter = _LETTERS.get(unit)
    if letter is None:
        return ""
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{count}{letter}"


def resolve(rule: str, slots: Slots, anchor: Anchor) -> Dated | None:
    """The date that these slots state under this rule of the grammar; None when they state none.

    A day that does not exist ("February 31, 2022") has an empty value.
    """
    try:
        return _RULES[rule](slots, anchor)
    except (ValueError, OverflowError):  # 31 February: it is printed, but there is no such day
        return Dated("", "day", "stated")


def _calendar(slots: Slots, anchor: Anchor) -> Dated | None:
    """Days, months, quarters, years ... by their names, with or without a year."""
    year: int | None = slots.get("year")
    if "dayword" in slots:
        slots = {**slots, "monthday": slots["dayword"]}
    if year is None and "month" in slots:
        return _without_year(slots, anchor)
    if year is not None and "monthday" in slots:
        return _day(year, slots["month"], slots["monthday"])
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


def _day(year: int, month: int, day: int, basis: Basis = "stated") -> Dated:
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
    return _day(year, month, day, "stated_partial")


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
            return ahead if ahead >= 0 else 10_000 - ahead
        return -ahead if ahead <= 0 else 2 * ahead  # reports are mostly of what has been

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


def _numeric(slots: Slots, anchor: Anchor) -> Dated:
    year = slots["y"] if "y" in slots else _full_year(slots["yy"])
    return _day(year, slots["m"], slots["d"])


def _numeric_no_year(slots: Slots, anchor: Anchor) -> Dated | None:
    return _without_year({"month": slots["m"], "monthday": slots["d"]}, anchor)


def _full_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 50 else 1900)


def _iso_month(slots: Slots, anchor: Anchor) -> Dated | None:
    month = slots["m"]
    return Dated(f"{slots['y']:04d}-{month:02d}", "month", "stated")


def _span(slots: Slots, anchor: Anchor) -> Dated | None:
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
        last_one = _calendar({k: v for k, v in second.items() if v is not None}, anchor)
        year = int(last_one.value[:4]) if last_one and last_one.value[:4].isdecimal() else None
        begin = {"month": slots["month"], **({"monthday": slots["monthday"]} if "monthday" in slots else {})}
        if year is not None:
            begin["year"] = year - (slots["month"] > second["month"] and "monthday" not in slots)
        first_one = _calendar(begin, anchor)
        if first_one is None or last_one is None:
            return None
        starts, stops = first_one, last_one
    if stops.value <= starts.value:
        return None
    basis = slots_basis(slots)
    return Dated(f"{starts.value}/{stops.value}", "interval", basis, ends=(starts.value, stops.value))


def slots_basis(slots: Slots) -> Basis:
    """Whether all of a date is printed or only part of it."""
    return "stated" if "year" in slots else "stated_partial"


def _holiday(slots: Slots, anchor: Anchor) -> Dated | None:
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
    return _day(year, month, day_in(year), "stated" if "year" in slots else "stated_partial")


def _that_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "that year": the last one printed."""
    return _relative(f"{anchor.last_year:04d}", "year") if anchor.last_year else None


def _that_quarter(slots: Slots, anchor: Anchor) -> Dated | None:
    return _relative(anchor.quarter, "quarter") if anchor.quarter else None


def _year_before(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "a year earlier": the same quarter one year before where a quarter is spoken of, else the year."""
    if anchor.quarter:
        year = int(anchor.quarter[:4]) - 1
        part = f"{32 + slots['quarter']}" if "quarter" in slots else anchor.quarter[5:]
        return _relative(f"{year:04d}-{part}", "quarter", (f"{year:04d}",))
    if "quarter" in slots and anchor.day is not None:
        year = int(_nearest_quarter(slots["quarter"], anchor.day)[:4]) - 1
        return _relative(f"{year:04d}-{32 + slots['quarter']}", "quarter")
    return _ago({"unit": "year"}, anchor, -1)


def _weekend(slots: Slots, anchor: Anchor) -> Dated:
    """ "the weekend": the last one that has begun."""
    if anchor.day is None:
        return Dated("", "interval", "derived_relative")
    saturday = anchor.day - timedelta((anchor.day.weekday() - 5) % 7)
    return _relative(f"{saturday}/{saturday + timedelta(1)}", "interval")


def _week_of(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the week of March 6": Monday to Sunday."""
    day = _calendar(slots, anchor)
    if day is None or not day.value[:4].isdecimal():
        return None
    inside = date.fromisoformat(day.value)
    monday = inside - timedelta(inside.weekday())
    return Dated(f"{monday}/{monday + timedelta(6)}", "interval", day.basis)


def _shifted(slots: Slots, anchor: Anchor) -> Dated | None:
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
        return _relative(_nearest_quarter(slots["quarter"], here), "quarter")
    for part, base in (("quarter", 32), ("half", 39)):
        if part in slots:
            return _relative(f"{here.year + shift:04d}-{base + slots[part]:02d}", part)
    if "season" in slots:
        return _relative(f"{_season_year(slots['season'], shift, here):04d}-{slots['season']}", "season")
    if "month" in slots:
        return _shifted_month(slots, shift, here)
    return _shifted_unit(unit, shift, here)


def _relative(value: str, precision: str, readings: tuple[str, ...] = ()) -> Dated:
    return Dated(value, precision, "derived_relative", readings)


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
    if "in_year" in slots:
        year = here.year + shift
    elif shift < 0:
        year = here.year - (month >= here.month)
    elif shift > 0:
        year = here.year + (month <= here.month)
    else:
        year = here.year
    if "monthday" in slots:
        return _day(year, month, slots["monthday"], "derived_relative")
    return _relative(f"{year:04d}-{month:02d}", "month")


def _shifted_weekday(weekday: int, shift: int, here: date, of_week: bool) -> Dated:
    monday = here - timedelta(here.weekday())
    if of_week or shift == 0:
        day = monday + timedelta(weekday + 7 * shift)
    elif shift < 0:
        day = here - timedelta((here.weekday() - weekday - 1) % 7 + 1)
    else:
        day = here + timedelta((weekday - here.weekday() - 1) % 7 + 1)
    return _relative(day.isoformat(), "day")


def _shifted_unit(unit: str, shift: int, here: date) -> Dated | None:
    if unit == "year":
        return _relative(f"{here.year + shift:04d}", "year")
    if unit == "month":
        return _relative(_month(here, shift), "month")
    if unit == "quarter":
        index = here.year * 4 + (here.month - 1) // 3 + shift
        return _relative(f"{index // 4:04d}-{33 + index % 4}", "quarter")
    if unit == "decade":
        return _relative(f"{here.year // 10 + shift:03d}X", "decade")
    if unit == "century":
        return _relative(f"{here.year // 100 + shift:02d}XX", "century")
    if unit in ("week", "weekend", "fortnight"):
        monday = here - timedelta(here.weekday()) + timedelta(7 * shift)
        first = monday + timedelta(5) if unit == "weekend" else monday
        return _relative(f"{first}/{monday + timedelta(6)}", "interval")
    if unit == "day":
        return _relative((here + timedelta(shift)).isoformat(), "day")
    return None


def _month(here: date, shift: int) -> str:
    index = here.year * 12 + here.month - 1 + shift
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _named_day(slots: Slots, anchor: Anchor) -> Dated:
    if anchor.day is None:
        return Dated("", "day", "derived_relative")
    return _relative((anchor.day + timedelta(slots["days"])).isoformat(), "day")


def _rolling(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "the past two years": from that day on, by whole months, or by calendar years: all are meant."""
    unit, count = slots.get("unit") or slots.get("many_unit", "year"), slots.get("count", 1)
    if unit in ("hour", "minute", "second", "weekend") or count != int(count):
        return None
    if anchor.day is None:
        return None
    here, count = anchor.day, int(count) * direction
    there = _moved(here, unit, count)
    if there is None:
        return None
    value = "/".join(sorted((there.isoformat(), here.isoformat())))
    readings: list[str] = []
    if unit in _MONTHS_IN:
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
    readings.append(_without_today(there, here, direction))
    return _relative(value, "interval", tuple(readings))


def _whole_quarters(here: date, count: int) -> str:
    """The calendar quarters before or after the dateline's own, by their first and last month."""
    first = here.year * 4 + (here.month - 1) // 3 + (count if count < 0 else 1)
    last = first + abs(count) - 1
    return f"{first // 4:04d}-{first % 4 * 3 + 1:02d}/{last // 4:04d}-{last % 4 * 3 + 3:02d}"


def _part_of_year(slots: Slots, anchor: Anchor) -> Dated | None:
    """ "the last four months of 2021"."""
    year, count = slots["year"], int(slots["count"])
    if slots["many_unit"] not in ("month", "quarter"):
        return None
    months = count * _MONTHS_IN[slots["many_unit"]]
    if not 0 < months <= 12:
        return None
    first, last = (1, months) if "first" in slots else (13 - months, 12)
    return Dated(f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", "interval", "stated")


def _without_today(there: date, here: date, direction: int) -> str:
    """The same days without the dateline's own."""
    if direction < 0:
        return f"{there}/{here - timedelta(1)}"
    return f"{here + timedelta(1)}/{there}"


def _moved(here: date, unit: str, count: int) -> date | None:
    if unit in _DAYS_IN:
        return here + timedelta(_DAYS_IN[unit] * count)
    if unit not in _MONTHS_IN:
        return None
    index = here.year * 12 + here.month - 1 + _MONTHS_IN[unit] * count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(here.day, monthrange(year, month)[1]))


def _ago(slots: Slots, anchor: Anchor, direction: int) -> Dated | None:
    """ "two years ago": a point as fine as its unit."""
    unit, count = slots["unit"], slots.get("count", 1)
    if unit in ("hour", "minute", "second"):
        return None
    if anchor.day is None:
        return Dated("", "interval" if unit in _WEEKS else unit, "derived_relative")
    here = anchor.day
    if count != int(count):
        return None
    there = _moved(here, unit, int(count) * direction)
    if there is None:
        return None
    if unit == "year":
        return _relative(f"{there.year:04d}", "year", (there.isoformat()[:7], there.isoformat()))
    if unit == "month":
        return _relative(there.isoformat()[:7], "month", (there.isoformat(),))
    if unit == "quarter":
        return _relative(f"{there.year:04d}-{33 + (there.month - 1) // 3}", "quarter")
    if unit == "decade":
        return _relative(f"{there.year // 10}X", "decade", (f"{there.year:04d}",))
    if unit == "century":
        return _relative(f"{there.year // 100:02d}XX", "century", (f"{there.year:04d}",))
    if unit in ("week", "fortnight"):
        monday = there - timedelta(there.weekday())
        return _relative(f"{monday}/{monday + timedelta(6)}", "interval", (there.isoformat(),))
    return _relative(there.isoformat(), "day")


_RULES: dict[str, Callable[[Slots, Anchor], Dated | None]] = {
    "calendar": _calendar,
    "span": _span,
    "numeric": _numeric,
    "numeric_no_year": _numeric_no_year,
    "iso_month": _iso_month,
    "shifted": _shifted,
    "in_year": lambda slots, anchor: _shifted({**slots, "in_year": True}, anchor),
    "in_week": lambda slots, anchor: _shifted({**slots, "in_week": True}, anchor),
    "holiday": _holiday,
    "shifted_holiday": _holiday,
    "that_year": _that_year,
    "that_quarter": _that_quarter,
    "year_before": _year_before,
    "weekend": _weekend,
    "week_of": _week_of,
    "this": lambda slots, anchor: _shifted({**slots, "shift": 0}, anchor),
    "next_year": lambda slots, anchor: _shifted({"one_unit": "year", "shift": 1}, anchor),
    "bare_quarter": lambda slots, anchor: _shifted({**slots, "bare_quarter": True}, anchor),
    "day": _named_day,
    "first_of_year": lambda slots, anchor: _part_of_year({**slots, "first": True}, anchor),
    "last_of_year": _part_of_year,
    "rolling_past": lambda slots, anchor: _rolling(slots, anchor, -1),
    "rolling_future": lambda slots, anchor: _rolling(slots, anchor, 1),
    "rolling_year": lambda slots, anchor: _rolling({"unit": "year"}, anchor, -1),
    "ago": lambda slots, anchor: _ago(slots, anchor, -1),
    "hence": lambda slots, anchor: _ago(slots, anchor, 1),
}
