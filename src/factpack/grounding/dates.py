"""Dates, to the precision that their words have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from factpack.edtf import Edtf
from factpack.grounding.support import Basis, Context, Problem, Support, printed, unsupported
from factpack.mention import Mention
from factpack.nearest import likeliest


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: a date of the quotes, or of the article, is at least as precise and says the same.

    Published beside it: `basis`, how the date was obtained, and the words as printed.
    """

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        support = self._find(value, context)
        if support.problem is None:
            return support
        return support._replace(problem=replace(support.problem, meant=partial(self._meant, value, context)))

    def _meant(self, wanted: Edtf, context: Context) -> str | None:
        others = filter(None, map(_edtf, self._others(wanted, context)))
        return likeliest(wanted.text, [other.text for other in others if not self._find(other, context).problem])

    def _others(self, wanted: Edtf, context: Context) -> Iterator[str]:
        """The dates of the quotes as they would be typed in place of this one."""
        dates = [m for m in context.mentions if m.kind == "date"]
        readings = [text for m in dates for text in (m.value, *m.readings)]
        if context.published and not dates:
            readings.append(context.published.text)
        stated = list(dict.fromkeys(_MARKS.sub("", point) for text in readings for point in text.split("/")))
        points = wanted.text.split("/")
        for index, point in enumerate(points):
            plain = _MARKS.sub("", point)
            for text in stated if point not in _OPEN else ():
                known = plain[:4] + text[4:] if text.startswith("XXXX") else text
                for end in {len(plain), 7, 4}:
                    if len(known) >= end and end <= len(plain):
                        other = known[:end] + point[len(plain) :]
                        yield "/".join([*points[:index], other, *points[index + 1 :]])

    def _find(self, wanted: Edtf, context: Context) -> Support:
        dates = [m for m in context.mentions if m.kind == "date"]
        for mention in dates:
            if any(reading and _states(reading, wanted) for reading in _readings(mention)):
                return self._support(wanted, [mention], context)
        # Both ends of an interval may be stated apart; one of them alone does not state it.
        points = [point for point in wanted.text.split("/") if point not in _OPEN] if "/" in wanted.text else []
        ends = [self._end(point, dates) for point in points]
        if ends and all(ends):
            return self._support(wanted, [mention for mention in ends if mention], context)
        coarse = [
            mention
            for mention in dates
            if (any(r and r.covers(wanted) for r in _readings(mention)) or _day_fits(mention, wanted))
            and not _between_days(mention, dates)
        ]
        if coarse and wanted.mark:
            return self._support(wanted, coarse, context)
        # Words that give a date of their own are not overruled by the day of publication.
        if context.published and not points and not dates and wanted.covers(context.published):
            return Support(spans=context.published_spans, derived={"basis": "derived_relative"})
        if coarse:
            message = f"`{wanted}` is more precise than the words of the quotes"
            return unsupported("date-more-precise-than-words", message, coarse)
        problem = Problem(
            "date-not-in-quote",
            f"the quotes do not have the date {wanted}",
            printed(dates),
            # A reason stands for the part that `?` marks as inferred, not for what is printed otherwise.
            excusable=not (wanted.mark and dates),
        )
        return Support(problem=problem)

    def _end(self, text: str, dates: Sequence[Mention]) -> Mention | None:
        point = Edtf.parse(text)
        return next((m for m in dates if any(r and point.covers(r) for r in _readings(m))), None)

    def _support(self, wanted: Edtf, found: Sequence[Mention], context: Context) -> Support:
        basis = "inferred_context" if wanted.mark else found[0].basis or "stated"
        if basis == "stated" and found[0].precision not in ("day", "interval"):
            basis = "stated_partial"
        words = "; ".join(dict.fromkeys(context.source.original[m.start : m.end] for m in found))
        return Support(spans=tuple((m.start, m.end) for m in found), derived={"basis": basis, "as_reported": words})


@lru_cache(maxsize=4096)
def _edtf(text: str) -> Edtf | None:
    try:
        return Edtf.parse(text)
    except ValueError:
        return None


def _readings(mention: Mention) -> list[Edtf | None]:
    return [_edtf(text) for text in (mention.value, *mention.readings)]


_OPEN = ("", "..")

_MARKS = re.compile(r"[?~%]+$")


def _states(reading: Edtf, wanted: Edtf) -> bool:
    """Whether a date that is read says what is wanted, at least as precisely; of an interval, both its ends."""
    if "/" not in wanted.text:
        return wanted.covers(reading)
    ends = zip(wanted.text.split("/"), reading.days, strict=True)
    return reading.precision == "interval" and all(_within(day, point) for point, day in ends)


def _within(day: date | None, point: str) -> bool:
    if day is None or point in _OPEN:
        return day is None and point in _OPEN
    return Edtf.parse(point).covers(Edtf.parse(day.isoformat()))


def _between_days(mention: Mention, dates: Sequence[Mention]) -> bool:
    """Whether a period has days for its ends: there is nothing vague in it that a day could be inferred from."""
    inside = [m for m in dates if mention.start <= m.start and m.end <= mention.end]
    return mention.precision == "interval" and any(m.precision == "day" for m in inside)


def _day_fits(mention: Mention, wanted: Edtf) -> bool:
    """Whether a date printed without its year, `XXXX-04-12`, is this day or month of some year."""
    return mention.value.startswith("XXXX-") and wanted.text.rstrip("?~%")[4:] == mention.value[4:]
