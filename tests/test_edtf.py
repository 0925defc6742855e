"""Dates in EDTF: what is read, to which days it comes down, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from factpack.edtf import Edtf


@pytest.mark.parametrize(
    ("text", "precision", "lower", "upper"),
    [
        ("2022-11-03", "day", "2022-11-03", "2022-11-03"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2023-02", "month", "2023-02-01", "2023-02-28"),
        ("2022", "year", "2022-01-01", "2022-12-31"),
        ("0001", "year", "0001-01-01", "0001-12-31"),
        ("9999", "year", "9999-01-01", "9999-12-31"),
        ("202X", "decade", "2020-01-01", "2029-12-31"),
        ("19XX", "century", "1900-01-01", "1999-12-31"),
        ("2022-21", "season", "2022-03-01", "2022-05-31"),
        ("2023-24", "season", "2023-12-01", "2024-02-29"),
        ("2022-33", "quarter", "2022-01-01", "2022-03-31"),
        ("2022-36", "quarter", "2022-10-01", "2022-12-31"),
        ("2022-40", "half", "2022-01-01", "2022-06-30"),
        ("2022-41", "half", "2022-07-01", "2022-12-31"),
        ("2021/2022", "interval", "2021-01-01", "2022-12-31"),
        ("2021-11/2022-02-03", "interval", "2021-11-01", "2022-02-03"),
        ("2021/..", "interval", "2021-01-01", None),
        ("../2021", "interval", None, "2021-12-31"),
        ("2021/", "interval", "2021-01-01", None),
        ("/2021", "interval", None, "2021-12-31"),
    ],
)
def test_days_and_precision(text: str, precision: str, lower: str | None, upper: str | None) -> None:
    read = Edtf.parse(text)
    assert read.precision == precision
    assert [day and day.isoformat() for day in read.days] == [lower, upper]
    assert str(read) == text
    assert read.mark == ""


@pytest.mark.parametrize("mark", ["?", "~", "%"])
@pytest.mark.parametrize("text", ["2022", "2022-11", "2022-11-03", "202X", "2022-33"])
def test_marks_change_no_day(text: str, mark: str) -> None:
    assert Edtf.parse(text + mark).mark == mark
    assert Edtf.parse(text + mark).days == Edtf.parse(text).days
    assert Edtf.parse(f"{text}{mark}/9998").mark == mark


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "22", "2022-1", "2022-1-1", "2022/11/03", "03-11-2022", "2022-11-03T10:00", "2022-11-03 ", " 2022",
        "November 2022", "20222", "2022-00", "2022-13", "2022-20", "2022-25", "2022-42", "2022-11-00", "2022-02-30",
        "2023-02-29", "2022-04-31", "2022-33-01", "0000", "0000-01-01", "000X", "00XX", "2XXX", "20X2", "2022-1X",
        "2022??", "?2022", "/", "../..", "..", "2022/2021", "2022-11-03/2022-11-02", "2020/2021/2022", "-2022", "Y2022",
        "２０２２", "2022\n", "2022–11", "NO", "1e3",
    ],
)  # fmt: skip
def test_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        Edtf.parse(text)


@pytest.mark.parametrize(
    ("coarse", "fine"),
    [
        ("2022", "2022-11"), ("2022-11", "2022-11-03"), ("202X", "2022"), ("20XX", "202X"), ("2022-36", "2022-11"),
        ("2021/2023", "2022"), ("2021/..", "2022/2023"), ("../2023", "2022"), ("2022", "2022-41"), ("2022", "2022?"),
    ],
)  # fmt: skip
def test_a_coarse_date_covers_the_finer_one_only(coarse: str, fine: str) -> None:
    one, other = Edtf.parse(coarse), Edtf.parse(fine)
    assert one.covers(other)
    assert one.covers(one)
    if one.days != other.days:
        assert not other.covers(one)


@pytest.mark.parametrize(("one", "other"), [("2022", "2023"), ("2021/..", "2020/.."), ("2022-11", "2022-12-01")])
def test_dates_apart_cover_neither(one: str, other: str) -> None:
    assert not Edtf.parse(one).covers(Edtf.parse(other))


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_day_is_within_what_is_read(day: date, length: int) -> None:
    read = Edtf.parse(day.isoformat()[:length])
    lower, upper = read.days
    assert lower is not None
    assert upper is not None
    assert lower <= day <= upper
    assert (upper - lower) < timedelta(days={4: 366, 7: 31, 10: 1}[length])
    assert read.covers(Edtf.parse(day.isoformat()))


@given(st.text(st.sampled_from("0129-X/.?~% "), max_size=14))
def test_what_is_read_is_in_order_and_covers_itself(text: str) -> None:
    try:
        read = Edtf.parse(text)
    except ValueError:
        return
    lower, upper = read.days
    assert lower is None or upper is None or lower <= upper
    assert read.covers(read)
    assert read.text == text


def test_as_a_field_of_a_model() -> None:
    adapter = TypeAdapter(Edtf)
    assert adapter.validate_python("2022-11").precision == "month"
    assert adapter.dump_python(adapter.validate_python("2022-11"), mode="json") == "2022-11"
    assert adapter.json_schema()["type"] == "string"
    for wrong in (2022, None, date(2022, 11, 3), ["2022"], "2022-02-30"):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)
