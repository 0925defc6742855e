"""The published tables of a dataset, and for every cell the words that state it.

A model is a table, a list inside a record a table of its own; what all facts share stands in `records`. Beside
them stand `evidence` (the quotes), `statements` (for every cell of every table its basis and its words), and
what describes articles and vocabularies.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from factpack import coverage
from factpack.article import Article
from factpack.columns import (
    AMOUNT_PARTS,
    column_name,
    columns,
    derived_column,
    foreign_key,
    key_column,
    key_of,
    summary,
    values_of,
)
from factpack.dataset import Dataset
from factpack.edtf import Edtf
from factpack.fact import ArticleFields, Entity, Fact
from factpack.fields import FactField, derived_fields_of, descriptions, fields_of, is_common, quote_model
from factpack.grounding import Comparison, DocumentNumber
from factpack.provenance import Stated, cell, element_name, evidence_row, shown, stated
from factpack.quote import plain
from factpack.records import Part, Record, independent, label, records
from factpack.resource import Cell, Field, ForeignKey, Resource
from factpack.vocabulary import EvidenceRelation, SpanRole, Vocabulary

Row = dict[str, Cell]


@dataclass(eq=False)
class Sheet:
    """A table in the making: its columns, its rows, and what states their cells."""

    name: str
    title: str
    description: str
    key: str
    fields: list[Field]
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Add a row; one that is there already, from another article, stays."""
        self.rows.setdefault(str(row[self.key]), row)

    def resource(self) -> Resource:
        """The table as it is published: every row with every column, sorted by key."""
        names = [column.name for column in self.fields]
        rows = [{name: row.get(name) for name in names} for _, row in sorted(self.rows.items())]
        return Resource(
            self.name, self.title, self.description, tuple(self.fields), (self.key,), tuple(self.foreign_keys), rows
        )


def tables(dataset: Dataset) -> list[Resource]:
    """All tables of a dataset whose checks found no errors, rows sorted by key."""
    found = records(dataset)
    sheets = [
        *_fact_sheets(dataset, found),
        *_entity_sheets(dataset),
        _vocabulary(dataset),
        _spans(dataset),
        _searches(dataset),
        _coverage(dataset),
        _evidence(dataset, found),
    ]
    kept = [sheet for sheet in sheets if sheet.rows]
    return [*(sheet.resource() for sheet in kept), _statements(kept).resource()]


# Facts ------------------------------------------------------------------------------------------------------


def _fact_sheets(dataset: Dataset, found: list[Record]) -> Iterator[Sheet]:
    models = dataset.models
    common = _records_sheet(dataset)
    sheets = {name: _fact_sheet(dataset, model) for name, model in models.facts.items()}
    links: dict[str, Sheet] = {}
    titles = _titles(dataset, found)
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
                _add_links(dataset, record, field_, home, links)
            elif (value := record.values.get(field_.name)) is not None:
                _add_cell(record, field_, value, home, into)
        for derived in derived_fields_of(record.model):
            row[derived_column(derived).name] = cell(getattr(record.fact, derived.name))
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


def _records_sheet(dataset: Dataset) -> Sheet:
    models = dataset.models
    first = next(iter(models.facts.values()))
    shared = [f for f in fields_of(first) if is_common(f) and not f.many]
    return Sheet(
        "records",
        "Records",
        "Every record of the dataset, whatever its table: what all of them have in common.",
        "record_id",
        [
            Field("record_id", title="Record", description="Id of the record in its table.", required=True, unique=True),
            Field("record_type", title="Table", description="The table that holds its values.", required=True,
                  enum=tuple(models.facts)),
            Field("label", title="Label", description="One line that says what it is, made by the model's template.",
                  required=True),
            *(column for f in shared for column in columns(first, f)),
            Field("article_count", "integer", "Articles", "Number of articles that report it.", required=True, minimum=0),
            Field("independent_count", "integer", "Independent articles",
                  "Number of articles that report it, those that rewrite or share one text counted once.",
                  required=True, minimum=0),
        ],
        [foreign_key(f, models) for f in shared if f.target],
    )  # fmt: skip


def _fact_sheet(dataset: Dataset, model: type[Fact]) -> Sheet:
    models = dataset.models
    own = [f for f in fields_of(model) if not is_common(f) and not f.many]
    fields = [key_column(model)]
    if issubclass(model, ArticleFields):
        fields += [
            Field("file_name", title="File", description="The source's file name.", required=True, unique=True),
            Field("sha256", title="SHA-256", description="SHA-256 of the source's bytes.", required=True,
                  pattern="[0-9a-f]{64}"),
            Field("char_count", "integer", "Characters", "Number of code points of the source.", required=True, minimum=0),
        ]  # fmt: skip
    fields += [column for f in own for column in columns(model, f)]
    fields += [derived_column(f) for f in derived_fields_of(model)]
    keys = [ForeignKey((model.key,), "records", ("record_id",)), *(foreign_key(f, models) for f in own if f.target)]
    return Sheet(model.table, _title(model.table), summary(model), model.key, fields, keys)


def _add_cell(record: Record, field_: FactField, value: Any, sheet: Sheet, row: Row) -> None:
    """A value's cell and what is derived beside it, with the statements of all articles that give it."""
    name = column_name(field_)
    row[name] = cell(value)
    found = [(part, s) for part in record.parts for s in part.statements if s.steps == (field_.name,)]
    for part, statement in found:
        sheet.stated.extend(stated(part, statement, sheet.name, record.id, name))
    best = next(((part, s) for part, s in found if s.value == value), found[0] if found else None)
    if best is None:
        return
    for column, content, reason in _beside(field_, value, best[1].support.derived):
        if content is None or content == "":
            continue
        row[column] = content
        for source in stated(*best, sheet.name, record.id, column):
            sheet.stated.append(replace(source, value=shown(content), basis="derived", reason=reason))
            break


def _beside(field_: FactField, value: Any, derived: Mapping[str, str]) -> Iterator[tuple[str, Cell, str]]:
    if isinstance(value, Edtf):
        name = field_.name
        # Nothing bounds what is only about right.
        lower, upper = (None, None) if value.mark in ("~", "%") else value.days
        yield f"{name}_min", lower.isoformat() if lower else None, f"first day of {name}_edtf"
        yield f"{name}_max", upper.isoformat() if upper else None, f"last day of {name}_edtf"
        yield f"{name}_precision", value.precision, f"precision of {name}_edtf"
        basis = derived.get("basis") or ("inferred_context" if value.mark else "none")
        yield f"{name}_basis", basis, "how the words give the date"
        yield f"{name}_as_reported", _line(derived.get("as_reported")), "the words that state it"
    elif isinstance(field_.grounding, Comparison):
        name = field_.grounding.value
        for part in AMOUNT_PARTS:
            content: Cell = _line(derived.get(part))
            if content is not None and part != "as_reported":
                content = float(str(content))
            yield f"{name}_{part}", content, f"from the words that state {name} and {field_.name}"
    elif isinstance(field_.grounding, DocumentNumber):
        yield f"{field_.name}_as_printed", _line(derived.get("as_printed")), "the words that state it"


def _line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _reasons(record: Record) -> Iterator[Stated]:
    """The key columns of a record that need no words."""
    for field_, value in (("record_id", record.id), ("record_type", record.table)):
        yield Stated("records", record.id, field_, value, "derived", reason="given by the curators")


def _titles(dataset: Dataset, found: list[Record]) -> dict[tuple[str, str], str]:
    """(table, id) -> a name to show for it."""
    titles = {
        (register.table, entry.id): str(getattr(entry.values, "name", entry.id))
        for register in dataset.registers
        for entry in register.entries
    }
    return titles | {(r.table, r.id): str(r.values.get("name") or r.id) for r in found}


# Lists inside records ---------------------------------------------------------------------------------------


def _add_links(dataset: Dataset, record: Record, field_: FactField, home: Sheet, links: dict[str, Sheet]) -> None:
    if field_.name == "names":
        sheet = links.setdefault(f"{_singular(home)}_names", _names_sheet(dataset, record.model))
        for part in record.parts:
            for statement in (s for s in part.statements if s.steps[0] == "names"):
                named = _name_row(sheet, home.key, record.id, str(statement.value), part.article)
                sheet.add(named)
                sheet.stated.extend(stated(part, statement, sheet.name, str(named[sheet.key]), "name_as_printed"))
        return
    sheet = _link_sheet(dataset, field_, home, links)
    for part in record.parts:
        for index, element in enumerate(getattr(part.entry.values, field_.name, None) or ()):
            row_id = f"{record.id}/{element_name(element)}"
            row: Row = {sheet.key: row_id, sheet.fields[1].name: record.id}
            for statement in part.statements:
                if statement.steps[:2] == (field_.name, index):
                    name = column_name(statement.field) if field_.item else sheet.fields[2].name
                    row[name] = cell(statement.value)
                    sheet.stated.extend(stated(part, statement, sheet.name, row_id, name))
            sheet.add(row)


def _link_sheet(dataset: Dataset, field_: FactField, home: Sheet, links: dict[str, Sheet]) -> Sheet:
    models = dataset.models
    name = field_.item.table if field_.item else f"{_singular(home)}_{field_.name}"
    if name in links:
        return links[name]
    inner = list(fields_of(field_.item)) if field_.item else [replace(field_, name=_reference(field_, models))]
    key = field_.item.key if field_.item else f"{_singular(home)}_{_reference(field_, models)}_id"
    parent = field_.item.parent if field_.item else home.key
    model: type[BaseModel] = field_.item or field_.owner
    description = summary(field_.item) if field_.item else descriptions(field_.owner).get(field_.name, "")
    own = [column for f in inner for column in columns(model, f)] if field_.item else [
        replace(columns(model, inner[0])[0], description=description, required=True)
    ]  # fmt: skip
    links[name] = Sheet(
        name,
        _title(name),
        description,
        key,
        [
            Field(
                key, title=_title(key), description="Id of the record and of the element.", required=True, unique=True
            ),
            Field(parent, title="Record", description="The record it belongs to.", required=True),
            *own,
        ],
        [
            ForeignKey((parent,), home.name, (home.key,)),
            *(foreign_key(f, models) for f in inner if f.target),
        ],
    )
    return links[name]


def _reference(field_: FactField, models: Any) -> str:
    """A list's reference in the singular: `themes` -> `theme`, from the key of the table referred to."""
    return key_of(field_.target, models).removesuffix("_id")


def _singular(sheet: Sheet) -> str:
    return sheet.key.removesuffix("_id")


def _names_sheet(dataset: Dataset, model: type[Fact] | type[Entity]) -> Sheet:
    singular = model.key.removesuffix("_id")
    return Sheet(
        f"{singular}_names",
        _title(f"{singular}_names"),
        f"Every form in which an article prints the name of a row of `{model.table}`.",
        f"{singular}_name_id",
        [
            Field(f"{singular}_name_id", title="Id", description="Id of the name, its form and its article.",
                  required=True, unique=True),
            Field(model.key, title=_title(singular), description="What is named.", required=True),
            Field("name_as_printed", title="Name as printed", description="The exact form.", required=True),
            Field("article_id", title="Article", description="Article that prints it.", required=True),
            Field("has_diacritics", "boolean", "Diacritics", "Whether the form has diacritics.", required=True),
        ],
        [ForeignKey((model.key,), model.table, (model.key,)), ForeignKey(("article_id",), "articles", ("article_id",))],
    )  # fmt: skip


def _name_row(sheet: Sheet, key: str, identity: str, name: str, article: Article) -> Row:
    form = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
    # Two forms may differ by capitals or diacritics only.
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return {
        sheet.key: f"{identity}/{form}-{digest}/{article.article_id}",
        key: identity,
        "name_as_printed": name,
        "article_id": article.article_id,
        "has_diacritics": plain(name) != name.lower(),
    }


# Registers --------------------------------------------------------------------------------------------------


def _entity_sheets(dataset: Dataset) -> Iterator[Sheet]:
    for table, model in dataset.models.entities.items():
        own = [f for f in fields_of(model) if f.name != "names"]
        sheet = Sheet(
            table,
            _title(table),
            summary(model),
            model.key,
            [key_column(model), *(column for f in own for column in columns(model, f))],
            [foreign_key(f, dataset.models) for f in own if f.target],
        )
        names = _names_sheet(dataset, model)
        for entry in (e for register in dataset.registers if register.table == table for e in register.entries):
            row: Row = {model.key: entry.id}
            for field_ in own:
                value = getattr(entry.values, field_.name)
                if value is not None:
                    row[column_name(field_)] = cell(value)
                    reason = getattr(field_.grounding, "why", "") or getattr(field_.grounding, "source", "")
                    sheet.stated.append(
                        Stated(table, entry.id, column_name(field_), shown(value), field_.grounding.basis,
                               field_.name, reason=reason)
                    )  # fmt: skip
            sheet.add(row)
            for name in entry.values.names:
                _add_printed(dataset, names, model.key, entry.id, name)
        yield sheet
        yield names


def _add_printed(dataset: Dataset, sheet: Sheet, key: str, identity: str, name: str) -> None:
    """A row for every article that prints a registered name in this form, with its first place there."""
    for article in dataset.articles:
        span = article.first_print(name)
        if span is not None:
            row = _name_row(sheet, key, identity, name, article)
            sheet.add(row)
            sheet.stated.append(
                Stated(sheet.name, str(row[sheet.key]), "name_as_printed", name, "grounded", "names",
                       article.article_id, span)
            )  # fmt: skip


# What describes articles and values -------------------------------------------------------------------------


def _vocabulary(dataset: Dataset) -> Sheet:
    sheet = Sheet(
        "vocabulary",
        "Vocabulary",
        "Every value of every closed list, with its definition and the term of another standard.",
        "vocabulary_id",
        [
            Field("vocabulary_id", title="Id", description="List and value.", required=True, unique=True),
            Field("vocab", title="List", description="Name of the closed list.", required=True),
            Field("value", title="Value", description="The value as it stands in cells.", required=True),
            Field("definition", title="Definition", description="What the value means.", required=True),
            Field("maps_to", title="Maps to", description="Term of another standard."),
        ],
    )
    for vocabulary in sorted(_vocabularies(dataset), key=lambda v: v.__name__):
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", vocabulary.__name__).lower()
        for member in vocabulary:
            sheet.add(
                {"vocabulary_id": f"{name}/{member.value}", "vocab": name, "value": member.value,
                 "definition": member.definition, "maps_to": member.maps_to or None}
            )  # fmt: skip
    return sheet


def _vocabularies(dataset: Dataset) -> set[type[Vocabulary]]:
    from factpack.vocabulary import DateBasis, DatePrecision

    found: set[type[Vocabulary]] = {DatePrecision, DateBasis, SpanRole, EvidenceRelation}
    for model in dataset.models.tables.values():
        own = fields_of(model)
        inner = [f for outer in own if outer.item for f in fields_of(outer.item)]
        quoted = fields_of(quote_model(model)) if issubclass(model, Fact) else ()
        found.update(f.choices for f in (*own, *inner, *quoted) if f.choices)
        found.update(f.choices for f in derived_fields_of(model) if f.choices)
    return found


def _spans(dataset: Dataset) -> Sheet:
    sheet = Sheet(
        "article_spans",
        "Article spans",
        "Each article from its first character to its last: what is body, and what was read and holds no fact.",
        "article_span_id",
        [
            Field("article_span_id", title="Id", description="Article and place.", required=True, unique=True),
            Field("article_id", title="Article", description="The article.", required=True),
            Field("char_start", "integer", "Start", "Offset of the first code point.", required=True, minimum=0),
            Field("char_end", "integer", "End", "Offset behind the last code point.", required=True, minimum=0),
            Field("role", title="Role", description="What the passage is.", required=True, enum=values_of(SpanRole)),
            Field("reason", title="Reason", description="Why it holds no fact."),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        for (start, end), role, why in coverage.segments(article):
            identity = f"{article.article_id}/{start}-{end}"
            sheet.add(
                {"article_span_id": identity, "article_id": article.article_id, "char_start": start,
                 "char_end": end, "role": role.value, "reason": why}
            )  # fmt: skip
            if why or role != SpanRole.BODY:
                sheet.stated.append(
                    Stated("article_spans", identity, "role", role.value, "judged", "omitted",
                           article.article_id, (start, end), reason="the curator's reading")
                )  # fmt: skip
    return sheet


def _searches(dataset: Dataset) -> Sheet:
    sheet = Sheet(
        "searches",
        "Searches",
        "What the curators looked for in an article and did not find.",
        "search_id",
        [
            Field("search_id", title="Id", description="Article, table and number.", required=True, unique=True),
            Field("article_id", title="Article", description="The article.", required=True),
            Field("table", title="Table", description="The table that was looked for.", required=True),
            Field("note", title="Note", description="What was looked for and not found.", required=True),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        for number, (_, search) in enumerate(article.searches, 1):
            sheet.add(
                {"search_id": f"{article.article_id}/{search.table}/{number}", "article_id": article.article_id,
                 "table": search.table, "note": _line(search.note)}
            )  # fmt: skip
    return sheet


def _coverage(dataset: Dataset) -> Sheet:
    counts = {
        "words": "Words of the source.",
        "words_quoted": "Words that some record quotes.",
        "words_omitted": "Words in passages omitted with a reason, and not quoted.",
        "mentions": "Numbers, dates, countries and documents that the source states.",
        "mentions_used": "Of these, how many some value is grounded in.",
        "mentions_omitted": "Of these, how many stand in omitted passages only.",
    }
    sheet = Sheet(
        "coverage",
        "Coverage",
        "How much of each article is used by records or omitted with a reason.",
        "article_id",
        [
            Field("article_id", title="Article", description="The article.", required=True, unique=True),
            *(Field(name, "integer", _title(name), text, required=True, minimum=0) for name, text in counts.items()),
        ],
        [ForeignKey(("article_id",), "articles", ("article_id",))],
    )
    for article in dataset.articles:
        measured = coverage.coverage(article)
        sheet.add({"article_id": article.article_id, **{name: getattr(measured, name) for name in counts}})
    return sheet


# Evidence and statements ------------------------------------------------------------------------------------


def _evidence(dataset: Dataset, found: list[Record]) -> Sheet:
    model = quote_model(dataset.models.article)
    own = [f for f in fields_of(model) if f.name not in ("exact", "prefix", "suffix", "relation")]
    sheet = Sheet(
        "evidence",
        "Evidence",
        "The words that state each record: quotes with their place in the article (W3C TextQuoteSelector and "
        "TextPositionSelector).",
        "evidence_id",
        [
            Field("evidence_id", title="Id", description="Record, article and place.", required=True, unique=True),
            Field("record_id", title="Record", description="The record.", required=True),
            Field("article_id", title="Article", description="The article quoted.", required=True),
            Field("exact", title="Exact", description="The source's own words; a line break is a space.", required=True),
            Field("prefix", title="Prefix", description="The words before."),
            Field("suffix", title="Suffix", description="The words after."),
            Field("char_start", "integer", "Start", "Offset of the first code point.", required=True, minimum=0),
            Field("char_end", "integer", "End", "Offset behind the last code point.", required=True, minimum=0),
            Field("relation", title="Relation", description="How the quote stands to the record's values.",
                  required=True, enum=values_of(EvidenceRelation)),
            *(column for f in own for column in columns(model, f)),
        ],
        [
            ForeignKey(("record_id",), "records", ("record_id",)),
            ForeignKey(("article_id",), "articles", ("article_id",)),
            *(foreign_key(f, dataset.models) for f in own if f.target),
        ],
    )  # fmt: skip
    for record in found:
        for part in record.parts:
            for placed in part.article.quotes_of(part.entry):
                if row := evidence_row(part, placed):
                    typed = {f.name for f in own if getattr(placed.quote, f.name) is not None}
                    for f in own:
                        # A quote that says who speaks does not take over of whom the article's default speaks.
                        value = getattr(placed.quote, f.name) if typed else part.article.meta(f.name)
                        row[column_name(f)] = cell(value)
                        if value is not None:
                            sheet.stated.append(_default(part, row, f, value, bool(typed)))
                    sheet.add(row)
    return sheet


def _default(part: Part, row: Row, field_: FactField, value: Any, typed: bool) -> Stated:
    reason = "typed with the quote" if typed else "the article's default"
    start, end = int(str(row["char_start"])), int(str(row["char_end"]))
    identity = str(row["evidence_id"])
    return Stated("evidence", identity, column_name(field_), shown(value), "judged", f"quotes.{field_.name}",
                  part.article.article_id, (start, end), identity, reason)  # fmt: skip


def _statements(sheets: list[Sheet]) -> Sheet:
    """One row at least for every cell that is not empty: what is not stated by words is derived."""
    result = Sheet(
        "statements",
        "Statements",
        "For every cell of every table, what it rests on: the words that state it, a judgement, a rule or a code list.",
        "statement_id",
        [
            Field("statement_id", title="Id", description="Table, row, column and number.", required=True, unique=True),
            Field("table", title="Table", description="The table.", required=True),
            Field("row_id", title="Row", description="The key of the row.", required=True),
            Field("field", title="Field", description="The column.", required=True),
            Field("path", title="Path", description="Where the value stands in the curated record."),
            Field("value", title="Value", description="The value, as text, as this article gives it.", required=True),
            Field("basis", title="Basis", description="What it rests on.", required=True,
                  enum=("grounded", "judged", "derived", "external")),
            Field("article_id", title="Article", description="The article that states it."),
            Field("char_start", "integer", "Start", "Offset of the first code point.", minimum=0),
            Field("char_end", "integer", "End", "Offset behind the last code point.", minimum=0),
            Field("evidence_id", title="Evidence", description="The quote that holds the words."),
            Field("reason", title="Reason", description="For what is judged, derived or external: why."),
        ],
        [
            ForeignKey(("article_id",), "articles", ("article_id",)),
            ForeignKey(("evidence_id",), "evidence", ("evidence_id",)),
        ],
    )  # fmt: skip
    for sheet in sheets:
        said: dict[tuple[str, str], list[Stated]] = {}
        for row in dict.fromkeys(sheet.stated):
            said.setdefault((row.row_id, row.field), []).append(row)
        meanings = {column.name: column.description for column in sheet.fields}
        for row_id, cells in sheet.rows.items():
            for name, value in cells.items():
                if value is None or name not in meanings:
                    continue
                derived = Stated(sheet.name, row_id, name, shown(value), "derived", reason=meanings[name])
                for number, statement in enumerate(said.get((row_id, name), [derived]), 1):
                    result.add(_statement_row(statement, number))
    return result


def _statement_row(statement: Stated, number: int) -> Row:
    start, end = statement.span or (None, None)
    return {
        "statement_id": f"{statement.table}/{statement.row_id}/{statement.field}/{number}",
        "table": statement.table,
        "row_id": statement.row_id,
        "field": statement.field,
        "path": statement.path or None,
        "value": statement.value,
        "basis": statement.basis,
        "article_id": statement.article_id or None,
        "char_start": start,
        "char_end": end,
        "evidence_id": statement.evidence_id or None,
        "reason": _line(statement.reason),
    }


def _title(name: str) -> str:
    words = name.replace("_", " ").removesuffix(" id")
    return words[:1].upper() + words[1:]
