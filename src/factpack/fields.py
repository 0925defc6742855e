"""What a model's fields are: how each is typed, grounded and published."""

from __future__ import annotations

import ast
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from factpack.declaration import body_of, place_of
from factpack.edtf import Edtf
from factpack.fact import ArticleFields, Entity, Fact, Item, Quote
from factpack.grounding import Amount, Dated, Grounding, Ref, Verbatim
from factpack.vocabulary import Vocabulary

FieldKind = Literal["text", "integer", "number", "flag", "date", "choice", "reference", "item", "reasons"]


class SchemaError(Exception):
    """A dataset's models cannot be used; the message says where, and names the class and the field."""

    def __init__(self, model: type, field: str, why: str) -> None:
        named = f"{model.__name__}.{field}" if field else model.__name__
        super().__init__(f"{place_of(model, field)}: {named} {why}")


@dataclass(frozen=True, slots=True)
class RenamedFrom:
    """A marker for `Annotated`: the field was published under another name, `name`, in an earlier release.

    As `table.field` it was a field of another table, in which the same records have the same ids.
    """

    name: str


@dataclass(frozen=True, eq=False)
class FactField:
    """One field of a model.

    `kind` says what it holds, `many` that it is a list of it; `reference` carries the table referred to,
    `choice` the vocabulary, `item` the model of a list's elements; `owner` is the class that declares it,
    `renamed_from` its name in earlier releases, `limits` what the type itself allows, by the names that the
    published field has for it.
    """

    name: str
    kind: FieldKind
    grounding: Grounding
    owner: type[BaseModel]
    many: bool = False
    required: bool = False
    target: str = ""
    choices: type[Vocabulary] | None = None
    item: type[Item] | None = None
    renamed_from: str = ""
    limits: tuple[tuple[str, int | float], ...] = ()


SELF_EVIDENT = {"id", "quotes", "judged", "source", "sha256"}
"""Fields of the base models that are published in a way of their own."""


@cache
def fields_of(model: type[BaseModel]) -> tuple[FactField, ...]:
    """The fields of a fact, an entity or an item, in the order of their declaration.

    Raises SchemaError where a field's type has no published form or nothing says what supports it.
    """
    skipped = SELF_EVIDENT if issubclass(model, Fact | Entity) else {"judged"}
    return tuple(_field(model, name) for name in model.model_fields if name not in skipped)


def _field(model: type[BaseModel], name: str) -> FactField:
    info = model.model_fields[name]
    inner, markers, many = _unwrap(info.annotation)
    markers = [*info.metadata, *markers]
    owner = next(cls for cls in reversed(model.__mro__) if name in vars(cls).get("__annotations__", {}))
    groundings = [m for m in markers if hasattr(m, "find") and hasattr(m, "basis")]
    ref = next((m for m in groundings if isinstance(m, Ref)), None)
    stated = [m for m in groundings if not isinstance(m, Ref)]
    if len(stated) > 1:
        raise SchemaError(model, name, f"has {len(stated)} markers that say what supports it: keep one")
    kind, choices, item, default = _kind(inner, ref, model, name)
    if many and kind not in ("reference", "item") and name != "names":
        raise SchemaError(model, name, "is a list: only references, Items and `names` can be lists")
    grounding = stated[0] if stated else default
    if grounding is None:
        raise SchemaError(model, name, "does not say what supports it: add Cue(...), Judged(...) or External(...)")
    former = next((m.name for m in markers if isinstance(m, RenamedFrom)), "")
    if former and (former in model.model_fields or not re.fullmatch(r"([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*", former)):
        raise SchemaError(
            model, name, f"is renamed from `{former}`, which is no former name: a-z, 0-9, _ and no field now"
        )
    if "." in former and (many or issubclass(model, Item)):
        raise SchemaError(
            model, name, f"is renamed from `{former}`: lists and their elements have ids that cannot move"
        )
    target = ref.table if ref else ""
    limits = tuple(_limits(markers))
    return FactField(name, kind, grounding, owner, many, info.is_required(), target, choices, item, former, limits)


def _limits(markers: list[Any]) -> Iterator[tuple[str, int | float]]:
    """The bounds that pydantic's and annotated_types' markers state; that no text is empty goes without saying."""
    for marker in markers:
        if isinstance(marker, FieldInfo):
            yield from _limits(marker.metadata)
        for stated, name in (("ge", "minimum"), ("le", "maximum"), ("min_length",) * 2, ("max_length",) * 2):
            value = getattr(marker, stated, None)
            if isinstance(value, int | float) and (stated, value) != ("min_length", 1):
                yield name, value


def _unwrap(annotation: Any) -> tuple[Any, list[Any], bool]:
    """The plain type inside `Annotated`, `| None` and `tuple[..., ...]`, with all markers found on the way."""
    markers: list[Any] = []
    many = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            markers.extend(found)
        elif origin in (Union, types.UnionType):
            rest = [a for a in get_args(annotation) if a is not type(None)]
            if len(rest) != 1:
                return annotation, markers, many
            annotation = rest[0]
        elif origin is tuple and (elements := get_args(annotation)):
            annotation, many = elements[0], True
        else:
            return annotation, markers, many


def _kind(
    inner: Any, ref: Ref | None, model: type[BaseModel], name: str
) -> tuple[FieldKind, type[Vocabulary] | None, type[Item] | None, Grounding | None]:
    if ref is not None:
        return "reference", None, None, ref
    if isinstance(inner, type):
        if issubclass(inner, Vocabulary):
            return "choice", inner, None, None
        if issubclass(inner, Item):
            return "item", None, inner, Verbatim()
        if issubclass(inner, bool):
            return "flag", None, None, None
        if issubclass(inner, int):
            return "integer", None, None, Amount()
        if issubclass(inner, Decimal):
            return "number", None, None, Amount()
        if issubclass(inner, Edtf):
            return "date", None, None, Dated()
        if issubclass(inner, str):
            return "text", None, None, Verbatim()
    raise SchemaError(
        model,
        name,
        "has a type that cannot be published: use text, Integer, Number, Flag, Edtf, a Vocabulary, "
        "a reference, or a tuple of Items or references",
    )


@dataclass(frozen=True, eq=False)
class DerivedField:
    """A column computed from a record's other values; `rule` says how (the docstring of the property)."""

    name: str
    kind: FieldKind
    rule: str
    choices: type[Vocabulary] | None = None


@cache
def derived_fields_of(model: type[BaseModel]) -> tuple[DerivedField, ...]:
    """The computed fields (`@computed_field`) of a model."""
    found = []
    for name, computed in model.model_computed_fields.items():
        inner, markers, _ = _unwrap(computed.return_type)
        ref = next((m for m in markers if isinstance(m, Ref)), None)
        kind, choices, _, _ = _kind(inner, ref, model, name)
        found.append(DerivedField(name, kind, " ".join((computed.description or "").split()), choices))
    return tuple(found)


@cache
def is_common(field: FactField) -> bool:
    """Whether a field is shared by all facts, and so published in `records`: its class is no table itself."""
    return issubclass(field.owner, Fact) and not issubclass(field.owner, ArticleFields) and not field.owner.table


def shared(field: FactField) -> FactField:
    """A common field as the class that shares it declares it, whatever a table says of it anew."""
    return next(one for one in fields_of(field.owner) if one.name == field.name)


@cache
def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Field name -> the docstring below it, nearest class first; needs the models' source."""
    found: dict[str, str] = {}
    for cls in model.__mro__:
        if not issubclass(cls, BaseModel) or cls is BaseModel:
            continue
        for field, doc in pairwise(body_of(cls)):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(doc, ast.Expr)
                and isinstance(doc.value, ast.Constant)
            ):
                found.setdefault(field.target.id, " ".join(str(doc.value.value).split()))
    return found


@cache
def quote_model(model: type[Fact]) -> type[Quote]:
    """The dataset's model of quotes."""
    inner, _, _ = _unwrap(model.model_fields["quotes"].annotation)
    if not (isinstance(inner, type) and issubclass(inner, Quote)):
        raise SchemaError(model, "quotes", "must be a tuple of Quotes")
    return inner
