"""Table Schema: a resource's fields and keys as its standard writes them, and read back from there.

Standard: https://datapackage.org/standard/table-schema/. The models take only what factpack itself writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Property

from factpack.package import cell
from factpack.resource import Field, FieldType, ForeignKey, Resource

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,99}$")]
"""Tables and fields: a word in SQL, R, Python and as a file's name."""

Former = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,99}\.)?[a-z][a-z0-9_]{0,99}$")]
"""What a field was called; `table.field` where it was in another table."""


_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")


class Strict(BaseModel):
    """A model that takes known properties of their exact types, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class _Constraints(Strict):
    required: Literal[True] | None = None
    unique: Literal[True] | None = None
    enum: list[str] | None = None
    pattern: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    min_length: int | None = Property(None, alias="minLength")
    max_length: int | None = Property(None, alias="maxLength")


class _Field(Strict):
    name: Name
    type: FieldType
    title: str | None = None
    description: str | None = None
    constraints: _Constraints | None = None
    renamed_from: Former | None = Property(None, alias="renamedFrom")  # a property of our own, as the standard allows


class _Reference(Strict):
    resource: Literal[""] | Name  # nothing: the table itself
    fields: Annotated[list[Name], Property(min_length=1)]


class _ForeignKey(Strict):
    fields: Annotated[list[Name], Property(min_length=1)]
    reference: _Reference


class TableSchema(Strict):
    """A table's fields and keys.

    No `fieldsMatch`: its default, `exact`, is meant, and no way to say so pleases both validators.
    """

    fields: Annotated[list[_Field], Property(min_length=1)]
    missing_values: list[Literal[""]] = Property([""], alias="missingValues")
    primary_key: list[Name] = Property(alias="primaryKey", min_length=1)
    foreign_keys: list[_ForeignKey] | None = Property(None, alias="foreignKeys")
    renamed_from: Name | None = Property(None, alias="renamedFrom")  # the table's; as of a field, our own


def of(resource: Resource) -> TableSchema:
    """The schema of a resource."""
    return TableSchema(
        fields=[_field(field, field.name in resource.primary_key) for field in resource.fields],
        primary_key=list(resource.primary_key),
        renamed_from=resource.renamed_from or None,
        foreign_keys=[
            _ForeignKey(
                fields=list(key.fields),
                reference=_Reference(
                    resource="" if key.resource == resource.name else key.resource,
                    fields=list(key.reference_fields),
                ),
            )
            for key in resource.foreign_keys
        ]
        or None,
    )


def _field(field: Field, in_key: bool) -> _Field:
    constraints = _Constraints(
        # Said for a key's fields, too: stock frictionless lets a null in a composite key pass.
        required=field.required or in_key or None,
        unique=field.unique or None,
        enum=list(field.enum) or None,
        # In brackets, because stock frictionless anchors `a|b` as `^a|b$`.
        pattern=f"({field.pattern})" if "|" in field.pattern else field.pattern or None,
        minimum=field.minimum,
        maximum=field.maximum,
        min_length=field.min_length,
        max_length=field.max_length,
    )
    return _Field(
        name=field.name,
        type=field.type,
        title=field.title or None,
        description=field.description or None,
        constraints=constraints if constraints.model_dump(exclude_none=True) else None,
        renamed_from=field.renamed_from or None,
    )


def resource(name: str, title: str, description: str, schema: TableSchema) -> Resource:
    """The resource, without rows, that a schema describes."""
    return Resource(
        name=name,
        title=title,
        description=description,
        fields=tuple(_read_field(field) for field in schema.fields),
        primary_key=tuple(schema.primary_key),
        foreign_keys=tuple(
            ForeignKey(tuple(key.fields), key.reference.resource or name, tuple(key.reference.fields))
            for key in schema.foreign_keys or ()
        ),
        renamed_from=schema.renamed_from or "",
    )


def _read_field(field: _Field) -> Field:
    given = field.constraints or _Constraints()
    return Field(
        name=field.name,
        type=field.type,
        title=field.title or "",
        description=field.description or "",
        required=bool(given.required),
        unique=bool(given.unique),
        enum=tuple(given.enum or ()),
        pattern=given.pattern or "",
        minimum=given.minimum,
        maximum=given.maximum,
        min_length=given.min_length,
        max_length=given.max_length,
        renamed_from=field.renamed_from or "",
    )


def flaws(resources: Sequence[Resource]) -> Iterator[tuple[str, str]]:
    """What makes schemas unsound, taken by themselves and together: (table, message)."""
    by_name = {resource.name: resource for resource in resources}
    if len(by_name) < len(resources):
        yield "the package", "two tables have the same name"
    for resource in resources:
        for message in _flaws(resource):
            yield resource.name, message
        for key in resource.foreign_keys:
            for message in _key_flaws(resource, key, by_name.get(key.resource)):
                yield resource.name, message


def _flaws(resource: Resource) -> Iterator[str]:
    names = [field.name for field in resource.fields]
    for name in (resource.name, *names):
        if not _NAME.fullmatch(name):
            yield f"{name!r} is no name for a table or field: a-z, then a-z, 0-9 and _"
    if len(set(names)) < len(names):
        yield "two fields have the same name"
    if not resource.primary_key or not set(resource.primary_key) <= set(names):
        yield f"the primary key ({', '.join(resource.primary_key)}) must be fields of the table"
    for field in resource.fields:
        try:
            re.compile(field.pattern)
            for value in field.enum:
                cell.parse(value, field.type)
        except (re.error, ValueError) as error:
            yield f"{field.name}: {error}"
        if field.pattern and field.type != "string":
            yield f"{field.name}: only a text can have a pattern"
        if (field.minimum, field.maximum) != (None, None) and field.type not in ("integer", "number", "year"):
            yield f"{field.name}: only a number can have a minimum or maximum"
        if (field.min_length, field.max_length) != (None, None) and field.type != "string":
            yield f"{field.name}: only a text can have a shortest or greatest length"


def _key_flaws(resource: Resource, key: ForeignKey, target: Resource | None) -> Iterator[str]:
    arrow = f"the foreign key ({', '.join(key.fields)}) -> {key.resource}({', '.join(key.reference_fields)})"
    if target is None:
        yield f"{arrow}: there is no such table"
        return
    ours = {field.name: field for field in resource.fields}
    theirs = {field.name: field for field in target.fields}
    if not key.fields or len(key.fields) != len(key.reference_fields):
        yield f"{arrow}: both sides must name as many fields"
    elif not set(key.fields) <= ours.keys() or not set(key.reference_fields) <= theirs.keys():
        yield f"{arrow}: there are no such fields"
    else:
        if any(ours[a].type != theirs[b].type for a, b in zip(key.fields, key.reference_fields, strict=True)):
            yield f"{arrow}: the types differ"
        unique = {(field.name,) for field in target.fields if field.unique}
        if set(key.reference_fields) != set(target.primary_key) and key.reference_fields not in unique:
            yield f"{arrow}: what is referred to must be the primary key or unique"
