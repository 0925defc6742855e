"""A record in the terminal: every value with the words behind it, in every article that states it."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Dataset
from factpack.records import records
from factpack.reporters.glyphs import shown as harmless
from factpack.reporters.paint import painter
from factpack.show.page import Page, Unknown
from factpack.show.record import record_page
from factpack.show.register import register_page
from factpack.suggest import closest
from factpack.tables.facts import titles_of

__all__ = ["Unknown", "show"]


def show(
    dataset: Dataset, identity: str, field: str | None = None, *, color: bool = False, width: int = 100
) -> Iterator[str]:
    """The lines that show a record, an article or a register's record; with `field` only that one.

    An id that stands for several, such as a fact and a register's record, shows all of them. Raises Unknown
    where there is no such record or field, with the nearest one that there is.
    """
    found = records(dataset)
    names = titles_of(dataset, found)
    page = Page(painter(color), width, field)
    shown = [record_page(dataset, record, names, page) for record in found if record.id == identity]
    shown += [
        register_page(dataset, register, entry, page)
        for register in dataset.registers
        for entry in register.entries
        if entry.id == identity
    ]
    if not shown:
        known = {record.id: names.get((record.table, record.id), "") for record in found}
        known |= {entry.id: names.get((r.table, entry.id), "") for r in dataset.registers for entry in r.entries}
        by_title = {title.casefold(): name for name, title in known.items() if title}
        near = closest(identity, filter(None, known)) or by_title.get(closest(identity.casefold(), by_title), "")
        title = f" ({known[near]})" if known.get(near, "") not in ("", near) else ""
        hint = f"; did you mean `{near}`{title}?" if near else ""
        raise Unknown(harmless(f"there is no record `{identity}`{hint}"))
    for number, lines in enumerate(shown):
        if number:
            yield ""
        yield from lines
