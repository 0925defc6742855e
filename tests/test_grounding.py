"""What supports a value: the words of the quotes that state it, or the rule that is broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from factpack import (
    Amount,
    Comparator,
    Comparison,
    Cue,
    DocumentNumber,
    Edtf,
    External,
    Judged,
    Ref,
    Unit,
    Verbatim,
    Wording,
)
from factpack.grounding import Context, Dated, Grounding
from factpack.mention import Names, mentions, read
from factpack.quote import find, fold, fold_quote

NAMES = {
    ("people", "ann-lee"): ("Ann Lee", "Ms Lee", "Lê An"),
    ("people", "who"): ("WHO",),
    ("people", "nobody"): (),
    ("people", "may"): ("Theresa May", "May"),
    ("people", "xi"): ("Xi Jinping", "Xi"),
    ("countries", "LAO"): ("Laos",),
}


def context(
    source: str,
    quotes: Sequence[str] = (),
    values: Mapping[str, Any] | None = None,
    published: str | None = None,
) -> Context:
    """A record's quotes in a source; without quotes all of it is quoted."""
    folded = fold(source)
    spans = tuple(find(folded, quote).spans[0] for quote in quotes) or ((0, len(source)),)
    day = Edtf.parse(published) if published else None
    inside = [m for m in mentions(source, date=day) if any(a <= m.start and m.end <= b for a, b in spans)]
    return Context(
        folded, spans, inside, values or {}, lambda t, i: NAMES.get((t, i), ()), day, ((0, 5),) if day else ()
    )


def words(marker: Grounding, value: object, around: Context) -> list[str]:
    """The words that support a value; it must be supported by words."""
    support = marker.find(value, around)
    assert support.problem is None, support.problem
    assert support.basis == "grounded"
    assert support.spans
    return [around.source.original[slice(*span)] for span in support.spans]


def broken(marker: Grounding, value: object, around: Context) -> str:
    """The rule that a value breaks; it must be supported by nothing."""
    support = marker.find(value, around)
    assert support.problem is not None
    assert support.problem.message
    assert support.spans == ()
    return support.problem.rule


@pytest.mark.parametrize(
    ("value", "source", "found"),
    [
        ("Hà Nội", "They met in Hà Nội on Monday.", ["Hà Nội"]),
        ("People's Day", "On the People’s Day they met.", ["People’s Day"]),
        ("EIN Presswire", "EIN Presswire, by EIN\u00a0Presswire", ["EIN Presswire", "EIN\u00a0Presswire"]),
        ("Laos", "the Vietnam-Laos year", ["Laos"]),
    ],
)
def test_verbatim(value: str, source: str, found: list[str]) -> None:
    assert words(Verbatim(), value, context(source)) == found


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("Hà Nội", "They met in Ha Noi on Monday."),
        ("trees", "They planted Trees."),
        ("tree", "They planted trees."),
        ("204", "They counted 1,204 people."),
        ("5", "It was -5 and cost $5 or 5%."),
        ("met twice", "They met\ntwice."),
    ],
)
def test_not_verbatim(value: str, source: str) -> None:
    assert broken(Verbatim(), value, context(source)) == "value-not-in-quote"


def test_only_quoted_words_count() -> None:
    source = "Ann Lee planted 49 trees in Huế in May 2022. They met in Laos."
    quoted = context(source, ["They met in Laos"])
    assert broken(Verbatim(), "Huế", quoted) == "value-not-in-quote"
    assert broken(Amount(), Decimal(49), quoted) == "value-not-in-quote"
    assert broken(Dated(), Edtf.parse("2022-05"), quoted) == "date-not-in-quote"
    assert broken(Ref("people"), "ann-lee", quoted) == "name-not-in-quote"
    assert words(Ref("countries"), "LAO", quoted) == ["Laos"]
    both = context(source, ["Ann Lee planted 49 trees in Huế in May 2022", "They met in Laos"])
    assert words(Amount(), Decimal(49), both) == ["49"]
    assert words(Verbatim(), "Huế", both) == ["Huế"]


@pytest.mark.parametrize(
    ("table", "identity", "source", "found"),
    [
        ("people", "ann-lee", "Ann Lee spoke; then Ms Lee left.", ["Ann Lee", "Ms Lee"]),
        ("people", "ann-lee", "Le An spoke.", ["Le An"]),
        ("people", "who", "The WHO met.", ["WHO"]),
        ("people", "may", "In May 2022, Mrs May’s speech was read.", ["May"]),
        ("people", "xi", "President Xi's visit; XI, Xi.", ["Xi", "Xi"]),
        ("people", "xi", "Xi Visits Port", ["Xi"]),
        ("countries", "LAO", "They visited Laos.", ["Laos"]),
        ("countries", "LAO", "The Laotian people won.", ["Laotian"]),
        ("countries", "CHN", "The visit to China ended.", ["China"]),
    ],
)
def test_reference(table: str, identity: str, source: str, found: list[str]) -> None:
    assert words(Ref(table), identity, context(source)) == found


@pytest.mark.parametrize(
    ("table", "identity", "source", "rule"),
    [
        ("people", "ann-lee", "Ann Leeds spoke.", "name-not-in-quote"),
        ("people", "who", "those who met", "name-not-in-quote"),
        ("people", "may", "They met there in May.", "name-not-in-quote"),
        ("people", "xi", "The Xi'an fair opened.", "name-not-in-quote"),
        ("people", "xi", "They walked in Xi Street.", "name-not-in-quote"),
        ("people", "nobody", "Nobody spoke.", "name-not-in-quote"),
        ("people", "stranger", "A stranger spoke.", "name-not-in-quote"),
        ("countries", "LAO", "They visited China.", "country-not-in-quote"),
        ("countries", "LAO", "All in all.", "country-not-in-quote"),
    ],
)
def test_no_reference(table: str, identity: str, source: str, rule: str) -> None:
    assert broken(Ref(table), identity, context(source)) == rule


@pytest.mark.parametrize(
    ("value", "source", "found"),
    [
        ("49", "They planted 49 trees.", ["49"]),
        ("49", "They planted forty-nine trees.", ["forty-nine"]),
        ("1204", "They counted 1,204 people.", ["1,204"]),
        ("6500000", "It cost US$6.5 million.", ["US$6.5 million"]),
        ("12.5", "It rose by 12.5%.", ["12.5%"]),
        ("22", "The 22nd assembly met.", ["22nd"]),
        ("300", "Over 300 people came.", ["300"]),
        ("2022", "The assembly of 2022 met.", ["2022"]),
    ],
)
def test_amount(value: str, source: str, found: list[str]) -> None:
    (stated,) = words(Amount(), Decimal(value), context(source))
    assert found[0] in stated


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("94", "They planted 49 trees."),
        ("4", "They planted 49 trees."),
        ("204", "They counted 1,204 people."),
        ("5", "At -5 degrees."),
        ("-5", "At 5 degrees."),
        ("65", "It cost US$6.5 million."),
        ("6.5", "It cost US$6.5 million."),
        ("1000000", "Millions of people came."),
        ("12", "Directive No.12-CT/TW was issued."),
        ("4", "They met on April 4."),
        ("3", "Nothing is counted here."),
    ],
)
def test_no_amount(value: str, source: str) -> None:
    assert broken(Amount(), Decimal(value), context(source)) == "value-not-in-quote"


@pytest.mark.parametrize("value", ["1e99999999", "-1e-99999999"])
def test_a_number_of_more_digits_than_memory_holds(value: str) -> None:
    assert broken(Amount(), Decimal(value), context("They planted 18 trees.")) == "value-not-in-quote"


def test_one_other_number_is_suggested_and_shown() -> None:
    source = "They planted 49 trees."
    problem = Amount().find(Decimal(94), context(source)).problem
    assert problem is not None
    assert problem.meant() == "49"
    ((span, label),) = problem.instead
    assert source[slice(*span)] == "49"
    assert "49" in label
    several = Amount().find(Decimal(94), context("They planted 18 trees and 50 shrubs.")).problem
    assert several is not None
    assert several.meant() is None


COMPARED = [
    ("eq", "They planted 49 trees.", "49", "49", "49"),
    ("gt", "They planted over 49 trees.", "49", "49", None),
    ("gt", "They planted more than 49 trees.", "49", "49", None),
    ("ge", "They planted at least 49 trees.", "49", "49", None),
    ("le", "They planted up to 49 trees.", "49", None, "49"),
    ("lt", "They planted fewer than 49 trees.", "49", None, "49"),
    ("approx_below", "They planted nearly 49 trees.", "49", None, "49"),
    ("approx", "They planted about 49 trees.", "49", None, None),
]


@pytest.mark.parametrize(("comparator", "source", "value", "low", "high"), COMPARED)
def test_comparison(comparator: str, source: str, value: str, low: str | None, high: str | None) -> None:
    around = context(source, values={"value": Decimal(value), "unit": "trees"})
    support = Comparison(value="value", unit="unit").find(comparator, around)
    assert support.problem is None
    assert (support.derived.get("min"), support.derived.get("max")) == (low, high)
    assert support.derived["as_reported"].endswith("49")
    for other in Comparator:
        if other.value != comparator:
            assert broken(Comparison(value="value", unit="unit"), other.value, around) == "comparator-mismatch"


def test_a_magnitude_has_no_number() -> None:
    around = context("Millions of trees were planted.", values={"unit": "trees"})
    assert Comparison(value="value", unit="unit").find("magnitude", around).problem is None
    assert broken(Comparison(value="value", unit="unit"), "eq", around) == "comparator-mismatch"
    assert broken(Comparison(value="value"), "eq", context("Trees were planted.")) == "value-not-in-quote"


@pytest.mark.parametrize(
    ("unit", "value", "source"),
    [
        ("trees", 49, "They planted 49 trees."),
        ("young trees and shrubs", 49, "They planted 49 young trees and shrubs."),
        ("years", 45, "They worked there for 45 years."),
        ("medical staff", 49, "They sent 49 medical staff."),
        ("injured", 14, "The storm killed 41 and injured 14."),
        ("injured", 14, "There were 41 killed and 14 injured."),
        ("international delegates", 100, "It drew over 100 international delegates."),
        ("USD", 6500000, "It cost US$6.5 million."),
        ("VND", 10000000000, "It cost VND10 billion."),
        ("%", 80, "About 80% of them live."),
        ("%", 80, "About 80 percent of them live."),
    ],
)
def test_unit(unit: str, value: int, source: str) -> None:
    assert words(Unit(value="value"), unit, context(source, values={"value": Decimal(value)}))


@pytest.mark.parametrize(
    ("unit", "value", "source"),
    [
        ("shrubs", 49, "They planted 49 trees."),
        ("trees", 49, "They planted 49 young trees."),
        ("EUR", 6500000, "It cost US$6.5 million."),
        ("USD", 10000000000, "It cost VND10 billion."),
        ("USD", 49, "They planted 49 trees."),
        ("%", 49, "They planted 49 trees."),
    ],
)
def test_no_unit(unit: str, value: int, source: str) -> None:
    around = context(source, values={"value": Decimal(value)})
    assert broken(Unit(value="value"), unit, around) == "unit-or-currency-mismatch"


def test_of_what_is_not_counted_the_noun_is_enough() -> None:
    source = "Over the past two years several important lessons were learnt."
    around = context(source, values={"value": None})
    assert words(Unit(value="value"), "lessons", around) == ["lessons"]
    assert broken(Unit(value="value"), "years", around) == "number-of-another-noun"


def test_a_number_counts_the_noun_behind_it_and_none_further_on() -> None:
    around = context("They sent 115 organisations to support the people.", values={"value": Decimal(115)})
    assert broken(Unit(value="value"), "people", around) == "number-of-another-noun"


@pytest.mark.parametrize(
    ("unit", "value", "source"),
    [
        ("shrubs", 49, "They planted 49 trees and 50 shrubs."),
        ("trees", 50, "They planted 49 trees and 50 shrubs."),
        ("injured", 41, "The storm killed 41 and injured 14."),
        ("men", 162, "Brigade 162 sailed with its men."),
    ],
)
def test_unit_of_another_number(unit: str, value: int, source: str) -> None:
    around = context(source, values={"value": Decimal(value)})
    assert broken(Unit(value="value"), unit, around) == "number-of-another-noun"


@pytest.mark.parametrize("number", ["12-CT/TW", "25/CT-TTg"])
def test_document_number(number: str) -> None:
    source = f"The Party issued Directive No. {number} then."
    support = DocumentNumber().find(number, context(source))
    assert number in support.derived["as_printed"]
    assert broken(DocumentNumber(), number.replace("2", "3"), context(source)) == "document-id-not-in-quote"
    problem = DocumentNumber().find("99-CT/TW", context(source)).problem
    assert problem is not None
    assert problem.meant() == number


@pytest.mark.parametrize(
    ("date", "source", "published", "found"),
    [
        ("2022-04-12", "They met on April 12, 2022.", None, ["April 12, 2022"]),
        ("2022-04", "They met on April 12, 2022.", None, ["April 12, 2022"]),
        ("2022", "They met in April 2022.", None, ["April 2022"]),
        ("2022", "They met in 2022.", None, ["2022"]),
        ("2022-04-12", "They met on April 12.", "2022-04-20", ["April 12"]),
        ("2022-04-12?", "They met on April 12.", None, ["April 12"]),
        ("2021/2023", "From 2021 and on to 2023 they met.", None, ["2021", "2023"]),
    ],
)
def test_date(date: str, source: str, published: str | None, found: list[str]) -> None:
    assert words(Dated(), Edtf.parse(date), context(source, published=published)) == found


@pytest.mark.parametrize(
    ("date", "source", "rule"),
    [
        ("2022-04-13", "They met on April 12, 2022.", "date-not-in-quote"),
        ("2022-05", "They met on April 12, 2022.", "date-not-in-quote"),
        ("2023", "They met on April 12, 2022.", "date-not-in-quote"),
        ("2022", "They met.", "date-not-in-quote"),
        ("2022-04-12", "They met in April 2022.", "date-more-precise-than-words"),
        ("2022-04", "They met in 2022.", "date-more-precise-than-words"),
        ("2022-04-12", "They met on April 12.", "date-more-precise-than-words"),
        ("2022-04-13?", "They met on April 12.", "date-not-in-quote"),
        ("2021/2024", "From 2021 and on to 2023 they met.", "date-not-in-quote"),
        ("2021/2023", "They met in 2022.", "date-not-in-quote"),
        ("2021/2023", "They met in 2021.", "date-not-in-quote"),
        ("2021/..", "They met in 2022.", "date-not-in-quote"),
    ],
)
def test_no_date(date: str, source: str, rule: str) -> None:
    assert broken(Dated(), Edtf.parse(date), context(source)) == rule


STATUS = Cue(
    {"planned": ("planned", "will", "is to"), "asked": ("called for",), True: ("continue",)},
    default="held",
    contradicted_by=("planned",),
)


def test_the_day_of_publication_states_a_date_but_no_interval() -> None:
    around = context("They met there.", published="2022-04-20")
    assert Dated().find(Edtf.parse("2022"), around).spans == around.published_spans
    assert broken(Dated(), Edtf.parse("2021/2023"), around) == "date-not-in-quote"
    assert broken(Dated(), Edtf.parse("2021"), around) == "date-not-in-quote"
    dated = context("They met in 2021.", published="2022-04-20")
    assert broken(Dated(), Edtf.parse("2022"), dated) == "date-not-in-quote"


def test_cue() -> None:
    assert words(STATUS, "planned", context("The visit is planned for May.")) == ["planned"]
    assert words(STATUS, "planned", context("They WILL meet.")) == ["WILL"]
    assert words(STATUS, True, context("They continue.")) == ["continue"]
    assert words(STATUS, "asked", context("She called for peace and will speak.")) == ["called for"]


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("planned", "The visit took place."),
        ("planned", "They were willing."),
        ("asked", "They recalled for hours."),
        ("unknown", "They planned it."),
        ("held", "The visit is planned for May."),
        (True, "They planned it."),
    ],
)
def test_contradicted_cue(value: object, source: str) -> None:
    assert broken(STATUS, value, context(source)) == "status-contradicts-cue"


TYPE = Cue({"resolution": ("resolutions",), "law": ("laws",), "guidelines": ("guiding papers",)})


def test_what_is_counted_among_others_is_of_their_kind() -> None:
    around = context("They read the resolutions of the council and other guiding papers.")
    assert words(TYPE, "guidelines", around) == ["guiding papers"]
    assert broken(TYPE, "resolution", around) == "status-contradicts-cue"
    assert words(TYPE, "resolution", context("They read the resolutions and guiding papers.")) == ["resolutions"]


def test_the_default_rests_on_no_word_to_the_contrary() -> None:
    support = STATUS.find("held", context("The visit took place."))
    assert (support.basis, support.problem) == ("judged", None)
    assert support.reason


@pytest.mark.parametrize(
    "text",
    [
        "planted trees in Laos",
        "planting of trees",
        "in 2022, 49 trees",
        "forty-nine trees were planted",
        "young people planted them",
    ],
)
def test_wording(text: str) -> None:
    assert words(Wording(), text, context("In 2022, young people from Laos planted 49 trees."))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("planted 94 trees", "value-not-in-quote"),
        ("planted trees in 2023", "value-not-in-quote"),
        ("planted trees in China", "value-not-in-quote"),
        ("planted trees for $49", "value-not-in-quote"),
        ("issued Directive No. 12-CT/TW on trees planted", "value-not-in-quote"),
        ("elephants danced proudly", "wording-not-from-quote"),
        ("planted elephants", "wording-not-from-quote"),
        ("people from Laos did not plant trees", "value-not-in-quote"),
    ],
)
def test_foreign_wording(text: str, rule: str) -> None:
    assert broken(Wording(), text, context("In 2022, young people from Laos planted 49 trees.")) == rule


def test_a_wording_denies_what_its_quote_denies() -> None:
    around = context("They did not plant trees in Laos. They planted shrubs.", ["They did not plant trees in Laos"])
    assert words(Wording(), "they didn't plant trees", around)
    assert words(Wording(), "plant trees", around)


def test_what_words_cannot_show_says_why() -> None:
    around = context("Anything at all.")
    judged = Judged("the whole article").find("x", around)
    assert (judged.basis, judged.reason, judged.problem) == ("judged", "the whole article", None)
    external = External("ISO 3166-1").find("x", around)
    assert (external.basis, external.reason, external.spans) == ("external", "ISO 3166-1", ())


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("resolution of the 13th Harbour Assembly", True),
        ("resolution of the Harbour Assembly", False),
    ],
)
def test_a_number_belongs_to_the_name_behind_it(text: str, stated: bool) -> None:
    source = "They read the resolution of the 13th Harbour Assembly again."
    names = Names({("events", "assembly"): ("Harbour Assembly",)})
    folded = fold(source)
    around = Context(
        folded, ((0, len(source)),), mentions(source, names=names), {}, lambda t, i: (), names_in=names.find
    )  # fmt: skip
    assert (Wording().find(text, around).problem is None) is stated


@pytest.mark.parametrize(
    "source",
    [
        "On 3 May 2023, two of the third group's four de\u00adlegates met Ms Ann Lee at Lee Hall; twenty-one did not.",
        "In Laos, the last quarter of a dozen “forums” may cost US$3 million & more, half the Harbour Assembly said.",
        "A re\u0301sume\u0301 of May's first two, of No. 12: refused to\nname Ngươ\u0300i Lê An of 1.5 percent.",
    ],
)
def test_words_that_say_nothing_by_themselves_need_not_be_read(source: str) -> None:
    names = Names({**NAMES, ("events", "assembly"): ("Harbour Assembly", "the Harbour")})
    reading = read(source, names=names)
    read_all = Context(
        fold(source), ((0, 40), (30, len(source))), reading.mentions, {}, lambda t, i: (), names_in=names.find
    )
    read_some = replace(read_all, silent=reading.silent)
    pieces = {source[start:end] for start in range(len(source)) for end in range(start + 1, start + 40)}
    spans = {piece: read_some.as_typed(fold_quote(piece)) for piece in pieces}
    read_some_pieces = [piece for piece, span in spans.items() if span and reading.silent(*span)]
    assert len(read_some_pieces) > 20
    for piece in read_some_pieces:
        assert Wording().find(piece, read_some) == Wording().find(piece, read_all)
