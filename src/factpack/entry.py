"""Records as they stand in a YAML file: data validated against a model, and the faults in it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from factpack.declaration import place_of_error
from factpack.diagnostic import At, Finding, Fix, Route
from factpack.fact import Entity, Fact
from factpack.fields import FactField, fields_of, quote_model
from factpack.kinds import misfits
from factpack.suggest import closest, unknown

Fault = tuple[str, Finding]
"""A rule's name and what it found while the file was read."""


@dataclass(eq=False, slots=True)  # not frozen: to make a frozen one takes four times as long, and there are many
class Entry:
    """A record as it stands in one file; it is never changed.

    `values` holds what could be read of it; `typed` the fields that stand in the file; `broken` those that
    could not be read. `id` is empty where it could not be read.
    """

    file: str
    table: str
    model: type[Fact] | type[Entity]
    route: Route
    id: str
    values: Any
    typed: frozenset[str]
    broken: frozenset[str]

    def at(self, *steps: str | int, key: bool = False) -> At:
        """The place of one of its values."""
        return At(self.file, (*self.route, *steps), "key" if key else "value")


def named(identity: str) -> str:
    """How a message calls the record of this id, which is empty where it could not be read."""
    return f"`{identity}`" if identity else "this record"


def read_entry(
    file: str,
    table: str,
    model: type[Fact] | type[Entity],
    route: Route,
    data: Any,
    fixed: Mapping[str, str],
) -> tuple[Entry | None, list[Fault]]:
    """Validate one record; `fixed` are values given by its place, such as an article's id."""
    if not isinstance(data, dict):
        return None, [("invalid-value", Finding(At(file, route), "a record is a mapping of fields to values"))]
    faults: list[Fault] = []
    kept = data
    for key in data.keys() & fixed.keys() if fixed else ():
        kept = {name: value for name, value in kept.items() if name != key}
        faults.append(
            ("unknown-field", Finding(At(file, (*route, key), "key"), f"`{key}` is given by the file's name"))
        )
    broken: set[str] = set()
    # Every round leaves out the fields that could not be read, so that the others are still checked.
    while True:
        try:
            # What `model_validate` calls, which costs as much again as a field.
            values = model.__pydantic_validator__.validate_python({**kept, **fixed} if fixed else kept)
            if type(values) is not model:
                raise TypeError("a validator of the whole record must return it")
            if not (wrong := dict(misfits(values))):
                break
            faults.extend(_misfit(file, route, model, name, what, kept) for name, what in wrong.items())
            broken |= wrong.keys()
            if not wrong.keys() <= kept.keys() or "id" in wrong:
                return None, faults
            kept = {key: value for key, value in kept.items() if key not in wrong}
        except ValidationError as error:
            bad: set[str] = set()
            errors = error.errors(include_url=False, include_context=True, include_input=False)
            faults.extend(_fault(file, route, model, item, kept) for item in _one_each(errors, model))
            bad.update(str(item["loc"][0]) if item["loc"] else "" for item in errors)
            broken |= bad
            if "id" in bad or not bad & kept.keys():
                kept = {key: value for key, value in kept.items() if key not in bad}
                values = model.model_construct(**_readable(model, kept))
                break
            kept = {key: value for key, value in kept.items() if key not in bad}
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # the models' own code, which could also end the process without a word
            return None, [*faults, ("invalid-value", Finding(At(file, route), _failed(model, error)))]
    if lists := {key: value for key, value in kept.items() if type(value) is not str and not _is_one_text(value)}:
        faults.extend(_without_effect(file, route, model, lists, values))
    identity = fixed.get("id") or (str(kept.get("id") or "") if "id" not in broken else "")
    unread = frozenset(broken) if broken else _NOTHING
    return Entry(file, table, model, route, identity, values, _typed(tuple(kept)), unread), faults


_NOTHING: frozenset[str] = frozenset()  # shared, as nearly all records have it


@lru_cache(maxsize=1 << 10)
def _typed(keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(keys) - {"id"}


def _without_effect(file: str, route: Route, model: type[BaseModel], lists: Any, values: Any) -> Iterator[Fault]:
    """What is typed and would be published nowhere: empty values, repeated elements, reasons for nothing.

    `lists` is what of a record is no text, nor a list of one.
    """
    for steps in _empty(lists):
        if steps != ("quotes",):  # which has a rule of its own
            message = f"`{steps[-1]}` is empty: write a value or leave it out"
            yield "invalid-value", Finding(At(file, (*route, *steps), "key"), message)
    for key in lists:
        elements = getattr(values, key, None)
        if type(elements) is not tuple or len(elements) < 2:
            continue
        seen: set[Any] = set()
        for index, element in enumerate(elements):
            same = element
            if isinstance(element, BaseModel):
                same = tuple(value for name, value in element if name != "judged")
            if same in seen:
                yield "invalid-value", Finding(At(file, (*route, key, index)), f"this stands in `{key}` a second time")
            seen.add(same)
    reasons = getattr(values, "judged", None)
    fields = {field.name: field for field in fields_of(model)} if reasons else {}
    for name in reasons or ():
        at = At(file, (*route, "judged", name), "key")
        if name not in fields:
            yield "unknown-field", unknown(at, "field", name, fields)
        elif fields[name].item is not None:
            message = f"the reason for an element of `{name}` stands in the element itself, as its own `judged`"
            yield "invalid-value", Finding(at, message)
        elif getattr(values, name, None) in (None, ()):
            yield "invalid-value", Finding(at, f"this record has no `{name}` that the reason could belong to")


def _is_one_text(value: Any) -> bool:
    """Whether this is a list of one text, as most quotes are: it is not empty, and nothing in it is repeated."""
    return type(value) is list and len(value) == 1 and type(value[0]) is str


def _empty(data: Any) -> Iterator[Route]:
    """The ways to all empty values."""
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        if type(value) is str:
            continue
        if not value:
            yield (step,)
        else:
            for further in _empty(value):
                yield step, *further


def read_list(file: str, key: str, data: Any, model: type[BaseModel]) -> tuple[list[tuple[Route, Any]], list[Fault]]:
    """Validate a list of plain models, such as the omitted passages: what could be read, with its route."""
    if not isinstance(data, list):
        return [], [("invalid-value", Finding(At(file, (key,)), f"`{key}` is a list: each element begins with `- `"))]
    found: list[tuple[Route, Any]] = []
    faults: list[Fault] = []
    for index, element in enumerate(data):
        route: Route = (key, index)
        try:
            found.append((route, model.model_validate(element)))
        except ValidationError as error:
            given = element if isinstance(element, dict) else {}
            items = _one_each(error.errors(include_url=False), model)
            faults.extend(_fault(file, route, model, item, given) for item in items)
    return found, faults


def _readable(model: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record without a usable id, each validated alone."""
    try:
        values = model.model_validate({**data, "id": "unknown"})
        if type(values) is model and not any(misfits(values)):
            return dict(values)
    except KeyboardInterrupt:
        raise
    except BaseException:  # as above
        pass
    return {**dict.fromkeys(name for name, info in model.model_fields.items() if info.is_required()), "quotes": ()}


def _one_each(errors: Sequence[Any], model: type[BaseModel]) -> Iterator[Any]:
    """The errors without those on a missing field that stands there under a misspelt key."""
    meant = set()
    for error in errors:
        if error["type"] == "extra_forbidden" and error["loc"]:
            *place, key = error["loc"]
            meant.add((*place, closest(str(key), _model_at(model, tuple(place)).model_fields)))
    return (error for error in errors if error["type"] != "missing" or error["loc"] not in meant)


def _fault(file: str, route: Route, model: type[BaseModel], error: Any, data: Mapping[str, Any]) -> Fault:
    steps: Route = tuple(error["loc"])
    kind = error["type"] if steps else ""  # a validator may say of a whole record what is said of a field
    if kind == "extra_forbidden":
        return "unknown-field", _unknown_field(file, route, steps, model, data)
    if kind == "missing":
        lists = [step for step in steps[:-1] if isinstance(step, str)]
        owner = f"this element of `{lists[-1]}`" if lists else "the record"
        return "invalid-value", Finding(At(file, (*route, *steps[:-1])), f"{owner} needs `{steps[-1]}`")
    at = At(file, (*route, *steps))
    if kind == "enum":
        return "invalid-value", _no_choice(at, steps, model, data)
    message = f"`{steps[-1] if steps else ''}`: {_plainly(error)}"
    return "invalid-value", Finding(at, message, "this value", fix=_quoting(steps, data))


def _quoting(steps: Route, data: Mapping[str, Any]) -> Fix | None:
    """For a text that YAML takes for a key and a value, because there is a colon in it: the text."""
    given = _given(data, steps)
    if not isinstance(given, dict) or len(given) != 1:
        return None
    ((key, value),) = given.items()
    if " " not in key or not isinstance(value, str | None):
        return None
    return Fix("put the whole text in quotation marks", f"{key}: {value}" if value else f"{key}:", safe=True)


def _failed(model: type[BaseModel], error: BaseException) -> str:
    folder = Path(inspect.getfile(model)).parent
    where = place_of_error(error, folder).removeprefix(f"{folder.parent}{os.sep}")
    return f"the model {model.__name__} fails at this, in {where}: {type(error).__name__}: {error}"


def _misfit(file: str, route: Route, model: type[BaseModel], name: str, what: str, data: Mapping[str, Any]) -> Fault:
    at = At(file, (*route, name) if name in data else route)
    return "invalid-value", Finding(at, f"`{name}`: the model {model.__name__} makes this {what}")


def _plainly(error: Any) -> str:
    message = str(error["msg"])
    plain = {
        "string_type": "this must be text; put it in quotation marks or write a value",
        "tuple_type": "this must be a list: one `- ` per element",
        "dict_type": "this must be a mapping of names to values",
        "model_type": "this must be a mapping of names to values",
        "model_attributes_type": "this must be a mapping of names to values",
        "int_type": "this must be a whole number",
        "decimal_type": "this must be a number",
        "bool_type": "write true or false",
        "string_too_short": "this is empty",
        "too_short": "this list is empty",
    }
    return plain.get(error["type"], message.removeprefix("Value error, "))


def _unknown_field(file: str, route: Route, steps: Route, model: type[BaseModel], data: Mapping[str, Any]) -> Finding:
    given = _given(data, steps[:-1])
    absent = {name: info for name, info in _model_at(model, steps[:-1]).model_fields.items() if name not in given}
    required = [name for name, info in absent.items() if info.is_required()]
    return unknown(At(file, (*route, *steps), "key"), "field", str(steps[-1]), list(absent), required)


def _given(data: Any, steps: Route) -> Any:
    """What stands at a route in a record, or None."""
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else data[int(step)] if isinstance(data, list) else None
    return data


def _model_at(model: type[BaseModel], steps: Route) -> type[BaseModel]:
    """The model of the mapping that a route leads to."""
    for step in steps:
        if isinstance(step, int):
            continue
        info = model.model_fields.get(step)
        nested = next(_models_in(info.annotation), None) if info else None
        if nested is None:
            return model
        model = nested
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _no_choice(at: At, steps: Route, model: type[BaseModel], data: Mapping[str, Any]) -> Finding:
    field = next(step for step in reversed(steps) if isinstance(step, str))
    owner = _model_at(model, steps[: steps.index(field)])
    return unknown(at, field, str(_given(data, steps)), next(_choices_in(owner.model_fields[field].annotation), []))


def _choices_in(annotation: Any) -> Iterator[list[str]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield [str(member.value) for member in annotation]
    for inner in get_args(annotation):
        yield from _choices_in(inner)


def references_of(entry: Entry) -> list[tuple[Route, str, str]]:
    """Every reference of a record: its route, the table referred to, the id."""

    found: list[tuple[Route, str, str]] = []

    def collect(model: Any, values: Any, route: Route) -> None:
        for field in _referring(model):
            value = getattr(values, field.name, None)
            if value is None:
                continue
            for index, element in enumerate(value if field.many else (value,)):
                steps = (*route, field.name, index) if field.many else (*route, field.name)
                if field.item is not None:
                    collect(field.item, element, steps)
                elif field.target:
                    found.append((steps, field.target, element))

    collect(entry.model, entry.values, entry.route)
    if issubclass(entry.model, Fact):
        for index, quote in enumerate(entry.values.quotes or ()):
            collect(quote_model(entry.model), quote, (*entry.route, "quotes", index))
    return found


@cache
def _referring(model: type[BaseModel]) -> tuple[FactField, ...]:
    """The fields that refer to a record, or whose elements do."""
    return tuple(f for f in fields_of(model) if f.target or (f.item is not None and _referring(f.item)))
