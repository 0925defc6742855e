"""The dates a text states, as EDTF: what the words give, and what the dateline adds to them.

`resolve` turns the slots of a date phrase (the grammar is the language's, see language.py) into a
value. Rates by which the choices were made are in benchmarks/mentions.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from factpack.mention import relative_dates, stated_dates, told_dates
from factpack.mention.dated import Anchor, Basis, Dated, Slots

__all__ = ["Anchor", "Basis", "Dated", "Slots", "duration", "resolve"]

_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_MULTIPLES = {"decade": ("year", 10), "century": ("year", 100), "quarter": ("month", 3), "fortnight": ("week", 2)}


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
        dated = _RULES[rule](slots, anchor)
    except (ValueError, OverflowError):  # 31 February: it is printed, but there is no such day
        return Dated("", "day", "stated")
    if dated and _NO_YEAR.search(" ".join((dated.value, *dated.readings, *(dated.ends or ())))):
        return dated._replace(value="", readings=(), ends=None)
    return dated


_NO_YEAR = re.compile(r"(?:^|[ /])(?:-|0000|000X|00XX|\d{4}[\dX]|\d{3}XX)")
"""A year before the first or behind the year 9999, which EDTF writes otherwise and no calendar here has."""


_RULES: dict[str, Callable[[Slots, Anchor], Dated | None]] = {
    "calendar": stated_dates.calendar,
    "span": stated_dates.span,
    "numeric": stated_dates.numeric,
    "numeric_no_year": stated_dates.numeric_no_year,
    "iso_month": stated_dates.iso_month,
    "shifted": relative_dates.shifted,
    "in_year": lambda slots, anchor: relative_dates.shifted({**slots, "in_year": True}, anchor),
    "in_week": lambda slots, anchor: relative_dates.shifted({**slots, "in_week": True}, anchor),
    "holiday": stated_dates.holiday,
    "shifted_holiday": stated_dates.holiday,
    "that_year": relative_dates.that_year,
    "that_quarter": relative_dates.that_quarter,
    "year_before": relative_dates.year_before,
    "weekend": relative_dates.weekend,
    "week_of": stated_dates.week_of,
    "this": lambda slots, anchor: relative_dates.shifted({**slots, "shift": 0}, anchor),
    "next_year": lambda slots, anchor: relative_dates.shifted({"one_unit": "year", "shift": 1}, anchor),
    "bare_quarter": lambda slots, anchor: relative_dates.shifted({**slots, "bare_quarter": True}, anchor),
    "day": relative_dates.named_day,
    "first_of_year": lambda slots, anchor: stated_dates.part_of_year({**slots, "first": True}, anchor),
    "last_of_year": stated_dates.part_of_year,
    "rolling_past": lambda slots, anchor: relative_dates.rolling(slots, anchor, -1),
    "rolling_future": lambda slots, anchor: relative_dates.rolling(slots, anchor, 1),
    "rolling_year": lambda slots, anchor: relative_dates.rolling({"unit": "year"}, anchor, -1),
    "couple_past": lambda slots, anchor: relative_dates.rolling({**slots, "count": 2}, anchor, -1),
    "couple_future": lambda slots, anchor: relative_dates.rolling({**slots, "count": 2}, anchor, 1),
    "ago": lambda slots, anchor: relative_dates.ago(slots, anchor, -1),
    "hence": lambda slots, anchor: relative_dates.ago(slots, anchor, 1),
    "the_season": told_dates.the_season,
    "no_date": lambda slots, anchor: None,
    "months_told": lambda slots, anchor: None,
    "next_in_tale": partial(told_dates.in_tale, direction=1),
    "previous_in_tale": partial(told_dates.in_tale, direction=-1),
    "following": told_dates.following,
    "preceding": partial(told_dates.following, direction=-1),
    "same_day": partial(told_dates.next_day, direction=0),
    "next_day": partial(told_dates.next_day, direction=1),
    "day_before": partial(told_dates.next_day, direction=-1),
    "later": partial(told_dates.later, direction=1),
    "earlier": partial(told_dates.later, direction=-1),
    "this_year": partial(told_dates.this_part, unit="year"),
    "this_month": partial(told_dates.this_part, unit="month"),
    "this_week": partial(told_dates.this_part, unit="week"),
    "this_day": partial(told_dates.this_part, unit="day"),
    "same_quarter": told_dates.same_quarter,
    "week_of_period": told_dates.week_of_period,
    "month_of_year": told_dates.month_of_year,
    "numeric_span": stated_dates.numeric_span,
}
