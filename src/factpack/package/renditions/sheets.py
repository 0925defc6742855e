"""The sheets of a workbook, read back: only what `workbook` writes, and no more than a package may be.

The file may be a stranger's: a document type, which could make a short text long, is refused, and nothing is
unpacked before the whole is known to be small.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from factpack.package import archive
from factpack.package.parts import Content

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW, _CELL = f"{_MAIN}row", f"{_MAIN}c"
_PLAIN = [f"{_MAIN}v"]
_BEGINNING = b'<?xml version="1.0" encoding="UTF-8"'
_PIECE = 1 << 16
_CELL_WRITTEN = '<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?(?: t="([sb])")?><v>([0-9.E+-]+)</v></c>'
_CELLS = re.compile(_CELL_WRITTEN)
_PLAIN_ROW = re.compile(f'<row r="([0-9]{{1,7}})" spans="[0-9]+:[0-9]+">(?:{_CELL_WRITTEN})+</row>'.encode())
"""A row as `filling` writes it."""
_LONG = 1 << 20
"""Bytes in which such a row has come to its end."""
_MAX_ROWS = 1 << 20
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")

_PARTS = re.compile(
    r"\[Content_Types]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|sharedStrings|styles)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet[0-9]+\.xml"
)
_AROUND = {
    f"{_MAIN}{tag}" for tag in (
        "worksheet", "dimension", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr", "cols", "col",
        "sheetData", "pageMargins",
    )
}  # fmt: skip
"""What a sheet has besides rows; nothing of it links, merges, hides or computes cells."""

DAY_ZERO = datetime(1899, 12, 30)
"""Days are counted from here; right for every day since March 1900."""

Value = str | bool | float | None


class Unreadable(Exception):
    """The file is no workbook of the sort that a package has."""


class Book:
    """An open workbook: its sheets' names, in their order, and their rows."""

    def __init__(self, place: ZipFile) -> None:
        self._place = place
        links = {one.get("Id"): one.get("Target") for one in self._links("xl/_rels/workbook.xml.rels")}
        self._links("_rels/.rels")
        sheets = self._tree("xl/workbook.xml").iter(f"{_MAIN}sheet")
        self.names = {str(one.get("name")): f"xl/{links[one.get(_LINK)]}" for one in sheets}
        texts = _Texts()
        for _ in self._read("xl/sharedStrings.xml", ElementTree.XMLParser(target=texts)):
            pass
        self._texts = texts.found

    def rows(self, name: str, width: int) -> Iterator[tuple[Value, ...]]:
        """The rows of a sheet, each with so many cells; an empty cell is None."""
        rows = _Rows(name, width, self._texts)
        for _ in self._read(self.names[name], _SheetParser(rows)):
            yield from rows.found
            rows.found.clear()

    def _links(self, path: str) -> ElementTree.Element:
        tree = self._tree(path)
        if any(one.get("TargetMode") for one in tree):
            raise Unreadable(f"{path} links to what lies outside of the workbook")
        return tree

    def _tree(self, path: str) -> ElementTree.Element:
        *_, tree = self._read(path, ElementTree.XMLParser())
        return cast(ElementTree.Element, tree)

    def _read(self, path: str, parser: ElementTree.XMLParser[Any] | _SheetParser) -> Iterator[object]:
        """Read a part piece by piece; comes back after each, in the end with what the parser made of it."""
        before = b""
        with self._place.open(path) as file:
            while piece := file.read(_PIECE):
                # In another encoding a document type could not be seen.
                if not (before or piece.startswith(_BEGINNING)) or b"<!" in before + piece:
                    raise Unreadable(f"{path} is not written as factpack writes it")
                before = piece[-1:]
                parser.feed(piece)
                yield None
        yield parser.close()


class _Texts:
    """Takes the workbook's texts from the parser; nothing else of their part is kept."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._inside = False

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        self._inside = tag == f"{_MAIN}t"

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == f"{_MAIN}si":
            self.found.append(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(self._parts)))
            self._parts.clear()


class _SheetParser:
    """Parses a sheet; rows that stand there as `filling` writes them are read in a fifth of a parser's time."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self._parser: ElementTree.XMLParser[Any] = ElementTree.XMLParser(target=rows)
        self._is_begun = self._is_plain = False
        self._left = b""

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        if not self._is_begun:
            head, tag, piece = piece.partition(b"<sheetData>")
            self._parser.feed(head + tag)
            self._is_begun, self._is_plain = True, self._rows.come_next
        if self._is_plain:
            data, at = self._left + piece, 0
            while row := _PLAIN_ROW.match(data, at):
                self._rows.take(row[1].decode(), _CELLS.findall(row[0].decode()))
                at = row.end()
            self._left = piece = data[at:]
            # Either they are at their end, or one is written in another way.
            self._is_plain = not (b"</row>" in piece or b"</sheetData>" in piece or len(piece) > _LONG)
            if self._is_plain:
                return
            self._left = b""
        self._parser.feed(piece)

    def close(self) -> object:
        """Take the end."""
        self._parser.feed(self._left)
        return self._parser.close()


class _Rows:
    """Takes the rows of a sheet from the parser; `found` are those that nobody has fetched yet."""

    def __init__(self, name: str, width: int, texts: Sequence[str]) -> None:
        self.found: list[tuple[Value, ...]] = []
        self._name, self._width, self._texts = name, width, texts
        self._columns = {letters(column): column for column in range(width)}
        self._count, self._number = 0, ""
        self._filled = -1
        self._cells: list[Value] = []
        self._place, self._kind = "", ""
        self._inside: list[str] = []
        self._written: list[str] = []

    @property
    def come_next(self) -> bool:
        """Whether what begun last is the element that rows stand in."""
        return self._inside[-1:] == [f"{_MAIN}sheetData"]

    def take(self, number: str, cells: Iterable[tuple[str, str, str]]) -> None:
        """Take a row's number and its cells: place, kind and text of each."""
        self._begin(number)
        for cell in cells:
            self._fill(*cell)
        self.found.append(tuple(self._cells))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _CELL:
            self._place, self._kind = attributes.get("r", ""), attributes.get("t", "n")
            self._inside, self._written = [], []
        elif tag == _ROW:
            self._begin(attributes.get("r", str(self._count + 1)))
        elif not self._place and tag not in _AROUND:
            raise Unreadable(f"sheet {self._name} has {tag.rpartition('}')[2]}, as no sheet of a package has")
        else:
            self._inside.append(tag)

    def data(self, text: str) -> None:
        self._written.append(text)

    def end(self, tag: str) -> None:
        if tag == _CELL:
            if self._inside != _PLAIN or self._kind not in ("n", "s", "b"):
                raise Unreadable(f"cell {self._place} is a formula, or holds no plain value")
            self._fill(self._place, self._kind, "".join(self._written))
            self._place = ""
        elif tag == _ROW:
            self.found.append(tuple(self._cells))

    def _begin(self, written: str) -> None:
        number = int(written)
        if not self._count < number <= _MAX_ROWS:
            raise Unreadable(f"row {number} of sheet {self._name} stands out of its order")
        self.found += [(None,) * self._width] * (number - self._count - 1)
        self._count, self._number, self._filled = number, str(number), -1
        self._cells = [None] * self._width

    def _fill(self, place: str, kind: str, text: str) -> None:
        column = self._columns.get(place.removesuffix(self._number))
        if column is None or column <= self._filled:
            raise Unreadable(f"cell {place} of sheet {self._name} stands outside of the table, or twice")
        self._filled = column
        if kind == "s":
            self._cells[column] = self._texts[int(text)]
        else:
            self._cells[column] = text == "1" if kind == "b" else number(text)


@contextmanager
def opened(content: Content, most: int = archive.MAX_BYTES) -> Iterator[Book]:
    """The workbook in a file, unless it unpacks to more; whatever is wrong raises Unreadable, while it is read, too."""
    try:
        with ZipFile(content if isinstance(content, Path) else io.BytesIO(content)) as place:
            if reason := archive.too_much(place.infolist(), most):
                raise Unreadable(reason)
            names = place.namelist()
            if odd := [
                name for number, name in enumerate(names) if name in names[:number] or not _PARTS.fullmatch(name)
            ]:
                raise Unreadable(f"{odd[0]} is in it, or is in it twice, as in no workbook of a package")
            yield Book(place)
    except (
        BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError,
        ElementTree.ParseError,
    ) as error:  # fmt: skip
        raise Unreadable(str(error)) from None


def number(text: str) -> float:
    """A number as a spreadsheet keeps it: to fifteen digits."""
    return float(f"{float(text):.15g}")


def letters(column: int) -> str:
    """What a sheet calls a column: 0 is A, 26 is AA."""
    before = letters(column // 26 - 1) if column >= 26 else ""
    return before + chr(65 + column % 26)
