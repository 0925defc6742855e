"""Numbers with what bounds them and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from factpack.grounding.support import Basis, Context, Span, Support, unsupported
from factpack.mention import Mention
from factpack.nearest import likeliest
from factpack.quote import plain

NUMERIC = ("number", "money", "percent", "ordinal", "fraction", "range", "duration")
MANY_DIGITS = 100


_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_CODE = re.compile("[A-Z]{3}")


def _numbers(mention: Mention) -> Sequence[Decimal]:
    """The numbers that a mention states: one, or both ends of a range; "millions of" states none."""
    if mention.kind == "date":
        return _decimals(mention.value, "") if mention.precision == "year" and mention.value.isdigit() else ()
    if mention.kind == "duration":
        return [Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", mention.value)]
    if mention.kind not in NUMERIC or mention.comparator == "magnitude":
        return ()
    return _decimals(mention.value, mention.upper)


@lru_cache(maxsize=4096)  # each value of a record asks for the numbers of its quotes
def _decimals(value: str, upper: str) -> Sequence[Decimal]:
    return [Decimal(each) for each in (value, upper) if _DECIMAL.fullmatch(each)]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: among the numbers, ordinals and years of the quotes.

    `unit` names the sibling field with the unit; of equal numbers the one with that unit is meant.
    """

    unit: str = ""
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        number = Decimal(value)
        equal = [m for m in context.mentions if number in _numbers(m)]
        if not equal:
            stated = [m for m in context.mentions if _numbers(m)]
            numbers = [m for m in stated if m.kind != "date"] or stated
            meant = partial(likeliest, _digits(number), [_digits(each) for m in numbers for each in _numbers(m)])
            return unsupported("value-not-in-quote", "the quotes do not have that number", numbers, meant)
        chosen = _with_unit(equal, str(context.values.get(self.unit) or ""), context) or equal
        return Support(spans=tuple((m.start, m.end) for m in chosen))


def _digits(number: Decimal) -> str:
    # A type of the models' own may read 1e99999999, whose digits are as many.
    return f"{number:f}" if abs(number.adjusted()) < MANY_DIGITS else str(number)


def _with_unit(candidates: Sequence[Mention], unit: str, context: Context) -> list[Mention]:
    if not unit:
        return list(candidates)
    if _CODE.fullmatch(unit):
        return [m for m in candidates if m.kind == "money" and (m.unit == unit or unit in m.readings)]
    return [m for m in candidates if m.kind != "money" and _unit_span(m, unit, context)]


def _unit_span(mention: Mention, unit: str, context: Context) -> Span | None:
    key = id(mention), unit
    if key not in context.counted:
        context.counted[key] = _find_unit(mention, unit, context)
    return context.counted[key]


def _find_unit(mention: Mention, unit: str, context: Context) -> Span | None:
    """Where a unit stands: where the noun behind its number does; else by it, with no other number nearer.

    A percent has `%` for its unit however it is printed, as money has its ISO code: a sign is no word to look for.
    """
    if mention.kind == "percent" and unit == mention.unit:
        return mention.unit_span or (mention.start, mention.end)
    if mention.kind == "number" and mention.in_name:
        return None  # "Brigade 162" counts nobody
    printed = context.source.original
    numbers = [m for m in context.mentions if m.kind in NUMERIC and m is not mention]
    for start, end in context.where(unit, exact=False):
        if not _counted_by(mention, start, printed):
            continue
        quote = next((q for q in context.quotes if q[0] <= min(start, mention.start) and end <= q[1]), None)
        if quote is None:
            continue
        if end <= mention.start:
            # A number before the unit is the one that counts it: "49 trees and 50 shrubs"; but "killed 41, injured 14".
            nearer = [m for m in numbers if quote[0] <= m.start and m.end <= mention.start]
            if _right_behind(end, mention, printed):
                nearer = [m for m in nearer if m.end <= start and not printed[m.end : start].strip()]
        else:
            nearer = [m for m in numbers if mention.end <= m.start < start]
            if printed[mention.end : start].strip():
                nearer += [m for m in numbers if _right_behind(end, m, printed)]
        if not nearer:
            return start, end
    return None


def _right_behind(end: int, mention: Mention, source: str) -> bool:
    """Whether a number that counts no noun stands right behind a word: "injured 14"."""
    start = mention.qualifier[0] if mention.qualifier and mention.qualifier[0] < mention.start else mention.start
    return mention.kind == "number" and mention.unit_span is None and end <= start and not source[end:start].strip()


def _counted_by(mention: Mention, start: int, source: str) -> bool:
    """Whether words that begin here can be what a number counts, where a noun or a unit of time stands behind it.

    Of an exact count the noun counts in full: 100 foreign visitors are not all visitors.
    """
    if mention.kind == "duration":
        return mention.start <= start <= mention.end
    if mention.kind != "number" or mention.unit_span is None:
        return True
    first, last = mention.unit_span
    behind = not source[last:start].strip() and last < start
    return start == first or behind or (not mention.value and first < start < last)


def _counts(value: str, context: Context) -> list[Mention]:
    """What states the sibling number; where none is typed, the words that bound no number: "several"."""
    number = context.values.get(value)
    stated = [m for m in context.mentions if m.kind in NUMERIC]
    if number is None:
        return [m for m in stated if m.comparator in ("magnitude", "unspecified_many")]
    return [m for m in stated if number in _numbers(m)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How printed words bound the sibling number: "over", "nearly", "millions of", or nothing at all."""

    value: str
    unit: str = ""
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        wanted = str(value)
        number = context.values.get(self.value)
        unit = str(context.values.get(self.unit) or "")
        stated = _counts(self.value, context)
        chosen = _with_unit(stated, unit, context) or stated
        fitting = [m for m in chosen if m.comparator == wanted]
        if fitting:
            first = fitting[0]
            spans = tuple(m.qualifier or (m.start, m.end) for m in fitting)
            return Support(spans=spans, derived=_bounds(first, number, wanted, context.source.original))
        if chosen or stated:
            message = f"the quotes do not say `{wanted}` of this number"
            only = chosen[0].comparator if len({m.comparator for m in chosen}) == 1 else None
            return unsupported("comparator-mismatch", message, chosen or stated, lambda: only)
        return unsupported("value-not-in-quote", "the quotes have no number or quantity that this could belong to")


def _bounds(mention: Mention, number: Decimal | None, comparator: str, source: str) -> dict[str, str]:
    start = min(mention.start, mention.qualifier[0]) if mention.qualifier else mention.start
    end = max(mention.end, mention.qualifier[1]) if mention.qualifier else mention.end
    printed = {"as_reported": source[start:end]}
    value = mention.value if number is None else format(number.normalize(), "f")
    low = {"eq", "gt", "ge", "magnitude", "between"}
    high = {"eq", "lt", "le", "approx_below"}
    if comparator in low and value:
        printed["min"] = value
    if comparator in high and value:
        printed["max"] = value
    if comparator == "between":
        printed["max"] = mention.upper
    return printed


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of the sibling number: the noun counted, or the sign or name of a currency for its ISO code."""

    value: str
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        unit = str(value)
        stated = _counts(self.value, context)
        chosen = _with_unit(stated, unit, context)
        if not chosen:
            if narrower := next((m.unit for m in stated if _ends_with(m.unit, unit)), ""):
                message = f"the quotes count “{narrower}”, not all {unit}"
                return unsupported("unit-or-currency-mismatch", message, meant=partial(str, narrower))
            if not _CODE.fullmatch(unit) and context.where(unit, exact=False):
                message = f"this number does not count {unit}: another one stands by that word"
                return unsupported("number-of-another-noun", message, stated)
            return unsupported("unit-or-currency-mismatch", f"the quotes do not count in {unit}", stated)
        if _CODE.fullmatch(unit):
            return Support(spans=tuple(m.unit_span or (m.start, m.end) for m in chosen))
        return Support(spans=tuple(span for m in chosen if (span := _unit_span(m, unit, context))))


def _ends_with(phrase: str, noun: str) -> bool:
    return plain(phrase).endswith(" " + plain(noun))
