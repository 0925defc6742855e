"""The models of a dataset, loaded from its `schema/` folder by path."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel

from factpack.config import ConfigurationError
from factpack.declaration import place_of, place_of_error
from factpack.disk import below
from factpack.fact import ArticleFields, Entity, Fact, Item
from factpack.fields import FactField, SchemaError, derived_fields_of, fields_of, is_common, quote_model
from factpack.registers import BUILT_IN


@dataclass(frozen=True, eq=False)
class Models:
    """A dataset's models by table name: `facts` stand in articles' files, `entities` in registers."""

    facts: dict[str, type[Fact]]
    entities: dict[str, type[Entity]]
    article: type[Fact]

    @property
    def tables(self) -> dict[str, type[Fact] | type[Entity]]:
        """All models by table name."""
        return {**self.facts, **self.entities}


def load_models(folder: Path) -> Models:
    """Import a dataset's `schema/` and check its models; raises ConfigurationError."""
    module = _import(folder)
    facts: dict[str, type[Fact]] = {}
    entities: dict[str, type[Entity]] = {model.table: model for model in BUILT_IN}
    for model in _subclasses(module.__name__):
        target: dict[str, type[Fact]] | dict[str, type[Entity]] = facts if issubclass(model, Fact) else entities
        if model.table in facts or model.table in entities:
            raise ConfigurationError(
                f"{place_of(model)}: {model.__name__} is a second model published as `{model.table}`"
            )
        target[model.table] = model  # type: ignore[assignment]
    articles = [model for model in facts.values() if issubclass(model, ArticleFields)]
    if len(articles) != 1 or articles[0].table != "articles":
        raise ConfigurationError(f'{folder}: one model must be `class Article(..., ArticleFields, table="articles")`')
    models = Models(facts, entities, articles[0])
    try:
        _check(models)
    except SchemaError as error:
        raise ConfigurationError(str(error)) from None
    return models


def _import(folder: Path) -> ModuleType:
    init = folder / "__init__.py"
    if not init.is_file():
        raise ConfigurationError(f"{init} does not exist: the dataset's models are imported from there")
    for path in below(folder):
        if path.is_symlink():
            raise ConfigurationError(f"{path} is a symbolic link, which could lead out of the project")
    # Two datasets in one process keep their models apart.
    name = "factpack_schema_" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, init, submodule_search_locations=[str(folder)])
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # models that end the process would end it without a word
        for loaded in [key for key in sys.modules if key == name or key.startswith(name + ".")]:
            del sys.modules[loaded]
        why = error.msg if isinstance(error, SyntaxError) else str(error)
        raise ConfigurationError(
            f"{place_of_error(error, folder)}: the models cannot be imported: {type(error).__name__}: {why}"
        ) from error
    return module


def _subclasses(package: str) -> list[type[Fact] | type[Entity]]:
    """The models with a table that a package defines, in the order of their definition."""
    found: list[type[Fact] | type[Entity]] = []

    def visit(model: type[BaseModel]) -> None:
        for child in model.__subclasses__():
            if child.__module__.partition(".")[0] == package:
                if vars(child).get("table") and child not in found:
                    found.append(child)  # type: ignore[arg-type]
                visit(child)

    visit(Fact)
    visit(Entity)
    return found


def _check(models: Models) -> None:
    known = {*models.tables, "records"}
    for model in models.tables.values():
        if model.model_config.get("extra") != "forbid":
            raise SchemaError(model, "", "lets misspelt fields pass: leave out `extra` of its `model_config`")
        if model.renamed_from in known:
            raise SchemaError(model, "", f"is renamed from `{model.renamed_from}`, which is a table now")
        if issubclass(model, Fact):
            quote_model(model)
        derived_fields_of(model)
        for field in fields_of(model):
            _check_references(model, field, known)
            _check_move(models, model, field)
            if issubclass(model, Entity) and field.grounding.basis == "grounded" and field.name != "names":
                raise SchemaError(model, field.name, "has no quotes: mark it Judged(...) or External(...)")


def _check_move(models: Models, model: type[Fact] | type[Entity], field: FactField) -> None:
    """A field can move between tables that have the same ids: from and to `records`, and between registers."""
    source, _, _ = field.renamed_from.rpartition(".")
    own = "records" if is_common(field) else model.table
    if source == own:
        raise SchemaError(model, field.name, f"is renamed from `{field.renamed_from}`: leave out its own table")
    if source in models.facts and own != "records":
        raise SchemaError(
            model,
            field.name,
            f"is renamed from `{field.renamed_from}`, and no record is in both tables: "
            "a field can move from a fact's table to `records`, and back",
        )


def _check_references(model: type[BaseModel], field: FactField, known: set[str]) -> None:
    if field.target and field.target not in known:
        raise SchemaError(model, field.name, f"refers to `{field.target}`, which is no table")
    if field.item is not None:
        if not field.many:
            raise SchemaError(model, field.name, f"must be a tuple of {field.item.__name__}")
        if not issubclass(field.item, Item) or not field.item.table:
            raise SchemaError(field.item, "", f"says no table: class {field.item.__name__}(Item, table=...)")
        for inner in fields_of(field.item):
            _check_references(field.item, inner, known)
