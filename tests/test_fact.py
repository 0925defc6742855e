"""The values that curators type, and the base models: what is read and what is refused."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from factpack import ArticleFields, Entity, Fact, Flag, Integer, Item, Judged, Number, Quote, Words
from factpack.fact import MAX_ID


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Integer, "0", 0),
        (Integer, "1096", 1096),
        (Integer, "-12", -12),
        (Integer, "999999999999999999", 999999999999999999),
        (Number, "6500000", Decimal(6500000)),
        (Number, "12.5", Decimal("12.5")),
        (Number, "-0.25", Decimal("-0.25")),
        (Number, "1.10", Decimal("1.10")),
        (Flag, "true", True),
        (Flag, "false", False),
        (Words, "  some words\n", "some words"),
    ],
)
def test_read(kind: Any, written: str, value: object) -> None:
    read = TypeAdapter(kind).validate_python(written)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "written",
    ["", " ", "1_000", "1,000", "1.0", "+5", "-", "012", "-012", "0x1F", "1e3", "12 ", " 12", "１２", "٣", "NO", "ten",
     "1" * 19, "12\n", ".5", "²"],
)  # fmt: skip
def test_no_whole_number(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Integer).validate_python(written)


@pytest.mark.parametrize(
    "written",
    ["", "nan", ".nan", "inf", "Infinity", "1e400", "1E3", "1_000.5", "1,5", "1,000.5", "+1", ".5", "5.", "01.5",
     "1.1234567890", "１.５", "1.5 ", "0x1", "--1", "1" * 19],
)  # fmt: skip
def test_no_number(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Number).validate_python(written)


@pytest.mark.parametrize("written", ["yes", "no", "NO", "on", "1", "0", "True", "TRUE", "t", "", " true"])
def test_neither_true_nor_false(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Flag).validate_python(written)


@pytest.mark.parametrize("written", ["", " ", "\n\t "])
def test_words_are_not_empty(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Words).validate_python(written)


class Sighting(Fact, table="sightings", label="{what}"):
    """What was seen."""

    what: Words
    """What."""


class StarChart(Entity, table="star_charts"):
    """Charts."""

    name: Annotated[Words, Judged("printed on the chart")]
    """Name."""


class Nation(Entity, table="nations", id_pattern="[A-Z]{3}"):
    """Nations."""

    name: Annotated[Words, Judged("usual name")]
    """Name."""


class Role(Item, table="roles"):
    """Roles."""


class Paper(Fact, ArticleFields, table="articles"):
    """Papers."""


@pytest.mark.parametrize("identity", ["a", "evt-2022-x", "a1-2-3", "x" * MAX_ID])
def test_ids(identity: str) -> None:
    assert Sighting(id=identity, what="bird", quotes=()).id == identity
    assert StarChart(id=identity, name="Chart").id == identity


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "A",
        "1a",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "a b",
        "a.b",
        "a/b",
        "../a",
        "é",
        "a\n",
        "аbc",
        "a１",
        "x" * (MAX_ID + 1),
    ],
)
def test_no_ids(identity: str) -> None:
    with pytest.raises(ValidationError):
        Sighting(id=identity, what="bird", quotes=())
    with pytest.raises(ValidationError):
        StarChart(id=identity, name="Chart")


@pytest.mark.parametrize(("identity", "good"), [("LAO", True), ("lao", False), ("LAOS", False), ("LAO\n", False)])
def test_ids_of_a_register_with_a_pattern(identity: str, good: bool) -> None:
    if good:
        assert Nation(id=identity, name="Laos").id == identity
        return
    with pytest.raises(ValidationError, match="matches"):
        Nation(id=identity, name="Laos")


def test_an_article_is_named_by_its_source() -> None:
    assert Paper(id="001_ec11fc", source="001_ec11fc.txt", sha256="0" * 64, language="en", quotes=()).id == "001_ec11fc"


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "A" * 64, "0" * 64 + "\n"])
def test_no_sha256(digest: str) -> None:
    with pytest.raises(ValidationError):
        Paper(id="a", source="a.txt", sha256=digest, language="en", quotes=())


@pytest.mark.parametrize(
    ("tag", "read"), [("vi", True), ("en-GB", True), ("EN", False), ("de", False), ("third", False)]
)
def test_an_article_is_in_a_language_that_is_read(tag: str, read: bool) -> None:
    with nullcontext() if read else pytest.raises(ValidationError, match=f"en, fr, vi: there is no data for .*`{tag}`"):
        assert Paper(id="a", source="a.txt", sha256="0" * 64, language=tag, quotes=()).language == tag


def test_tables_and_keys_are_named_after_the_classes() -> None:
    assert (Sighting.table, Sighting.key, Sighting.label) == ("sightings", "sighting_id", "{what}")
    assert (StarChart.table, StarChart.key, StarChart.label) == ("star_charts", "star_chart_id", "{name}")
    assert (Role.table, Role.key, Role.parent) == ("roles", "role_id", "record_id")


def test_a_plain_string_is_a_quote() -> None:
    assert Quote.model_validate("some words") == Quote(exact="some words")
    assert Quote.model_validate({"exact": "some", "prefix": "the"}).prefix == "the"


@pytest.mark.parametrize(
    "wrong", ["", " ", None, [], 5, {}, {"prefix": "x"}, {"exact": ""}, {"exact": "x", "sufix": "y"}]
)
def test_no_quote(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Quote.model_validate(wrong)


def test_a_colon_that_made_a_quote_a_mapping_is_explained() -> None:
    with pytest.raises(ValidationError, match="colon"):
        Quote.model_validate({"He said": "we won"})


def test_one_article_may_leave_out_what_another_says() -> None:
    assert Sighting.model_validate({"id": "a"}).model_dump()["what"] is None
    for wrong in ({"what": "bird"}, {"id": "A"}, {"id": "a", "what": ""}, {"id": "a", "wat": "bird"}):
        with pytest.raises(ValidationError):
            Sighting.model_validate(wrong)
