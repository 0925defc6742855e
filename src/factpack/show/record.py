"""A fact: its merged values, and for each the words of every article that states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factpack.article import Statement
from factpack.dataset import Dataset
from factpack.fields import FactField, derived_fields_of, fields_of
from factpack.records import Part, Record, independent, label
from factpack.reporters.glyphs import shown as harmless
from factpack.reporters.summary import counted
from factpack.show.page import Page
from factpack.tables.columns import columns, derived_column
from factpack.tables.facts import derived_beside
from factpack.tables.provenance import element_name, path_of, shown, stated

Titles = Mapping[tuple[str, str], str]


def record_page(dataset: Dataset, record: Record, titles: Titles, page: Page) -> Iterator[str]:
    """The lines of one record; raises Unknown for a field that it has not."""
    fields = {field: _names(record, field) for field in fields_of(record.model)}
    derived = {field: (field.name, derived_column(field).name) for field in derived_fields_of(record.model)}
    page.known([*(name for names in (*fields.values(), *derived.values()) for name in names), "quotes"], record.id)
    yield page.heading(record.table, record.id, label(record, titles))
    articles = sorted(set(record.articles))
    if articles and page.field is None:
        alone = independent(articles, dataset)
        note = "" if alone == len(articles) else f" ({alone} independent)"
        yield harmless(f"{counted(len(articles), 'article')}{note}: {', '.join(articles)}")
    for field, names in fields.items():
        if page.wants(*names):
            yield from _field(record, field, titles, page)
    if page.field == "quotes":
        yield from _quotes(record, page)
    for computed, names in derived.items():
        value = record.computed(computed) if page.wants(*names) else None
        if value is not None:
            yield ""
            yield page.value(computed.name, shown(value))
            yield f"   derived: {harmless(computed.rule)}"


def _quotes(record: Record, page: Page) -> Iterator[str]:
    for part in record.parts:
        for placed in part.article.quotes_of(part.entry):
            if placed.span and part.article.source:
                yield ""
                yield from page.words([part.article.source.at(*placed.span)], placed.quote.relation.value)


def _names(record: Record, field: FactField) -> tuple[str, ...]:
    """What a field may be called: as in the curation file, or as one of its columns."""
    own = () if field.many else tuple(column.name for column in columns(record.model, field))
    return (field.name, *own)


def _field(record: Record, field: FactField, titles: Titles, page: Page) -> Iterator[str]:
    """All values of a field: one, or the elements of its list, each with its statements."""
    paths: dict[str, list[tuple[Part, Statement]]] = {}
    for part in record.parts:
        for statement in part.statements:
            if statement.steps[0] == field.name:
                # A list without models inside has a printed name or a reference as its path's element.
                paths.setdefault(path_of(statement), []).append((part, statement))
    if not paths:
        yield from _unstated(record, field, page)
    for path, found in paths.items():
        merged = found[0][1].value if field.many else record.values.get(field.name)
        yield ""
        yield page.value(path, _named(merged, found[0][1].field, titles))
        for part, statement in found:
            yield from _words(part, statement, merged, page)
        best = next((s for _, s in found if s.value == merged), found[0][1])
        beside = derived_beside(field, merged, best.support.derived) if not field.many else ()
        if told := [f"{name} {content}" for name, content, _ in beside if content is not None and content != ""]:
            yield f"   derived: {harmless(', '.join(told))}"


def _unstated(record: Record, field: FactField, page: Page) -> Iterator[str]:
    """A field without statements: it is empty, or no source is at hand."""
    value = record.values.get(field.name)
    elements = value if field.many and value else () if value is None or field.many else (value,)
    for element in elements:
        yield ""
        yield page.value(field.name, element_name(element) if field.many else shown(element))
        yield "   the source is not at hand"
    if not elements and page.field is not None:
        yield ""
        yield page.value(field.name, "(nothing)")


def _named(value: Any, field: FactField, titles: Titles) -> str:
    """A value, a reference with the name of what it refers to."""
    text = shown(value) if value is not None else "(nothing)"
    name = titles.get((field.target, text), text) if field.target else text
    return text if name == text else f"{text} ({name})"


def _words(part: Part, statement: Statement, merged: Any, page: Page) -> Iterator[str]:
    article = part.article
    rows = list(stated(part, statement, "", "", ""))
    basis, reason = rows[0].basis, rows[0].reason
    said = " ".join(
        filter(
            None,
            [
                f"says {shown(statement.value)};" if statement.value != merged else "",
                "not supported by its quotes: see `factpack check`" if statement.support.problem else "",
                "" if statement.support.problem else f"{basis}: {reason}" if reason else basis,
            ],
        )
    )
    spans = [row.span for row in rows if row.span]
    # What is judged rests on the record's quotes as a whole: they are drawn where its field is asked for.
    if article.source is None or not spans or (basis != "grounded" and page.field is None):
        yield f"   {harmless(article.article_id)}: {harmless(said)}"
        return
    yield from page.words([article.source.at(*span) for span in spans], said)
