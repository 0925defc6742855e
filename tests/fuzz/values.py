"""Numbers and dates: mentions lie in the text, in order, each normal value reads back as itself; EDTF is strict."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from factpack.edtf import Edtf
from factpack.mention import KINDS, Mention, mentions

MODULES = ("factpack.mention", "factpack.edtf")
LONGEST = 300
LANGUAGES = ("en", "fr", "vi")
DATELINES = (None, Edtf.parse("2023-07-10"), Edtf.parse("2024-02-29"), Edtf.parse("9999-12-31"), Edtf.parse("0001"))
SEEDS = tuple(
    bytes([number, number]) + text.encode()
    for number, text in enumerate((
        "On 12 April 2022 more than 120 delegates paid US$6.5 million, or 12.5%, two weeks later.",
        "Le 3 mars, de 10 à 20 millions d'euros; le deuxième tiers, quatre-vingt-dix ans.",
        "Ngày 12/4/2022, hơn 120 đại biểu, 6,5 triệu USD, quý III năm 2023, lần thứ tư, 1/3.",
        "2021/2022 22 2024-02-30 .. 1.000,5 1,000.5 No. 12-CT/TW last Friday the 1990s 45-year",
    ))
)  # fmt: skip
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?|\d+/\d+")


def check(data: bytes) -> None:
    """The first two bytes choose language and dateline, the rest is a text."""
    if len(data) < 3:
        return
    language, date = LANGUAGES[data[0] % len(LANGUAGES)], DATELINES[data[1] % len(DATELINES)]
    text = data[2:].decode("utf-8", "ignore")
    _edtf(text[:24])
    found = mentions(text, language=language, date=date)
    for one in found:
        assert one.kind in KINDS
        for span in (one.qualifier, one.unit_span, (one.start, one.end)):
            assert span is None or 0 <= span[0] < span[1] <= len(text), "a mention outside the text"
        assert not re.search(r"\n\s*\n", text[one.start : one.end]), "a mention over two paragraphs"
        _normal(one)
    assert found == sorted(found, key=lambda one: (one.start, -one.end)), "mentions out of order"
    for one, two in pairwise(found):
        # Only a period is told with its ends, and a date with the length that makes it ("two weeks later").
        assert one.end <= two.start or (one.kind == "date" and two.end <= one.end), "mentions that overlap"


def _normal(one: Mention) -> None:
    values = [value for value in (one.value, one.upper, *one.readings) if value]
    if one.kind == "date":
        for value in values:
            if not value.startswith("XXXX"):
                _edtf(value, strict=True)
    elif one.kind in ("number", "money", "percent", "ordinal"):
        for value in (one.value, one.upper):
            assert not value or _DECIMAL.fullmatch(value), f"{value!r} is no plain decimal"
        if one.value and one.kind == "number" and one.comparator == "eq" and 0 < Decimal(one.value) < 10**15:
            again = mentions(f"{one.value} sheep")
            assert [Decimal(two.value) for two in again] == [Decimal(one.value)], "a value that reads otherwise"


def _edtf(text: str, *, strict: bool = False) -> None:
    try:
        date = Edtf.parse(text)
    except ValueError:
        if strict:
            raise
        return
    assert str(date) == text
    assert date.covers(date)
    assert date.lower is None or date.upper is None or date.lower <= date.upper
