"""Dates as EDTF writes them (ISO 8601-2): level 1, with level 2's quarters, halves and seasons.

Written here because the libraries on PyPI parse with grammars that cost more to import than a whole
check may take. Source of the notation: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

Precision = Literal["day", "month", "quarter", "half", "season", "year", "decade", "century", "interval"]

_POINT = re.compile(
    r"(?P<century>\d\d)XX|(?P<decade>\d{3})X|"
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
    re.ASCII,
)
_QUALIFIED = re.compile(r"(?P<point>[\dX-]+)(?P<mark>[?~%]?)", re.ASCII)

# ISO 8601-2: 21-24 seasons, 33-36 quarters, 40-41 halves ("semestral"); first and last month of each.
# A season has no fixed months in ISO; these are the northern meteorological ones, winter being the
# one that begins in the year's December.
_PARTS: dict[int, tuple[Precision, int, int]] = {
    21: ("season", 3, 5), 22: ("season", 6, 8), 23: ("season", 9, 11), 24: ("season", 12, 14),
    33: ("quarter", 1, 3), 34: ("quarter", 4, 6), 35: ("quarter", 7, 9), 36: ("quarter", 10, 12),
    40: ("half", 1, 6), 41: ("half", 7, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=False)
class Edtf:
    """A date or interval: the text as written and the first and last day compatible with it.

    `lower` or `upper` is None where an interval is open (`..`) or unknown (empty) on that side.
    `mark` is EDTF's `?` (uncertain), `~` (approximate), `%` (both) or nothing.
    """

    text: str
    lower: date | None
    upper: date | None
    precision: Precision
    mark: str = ""

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read an EDTF string; raises ValueError with a plain sentence when it is none."""
        return _parse(text)

    def __str__(self) -> str:
        return self.text

    def covers(self, other: Edtf) -> bool:
        """Whether every day compatible with `other` is compatible with this date."""
        return (self.lower is None or (other.lower is not None and self.lower <= other.lower)) and (
            self.upper is None or (other.upper is not None and other.upper <= self.upper)
        )

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last compatible day."""
        return self.lower, self.upper

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_validate, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            "description": "A date in EDTF, such as 2022, 2022-11, 2022-04-12? or 2021/2022",
        }


def _validate(value: object) -> Edtf:
    if isinstance(value, Edtf):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is written as text, such as 2022-11")
    return _parse(value)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Edtf:
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    start = None if first in ("", "..") else _point(first)
    end = None if last in ("", "..") else _point(last)
    if start is None and end is None:
        raise ValueError(f"`{text}` has neither a beginning nor an end")
    lower = start.lower if start else None
    upper = end.upper if end else None
    if lower and upper and upper < lower:
        raise ValueError(f"`{text}` ends before it begins")
    mark = (start.mark if start else "") or (end.mark if end else "")
    return Edtf(text, lower, upper, "interval", mark)


def _point(text: str) -> Edtf:
    qualified = _QUALIFIED.fullmatch(text)
    match = qualified and _POINT.fullmatch(qualified["point"])
    if not qualified or not match:
        raise ValueError(f"`{text[:40]}` is no EDTF date: write 2022, 2022-11, 2022-11-03, 2022-11/2023-01 or 2022?")
    mark = qualified["mark"]
    if match["century"] or match["decade"]:
        digits = match["century"] or match["decade"]
        width = 4 - len(digits)
        first = int(digits.ljust(4, "0"))
        if first == 0:
            raise ValueError(f"`{text}`: there is no year 0 here")
        return Edtf(
            text,
            date(first, 1, 1),
            date(first + 10**width - 1, 12, 31),
            "century" if width == 2 else "decade",
            mark,
        )
    year = int(match["year"])
    if year == 0:
        raise ValueError(f"`{text}`: there is no year 0 here")
    if match["month"] is None:
        return Edtf(text, date(year, 1, 1), date(year, 12, 31), "year", mark)
    month = int(match["month"])
    if month in _PARTS and match["day"] is None:
        precision, first_month, last_month = _PARTS[month]
        end_year, end_month = year + (last_month - 1) // 12, (last_month - 1) % 12 + 1
        return Edtf(text, date(year, first_month, 1), _last_day(end_year, end_month), precision, mark)
    if not 1 <= month <= 12:
        raise ValueError(f"`{text}`: there is no month {month:02d}")
    if match["day"] is None:
        return Edtf(text, date(year, month, 1), _last_day(year, month), "month", mark)
    day = int(match["day"])
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"`{text}`: {year:04d}-{month:02d} has no day {day:02d}")
    return Edtf(text, date(year, month, day), date(year, month, day), "day", mark)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
