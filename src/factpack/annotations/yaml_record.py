"""A record as lines of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factpack.scalar import Spot, written


class Unwritable(Exception):
    """A value that no YAML of a curation file can hold, such as half a character."""


def lines_of(record: Mapping[str, Any]) -> list[str]:
    """The lines of a record without indentation: a list and a mapping of reasons over several lines, else one each."""
    lines = [line for name, value in record.items() for line in _lines(name, value)]
    return [f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _lines(name: str, value: Any) -> Iterator[str]:
    key = _scalar(name, Spot("", key=True))
    if (isinstance(value, list) and any(not isinstance(one, str) for one in value)) or name == "quotes":
        yield f"{key}:"
        for element in value:
            yield f"  - {_element(element)}"
    elif isinstance(value, Mapping):
        yield f"{key}:"
        for inner, text in value.items():
            yield f"  {_scalar(inner, Spot('', key=True))}: {_value(text)}"
    else:
        yield f"{key}: {_value(value)}"


def _element(value: Any) -> str:
    return _scalar(value, Spot("", listed=True)) if isinstance(value, str) else _flow(value)


def _value(value: Any) -> str:
    return _scalar(value, Spot("")) if isinstance(value, str) else _flow(value)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = [f"{_scalar(key, Spot('', flow=True, key=True))}: {_flow(inner)}" for key, inner in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, Spot("", flow=True))


def _scalar(value: str, spot: Spot) -> str:
    text = written(value, spot)
    if text is None:
        raise Unwritable(f"this value cannot be written in a curation file: {value[:60]!r}")
    return text
