"""What an editor writes for a new record: its required fields, and places to type in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from factpack.fact import Entity, Fact
from factpack.fields import FactField, fields_of


def skeleton(model: type[Fact] | type[Entity]) -> dict[str, Any]:
    """A record with tab stops for values, as `defaultSnippets` have it: the id, what is required, the quotes."""
    stops = count(1)
    body: dict[str, Any] = {"id": f"${next(stops)}"}
    for field in fields_of(model):
        if field.required:
            body[field.name] = _blank(field, stops)
    if issubclass(model, Fact):
        body["quotes"] = [f"${next(stops)}"]
    return body


def _blank(field: FactField, stops: Iterator[int]) -> Any:
    stop = next(stops)
    if field.item is not None:
        first, *others = (inner for inner in fields_of(field.item) if inner.required)
        return [{first.name: f"${stop}"} | {inner.name: _blank(inner, stops) for inner in others}]
    one = f"${stop}"
    if field.choices is not None:
        one = f"${{{stop}|{','.join(member.value for member in field.choices)}|}}"
    return [one] if field.many else one
