"""A mark as the record that it becomes: values where a field has the name, all else in its note."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from factpack.annotations.mark import Leaf, grown
from factpack.annotations.placing import PlacedMark, snake
from factpack.fact import Fact
from factpack.fields import FactField, fields_of

_FREE = ("note", "judged", "review", "reviewer")


def record_of(model: type[Fact], one: PlacedMark, keys: Mapping[str, str]) -> dict[str, Any]:
    """The record as it will be read; `keys` leads from the marks that others refer to, to the ids of their records."""
    fields = {field.name: field for field in fields_of(model)}
    kept: list[Leaf] = []
    notes = list(one.mark.notes)
    for path, value in one.mark.leaves:
        if one.mark.record and path[0] in {*fields, *_FREE}:
            kept.append((path, value))
            continue
        name = snake(path[0])
        if (fitting := _fitting(fields.get(name), value)) is not None:
            kept += [((name,), fitting)]
        elif value not in (None, "", []):
            notes.append(f"{'/'.join(path)}: {value if isinstance(value, str) else json.dumps(value)}")
    record = {"id": one.id, **grown(kept)} if kept else {"id": one.id}
    for role, to in () if one.mark.record else one.mark.links:
        target, name = keys.get(to, ""), snake(role)
        if name in fields and fields[name].target and target and name not in record:
            record[name] = [target] if fields[name].many else target
        else:
            notes.append(f"{role}: {target or to.rpartition('#')[2]}")
    if notes:
        record["note"] = "; ".join([*([str(record["note"])] if "note" in record else []), *notes])
    quotes = [{**quote, **(grown(leaves) if leaves else {})} for (_, quote), leaves in one.quotes]
    record["quotes"] = [quote["exact"] if len(quote) == 1 else quote for quote in quotes]
    return record


def _fitting(field: FactField | None, value: Any) -> Any:
    """A plain value as the field takes it; None where the field does not take such a value, or there is no field."""
    if field is None or field.item is not None:
        return None
    values = value if isinstance(value, list) else [value]
    texts = [text for text in (_scalar(element) for element in values) if text]
    if len(texts) != len(values) or not texts:
        return None
    return texts if field.many else texts[0] if len(texts) == 1 else None


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value) if isinstance(value, bool | int | float) else ""
