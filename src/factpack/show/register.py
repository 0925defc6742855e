"""A register's record: its values, where its names are printed, and who refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Dataset, Register
from factpack.entry import Entry, references_of
from factpack.fields import fields_of
from factpack.reporters.glyphs import shown as harmless
from factpack.reporters.summary import counted
from factpack.show.page import Page
from factpack.tables.columns import columns
from factpack.tables.provenance import shown

_REFERRING = 10


def register_page(dataset: Dataset, register: Register, entry: Entry, page: Page) -> Iterator[str]:
    """The lines of one record of a register; raises Unknown for a field that it has not."""
    own = [field for field in fields_of(entry.model) if field.name != "names"]
    called = {field: (field.name, *(column.name for column in columns(entry.model, field))) for field in own}
    page.known([*(name for names in called.values() for name in names), "names"], entry.id)
    yield page.heading(register.table, entry.id, str(getattr(entry.values, "name", "")))
    for field in own:
        value = getattr(entry.values, field.name, None)
        if value is None or not page.wants(*called[field]):
            continue
        yield ""
        yield page.value(field.name, shown(value))
        reason = getattr(field.grounding, "why", "") or getattr(field.grounding, "source", "")
        yield f"   {harmless(f'{field.grounding.basis}: {reason}' if reason else field.grounding.basis)}"
    if page.wants("names"):
        for name in getattr(entry.values, "names", None) or ():
            yield from _printed(dataset, str(name), page)
    if page.field is None:
        yield from _referring(dataset, register.table, entry.id)


def _printed(dataset: Dataset, name: str, page: Page) -> Iterator[str]:
    yield ""
    yield page.value("names", name)
    places = [(a, span) for a in dataset.articles if a.source and (span := a.first_print(name))]
    for article, span in places:
        if article.source:
            yield from page.words([article.source.at(*span)], "first printed here")
    if not places:
        yield "   printed by no article"


def _referring(dataset: Dataset, table: str, identity: str) -> Iterator[str]:
    """The records that refer to this one, the first of them by name."""
    found = [
        entry.id
        for file in dataset.files
        for entry in (getattr(file, "all_entries", None) or file.entries)
        if any(reference[1:] == (table, identity) for reference in references_of(entry))
    ]
    ids = list(dict.fromkeys(found))
    more = f" and {len(ids) - _REFERRING:,} more" if len(ids) > _REFERRING else ""
    if ids:
        yield ""
        yield f"referred to by {counted(len(ids), 'record')}: {harmless(', '.join(ids[:_REFERRING]))}{more}"
