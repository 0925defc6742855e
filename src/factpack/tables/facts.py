"""Facts as tables: what all have in common in `records`, the rest in a table each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from factpack.article import Statement
from factpack.dataset import Dataset
from factpack.edtf import Edtf
from factpack.fact import ArticleFields, Fact
from factpack.fields import FactField, derived_fields_of, fields_of, is_common, shared
from factpack.grounding import Comparison, DocumentNumber
from factpack.records import Part, Record, independent, label
from factpack.resource import Cell, ForeignKey
from factpack.tables.columns import (
    AMOUNT_PARTS,
    column_name,
    columns,
    derived_column,
    foreign_key,
    key_column,
    summary,
)
from factpack.tables.links import add_links
from factpack.tables.provenance import Stated, cell, shown, stated
from factpack.tables.sheet import Row, Sheet, column, line, title

Titles = MutableMapping[tuple[str, str], str]
"""(table, id) -> a name to show for it."""


def fact_sheets(dataset: Dataset, found: list[Record], titles: Titles) -> Iterator[Sheet]:
    """The articles, `records`, a table for each model of facts, and one for each list inside them."""
    models = dataset.models
    common = records_sheet(dataset)
    sheets = {name: _fact_sheet(dataset, model) for name, model in models.facts.items()}
    links: dict[str, Sheet] = {}
    for record in found:
        sheet = sheets[record.table]
        row: Row = {sheet.key: record.id}
        top: Row = {
            "record_id": record.id,
            "record_type": record.table,
            "label": label(record, titles),
            "article_count": len(set(record.articles)),
            "independent_count": independent(record.articles, dataset),
        }
        for field_ in fields_of(record.model):
            home, into = (common, top) if is_common(field_) else (sheet, row)
            if field_.many:
                add_links(dataset, record, field_, home, links)
            elif (value := record.values.get(field_.name)) is not None:
                _add_cell(record, field_, value, home, into)
        for derived in derived_fields_of(record.model):
            row[derived_column(derived).name] = cell(record.computed(derived))
        if issubclass(record.model, ArticleFields):
            article = record.parts[0].article
            content = article.source.content if article.source else ""
            row |= {"file_name": article.meta("source"), "sha256": article.sha256, "char_count": len(content)}
        sheet.add(row)
        common.add(top)
        common.stated.extend(_reasons(record))
    yield sheets.pop("articles")
    yield common
    yield from sheets.values()
    yield from links.values()


def records_sheet(dataset: Dataset) -> Sheet:
    """The table of what all facts have in common, still empty."""
    models = dataset.models
    first = next(iter(models.facts.values()))
    own = [shared(f) for f in fields_of(first) if is_common(f) and not f.many]
    return Sheet(
        "records",
        "Records",
        "Every record of the dataset, whatever its table: what all of them have in common.",
        "record_id",
        [
            column("record_id", "Id of the record in its table.", unique=True),
            column("record_type", "The table that holds its values.", enum=tuple(models.facts)),
            column("label", "One line that says what it is, made by the model's template."),
            *(column for f in own for column in columns(f.owner, f)),
            column("article_count", "Number of articles that report it.", "integer", minimum=0),
            column(
                "independent_count",
                "Number of articles that report it, dependent ones counted once.",
                "integer",
                minimum=0,
            ),
        ],
        [foreign_key(f, models) for f in own if f.target],
    )


def _fact_sheet(dataset: Dataset, model: type[Fact]) -> Sheet:
    models = dataset.models
    own = [f for f in fields_of(model) if not is_common(f) and not f.many]
    fields = [key_column(model)]
    if issubclass(model, ArticleFields):
        fields += [
            column("file_name", "The source's file name.", unique=True),
            column("sha256", "SHA-256 of the source's bytes.", pattern="[0-9a-f]{64}"),
            column("char_count", "Number of code points of the source.", "integer", minimum=0),
        ]
    fields += [column for f in own for column in columns(model, f)]
    fields += [derived_column(f) for f in derived_fields_of(model)]
    keys = [ForeignKey((model.key,), "records", ("record_id",)), *(foreign_key(f, models) for f in own if f.target)]
    return Sheet(
        model.table, title(model.table), summary(model), model.key, fields, keys, renamed_from=model.renamed_from
    )


def _add_cell(record: Record, field_: FactField, value: Any, sheet: Sheet, row: Row) -> None:
    """A value's cell and what is derived beside it, with the statements of all articles that give it."""
    name = column_name(field_)
    row[name] = cell(value)
    found = [(part, s) for part in record.parts for s in part.statements if s.steps == (field_.name,)]
    for part, statement in found:
        sheet.stated.extend(stated(part, statement, sheet.name, record.id, name))
    best = _best(record, field_, value, found)
    if best is None:
        return
    derived = best[1].support.derived
    if isinstance(value, Edtf) and not derived and value == best[0].article.published:
        derived = {"basis": best[0].article.published_basis}
    for further, content, reason in derived_beside(field_, value, derived):
        if content is None or content == "":
            continue
        row[further] = content
        for source in stated(*best, sheet.name, record.id, further):
            sheet.stated.append(source._replace(value=shown(content), basis="derived", reason=reason))
            break


def _best(
    record: Record, field_: FactField, value: Any, found: list[tuple[Part, Statement]]
) -> tuple[Part, Statement] | None:
    """The statement that gives a value; of a comparator, one that bounds the number published beside it."""
    giving = [(part, s) for part, s in found if s.value == value] or found
    if isinstance(field_.grounding, Comparison):
        measured = field_.grounding.value
        number = record.values.get(measured)
        giving = [(part, s) for part, s in giving if getattr(part.entry.values, measured) == number] or giving
    return giving[0] if giving else None


def derived_beside(field_: FactField, value: Any, derived: Mapping[str, str]) -> Iterator[tuple[str, Cell, str]]:
    """The columns published beside a value: name, content, and the rule that gives it."""
    if isinstance(value, Edtf):
        name = field_.name
        # Nothing bounds what is only about right.
        lower, upper = (None, None) if value.mark in ("~", "%") else value.days
        yield f"{name}_min", lower.isoformat() if lower else None, f"first day of {name}_edtf"
        yield f"{name}_max", upper.isoformat() if upper else None, f"last day of {name}_edtf"
        yield f"{name}_precision", value.precision, f"precision of {name}_edtf"
        basis = derived.get("basis") or ("inferred_context" if value.mark else "none")
        yield f"{name}_basis", basis, "how the words give the date"
        yield f"{name}_as_reported", line(derived.get("as_reported")), "the words that state it"
    elif isinstance(field_.grounding, Comparison):
        name = field_.grounding.value
        for part in AMOUNT_PARTS:
            content: Cell = line(derived.get(part))
            if content is not None and part != "as_reported":
                content = float(str(content))
            yield f"{name}_{part}", content, f"from the words that state {name} and {field_.name}"
    elif isinstance(field_.grounding, DocumentNumber):
        yield f"{field_.name}_as_printed", line(derived.get("as_printed")), "the words that state it"


def _reasons(record: Record) -> Iterator[Stated]:
    """The key columns of a record that need no words."""
    for field_, value in (("record_id", record.id), ("record_type", record.table)):
        yield Stated("records", record.id, field_, value, "derived", reason="given by the curators")


def titles_of(dataset: Dataset, found: list[Record]) -> dict[tuple[str, str], str]:
    """(table, id) -> a name to show for it."""
    titles = {
        (register.table, entry.id): str(getattr(entry.values, "name", entry.id))
        for register in dataset.registers
        for entry in register.entries
    }
    return titles | {(r.table, r.id): str(r.values.get("name") or r.id) for r in found}
