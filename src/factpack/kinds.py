"""Whether values are of the kinds that their fields declare: Pydantic takes whatever a dataset's own code returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

from factpack.edtf import Edtf
from factpack.fact import Entity, Fact
from factpack.fields import DerivedField, FactField, FieldKind, fields_of, quote_model

_KINDS: dict[FieldKind, tuple[type, str]] = {
    "text": (str, "text"),
    "integer": (int, "a whole number"),
    "number": (Decimal, "a number"),
    "flag": (bool, "true or false"),
    "date": (Edtf, "a date"),
    "reference": (str, "an id"),
    "reasons": (dict, "reasons by field"),
}
_LONE = re.compile("[\ud800-\udfff]")
_LARGEST = 10**18
"""What no number reaches, as in what is typed."""


def misfits(values: BaseModel) -> Iterator[tuple[str, str]]:
    """The fields of a validated record that hold something else than they declare: what it is, instead of what."""
    return _misfits(values) if _has_own_code(type(values)) else iter(())


def misfit(field: DerivedField, value: Any) -> str:
    """What a computed field holds, instead of what; empty where it is as declared."""
    return "" if value is None else _wrong(value, *_expected(field))


@cache
def _has_own_code(model: type[BaseModel]) -> bool:
    """Whether anything that a dataset wrote takes part in validating: to look at what comes out takes time."""
    waiting: list[Any] = [model.__pydantic_core_schema__]
    while waiting:
        schema = waiting.pop()
        if isinstance(schema, dict):
            function = schema.get("function")
            called = function["function"] if isinstance(function, dict) else function
            if schema.get("post_init") or (
                called and not str(getattr(called, "__module__", "")).startswith("factpack.")
            ):
                return True
            schema = [part for key, part in schema.items() if key not in ("metadata", "serialization")]
        waiting += [part for part in schema if type(part) in (dict, list, tuple)]
    return False


def _misfits(values: BaseModel) -> Iterator[tuple[str, str]]:
    for name, expected, said, many in _declared(type(values)):
        value = getattr(values, name, None)
        if value is None:
            continue
        if many and type(value) is not tuple:
            yield name, _instead(value, f"a list of {said}")
            continue
        elements = value if many else (value,)
        if wrong := next(filter(None, (_wrong(element, expected, said) for element in elements)), ""):
            yield name, wrong


def _declared(model: type[BaseModel]) -> Iterator[tuple[str, type, str, bool]]:
    """Field -> its type and what that is called, and whether it is a list of such."""
    for field in fields_of(model):
        yield field.name, *_expected(field), field.many
    if issubclass(model, Fact):
        yield "quotes", quote_model(model), "quotes", True
        yield "judged", *_KINDS["reasons"], False
    else:
        yield "judged", *_KINDS["text"], False
    for name in ("id", "source", "sha256") if issubclass(model, Fact | Entity) else ():
        yield name, *_KINDS["text"], False


def _expected(field: FactField | DerivedField) -> tuple[type, str]:
    if field.choices is not None:
        return field.choices, f"one of {field.choices.__name__}"
    item = getattr(field, "item", None)
    return (item, item.__name__) if item else _KINDS[field.kind]


def _is(kind: type, expected: type) -> bool:
    """Whether values of a type can stand for another; `True` is no number, nor a member of any list its text."""
    if issubclass(expected, BaseModel | bool | Enum):
        return kind is expected
    wider = int | Decimal if expected is Decimal else expected
    return issubclass(kind, wider) and not issubclass(kind, bool | Enum)


def _wrong(value: Any, expected: type, said: str) -> str:
    """What is wrong with a value, or inside it."""
    if not _is(type(value), expected):
        return _instead(value, said)
    if isinstance(value, BaseModel):
        return next((f"`{name}`, {wrong}" for name, wrong in _misfits(value)), "")
    if isinstance(value, dict):
        return next(filter(None, (_wrong(part, str, "text") for part in (*value, *value.values()))), "")
    if isinstance(value, str) and _LONE.search(value):
        return "text with half a character in it"
    if isinstance(value, Decimal) and not value.is_finite():
        return "no finite number"
    if isinstance(value, int | Decimal) and not -_LARGEST < value < _LARGEST:
        return "a number of more digits than 18"
    return ""


def _instead(value: object, said: str) -> str:
    return f"{type(value).__name__} instead of {said}"
