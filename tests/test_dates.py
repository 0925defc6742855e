"""Dates as EDTF, with and without a dateline (Monday, 10 July 2023)."""

from __future__ import annotations

import pytest

from factpack.edtf import Edtf
from factpack.mention import mentions

DATELINE = Edtf.parse("2023-07-10")

STATED = [
    ("December 14, 2021", "2021-12-14", "day"),
    ("14 December 2021", "2021-12-14", "day"),
    ("Nov. 2022", "2022-11", "month"),
    ("2023-07-10", "2023-07-10", "day"),
    ("the third quarter of 2022", "2022-35", "quarter"),
    ("Q3 2022", "2022-35", "quarter"),
    ("the first half of 2022", "2022-40", "half"),
    ("spring 2022", "2022-21", "season"),
    ("in 2022", "2022", "year"),
    ("the 1990s", "199X", "decade"),
    ("the 21st century", "20XX", "century"),
    ("2020-2025", "2020/2025", "interval"),
    ("May 3-5, 2022", "2022-05-03/2022-05-05", "interval"),
]
RELATIVE = [
    ("on April 12", "2023-04-12", "stated_partial"),
    ("on Wednesday", "2023-07-05", "derived_weekday"),
    ("on Monday", "2023-07-10", "derived_weekday"),
    ("scheduled for Wednesday", "2023-07-12", "derived_weekday"),
    ("this year", "2023", "derived_relative"),
    ("last month", "2023-06", "derived_relative"),
    ("next week", "2023-07-17/2023-07-23", "derived_relative"),
    ("yesterday", "2023-07-09", "derived_relative"),
    ("two years ago", "2021", "derived_relative"),
    ("the past two years", "2021-07-10/2023-07-10", "derived_relative"),
    ("last Tuesday", "2023-07-04", "derived_relative"),
]
NO_DATE = ["they may go", "a march on the city", "2000 delegates", "No. 2022"]


@pytest.mark.parametrize(("text", "value", "precision"), STATED)
def test_stated(text: str, value: str, precision: str) -> None:
    first = mentions(text)[0]
    assert (first.kind, first.value, first.precision, first.basis) == ("date", value, precision, "stated")
    Edtf.parse(first.value)


@pytest.mark.parametrize(("text", "value", "basis"), RELATIVE)
def test_relative(text: str, value: str, basis: str) -> None:
    (one,) = mentions(text, date=DATELINE)
    assert (one.kind, one.value, one.basis) == ("date", value, basis)


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    assert not [one for one in mentions(text, date=DATELINE) if one.kind == "date"]


def test_a_day_that_does_not_exist_has_no_value() -> None:
    (one,) = mentions("on February 31, 2022")
    assert (one.kind, one.value) == ("date", "")


def test_a_day_without_year_and_dateline_keeps_what_is_known() -> None:
    (one,) = mentions("on April 12")
    assert (one.value, one.precision, one.basis) == ("XXXX-04-12", "day", "stated_partial")


def test_the_readings_of_a_rolling_period() -> None:
    (one,) = mentions("over the past two years", date=DATELINE)
    assert one.readings == ("2021-07/2023-07", "2021/2022", "2021/2023", "2021-07-10/2023-07-09")


def test_a_period_is_found_with_its_two_ends() -> None:
    found = mentions("(January 27, 1973 - January 27, 2023)")
    assert [one.value for one in found] == ["1973-01-27/2023-01-27", "1973-01-27", "2023-01-27"]


def test_the_date_that_heads_an_archived_text() -> None:
    (one,) = mentions(" date 2024-01-03 Title")
    assert (one.value, one.basis) == ("2024-01-03", "header_line")


OTHERS = [
    ("vi", "ngày 12 tháng 4 năm 2022", "2022-04-12"),
    ("vi", "tháng Tư năm 2022", "2022-04"),
    ("vi", "thứ Tư", "2023-07-05"),
    ("vi", "quý III/2022", "2022-35"),
    ("vi", "năm ngoái", "2022"),
    ("vi", "hai năm qua", "2021-07-10/2023-07-10"),
    ("vi", "thập niên 1990", "199X"),
    ("vi", "giai đoạn 2020-2025", "2020/2025"),
    ("fr", "le 1er janvier 2022", "2022-01-01"),
    ("fr", "au XXIe siècle", "20XX"),
    ("fr", "il y a deux ans", "2021"),
    ("fr", "la semaine prochaine", "2023-07-17/2023-07-23"),
    ("fr", "12/04/2022", "2022-04-12"),
    ("en", "04/12/2022", "2022-04-12"),
]


@pytest.mark.parametrize(("name", "text", "value"), OTHERS)
def test_other_languages(name: str, text: str, value: str) -> None:
    assert mentions(text, language=name, date=DATELINE)[0].value == value


def test_the_past_year_may_be_the_calendar_year_before() -> None:
    (one,) = mentions("in the past year", date=Edtf.parse("2024-01-03"))
    assert "2023" in one.readings
