"""The years do not add up.

Where a quote has an anniversary ("50th anniversary", "50e anniversaire", "kỷ niệm 50 năm") and then, in brackets or set off
by a comma, a period, this must last so many years; if it does not, a digit is wrong, in the record or in the source. Two
years that stand apart ("founded in 1954, the club marked its 70th anniversary in 2023") are reported where they miss it by
one or two.

Fails:

    seeds/a.txt
        They marked the 50th anniversary of the treaty (January 27, 1974 - January 27, 2023).
    curation/a.yaml
        events:
          - id: evt-anniversary
            name: 50th anniversary of the treaty
            quotes:
              - 50th anniversary of the treaty (January 27, 1974 - January 27, 2023)  # error: ordinal-or-anniversary-arithmetic

Passes:

    seeds/a.txt
        They marked the 50th anniversary of the treaty (January 27, 1973 - January 27, 2023).
    curation/a.yaml
        events:
          - id: evt-anniversary
            name: 50th anniversary of the treaty
            quotes:
              - 50th anniversary of the treaty (January 27, 1973 - January 27, 2023)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factpack.article import Article
from factpack.diagnostic import Finding, Severity
from factpack.mention import Mention

SEVERITY = Severity.ERROR
_NOUN = re.compile("anniversa(?:ry|ire)")
_IN_YEARS = re.compile(r"P(\d+)Y")
_VERB = re.compile(r"kỷ niệm\s+$", re.IGNORECASE)


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    anniversaries = [(m, years) for m in article.mentions if (years := _years(m, article.content))]
    for placed in article.quotes if anniversaries else ():
        if placed.span is None:
            continue
        start, end = placed.span
        counted = [(m, years) for m, years in anniversaries if start <= m.start and m.end <= end]
        if len(counted) != 1:
            continue
        (anniversary, years), *_ = counted
        inside = article.mentions_in([placed.span])
        dates = _period(inside, anniversary, article.content) or _two_years(inside, years)
        first, last = (_year(dates[0], 0), _year(dates[-1], -1)) if dates else (0, years)
        if last - first != years:
            message = f"from {first} to {last} are {last - first} years, not {years}"
            told = [(anniversary, "the anniversary"), *((mention, "the dates") for mention in dates)]
            related = tuple((article.source.at(mention.start, mention.end), label) for mention, label in told)
            yield Finding(placed.at, message, "you wrote this", related)


def _period(inside: Sequence[Mention], anniversary: Mention, content: str) -> list[Mention]:
    """The one period behind an anniversary that is set off by a bracket, a comma, a dash."""
    periods = [m for m in inside if m.kind == "date" and m.precision == "interval" and m.basis == "stated"]
    if len(periods) != 1 or not re.fullmatch(r"\d{4}[\d-]*/\d{4}[\d-]*", periods[0].value):
        return []
    between = content[anniversary.end : periods[0].start]
    return periods if re.search(r"[(\[,;:–-]\s*(?:từ |de |from )?$", between) else []


def _two_years(inside: Sequence[Mention], years: int) -> list[Mention]:
    """The earlier and the later of the only two years of a quote, where they nearly are so many apart."""
    dates = [m for m in inside if m.kind == "date" and m.basis.startswith("stated") and m.value[:4].isdigit()]
    by_year = {m.value[:4]: m for m in dates if m.precision != "interval"}
    if len(by_year) != 2 or any(m.precision == "interval" for m in dates) or years < _MANY:
        return []
    first, last = sorted(by_year)
    return [by_year[first], by_year[last]] if abs(int(last) - int(first) - years) <= _NEAR else []


_MANY, _NEAR = 10, 2
"""Of fewer years than that, or further off, two dates may well be about something else."""


def _year(date: Mention, end: int) -> int:
    return int(date.value.split("/")[end][:4])


def _years(mention: Mention, content: str) -> int:
    """The years that an anniversary counts; 0 for what is none."""
    if mention.kind == "ordinal" and _NOUN.match(mention.unit):
        return int(mention.value)
    spent = _IN_YEARS.fullmatch(mention.value) if mention.kind == "duration" else None
    return int(spent[1]) if spent and _VERB.search(content, mention.start - 12, mention.start) else 0
