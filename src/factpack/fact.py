"""The base models of a dataset: a subclass is a table.

`Fact` is a record of an article's file, `Entity` a record of a register, `Item` an element of a list
inside a record, which is published as a row of a table of its own. What is required is tested on
records merged over articles, so an article's file may leave out what another one says.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from factpack.edtf import Edtf
from factpack.grounding import Judged
from factpack.mention.language import known
from factpack.vocabulary import EvidenceRelation, ReviewStatus

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
MAX_ID = 100
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"(?!-0(?:\.0+)?$)-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?")


def _integer(value: object) -> object:
    # Pydantic's strict mode refuses "1", its lax mode takes `1_000` and `１`: neither is what a curator means.
    if isinstance(value, str):
        if not _INTEGER.fullmatch(value):
            raise ValueError("a whole number is written in digits only, such as 1096")
        return int(value)
    return value


def _number(value: object) -> object:
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ValueError("a number is written in digits with a decimal point at most, such as 6500000 or 12.5")
        return Decimal(value)
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("write true or false")
        return value == "true"
    return value


def _slug(value: str) -> str:
    if len(value) > MAX_ID or not SLUG.fullmatch(value):
        raise ValueError(
            f"an id is words of a-z and 0-9 joined by single hyphens, begins with a letter and has at most {MAX_ID} "
            "characters"
        )
    return value


Integer = Annotated[int, BeforeValidator(_integer), WithJsonSchema({"type": "integer"})]
"""A whole number, typed in digits."""

Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
"""A decimal number, typed in digits with a decimal point."""

Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that is not empty."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="strings")


class Item(_Model):
    """An element of a record's list; published as a row of the table `table`.

    The key column is named after the class; `parent` names the column that holds the record's id,
    `renamed_from` the table, and `key_renamed_from` the key column, in earlier releases.
    """

    table: ClassVar[str] = ""
    key: ClassVar[str] = ""
    renamed_from: ClassVar[str] = ""
    key_renamed_from: ClassVar[str] = ""
    parent: ClassVar[str] = ""

    judged: Annotated[Words | None, Judged("the curator's reason")] = None
    """Why this element holds although its words are not printed in the quotes."""

    def __init_subclass__(
        cls, table: str = "", parent: str = "record_id", renamed_from: str = "", key_renamed_from: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init_subclass__(**kwargs)
        cls.table, cls.key, cls.parent = table, _key(cls.__name__), parent
        cls.renamed_from, cls.key_renamed_from = renamed_from, key_renamed_from


class Quote(_Model):
    """Words of a source (the W3C TextQuoteSelector); a plain string in YAML is an `exact`.

    `prefix` and `suffix` choose among several places. Further fields of a subclass, such as who asserts
    the words, take the article's field of the same name where they are left out.
    """

    exact: Words
    prefix: Words | None = None
    suffix: Words | None = None
    relation: Annotated[EvidenceRelation, Judged("the curator's reading")] = EvidenceRelation.SUPPORTS

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) == 1 and " " in next(iter(value)):
            raise ValueError("there is a colon in this text, so YAML takes it for a key: put it in quotation marks")
        return {"exact": value} if isinstance(value, str) else value


class Fact(_Model):
    """A statement of an article, with the words that make it. To validate one, nothing but the id is required.

    Subclasses with a `table` are published under that name, with `key` as key column; fields they inherit
    from a subclass without one are common to all facts and published in `records`. `label` is a template
    of one line, such as `"{visitor} to {host_country}, {date}"`. `renamed_from` is the table's name in earlier
    releases, `key_renamed_from` that of its key column.
    """

    table: ClassVar[str] = ""
    key: ClassVar[str] = ""
    renamed_from: ClassVar[str] = ""
    key_renamed_from: ClassVar[str] = ""
    label: ClassVar[str] = ""

    id: str
    """The record's id; the same id in two articles' files is one record reported twice."""
    quotes: tuple[Quote, ...]
    """The words of the article that state this fact."""
    note: Annotated[Words | None, Judged("the curator's note")] = None
    """A curator's note on the reading."""
    judged: Annotated[dict[str, Words], Judged("the curator's reasons")] = Field(default_factory=dict)
    """Field -> why its value holds although the quotes do not print it."""
    review: Annotated[ReviewStatus, Judged("as recorded by the reviewer")] = ReviewStatus.DRAFT
    """How far the record has been reviewed."""
    reviewer: Annotated[Words | None, Judged("as recorded by the reviewer")] = None
    """Who reviewed it."""

    @field_validator("id")
    @classmethod
    def _named(cls, value: str) -> str:
        # An article's id is its source's stem, whatever that is. `issubclass` takes longer than all the rest here.
        return value if ArticleFields in cls.__mro__ else _slug(value)

    def __init_subclass__(
        cls, table: str = "", key: str = "", label: str = "", renamed_from: str = "", key_renamed_from: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init_subclass__(**kwargs)
        cls.table, cls.key, cls.label = table, key or _key(cls.__name__), label
        cls.renamed_from, cls.key_renamed_from = renamed_from, key_renamed_from

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # An article says only what it says: nothing but the id is required of its part of a record.
        schema = handler(source)
        inner: Any = handler.resolve_ref_schema(schema)
        while inner["type"] != "model-fields":
            inner = inner["schema"]
        for name, info in cls.model_fields.items():
            if info.is_required() and name != "id":
                field = inner["fields"][name]
                field["schema"] = core_schema.with_default_schema(
                    core_schema.nullable_schema(field["schema"]), default=None
                )
        return schema


class ArticleFields(BaseModel):
    """What the tool needs to know of an article: a mixin for the dataset's model of articles."""

    source: Words
    """The source's file name in the folder of sources."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the source's bytes."""
    language: Annotated[Words, Judged("the language the article is written in")]
    """BCP 47 language tag; decides how numbers and dates are read."""
    published: Edtf | None = None
    """The day of publication, which relative dates are resolved against."""

    @field_validator("language")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        if value is not None:
            known(value)
        return value


class Entity(_Model):
    """A record of a register: something that several articles share, such as a person or a place.

    `names` are the forms printed in the sources; they support references to it. `renamed_from` and
    `key_renamed_from` are as in `Fact`.
    """

    table: ClassVar[str] = ""
    key: ClassVar[str] = ""
    renamed_from: ClassVar[str] = ""
    key_renamed_from: ClassVar[str] = ""
    label: ClassVar[str] = ""
    id_pattern: ClassVar[str] = ""

    id: str
    """The record's id in its register."""
    names: Annotated[tuple[Words, ...], Judged("as printed in the sources")] = ()
    """The forms in which the sources print its name."""
    note: Annotated[Words | None, Judged("the curator's note")] = None
    """A curator's note."""

    @field_validator("id")
    @classmethod
    def _named(cls, value: str) -> str:
        if not cls.id_pattern:
            return _slug(value)
        if not re.fullmatch(cls.id_pattern, value):
            raise ValueError(f"an id of this register matches {cls.id_pattern}")
        return value

    def __init_subclass__(
        cls, table: str = "", key: str = "", label: str = "{name}", id_pattern: str = "", renamed_from: str = "",
        key_renamed_from: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init_subclass__(**kwargs)
        re.compile(id_pattern)  # what is no pattern is refused with the models, not with the first record
        cls.table, cls.key, cls.label, cls.id_pattern = table, key or _key(cls.__name__), label, id_pattern
        cls.renamed_from, cls.key_renamed_from = renamed_from, key_renamed_from


def _key(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() + "_id"
