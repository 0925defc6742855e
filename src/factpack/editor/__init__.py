"""JSON Schemas for editors: completion, hover and squiggles while curating.

One schema for articles' files and one for each register, for yaml-language-server: ids of the registers as
choices with their names, docstrings as hover, required keys. What they cannot say (whether a quote stands in
the source) is left to `factpack check`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from factpack.dataset import Dataset
from factpack.editor.skeleton import skeleton
from factpack.fact import SLUG, Entity, Fact
from factpack.fields import FactField, descriptions, fields_of, quote_model
from factpack.reporters.markdown import inert
from factpack.tables.columns import summary
from factpack.vocabulary import EvidenceRelation, SpanRole, Vocabulary

FOLDER = ".factpack"
"""Where the schemas are written, relative to the dataset's root."""

Schema = dict[str, Any]
Choices = Mapping[str, Mapping[str, str]]
"""Table -> id -> name."""


def schemas(dataset: Dataset) -> dict[str, str]:
    """The schemas' contents by their path relative to the dataset's root."""
    choices = _choices(dataset)
    found = {f"{FOLDER}/article.schema.json": _article_file(dataset)}
    for table, model in dataset.models.entities.items():
        name = table.replace("_", "-")
        body = _mapping({table: _table(table, model)}, required=[table])
        found[f"{FOLDER}/{name}.schema.json"] = {**body, "description": summary(model)}
    return {path: _dump(body, choices) for path, body in found.items()}


def _dump(body: Schema, choices: Choices) -> str:
    """A schema as text, with the choices that it refers to."""
    text = json.dumps(body)
    used = {table: ids for table, ids in choices.items() if f'"#/definitions/{table}"' in text}
    definitions = {
        table: {"enum": sorted(ids), "markdownEnumDescriptions": [inert(ids[name]) for name in sorted(ids)]}
        for table, ids in used.items()
    }
    head = {"$schema": "http://json-schema.org/draft-07/schema#"}
    return json.dumps({**head, **body, "definitions": definitions}, ensure_ascii=False, indent=1) + "\n"


def _choices(dataset: Dataset) -> Choices:
    found: dict[str, dict[str, str]] = {}
    for file in dataset.files:
        for entry in file.entries:
            name = str(getattr(entry.values, "name", None) or "")
            found.setdefault(entry.table, {})[entry.id] = name
            if issubclass(entry.model, Fact):
                found.setdefault("records", {})[entry.id] = name
    for article in dataset.articles:
        found.setdefault("articles", {})[article.article_id] = str(article.meta("headline") or "")
    return found


def _article_file(dataset: Dataset) -> Schema:
    models = dataset.models
    tables = {table: _table(table, model) for table, model in models.facts.items() if table != "articles"}
    article = _record(models.article)
    article["properties"] = {
        "source": _text("The source's file name in the folder of sources."),
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "markdownDescription": "SHA-256 of the source."},
        **{name: schema for name, schema in article["properties"].items() if name != "id"},
    }
    article["required"] = ["source", "sha256", "language", "quotes"]
    why = _text("Why it holds no fact.")
    passage = _mapping(
        {
            "exact": _text("The whole passage."),
            "from": _text("The passage's first words."),
            "to": _text("The passage's last words."),
            "prefix": _text("The words right before it, where it stands more than once."),
            "role": _closed(SpanRole),
            "why": why,
        },
        required=["role"],
    )
    search = _mapping({"table": {"enum": sorted(models.facts)}, "note": why}, required=["table", "note"])
    return _mapping(
        {"article": article, **tables, "omitted": _list(passage), "searched": _list(search)}, required=["article"]
    )


def _table(table: str, model: type[Fact] | type[Entity]) -> Schema:
    offer = {"label": f"new record of {table}", "markdownDescription": summary(model), "body": skeleton(model)}
    return {**_list(_record(model)), "defaultSnippets": [offer], "markdownDescription": summary(model)}


def _record(model: type[Fact] | type[Entity]) -> Schema:
    texts = descriptions(model)
    pattern = getattr(model, "id_pattern", "") or SLUG.pattern
    properties: Schema = {
        "id": {"type": "string", "pattern": f"^(?:{pattern})$", "markdownDescription": texts.get("id", "")}
    }
    for field in fields_of(model):
        properties[field.name] = _field(field, texts.get(field.name, ""))
    required = ["id"]
    if issubclass(model, Fact):
        properties["judged"] = {"type": "object", "markdownDescription": texts.get("judged", "")}
        properties["quotes"] = {**_list(_quote(model)), "minItems": 1,
                                "markdownDescription": texts.get("quotes", "")}  # fmt: skip
        required.append("quotes")
    else:
        # An article may leave to another one what a fact requires; a register's record stands alone.
        required += [name for name, info in model.model_fields.items() if info.is_required() and name != "id"]
    return _mapping(properties, required)


def _quote(model: type[Fact]) -> Schema:
    quote = quote_model(model)
    texts = descriptions(quote)
    properties = {field.name: _field(field, texts.get(field.name, "")) for field in fields_of(quote)}
    properties["relation"] = _closed(EvidenceRelation)
    return {"anyOf": [_text("Words of the article."), _mapping(properties, ["exact"])]}


def _field(field: FactField, text: str) -> Schema:
    one = _value(field)
    schema = _list(one) if field.many else one
    return {**schema, "markdownDescription": text}


def _value(field: FactField) -> Schema:
    if field.item is not None:
        return _item(field.item)
    if field.choices is not None:
        return _closed(field.choices)
    if field.target:
        return {"$ref": f"#/definitions/{field.target}"}
    # A date such as 2022, and a number in quotation marks, are read as they are written.
    types = {"integer": ["integer", "string"], "number": ["number", "string"], "date": ["string", "integer"]}
    return {"type": "boolean"} if field.kind == "flag" else {"type": types.get(field.kind, "string")}


def _item(model: type[BaseModel]) -> Schema:
    texts = descriptions(model)
    properties = {field.name: _field(field, texts.get(field.name, "")) for field in fields_of(model)}
    properties["judged"] = _text(texts.get("judged", ""))
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    return _mapping(properties, required)


def _closed(vocabulary: type[Vocabulary]) -> Schema:
    return {
        "enum": [member.value for member in vocabulary],
        "markdownEnumDescriptions": [member.definition for member in vocabulary],
    }


def _text(description: str) -> Schema:
    return {"type": "string", "markdownDescription": description}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _mapping(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
