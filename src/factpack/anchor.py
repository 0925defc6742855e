"""From a span of a source to the quote that leads there, and how it is written in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.quote import Folded, Span, find
from factpack.scalar import Spot, written

MAX_CONTEXT = 12
"""So many words before or after are tried, to tell a place from others with the same words."""

REACH = 400
"""How many characters away these may stand."""

_WORD = re.compile(r"\S+")


def selector(source: Folded, span: Span) -> dict[str, str] | None:
    """The quote, as `exact` and where need be `prefix` or `suffix`, whose one place is this span.

    None where there is no such quote: the span is no whole words, or leaves its paragraph.
    """
    content = source.original
    exact = " ".join(content[slice(*span)].split())
    matches = find(source, exact).spans
    if len(matches) == 1:
        return {"exact": exact}
    before = _WORD.findall(content[max(0, span[0] - REACH) : span[0]])
    after = _WORD.findall(content[span[1] : span[1] + REACH])
    most = " ".join(before[-MAX_CONTEXT:]), " ".join(after[:MAX_CONTEXT])
    if len(find(source, exact, *most).spans) > 1:
        return None  # so fewer words do not tell it either
    for chosen in _contexts(before, after) if matches else ():
        found = find(source, exact, chosen.get("prefix"), chosen.get("suffix")).spans
        if len(found) == 1 and found[0][0] < span[1] and span[0] < found[0][1]:
            return {"exact": exact, **chosen}
    return None


def as_yaml(quote: dict[str, str]) -> str:
    """A quote as an element of a list, on one line."""
    if len(quote) == 1:
        return written(quote["exact"], Spot("", listed=True)) or ""
    return "{" + ", ".join(f"{key}: {written(value, Spot('', flow=True))}" for key, value in quote.items()) + "}"


def _contexts(before: list[str], after: list[str]) -> Iterator[dict[str, str]]:
    """What may stand around a quote: few words first, those after it before those before it."""
    for count in range(1, MAX_CONTEXT + 1):
        prefix, suffix = " ".join(before[-count:]), " ".join(after[:count])
        if suffix:
            yield {"suffix": suffix}
        if prefix:
            yield {"prefix": prefix}
        if prefix and suffix:
            yield {"prefix": prefix, "suffix": suffix}
