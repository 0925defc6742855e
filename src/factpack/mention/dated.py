"""A date that was read, and what a year-less or relative one is resolved by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from factpack.edtf import Edtf

Basis = Literal["", "stated", "stated_partial", "header_line", "derived_weekday", "derived_relative"]
Slots = Mapping[str, Any]  # the parts of a date phrase by the names the grammar gives them

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


class Dated(NamedTuple):
    """A date that was read: EDTF value, precision and basis as in `factpack.mention.Mention`.

    `value` is empty where the words alone give no date ("Wednesday" without a dateline), and has
    `XXXX` for a year that is not printed and cannot be told.
    """

    value: str
    precision: str
    basis: Basis
    readings: tuple[str, ...] = ()
    ends: tuple[str, str] | None = None  # the two days or months of a span


class Anchor(NamedTuple):
    """What a year-less or relative date is resolved by."""

    day: date | None = None  # the dateline
    year: int | None = None  # the last year printed before, in the same paragraph
    future: bool = False  # a word before says that it lies ahead ("scheduled for", "will")
    last_year: int | None = None  # the last year printed before, anywhere
    quarter: str = ""  # the last quarter named before (EDTF): what "a year earlier" means in a report of results
    past: bool = False  # a word before says that it is over ("ended", "since")
    told: str = ""  # the date told last: what "the following year" counts from

    @classmethod
    def of(cls, dateline: Edtf | None) -> Anchor:
        """The dateline's first day; nothing for an open or missing one."""
        return cls(dateline.lower or dateline.upper if dateline else None)
