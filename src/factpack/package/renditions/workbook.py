"""<name>.xlsx: all tables as sheets of one workbook, after a sheet on the package and one on its fields.

For people who open a table and read it. Text is written as text: nothing is ever a formula, a link or a
number by its looks. What a spreadsheet would round or misread (integers beyond 15 digits, days before March
1900) is written as text, too. The same rows give the same bytes, as long as zlib compresses them alike.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from factpack.package import packed
from factpack.package.info import PackageInfo
from factpack.package.renditions.filling import Held, Sheet, filled
from factpack.resource import Cell, Field, Resource

SUFFIX = ".xlsx"

MAX_ROWS = 1_048_575
"""Rows that a sheet has below its header."""
MAX_TEXT = 32_767
"""Characters that a cell holds; a longer text is cut, with an ellipsis."""

_SHARE = 1 << 10
"""Rows that are looked at column by column at a time."""
_EXACT = 10**15 - 1
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree: some know a 29 February 1900
_FORMATS = {
    "header": {"bold": True, "bottom": 1},
    "day": {"num_format": "yyyy-mm-dd"},
    "quoted": {"quote_prefix": True},  # so that a text which begins like a formula stays text when its cell is edited
}
_FIELDS = ("table", "field", "type", "key", "required", "values", "title", "what it means")

SPEAKING = {"about": 2, "fields": len(_FIELDS)}
"""The sheets that are no tables, and how many columns they have."""


def workbook(resources: Sequence[Resource], info: PackageInfo) -> bytes:
    """The file's bytes."""
    names = sheet_names(resources)
    about = [
        (info.title or info.name, f"version {info.version}"),
        ("", " ".join(info.description.split())),
        ("licence", " or ".join(one.get("title") or one.get("name", "") for one in info.licenses)),
        ("sheet", "what a row is"),
        ("fields", "every field of every table: type, key, allowed values, meaning"),
        *((names[one.name], _about(one)) for one in resources),
    ]
    meanings = [*_fields(resources)]
    text = ["text"] * len(_FIELDS)
    sheets = [
        Sheet("about", 2, (), _held(about, text[:2]), len(about)),
        Sheet("fields", len(_FIELDS), _FIELDS, _held(meanings, text), len(meanings) + 1),
    ]
    for one in resources:
        rows = _held(islice(packed.tuples(one), MAX_ROWS), [field.type for field in one.fields])
        header = [field.name for field in one.fields]
        sheets.append(Sheet(names[one.name], len(header), header, rows, min(len(one.rows), MAX_ROWS) + 1))
    return filled(lambda used: _frame(sheets, info, used), sheets)


def _held(rows: Iterable[Sequence[Cell]], types: Sequence[str]) -> Iterator[Sequence[Held | None]]:
    every = iter(rows)
    while part := list(islice(every, _SHARE)):
        columns = zip(zip(*part, strict=True), types, strict=True)
        yield from zip(*(_column(cells, type_) for cells, type_ in columns), strict=True)


def _column(cells: Sequence[Cell], type_: str) -> list[Held | None]:
    if type_ == "string" and all(not cell or len(str(cell)) <= MAX_TEXT for cell in cells):
        return [cell or None for cell in cells]
    return [None if cell in (None, "") else held_as(cell, type_) for cell in cells]


def _frame(sheets: Sequence[Sheet], info: PackageInfo, used: Sequence[str]) -> bytes:
    """The workbook without its rows; its first cells use these formats, in this order."""
    from xlsxwriter.workbook import Workbook

    sink = io.BytesIO()
    with Workbook(sink, {"in_memory": True}) as book:
        day = date.fromisoformat(info.created or "1980-01-01")
        book.set_properties(
            {
                "title": f"{info.title or info.name} {info.version}",
                "comments": " ".join(info.description.split()),
                "created": datetime(day.year, day.month, day.day),
            }
        )
        for sheet in sheets:
            made = book.add_worksheet(sheet.name)
            made.write_string(0, 0, sheet.name)
            if sheet.header:
                made.freeze_panes(1, 0)
            made.set_column(0, sheet.width - 1, 24)
        for row, name in enumerate(used):
            book.worksheets()[0].write_string(row, 0, name, book.add_format(_FORMATS[name]))
    return sink.getvalue()


def _about(resource: Resource) -> str:
    about = " ".join((resource.description or resource.title).split())
    if len(resource.rows) > MAX_ROWS:
        about += f" (the first {MAX_ROWS} of {len(resource.rows)} rows: a sheet holds no more)"
    return about


def _fields(resources: Sequence[Resource]) -> Iterator[tuple[Cell, ...]]:
    """The codebook in rows: one for each field."""
    for resource in resources:
        for field in resource.fields:
            in_key = field.name in resource.primary_key
            refers = [f"refers to {key.resource}" for key in resource.foreign_keys if field.name in key.fields]
            yield (
                resource.name,
                field.name,
                field.type,
                ", ".join((["primary key"] if in_key else []) + refers),
                field.required or in_key,
                _allowed(field),
                field.title,
                " ".join(field.description.split()),
            )


def _allowed(field: Field) -> str:
    limits = {
        "from": field.minimum,
        "to": field.maximum,
        "characters at least": field.min_length,
        "characters at most": field.max_length,
    }
    bounds = [f"{word} {bound}" for word, bound in limits.items() if bound is not None]
    pattern = [f"pattern {field.pattern}"] if field.pattern else []
    return "; ".join([*([", ".join(field.enum)] if field.enum else []), *bounds, *pattern])


def held_as(value: Cell, type_: str) -> Held:
    """What a cell of a sheet holds for a value: what would be rounded or misread as text, long text cut."""
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) <= _EXACT):
        return value
    if type_ == "date" and date.fromisoformat(str(value)) >= _FIRST_DAY:
        return datetime.fromisoformat(str(value))
    text = str(value)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def sheet_names(resources: Sequence[Resource]) -> dict[str, str]:
    """A sheet's name for each table: at most 31 characters, none twice, none that Excel keeps for itself."""
    taken = {"about", "fields", "history"}
    names: dict[str, str] = {}
    for resource in resources:
        name, number = resource.name[:31], 1
        while name in taken:
            number += 1
            name = f"{resource.name[: 30 - len(str(number))]}_{number}"
        taken.add(name)
        names[resource.name] = name
    return names
