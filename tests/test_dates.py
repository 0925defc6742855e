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
    ("in two thousand and ten", "2010", "year"),
    ("twelve January nineteen ninety-six", "1996-01-12", "day"),
    ("23/08/2022", "2022-08-23", "day"),
    ("the second week of 2021", "2021-01-11/2021-01-17", "interval"),
    ("the first two weeks of 2021", "2021-01-04/2021-01-17", "interval"),
    ("the summer of 2010", "2010-22", "season"),
    ("year-end 2017", "2017", "year"),
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
    ("the end of the year", "2023", "derived_relative"),
    ("by year-end", "2023", "derived_relative"),
    ("over the summer", "2023-22", "derived_relative"),
    ("two weeks and two days ago", "2023-06-24", "derived_relative"),
    # the nearest verb says whether it is over
    ("she will, the minister said, leave on Thursday", "2023-07-06", "derived_weekday"),
    ("they planned to leave Nairobi on Thursday", "2023-07-13", "derived_weekday"),
    ("it is to resume trading in Paris Tuesday", "2023-07-11", "derived_weekday"),
    ("to be repaid by January", "2024-01", "stated_partial"),
    ("the fiscal year ended Jan. 12", "2023-01-12", "stated_partial"),
]
TOLD = [
    ("In 1998 he left. The following year he returned.", ["1998", "1999"]),
    ("He left on May 3, 1998. Two weeks later he returned.", ["1998-05-03", "1998-05-11/1998-05-17"]),
    ("He left on May 3, 1998 and returned the next day.", ["1998-05-03", "1998-05-04"]),
    ("The summit on April 24 and 25 was long.", ["2023-04-24", "2023-04-25"]),
    ("Sales rose in the first quarter. In the 2022 period they fell.", ["2023-33", "2022-33"]),
    ("Invited in July 1997, it will join on March 12.", ["1997-07", "2024-03-12"]),
    ("from 2014 through May 2018", ["2014/2018-05", "2014", "2018-05"]),
    ("between Jan 2019 and today", ["2019-01/2023-07-10", "2019-01", "2023-07-10"]),
]
NO_DATE = [
    "they may go", "a march on the city", "2000 delegates", "No. 2022", "two thousand delegates",
    "two twenty-foot boats", "two days later than planned", 'on ABC\'s "This Week"', "met Jan Kavan",
]  # fmt: skip


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


@pytest.mark.parametrize(("text", "values"), TOLD)
def test_counted_from_what_was_told(text: str, values: list[str]) -> None:
    assert [one.value for one in mentions(text, date=DATELINE) if one.kind == "date"] == values


def test_two_weeks_later_is_also_two_weeks() -> None:
    found = mentions("He left on May 3, 1998. Two weeks later he returned.")
    assert [(one.kind, one.value) for one in found][-1] == ("duration", "P2W")


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
    ("vi", "tuần đầu tiên của tháng 9 năm 2017", "2017-09-04/2017-09-10"),
]


@pytest.mark.parametrize(("name", "text", "value"), OTHERS)
def test_other_languages(name: str, text: str, value: str) -> None:
    assert mentions(text, language=name, date=DATELINE)[0].value == value


def test_the_past_year_may_be_the_calendar_year_before() -> None:
    (one,) = mentions("in the past year", date=Edtf.parse("2024-01-03"))
    assert "2023" in one.readings
