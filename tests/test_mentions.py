"""Mentions of all kinds: labelled texts (tests/data/mentions, labelled by hand), names, countries, speed."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from factpack.edtf import Edtf
from factpack.mention import KINDS, Mention, Names, mentions
from factpack.mention.tokens import Tokens

ROOT = Path(__file__).parents[1]
LABELLED = sorted((ROOT / "tests" / "data" / "mentions").glob("*.json"))
COMPARED = ("comparator", "upper", "unit", "per", "precision", "basis", "in_name")
DATELINE = Edtf.parse("2023-07-10")


def kinds(text: str, **options: Any) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.kind, one.value) for one in mentions(text, **options)]


def without_countries(found: list[Mention]) -> list[Mention]:
    return [one for one in found if one.kind != "country"]


# --- labelled texts: the five articles and texts written for the purpose -----------------------------


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_labelled_text(path: Path) -> None:
    labelled = json.loads(path.read_text("utf-8"))
    text = labelled.get("text") or (ROOT / "seeds" / labelled["source"]).read_text("utf-8")
    found = without_countries(mentions(text, language=labelled["language"], date=Edtf.parse(labelled["date"])))
    expected = {(one["start"], one["end"], one["kind"], one["value"]) for one in labelled["mentions"]}
    assert {(one.start, one.end, one.kind, one.value) for one in found} == expected
    by_place = {(one.start, one.end): one for one in found}
    for label in labelled["mentions"]:
        assert text[label["start"] : label["end"]] == label["words"]
        one = by_place[label["start"], label["end"]]
        assert {key: getattr(one, key) for key in COMPARED if key in label} == {
            key: label[key] for key in COMPARED if key in label
        }


def test_values_are_what_the_kind_promises() -> None:
    for path in LABELLED:
        labelled = json.loads(path.read_text("utf-8"))
        text = labelled.get("text") or (ROOT / "seeds" / labelled["source"]).read_text("utf-8")
        for one in mentions(text, language=labelled["language"], date=Edtf.parse(labelled["date"])):
            assert one.kind in KINDS
            assert 0 <= one.start < one.end <= len(text)
            if one.kind == "date":
                for value in (one.value, *one.readings):
                    Edtf.parse(value)
            if one.kind in ("number", "money", "percent"):
                assert "E" not in one.value


# --- single phrases -------------------------------------------------------------------------------------

MONEY = [
    ("US$6.5 million", "6500000", "eq", "", "USD", ""),
    ("over VND10 billion", "10000000000", "gt", "", "VND", ""),
    ("over $230 million per year", "230000000", "gt", "", "USD", "year"),
    ("$10-$20 million", "10000000", "between", "20000000", "USD", ""),
    ("between 10 and 20 dollars", "10", "between", "20", "USD", ""),
    ("ten euros and 20 cents", "10.2", "eq", "", "EUR", ""),
    ("millions of dollars", "1000000", "magnitude", "", "USD", ""),
    ("£2.5m", "2500000", "eq", "", "GBP", ""),
]


@pytest.mark.parametrize(("text", "value", "comparator", "upper", "unit", "per"), MONEY)
def test_money(text: str, value: str, comparator: str, upper: str, unit: str, per: str) -> None:
    (one,) = mentions(text)
    assert (one.kind, one.value, one.comparator, one.upper, one.unit, one.per) == (
        "money", value, comparator, upper, unit, per,
    )  # fmt: skip


COMPARATORS = [
    ("over 300 people", "gt"),
    ("at least 300 people", "ge"),
    ("nearly 300 people", "approx_below"),
    ("fewer than 300 people", "lt"),
    ("up to 300 people", "le"),
    ("about 300 people", "approx"),
    ("300 people or more", "ge"),
    ("no more than 300 people", "le"),
    ("300 people", "eq"),
]


@pytest.mark.parametrize(("text", "comparator"), COMPARATORS)
def test_comparator(text: str, comparator: str) -> None:
    (one,) = mentions(text)
    assert (one.value, one.comparator, one.unit) == ("300", comparator, "people")
    assert (one.qualifier is None) == (comparator == "eq")


DOCUMENTS = [
    ("Directive No.12-CT/TW", "12-CT/TW"),
    ("Directive No. 12", "12"),
    ("under 25/CT-TTg", "25/CT-TTg"),
    ("Law 86/2015/QH13", "86/2015/QH13"),
    ("Resolution 2231", "2231"),
]


@pytest.mark.parametrize(("text", "value"), DOCUMENTS)
def test_document(text: str, value: str) -> None:
    (one,) = mentions(text)
    assert (one.kind, one.value) == ("document", value)


@pytest.mark.parametrize("text", ["ring number VN-1043/HN", "a score of 3/5"])
def test_no_document(text: str) -> None:
    assert "document" not in {one.kind for one in mentions(text)}


NOTHING = [
    "one of the pillars",
    "First, all of us agree.",
    "no one came",
    "at 10:30",
    "at 9 p.m.",
    "they may march with us",
    "All in one.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_mention(text: str) -> None:
    assert mentions(text, date=DATELINE) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "several hundred rafts left", ("several hundred", "number", "100", "magnitude", "rafts")),
        ("en", "a few million dollars went", ("a few million dollars", "money", "1000000", "magnitude", "USD")),
        ("en", "60 or more cranes stand", ("60", "number", "60", "ge", "cranes")),
        ("en", "100-plus wagons rolled", ("100", "number", "100", "gt", "wagons")),
        (
            "en",
            "Regulation (EU) 2016/679 applies",
            ("Regulation (EU) 2016/679", "document", "2016/679", "eq", "regulation"),
        ),
        ("vi", "vài chục xe đến", ("vài chục", "number", "10", "magnitude", "xe")),
        ("vi", "hai phần ba học sinh", ("hai phần ba", "fraction", "0.666667", "eq", "học sinh")),
        ("vi", "một nửa giáo viên", ("một nửa", "fraction", "0.5", "eq", "giáo viên")),
        ("fr", "la moitié des écoles", ("moitié", "fraction", "0.5", "eq", "écoles")),
        ("fr", "une centaine de bateaux", ("une centaine", "number", "100", "approx", "bateaux")),
        ("fr", "2,5 milliers de filtres", ("2,5 milliers", "number", "2500", "eq", "filtres")),
        ("fr", "pour 3 M€ seulement", ("3 M€", "money", "3000000", "eq", "EUR")),
    ],
)
def test_rough_and_parted_quantities(language: str, text: str, found: tuple[str, ...]) -> None:
    one = mentions(text, language=language)[0]
    assert (text[one.start : one.end], one.kind, one.value, one.comparator, one.unit) == found


def test_a_bare_dollar_sign_names_the_other_dollars() -> None:
    (one,) = mentions("$5")
    assert one.unit == "USD"
    assert "SGD" in one.readings


def test_spans_of_value_qualifier_and_unit() -> None:
    text = "supported by over 100 international delegates"
    (one,) = mentions(text)
    assert one.qualifier is not None
    assert one.unit_span is not None
    spans = [(one.start, one.end), one.qualifier, one.unit_span]
    assert [text[start:end] for start, end in spans] == ["100", "over", "international delegates"]


def test_decomposed_text_keeps_its_own_offsets() -> None:
    text = unicodedata.normalize("NFD", "Ngày 12 tháng 4 năm 2022, Việt Nam")
    found = mentions(text, language="vi")
    assert [one.value for one in found] == ["2022-04-12", "VNM"]
    assert text[found[1].start : found[1].end] == unicodedata.normalize("NFD", "Việt Nam")


def test_a_letter_keeps_a_mark_that_cannot_be_composed_with_it() -> None:
    text = "u\u0301 3 r\u030bidu"
    (found,) = mentions(text, language="vi")
    assert found.unit_span
    assert text[slice(*found.unit_span)] == "r\u030b"


# --- countries and names ----------------------------------------------------------------------------------

COUNTRIES = [
    ("Viet Nam", "VNM"), ("Việt Nam", "VNM"), ("VIETNAM", "VNM"), ("Vietnamese", "VNM"), ("Laos", "LAO"),
    ("South Korea", "KOR"), ("the United States", "USA"), ("the US", "USA"), ("U.S. troops", "USA"),
    ("the UK", "GBR"), ("Turkey", "TUR"), ("Filipinos", "PHL"), ("Côte d'Ivoire", "CIV"), ("Sri Lanka", "LKA"),
]  # fmt: skip


def test_what_is_not_looked_at_is_composed_already() -> None:
    for letter in map(chr, [*range(0x300, 0x400), *range(0x1E00, 0x2100), *range(0x20D0, 0x2130)]):
        for text in (f"e{letter}", f"e{letter}\u0301", f" {letter}\u0302e", f"{letter}e\u0323"):
            assert Tokens(text).text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_country(text: str, code: str) -> None:
    assert [one.value for one in mentions(text)] == [code]


@pytest.mark.parametrize("text", ["give us more", "roast turkey", "the South China Sea", "a new mexico"])
def test_no_country(text: str) -> None:
    assert mentions(text) == []


COUNTRIES_OR_NOT = [
    ("vi", "Nguyễn Phương Nga thăm Nga", ["RUS"]),
    ("vi", "Chị Mỹ kể chuyện về Mỹ", ["USA"]),
    ("vi", "Anh Nguyễn Văn A thăm Anh", ["GBR"]),
    ("vi", "Anh nói nhiều", []),
    ("vi", "Anh và Pháp ký kết", ["GBR", "FRA"]),
    ("vi", "Anh Quốc ký kết với Lào", ["GBR", "LAO"]),
    ("vi", "Tổng thống Nga Putin thăm Áo", ["RUS", "AUT"]),
    ("vi", "Áo dài được trình diễn", []),
    ("vi", "Mỹ thuật và ý kiến", []),
    ("en", "He saw Michael Jordan in Jordan", ["JOR"]),
]


@pytest.mark.parametrize(("language", "text", "codes"), COUNTRIES_OR_NOT)
def test_names_of_people_and_other_words_are_no_countries(language: str, text: str, codes: list[str]) -> None:
    assert [one.value for one in mentions(text, language=language) if one.kind == "country"] == codes


def test_names() -> None:
    names = Names({("actors", "trung"): ["Lê Hoài Trung", "Trung"], ("bodies", "vff"): ["VFF"]})
    text = "Le Hoai Trung met the VFF. Trung's words, not Trungs."
    found = [(text[one.start : one.end], one.value, one.unit) for one in mentions(text, names=names)]
    assert found == [("Le Hoai Trung", "trung", "actors"), ("VFF", "vff", "bodies"), ("Trung", "trung", "actors")]


def test_the_longest_name_wins_and_namesakes_are_both_told() -> None:
    names = Names({("b", "un"): ["United Nations"], ("b", "und"): ["United Nations Development Fund"],
                   ("a", "x"): ["Minh"], ("a", "y"): ["Minh"]})  # fmt: skip
    found = [one.value for one in names.find("The United Nations Development Fund of Minh")]
    assert found == ["und", "x", "y"]


# --- the tables and the speed -------------------------------------------------------------------------------


def test_language_tables_are_fresh() -> None:
    babel = pytest.importorskip("babel")
    english = ROOT / "src/factpack/mention/languages/en.cldr.json"
    if f"(Babel {babel.__version__})" not in english.read_text("utf-8"):
        pytest.skip(f"the tables were written with another CLDR than that of Babel {babel.__version__}")
    script = ROOT / "benchmarks" / "make_languages.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def steps(text: str) -> int:
    """How many functions are called to read a text: the same on every machine, unlike seconds."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        mentions(text, date=DATELINE)
    finally:
        sys.setprofile(None)
    return count


def test_work_is_linear_in_the_text() -> None:
    piece = "twenty one hundred and - 5 / 6 million, 2022 - 2023 to May 3 " * 25
    assert steps(piece * 8) < 10 * steps(piece)


ODD = ["one ", "1", "1,", "(", "a ", "1-", "hundred ", "May ", "US$", "٣", "½", "2022/", "' ", "²", "three and "]


@pytest.mark.parametrize("unit", ODD)
def test_no_input_is_pathological(unit: str) -> None:
    assert steps(unit * 4_000) < 3 * steps(unit * 2_000) + 1_000
