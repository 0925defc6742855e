"""Numbers in digits and words, by language."""

from __future__ import annotations

import pytest

from factpack.mention import mentions
from factpack.mention.language import language
from factpack.mention.numbers import plain, read
from factpack.mention.phrases import Reader
from factpack.mention.tokens import Tokens

ENGLISH = [
    ("1,096", "1096"),
    ("1.096", "1.096"),
    ("3.000.000", "3000000"),
    ("6.5 million", "6500000"),
    ("forty-nine", "49"),
    ("three thousand two hundred", "3200"),
    ("one hundred and five", "105"),
    ("two hundred thousand", "200000"),
    ("seven hundred twenty-one thousand and twelve", "721012"),
    ("half a million", "500000"),
    ("a dozen", "12"),
    ("two and a half million", "2500000"),
    ("two point five", "2.5"),
    ("minus five", "-5"),
    ("-5", "-5"),
    ("10K", "10000"),
    ("1.2bn", "1200000000"),
    ("2½", "2.5"),
    ("30 lakh", "3000000"),
    ("13th", "13"),
    ("twenty-first", "21"),
    ("40 000", "40000"),
    ("one twenty-two", "122"),
    ("3 hundred and 2 hundred", "300"),
    ("- 1,200,000", "-1200000"),
]
NO_NUMBER = ["millions", "word", "192.168.1.2", "1,09", "a man"]


def value(text: str, name: str = "en") -> str | None:
    number = read(Tokens(text), 0, language(name))
    return None if number is None else plain(number.value)


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("text", NO_NUMBER)
def test_no_number(text: str) -> None:
    assert value(text) is None


def test_the_whole_of_it_is_read() -> None:
    tokens = Tokens("three thousand two hundred people")
    number = read(tokens, 0, language("en"))
    assert number is not None
    assert number.end == len(tokens.keys) - 1


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no data"):
        language("xx")


VIETNAMESE = [
    ("1.096", "1096"), ("1,096", "1.096"), ("12,5", "12.5"), ("hai mươi mốt nghìn không trăm mười một", "21011"),
    ("một tỷ", "1000000000"), ("hai triệu rưỡi", "2500000"), ("ba mươi lăm", "35"), ("âm 5", "-5"), ("thứ XIII", "13"),
    ("1.096 tỷ", "1096000000000"), ("hai trăm lẻ năm", "205"),
]  # fmt: skip
FRENCH = [
    ("quatre-vingt-dix-sept", "97"), ("soixante et onze", "71"), ("vingt et un", "21"),
    ("1 200 000", "1200000"),
    ("6,5 millions", "6500000"), ("deux cent trente-quatre mille", "234000"), ("mille neuf cents", "1900"),
    ("22e", "22"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VIETNAMESE)
def test_vietnamese(text: str, expected: str) -> None:
    assert value(text, "vi") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french(text: str, expected: str) -> None:
    assert value(text, "fr") == expected


@pytest.mark.parametrize("name", ["en", "fr", "vi"])
def test_digits_alone_are_read_as_all_others_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = language(name)
    behind = sorted({*tables.forms, *tables.goes_on, *tables.date_words, "x", ",", ";", ")", ":", "’", "\n\n", "60"})
    texts = [f"over {digits}{word} 2023 of" for word in behind for digits in ("7 ", "1,096 ", "15 ", "15")]
    shorter = [mentions(text, language=name) for text in texts]
    monkeypatch.setattr(Reader, "stands_alone", lambda self, index: False)
    assert [mentions(text, language=name) for text in texts] == shorter
