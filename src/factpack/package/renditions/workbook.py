"""<name>.xlsx: all tables as sheets of one workbook, after a sheet on the package and one on its fields.

For people who open a table and read it. Text is written as text: nothing is ever a formula, a link or a
number by its looks. What a spreadsheet would round or misread (integers beyond 15 digits, days before March
1900) is written as text, too. The same rows give the same bytes, as long as zlib compresses them alike.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from factpack.package import packed
from factpack.package.info import PackageInfo
from factpack.resource import Cell, Field, Resource

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SUFFIX = ".xlsx"

MAX_ROWS = 1_048_575
"""Rows that a sheet has below its header."""
MAX_TEXT = 32_767
"""Characters that a cell holds; a longer text is cut, with an ellipsis."""

_EXACT = 10**15 - 1
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree: some know a 29 February 1900
_FORMULA = ("=", "+", "-", "@")
_FIELDS = ("table", "field", "type", "key", "required", "values", "title", "what it means")


def workbook(resources: Sequence[Resource], info: PackageInfo) -> bytes:
    """The file's bytes."""
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
        formats = _Formats(book)
        names = sheet_names(resources)
        about = [
            (info.title or info.name, f"version {info.version}"),
            ("", " ".join(info.description.split())),
            ("licence", " or ".join(one.get("title") or one.get("name", "") for one in info.licenses)),
            ("sheet", "what a row is"),
            ("fields", "every field of every table: type, key, allowed values, meaning"),
            *((names[one.name], _about(one)) for one in resources),
        ]
        _write(book.add_worksheet("about"), [("text", ""), ("text", "")], about, formats)
        header = [("text", one) for one in _FIELDS]
        _write(book.add_worksheet("fields"), header, _fields(resources), formats)
        for one in resources:
            columns = [(field.type, field.name) for field in one.fields]
            rows = islice(packed.tuples(one), MAX_ROWS)
            _write(book.add_worksheet(names[one.name]), columns, rows, formats)
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


class _Formats:
    """The workbook's few cell formats."""

    def __init__(self, book: Workbook) -> None:
        self.header: Format = book.add_format({"bold": True, "bottom": 1})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        # So that a text which begins like a formula stays text when somebody edits its cell.
        self.quoted: Format = book.add_format({"quote_prefix": True})


def _write(
    sheet: Worksheet, columns: Sequence[tuple[str, str]], rows: Iterator[tuple[Cell, ...]] | list[tuple[str, str]],
    formats: _Formats,
) -> None:  # fmt: skip
    first = 0
    if any(name for _, name in columns):
        for number, (_, name) in enumerate(columns):
            sheet.write_string(0, number, name, formats.header)
        sheet.freeze_panes(1, 0)
        first = 1
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values):
            if value not in (None, ""):
                _write_cell(sheet, row, column, value, columns[column][0], formats)
    sheet.set_column(0, len(columns) - 1, 24)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, type_: str, formats: _Formats) -> None:
    held = held_as(value, type_)
    if isinstance(held, bool):
        sheet.write_boolean(row, column, held)
    elif isinstance(held, int | float):
        sheet.write_number(row, column, held)
    elif isinstance(held, datetime):
        sheet.write_datetime(row, column, held, formats.day)
    else:
        sheet.write_string(row, column, held, formats.quoted if held.startswith(_FORMULA) else None)


def held_as(value: Cell, type_: str) -> bool | int | float | datetime | str:
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
