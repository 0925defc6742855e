"""The rows of a workbook's sheets, written into the empty workbook that XlsxWriter has made.

XlsxWriter keeps an object for each cell and the XML of all sheets until the end, a hundred times the rows' own size.
Here a row is written and forgotten, in the very bytes that XlsxWriter would give it; only texts are kept, each once,
many of them on disk.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from factpack.package.renditions.sheets import DAY_ZERO, letters

Held = str | bool | int | float | datetime
"""What a cell may hold."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BLOCK = 16  # rows that say the same of which columns they use
_SHARE = 1 << 10
"""Texts that are written at a time."""
_MOST = 1 << 17
"""Texts whose numbers are held in memory."""
_MARKS = 1 << 24
_FORMULA = ("=", "+", "-", "@")
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
_FRAME = re.compile(r'(.*<dimension ref=")[^"]*(".*<sheetData>).*(</sheetData>.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows' cells, or None where there is none, under a header, if it has one; `height` rows with it."""

    name: str
    width: int
    header: Sequence[str]
    rows: Iterable[Sequence[Held | None]]
    height: int


def filled(frame: Callable[[Sequence[str]], bytes], sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook with these sheets.

    `frame` makes it without rows, and with the formats, of header, day and quoted, that are used, in their order.
    """
    sink, book = io.BytesIO(), _Book()
    with ZipFile(io.BytesIO(frame(()))) as empty, ZipFile(sink, "w", ZIP_DEFLATED) as full:
        for entry in empty.infolist():
            part = ZipInfo(entry.filename, entry.date_time)
            part.compress_type = ZIP_DEFLATED
            with full.open(part, "w") as file:
                if number := _SHEET.fullmatch(entry.filename):
                    for piece in book.sheet(sheets[int(number[1]) - 1], empty.read(entry).decode()):
                        file.write(piece.encode())
                elif entry.filename == _TEXTS:
                    for piece in book.texts():
                        file.write(piece.encode())
                elif entry.filename == _STYLES:
                    with ZipFile(io.BytesIO(frame([*book.styles]))) as styled:
                        file.write(styled.read(entry.filename))
                else:
                    file.write(empty.read(entry))
    return sink.getvalue()


class _Numbers(dict[str, int]):
    """Numbers things as they come."""

    def __init__(self, first: int) -> None:
        self._first = first

    def __missing__(self, key: str) -> int:
        """The next number, for what is new."""
        self[key] = number = len(self) + self._first
        return number


class _Texts(dict[str, int]):
    """Numbers texts as they come. Of more than _MOST the others lie on disk, where SQLite removes them at the end."""

    def __init__(self) -> None:
        self.count = self._laid = 0
        self._seen = bytearray(_MARKS)
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.execute("PRAGMA journal_mode = OFF")
        self._disk.execute("CREATE TABLE texts (number INTEGER PRIMARY KEY, text UNIQUE)")
        self._disk.execute("BEGIN")

    def __missing__(self, text: str) -> int:
        """The number that a text has, or the next one; raises OSError for want of space."""
        if len(self) >= _MOST:
            self._lay_by()
        number = None
        if self._laid and self._seen[hash(text) % _MARKS]:  # for most new texts this spares the question
            (number,) = self._disk.execute("SELECT number FROM texts WHERE text = ?", (text,)).fetchone() or (None,)
        if number is None:
            number, self.count = self.count, self.count + 1
        self[text] = number
        return number

    def _lay_by(self) -> None:
        new = [(number, text) for text, number in self.items() if number >= self._laid]
        try:
            self._disk.executemany("INSERT INTO texts VALUES (?, ?)", new)
        except sqlite3.OperationalError as error:
            raise OSError(f"the workbook's texts cannot be laid on disk: {error}") from None
        for _, text in new:
            self._seen[hash(text) % _MARKS] = 1
        self._laid = self.count
        self.clear()

    def in_order(self) -> Iterator[str]:
        """The texts by their numbers, once all have one."""
        self._lay_by()
        with closing(self._disk):
            for (text,) in self._disk.execute("SELECT text FROM texts ORDER BY number"):
                yield text


class _Book:
    """What the sheets of a workbook share: texts, and formats by their names."""

    def __init__(self) -> None:
        self.styles = _Numbers(1)
        self._texts = _Texts()
        self._count = 0

    def sheet(self, sheet: Sheet, frame: str) -> Iterator[str]:
        """The XML of a sheet, in whose frame its rows come."""
        match = _FRAME.fullmatch(frame)
        if match is None:
            raise ValueError(f"XlsxWriter wrote no sheet that could be filled: {frame[:200]!r}")
        names = [letters(column) for column in range(sheet.width)]
        yield f"{match[1]}A1:{names[-1]}{sheet.height}{match[2]}"
        rows = chain([sheet.header] if sheet.header else [], sheet.rows)
        first = 1
        while block := list(islice(rows, _BLOCK)):
            yield self._block(block, first, names, header=bool(sheet.header))
            first += _BLOCK
        yield match[3]

    def texts(self) -> Iterator[str]:
        """The XML of all texts, after the sheets."""
        yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{_MAIN}"'
        yield f' count="{self._count}" uniqueCount="{self._texts.count}">'
        every = self._texts.in_order()
        while share := list(islice(every, _SHARE)):
            if _MARKED.search("\n".join(share)) or any(text != text.strip() for text in share):
                yield "".join(map(_text, share))
            else:
                yield f"<si><t>{'</t></si><si><t>'.join(share)}</t></si>"
        yield "</sst>"

    def _block(self, rows: Sequence[Sequence[Held | None]], first: int, names: Sequence[str], *, header: bool) -> str:
        used = [any(value is not None for value in column) for column in zip(*rows, strict=True)]
        spans = f"{used.index(True) + 1}:{len(used) - used[::-1].index(True)}" if True in used else ""
        made = []
        for number, row in enumerate(rows, first):
            place = str(number)
            if header and number == 1:
                cells = [
                    self._cell(name + place, value, "header") for name, value in zip(names, row, strict=True) if value
                ]
            else:
                texts = self._texts
                # Most cells are texts, and a call for each would be half of the cost.
                cells = [
                    f'<c r="{name}{place}" t="s"><v>{texts[value]}</v></c>'
                    if type(value) is str and value[:1] not in _FORMULA
                    else self._cell(name + place, value)
                    for name, value in zip(names, row, strict=True)
                    if value is not None
                ]
            if cells:
                made.append(f'<row r="{place}" spans="{spans}">{"".join(cells)}</row>')
        block = "".join(made)
        self._count += block.count(' t="s"')
        return block

    def _cell(self, place: str, value: Held, style: str = "") -> str:
        if isinstance(value, str):
            style = style or ("quoted" if value.startswith(_FORMULA) else "")
            format_ = f' s="{self.styles[style]}"' if style else ""
            return f'<c r="{place}"{format_} t="s"><v>{self._texts[value]}</v></c>'
        if isinstance(value, bool):
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        if isinstance(value, datetime):
            return f'<c r="{place}" s="{self.styles["day"]}"><v>{(value - DAY_ZERO).days}</v></c>'
        return f'<c r="{place}"><v>{value:.16G}</v></c>'


_MARKED = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")


def _text(text: str) -> str:
    """A text's XML: control characters by their numbers, and what looks like such a number, too."""
    text = re.sub("(_x[0-9a-fA-F]{4}_)", r"_x005F\1", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", text)
    space = ' xml:space="preserve"' if re.search(r"^\s|\s$", text) else ""
    return f"<si><t{space}>{escape(text)}</t></si>"
