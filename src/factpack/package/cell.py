"""A cell and its text: how each Table Schema type is written in a CSV file, one form for each value.

The forms are the narrowest of https://datapackage.org/standard/table-schema/: no `1_000`, no `TRUE`, no
`2020-1-2`, no exponent, so that every reader sees the same value.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from math import isfinite
from types import NoneType

from factpack.package.problem import shown
from factpack.resource import Cell, FieldType

_FORMS: dict[FieldType, tuple[re.Pattern[str], str]] = {
    "integer": (re.compile(r"0|-?[1-9][0-9]*"), "an integer"),
    "number": (re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"), "a number"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date (YYYY-MM-DD)"),
    "year": (re.compile(r"[0-9]{4}"), "a year (YYYY)"),
}

TYPES: dict[FieldType, frozenset[type]] = {
    "string": frozenset((str, NoneType)),
    "date": frozenset((str, NoneType)),
    "integer": frozenset((int, NoneType)),
    "year": frozenset((int, NoneType)),
    "number": frozenset((int, float, NoneType)),
    "boolean": frozenset((bool, NoneType)),
}
"""The types that `write` accepts for values of a field."""

Native = str | int | float | bool | date
"""A value as Arrow takes it."""


def parse(text: str, type_: FieldType) -> Native:
    """The value that a cell's text states; raises ValueError with a plain sentence when it states none."""
    if type_ == "string":
        return text
    form, noun = _FORMS[type_]
    if form.fullmatch(text):
        try:
            return _parse(text, type_)
        except ValueError:
            pass  # of the right form, and still no such day or beyond 64 bits
    raise ValueError(f"{shown(text)} is not {noun}")


def _parse(text: str, type_: FieldType) -> Native:
    if type_ == "boolean":
        return text == "true"
    if type_ == "date":
        return date.fromisoformat(text)
    if type_ == "number":
        number = float(text)
        if not isfinite(number):
            raise ValueError
        return number
    integer = int(text)
    if not -(2**63) <= integer < 2**63:
        raise ValueError
    return integer


def write(value: Cell, type_: FieldType) -> str:
    """The text of a value, nothing for None; raises ValueError when the value is not of the type.

    `parse(write(value))` is the value again: `factpack verify` proves it for every cell it publishes.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int):
        text = f"{value:04d}" if type_ == "year" else str(value)
        if type_ == "number":
            if abs(value) > 2**53:
                raise ValueError("an integer beyond 2^53 would be rounded as a number")
            text = repr(float(value))
    elif isinstance(value, float):
        text = repr(value)
        if "e" in text:
            text = format(Decimal(text), "f")
    else:
        text = value
        _check_text(text)
    if isinstance(value, str) != (type_ in ("string", "date")):
        raise ValueError(f"{shown(value)} is not {_FORMS[type_][1] if type_ in _FORMS else 'text'}")
    parse(text, type_)
    return text


def native(value: Cell, type_: FieldType) -> Native | None:
    """A value that `write` accepts, as Arrow takes it."""
    if isinstance(value, str) and type_ == "date":
        return date.fromisoformat(value)
    return float(value) if value is not None and type_ == "number" else value


def _check_text(text: str) -> None:
    if not text:
        raise ValueError("an empty text; what is absent is null")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{shown(text)} cannot be written as UTF-8") from None
