"""The sheets of a workbook, read back: only what `workbook` writes, and no more than a package may be.

The file may be a stranger's: a document type, which could make a short text long, is refused, and nothing is
unpacked before the whole is known to be small.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from factpack.package import archive

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VALUE = f"{_MAIN}v"
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")

Value = str | bool | float | None


class Unreadable(Exception):
    """The file is no workbook of the sort that a package has."""


class Book:
    """An open workbook: its sheets' names, in their order, and their rows."""

    def __init__(self, place: ZipFile) -> None:
        self._place = place
        links = {one.get("Id"): one.get("Target") for one in self._xml("xl/_rels/workbook.xml.rels")}
        sheets = self._xml("xl/workbook.xml").iter(f"{_MAIN}sheet")
        self.names = {str(one.get("name")): f"xl/{links[one.get(_LINK)]}" for one in sheets}
        texts = self._xml("xl/sharedStrings.xml").iter(f"{_MAIN}si")
        written = ("".join(part.text or "" for part in one.iter(f"{_MAIN}t")) for one in texts)
        self._texts = [_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) for text in written]

    def rows(self, name: str, width: int) -> Iterator[tuple[Value, ...]]:
        """The rows of a sheet, each with so many cells; an empty cell is None."""
        columns = {_letters(column): column for column in range(width)}
        for number, row in enumerate(self._xml(self.names[name]).iter(f"{_MAIN}row"), 1):
            cells: list[Value] = [None] * width
            for one in row:
                column = columns.get(str(one.get("r")).removesuffix(str(number)))
                if column is None:
                    raise Unreadable(f"cell {one.get('r')} of sheet {name} stands outside of the table")
                cells[column] = self._value(one)
            yield tuple(cells)

    def _value(self, cell: ElementTree.Element) -> Value:
        kind = cell.get("t")
        if len(cell) != 1 or cell[0].tag != _VALUE or kind not in (None, "s", "b"):
            raise Unreadable(f"cell {cell.get('r')} is a formula, or holds no plain value")
        text = cell[0].text or ""
        if kind == "s":
            return self._texts[int(text)]
        return text == "1" if kind == "b" else number(text)

    def _xml(self, path: str) -> ElementTree.Element:
        data = self._place.read(path)
        # In another encoding a document type could not be seen.
        if not data.startswith(b'<?xml version="1.0" encoding="UTF-8"') or b"<!" in data:
            raise Unreadable(f"{path} is not written as factpack writes it")
        return ElementTree.fromstring(data)


@contextmanager
def opened(data: bytes) -> Iterator[Book]:
    """The workbook in these bytes; whatever is wrong with it raises Unreadable, while it is read, too."""
    try:
        with ZipFile(io.BytesIO(data)) as place:
            if reason := archive.too_much(place.infolist()):
                raise Unreadable(reason)
            yield Book(place)
    except (
        BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError,
        ElementTree.ParseError,
    ) as error:  # fmt: skip
        raise Unreadable(str(error)) from None


def number(text: str) -> float:
    """A number as a spreadsheet keeps it: to fifteen digits."""
    return float(f"{float(text):.15g}")


def _letters(column: int) -> str:
    """What a sheet calls a column: 0 is A, 26 is AA."""
    before = _letters(column // 26 - 1) if column >= 26 else ""
    return before + chr(65 + column % 26)
