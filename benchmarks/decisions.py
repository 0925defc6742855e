"""A value against its quote: the same value otherwise written must be accepted, with one change it must be refused.

    python benchmarks/decisions.py                  writes `benchmarks/decisions.md`

Numbers, sums, percents, comparators, units, dates, countries and document numbers are made at random and written in a
sentence in one of the ways that news writes them. Each sentence is decided twice: with the value that it states, and
with one thing of it changed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from factpack import __version__
from factpack.edtf import Edtf
from factpack.grounding import Amount, Comparison, Context, Dated, DocumentNumber, Grounding, Ref, Unit
from factpack.mention import mentions
from factpack.quote import fold

SEED = 20240412
PER_KIND = 60
PUBLISHED = Edtf.parse("2023-07-10")


@dataclass(frozen=True)
class Decision:
    """A value, the words it is compared with, and whether they state it."""

    kind: str
    marker: Grounding
    value: Any
    values: dict[str, Any]
    words: str
    stated: bool


def supported(decision: Decision) -> bool:
    """Whether the value is accepted."""
    text = decision.words
    found = mentions(text, date=PUBLISHED)
    context = Context(fold(text), ((0, len(text)),), found, decision.values, lambda table, identity: (), PUBLISHED)
    return decision.marker.find(decision.value, context).problem is None


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
_ONES += ["seventeen", "eighteen", "nineteen"]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """A number below a million in English words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return f"{in_words(number // 1000)} thousand" + (f" {in_words(number % 1000)}" if number % 1000 else "")


def changed_digit(number: int, rng: random.Random) -> int:
    """The number with one digit changed."""
    digits = list(str(number))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([d for d in "123456789" if d != digits[at]])
    return int("".join(digits))


_NOUNS = ("trees", "delegates", "books", "households", "hospital beds", "young farmers")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_BOUNDS = {"gt": "more than", "ge": "at least", "lt": "fewer than", "le": "up to", "approx": "about", "eq": ""}
_COUNTRIES = {
    "LAO": ("Laos", "Lao", "Laotian"), "JPN": ("Japan", "Japanese"), "CUB": ("Cuba", "Cuban"),
    "FRA": ("France", "French"), "PER": ("Peru", "Peruvian"), "KEN": ("Kenya", "Kenyan"),
    "GBR": ("the United Kingdom", "Britain", "British", "the UK"), "VNM": ("Vietnam", "Viet Nam", "Vietnamese"),
}  # fmt: skip


def numbers(rng: random.Random) -> Iterator[Decision]:
    """A count in digits or words."""
    number = rng.choice((rng.randrange(21, 100), rng.randrange(100, 1000), rng.randrange(2100, 99999)))
    written = rng.choice((f"{number:,}", str(number), in_words(number)))
    words = f"The province received {written} {rng.choice(_NOUNS)} from the union."
    yield Decision("number", Amount(), Decimal(number), {}, words, True)
    yield Decision("number", Amount(), Decimal(changed_digit(number, rng)), {}, words, False)


def sums(rng: random.Random) -> Iterator[Decision]:
    """A sum of money."""
    tenths = rng.randrange(11, 999)
    scale, name = rng.choice(((10**6, "million"), (10**9, "billion")))
    amount, said = Decimal(tenths) * scale / 10, f"{tenths / 10:g}"
    written = rng.choice((f"US${said} {name}", f"{said} {name} US dollars", f"USD {said} {name}", f"US${amount:,.0f}"))
    words = f"The bridge cost {written}, they said."
    wrong = rng.choice((Decimal(changed_digit(tenths, rng)) * scale / 10, amount * 1000, amount / 1000))
    yield Decision("money", Amount(), amount, {}, words, True)
    yield Decision("money", Amount(), wrong, {}, words, False)
    yield Decision("currency", Unit(value="value"), "USD", {"value": amount}, words, True)
    other = rng.choice(("VND", "EUR", "JPY"))
    yield Decision("currency", Unit(value="value"), other, {"value": amount}, words, False)


def percents(rng: random.Random) -> Iterator[Decision]:
    """A share."""
    tenths = rng.randrange(11, 999)
    written = rng.choice(("{}%", "{} percent", "{} per cent")).format(f"{tenths / 10:g}")
    words = f"Exports grew by {written} in a year."
    yield Decision("percent", Amount(), Decimal(tenths) / 10, {}, words, True)
    yield Decision("percent", Amount(), Decimal(changed_digit(tenths, rng)) / 10, {}, words, False)


def bounds(rng: random.Random) -> Iterator[Decision]:
    """A comparator, and the noun counted."""
    comparator, said = rng.choice(list(_BOUNDS.items()))
    number, noun = rng.randrange(20, 4000), rng.choice(_NOUNS)
    values = {"value": Decimal(number), "unit": noun}
    words = f"They counted {said} {number:,} {noun}.".replace("  ", " ")
    marker = Comparison(value="value", unit="unit")
    yield Decision("comparator", marker, comparator, values, words, True)
    yield Decision(
        "comparator", marker, rng.choice([one for one in _BOUNDS if one != comparator]), values, words, False
    )
    first, second = rng.sample(_NOUNS, 2)
    words = f"The union gave {number:,} {first} and {rng.randrange(20, 90)} {second} to the province."
    yield Decision("unit", Unit(value="value"), first, values, words, True)
    yield Decision("unit", Unit(value="value"), second, values, words, False)


def dates(rng: random.Random) -> Iterator[Decision]:
    """A day, a month or a year, in full."""
    day = date(1950, 1, 1) + timedelta(days=rng.randrange(26000))
    month = _MONTHS[day.month - 1]
    short = month if len(month) < 5 else f"{month[:3]}."
    forms: tuple[tuple[str, str], ...] = (
        (day.isoformat(), f"{month} {day.day}, {day.year}"), (day.isoformat(), f"{day.day} {month} {day.year}"),
        (day.isoformat(), f"{day:%A}, {month} {day.day}, {day.year}"), (f"{day:%Y-%m}", f"{month} {day.year}"),
        (day.isoformat(), f"{short} {day.day}, {day.year}"), (f"{day:%Y}", f"the year {day.year}"),
    )  # fmt: skip
    value, written = rng.choice(forms)
    parts = value.split("-")
    at = rng.randrange(len(parts))
    parts[at] = (
        str(day.year + rng.choice((-10, -1, 1))) if at == 0 else f"{int(parts[at]) % (12 if at == 1 else 28) + 1:02}"
    )
    words = f"The museum opened in {written} and drew many guests."
    yield Decision("date", Dated(), Edtf.parse(value), {}, words, True)
    try:
        yield Decision("date", Dated(), Edtf.parse("-".join(parts)), {}, words, False)
    except ValueError:  # the 31st of a month of thirty days
        yield Decision("date", Dated(), Edtf.parse(f"{day.year + 1}"), {}, words, False)


def countries(rng: random.Random) -> Iterator[Decision]:
    """A country by its name, its adjective, its people."""
    code, other = rng.sample(list(_COUNTRIES), 2)
    form = rng.choice(_COUNTRIES[code])
    place = form.startswith("the ") or form in (_COUNTRIES[code][0], "Britain", "Viet Nam")
    words = f"They travelled to {form} twice." if place else f"They met {form} doctors twice."
    yield Decision("country", Ref("countries"), code, {}, words, True)
    yield Decision("country", Ref("countries"), other, {}, words, False)


def documents(rng: random.Random) -> Iterator[Decision]:
    """The number of a document."""
    number, kind = rng.randrange(2, 99), rng.choice(("CT", "NQ", "KL"))
    form = rng.choice((f"Directive No. {number}-{kind}/TW", f"Directive No.{number}-{kind}/TW", f"{number}-{kind}/TW"))
    words = f"The board adopted {form} last year."
    wrong = rng.choice((f"{changed_digit(number, rng)}-{kind}/TW", f"{number}-QD/TW", f"{number}-{kind}/CP"))
    yield Decision("document", DocumentNumber(), f"{number}-{kind}/TW", {}, words, True)
    yield Decision("document", DocumentNumber(), wrong, {}, words, False)


KINDS: tuple[Callable[[random.Random], Iterator[Decision]], ...] = (
    numbers, sums, percents, bounds, dates, countries, documents,
)  # fmt: skip


def main() -> None:
    rng = random.Random(SEED)
    decisions = [one for kind in KINDS for _ in range(PER_KIND) for one in kind(rng)]
    decided = [(one, supported(one)) for one in decisions]
    seen = Counter((one.kind, one.stated, accepted) for one, accepted in decided)
    lines = ["# A value against its quote", "", "    python benchmarks/decisions.py", ""]
    lines += [f"{len(decisions)} generated decisions; {date.today()}, factpack {__version__}, seed {SEED}.", ""]
    lines += ["| kind | same value | accepted | one change | refused |", "|---|--:|--:|--:|--:|"]
    for kind in (*dict.fromkeys(one.kind for one in decisions), ""):
        count = {key: sum(n for (k, *rest), n in seen.items() if kind in ("", k) and tuple(rest) == key)
                 for key in ((True, True), (True, False), (False, True), (False, False))}  # fmt: skip
        same, other = count[True, True] + count[True, False], count[False, True] + count[False, False]
        lines.append(f"| {kind or '**all**'} | {same} | {count[True, True]} | {other} | {count[False, False]} |")
    balanced = (count[True, True] / same + count[False, False] / other) / 2
    lines += ["", f"Balanced {balanced:.3f}; accepted falsely: {count[False, True]}.", ""]
    for one, accepted in decided:
        if accepted != one.stated:
            lines.append(f"- {'accepted' if accepted else 'refused'}, {one.kind} `{one.value}`: {one.words}")
    text = "\n".join(lines).rstrip() + "\n"
    Path(__file__).with_suffix(".md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
