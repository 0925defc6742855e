"""Ranges: two quantities joined into one, "10-15 million", "between 3 and 5 years"."""

from __future__ import annotations

import re
from decimal import Decimal

from factpack.mention.found import Found
from factpack.mention.numbers import plain


def joined(first: Found, last: Found, first_scale: int, last_scale: int) -> Found | None:
    """The range from one to the other; None when they do not go together or do not rise.

    `first_scale` and `last_scale` are the scale words they were printed with: in "10-15 million" the
    second one's counts for both.
    """
    kinds = {first.kind, last.kind}
    if len(kinds) > 1 and ("number" not in kinds or (first.unit_span and last.unit_span)):
        return None
    if first.kind == "duration":
        return None
    if last.kind == "duration":
        return _durations(first, last)
    low, high = Decimal(first.value), Decimal(last.value)
    if first_scale == 1 < last_scale and low * last_scale < high:
        low *= last_scale
    if high <= low:
        return None
    whole = last if (last.unit_span and last.kind != "number") or first.kind == "number" else first
    kind = "range" if whole.kind == "number" else whole.kind
    place = whole._replace(start=first.start, end=last.end, kind=kind, in_name=False)
    return place._replace(value=plain(low), upper=plain(high), comparator="between")


def _durations(first: Found, last: Found) -> Found | None:
    """ "3 to 5 years": P3Y and P5Y."""
    count = re.fullmatch(r"(PT?)([\d.]+)([A-Z])", last.value)
    if count is None or first.kind != "number" or Decimal(first.value) >= Decimal(count[2]):
        return None
    low = f"{count[1]}{first.value}{count[3]}"
    return last._replace(start=first.start, value=low, upper=last.value, comparator="between")
