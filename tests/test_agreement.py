"""SQLite file and workbook of a package, changed by somebody who then makes the checksums fit: verify says so."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_package import INFO, files, resources, save, visit
from xlsxwriter.workbook import Workbook

from factpack.diagnostic import Severity
from factpack.package.problem import Problem
from factpack.package.renditions import filling, sheets, sqlite, workbook
from factpack.package.renditions.filling import Sheet
from factpack.package.verification import verify
from factpack.resource import Resource

Forge = Callable[[bytes], bytes]

DATABASE, BOOK = "sample.sqlite", "sample.xlsx"


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return files(resources(), INFO)


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in verify(folder) if problem.severity is Severity.ERROR]


def statements(*all_: str) -> Forge:
    """Statements run on the SQLite file."""

    def forge(data: bytes) -> bytes:
        database = sqlite3.connect(":memory:", isolation_level=None)
        database.deserialize(data)
        for one in ("PRAGMA ignore_check_constraints = ON", "PRAGMA writable_schema = ON", *all_):
            database.execute(one)
        return database.serialize()

    return forge


def parts(change: Callable[[dict[str, bytes]], object]) -> Forge:
    """The parts of the workbook changed."""

    def forge(data: bytes) -> bytes:
        sink = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
            contents = {name: old.read(name) for name in old.namelist()}
            change(contents)
            for name, content in contents.items():
                new.writestr(name, content)
        return sink.getvalue()

    return forge


def replaced(path: str, *words: str) -> Forge:
    """Words of a part, each replaced by what comes after it."""

    def change(contents: dict[str, bytes]) -> None:
        for old, new in zip(words[::2], words[1::2], strict=True):
            assert old.encode() in contents[path]
            contents[path] = contents[path].replace(old.encode(), new.encode(), 1)

    return parts(change)


VISITS = "xl/worksheets/sheet5.xml"  # after about, fields, articles and evidence
TEXTS = "xl/sharedStrings.xml"
ENTITIES = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

FORGED: dict[str, tuple[str, Forge, str]] = {
    # name: the file, what is done to it, words of the message
    "a value": (DATABASE, statements("UPDATE visits SET code = 'K-9' WHERE code = 'K-2'"), "is 'K-9', in the CSV file"),
    "a null": (DATABASE, statements("UPDATE visits SET code = NULL"), "is None, in the CSV file 'K-1'"),
    "another type": (DATABASE, statements("UPDATE visits SET day = 20220228 WHERE day IS NOT NULL"), "is 20220228"),
    "a number by an ulp": (DATABASE, statements("UPDATE visits SET cost = 1.0000000000000002e-7"), "CSV file 1e-07"),
    "a row more": (DATABASE, statements("INSERT INTO articles VALUES ('a2', 'x', 'y')"), "articles has more rows"),
    "a row less": (DATABASE, statements("DELETE FROM visit_topics WHERE topic = 'art'"), "visit_topics has 1 rows"),
    "a table less": (DATABASE, statements("DROP TABLE promises"), "has no table promises"),
    "a table more": (DATABASE, statements("CREATE TABLE more (x)"), "the table 'more' is none that"),
    "a trigger": (
        DATABASE, statements("CREATE TRIGGER t AFTER INSERT ON visits BEGIN SELECT 1; END"), "trigger 't' is",
    ),
    "a view": (DATABASE, statements("CREATE VIEW v AS SELECT 1"), "the view 'v' is not defined"),
    "a definition": (
        DATABASE, statements("UPDATE sqlite_schema SET sql = replace(sql, 'CHECK', 'check') WHERE name = 'visits'"),
        "the table 'visits' is not defined in schema.sql",
    ),
    "a view for a table that never ends": (
        DATABASE,
        statements(
            "DROP TABLE promises",
            "CREATE VIEW promises AS WITH RECURSIVE n(promise_id, visit_id, topic) AS "
            "(SELECT 1, 1, 1 UNION ALL SELECT promise_id + 1, 1, 1 FROM n) SELECT * FROM n WHERE promise_id < 0",
        ),
        "has no table promises",
    ),
    "an index that knows another row": (
        DATABASE, lambda data: re.sub(rb"K-2(?!she said)", b"K-3", data), "is damaged, as SQLite says",
    ),
    "no database": (DATABASE, lambda data: b"x" * 5000, "cannot be read"),
    "half a database": (DATABASE, lambda data: data[: len(data) // 2], "cannot be read"),
    "pages of nothing": (DATABASE, lambda data: data[:4096] + bytes(len(data) - 4096), "is damaged"),
    "a text": (BOOK, replaced(TEXTS, "K-2", "K-9"), "is 'K-9', in the CSV file 'K-2'"),
    "a figure": (BOOK, replaced(VISITS, "<v>-0.1</v>", "<v>-0.2</v>"), "is -0.2, in the CSV file -0.1"),
    "a day": (BOOK, replaced(VISITS, "<v>44620</v>", "<v>44621</v>"), "is 44621.0, in the CSV file 44620.0"),
    "a truth": (BOOK, replaced(VISITS, 't="b"><v>1', 't="b"><v>0'), "is False, in the CSV file True"),
    "a formula": (BOOK, replaced(VISITS, "<v>-0.1</v>", "<f>1-1.1</f><v>-0.1</v>"), "is a formula"),
    "a cell more": (BOOK, replaced(VISITS, '<c r="A1"', '<c r="Z1"><v>1</v></c><c r="A1"'), "outside of the table"),
    "a cell twice": (BOOK, replaced(VISITS, '<c r="C4"', '<c r="C4"><v>3</v></c><c r="C4"'), "cell C4 of sheet"),
    "a row in another's place": (BOOK, replaced(VISITS, '<row r="3"', '<row r="2"'), "stands out of its order"),
    "a row far below": (BOOK, replaced(VISITS, '<row r="4"', '<row r="9000000000"'), "stands out of its order"),
    "merged cells": (
        BOOK, replaced(VISITS, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells>'),
        "sheet visits has mergeCells",
    ),
    "a formula that is no table's": (
        BOOK, replaced("xl/worksheets/sheet1.xml", "<v>0</v>", "<f>1+1</f><v>0</v>"), "is a formula",
    ),
    "a macro": (BOOK, parts(lambda contents: contents.update({"xl/vbaProject.bin": b"x"})), "vbaProject.bin is in it"),
    "a link": (
        BOOK,
        replaced("xl/_rels/workbook.xml.rels", "</Rel", '<Relationship TargetMode="External" Target="http://x/"/></Rel'),
        "links to what lies outside",
    ),
    "a line less": (BOOK, replaced(VISITS, "</sheetData>", '<row r="5"/></sheetData>'), "visits has more rows"),
    "a header": (BOOK, replaced(TEXTS, "<t>persons</t>", "<t>people</t>"), "the header of visits"),
    "a sheet's name": (BOOK, replaced("xl/workbook.xml", 'name="visits"', 'name="visit"'), "has not the sheets"),
    "a part less": (BOOK, parts(lambda contents: contents.pop(TEXTS)), "cannot be read as a workbook"),
    "no such text": (BOOK, replaced(VISITS, 't="s"><v>', 't="s"><v>99999'), "cannot be read as a workbook"),
    "not XML": (BOOK, replaced(VISITS, "</sheetData>", ""), "cannot be read as a workbook"),
    "rows in an instruction": (
        BOOK,
        replaced(VISITS, "<sheetData>", "<?x <sheetData>", "</sheetData>", "?><sheetData/>"),
        "the header of visits",
    ),
    "rows in a vocabulary of their own": (
        BOOK, replaced(VISITS, "<sheetData>", '<sheetData xmlns="x">'), "visits has sheetData",
    ),
    "a document type": (BOOK, replaced(TEXTS, "<sst", f"{ENTITIES}<sst"), "is not written as factpack writes it"),
    "a document type unseen": (
        BOOK,
        parts(lambda contents: contents.update({TEXTS: contents[TEXTS].decode().encode("utf-16")})),
        "is not written as factpack writes it",
    ),
    "a bomb": (BOOK, parts(lambda contents: contents.update({"xl/more": bytes(300_000_000)})), "would unpack to"),
    "no workbook": (BOOK, lambda data: b"x", "cannot be read as a workbook"),
    "half a workbook": (BOOK, lambda data: data[: len(data) // 2], "cannot be read as a workbook"),
}  # fmt: skip


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_copy_of_the_tables_is_named(case: str, clean: dict[str, bytes], tmp_path: Path) -> None:
    file, forge, words = FORGED[case]
    forged = forge(clean[file])
    assert forged != clean[file]
    found = errors(save(tmp_path / "p", clean | {file: forged}))
    assert {one.file for one in found} == {file}
    assert words in " ".join(one.message for one in found)


@pytest.mark.parametrize("defined", [True, False])
def test_what_a_database_does_besides_is_named(clean: dict[str, bytes], tmp_path: Path, defined: bool) -> None:
    """Whether its maker wrote it into schema.sql, too, or left that file out."""
    trigger = "CREATE TRIGGER t AFTER INSERT ON visits BEGIN SELECT 1; END"
    column = "ALTER TABLE articles ADD COLUMN more AS (1)"
    contents = {path: data for path, data in clean.items() if path != "schema.sql"}
    messages = {trigger: "the trigger 't' is none that a package has", column: "the columns of articles are not those"}
    for statement, words in messages.items():
        contents[DATABASE] = statements(statement)(clean[DATABASE])
        if defined:
            contents["schema.sql"] = clean["schema.sql"] + definitions(contents[DATABASE])
        (problem,) = errors(save(tmp_path / words, contents))
        assert (problem.file, words in problem.message) == (DATABASE, True)


def definitions(data: bytes) -> bytes:
    """All statements that a SQLite file says it was made by."""
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    return "".join(
        f"{sql};\n" for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL")
    ).encode()


def test_a_copy_of_other_rows_is_named(clean: dict[str, bytes], tmp_path: Path) -> None:
    other = resources(visits=[visit("v1", code="K-1"), visit("v2"), visit("v3")])
    made = {DATABASE: b"".join(sqlite.database(other, tmp_path)), BOOK: workbook.workbook(other, INFO)}
    assert {one.file for one in errors(save(tmp_path / "p", clean | made))} == {DATABASE, BOOK}


def test_a_package_without_copies_holds(clean: dict[str, bytes], tmp_path: Path) -> None:
    rest = {path: data for path, data in clean.items() if path not in (DATABASE, BOOK)}
    assert errors(save(tmp_path / "p", rest)) == []


ALL_SORTS = ["=1+1", "_x000D_", "_x005F_", "<b>&amp;", " a ", "x" * 40_000, "TRUE", "1e5", "é€𐍈", "2022-01-01"]


def every_sort() -> list[Resource]:
    days = ["1899-12-31", "1900-02-28", "1900-03-01", "2024-02-29", "9999-12-31", None, None, None, None, None]
    costs = [0.1 + 0.2, 1e-7, -0.0, 1e9, 123456.789, 2**53 / 1e9, None, 0.0, 1 / 3, 5e-324]
    persons = [1, 10**15 - 1, 10**15, 2**63 - 1, None, 7, 8, 9, 10, 11]
    rows = [
        visit(f"v{number}", words=text, day=day, cost=cost, persons=count, official=number % 2 == 0)
        for number, (text, day, cost, count) in enumerate(zip(ALL_SORTS, days, costs, persons, strict=True), 1)
    ]
    return [table for table in resources(visits=rows) if table.name == "visits"]


def test_every_sort_of_value_is_found_again(tmp_path: Path) -> None:
    assert errors(save(tmp_path / "p", files(every_sort(), INFO), seal=False)) == []


def plainly(_: object, sheets: Sequence[Sheet]) -> bytes:
    """The workbook with each cell handed to XlsxWriter."""
    sink = io.BytesIO()
    with Workbook(sink, {"in_memory": True}) as book:
        about = " ".join(INFO.description.split())
        made = datetime.fromisoformat(INFO.created)
        book.set_properties({"title": f"{INFO.title} {INFO.version}", "comments": about, "created": made})
        header = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        quoted = book.add_format({"quote_prefix": True})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            for column, name in enumerate(one.header):
                sheet.write_string(0, column, name, header)
                sheet.freeze_panes(1, 0)
            for row, values in enumerate(one.rows, 1 if one.header else 0):
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(row, column, value, quoted if value[0] in "=+-@" else None)
                    elif isinstance(value, bool):
                        sheet.write_boolean(row, column, value)
                    elif isinstance(value, datetime):
                        sheet.write_datetime(row, column, value, day)
                    elif value is not None:
                        sheet.write_number(row, column, value)
            sheet.set_column(0, one.width - 1, 24)
    return sink.getvalue()


@pytest.mark.parametrize("most", [1, 3, 1000])
@pytest.mark.parametrize("marks", [1, 7, 1000], ids="{} marks".format)
@pytest.mark.parametrize("tables", [resources, every_sort])
def test_the_workbook_has_the_bytes_that_xlsxwriter_gives_it(
    tables: Callable[[], list[Resource]], most: int, marks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_MOST", most)
    monkeypatch.setattr(filling, "_MARKS", marks)
    ours = workbook.workbook(tables(), INFO)
    monkeypatch.setattr(workbook, "filled", plainly)
    assert workbook.workbook(tables(), INFO) == ours


ROWS = (
    '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>',
    '<row r="{n}" spans="1:2"><c r="A{n}"><v>-1.5E+20</v></c><c r="B{n}" t="b"><v>1</v></c></row>',
    *(
        f'<row r="{{n}}" spans="1:1">{cell}</row>'
        for cell in (
            '<c r="A{n}" s="2"><v>4</v></c>', '<c r="A{n}"><v> 4</v></c>', '<c r="C{n}"><v>4</v></c>',
            '<c r="A9"><v>4</v></c>', '<c r="A{n}" t="s"><v>7</v></c>', '<c r="A{n}"><v>4E</v></c>',
            '<c r="A{n}"><f>1</f></c>', "",
        )
    ),
    "<row><c r='A{n}'><v>4</v></c></row>", '<row r="{n}"/>', "<row>", "</row>", "</sheetData><sheetData>", "&#52;", " ",
)  # fmt: skip


@given(st.lists(st.sampled_from(ROWS), max_size=6), st.integers(50, 200), st.integers(1, 80))
def test_rows_read_without_a_parser_are_what_the_parser_reads(parts: list[str], long: int, size: int) -> None:
    rows = "".join(part.format(n=number) for number, part in enumerate(parts, 1))
    xml = f'<worksheet xmlns="{sheets._MAIN[1:-1]}"><sheetData>{rows}</sheetData></worksheet>'.encode()

    def read(with_: Callable[[sheets._Rows], ElementTree.XMLParser | sheets._SheetParser]) -> object:
        taken = sheets._Rows("s", 2, ["a", "b"])
        parser = with_(taken)
        try:
            for start in range(0, len(xml), size * 8):
                parser.feed(xml[start : start + size * 8])
            parser.close()
        except (sheets.Unreadable, LookupError, ValueError, ElementTree.ParseError) as error:
            return type(error)
        return taken.found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheets, "_LONG", long)
        assert read(sheets._SheetParser) == read(lambda taken: ElementTree.XMLParser(target=taken))
