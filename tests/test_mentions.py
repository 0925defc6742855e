"""Mentions of all kinds."""

from __future__ import annotations

from factpack.mention import Names, mentions


def test_money_with_comparator_and_rate() -> None:
    (one,) = mentions("over $230 million per year")
    assert (one.kind, one.value, one.comparator, one.unit, one.per) == ("money", "230000000", "gt", "USD", "year")


def test_spans() -> None:
    text = "a total value exceeding US$6.5 million."
    (one,) = mentions(text)
    assert text[one.start : one.end] == "US$6.5 million"
    assert one.qualifier is not None
    assert text[slice(*one.qualifier)] == "exceeding"


def test_names() -> None:
    names = Names({("actors", "trung"): ["Lê Hoài Trung", "Trung"], ("bodies", "vff"): ["VFF"]})
    text = "Le Hoai Trung met the VFF. Trung's words, not Trungs."
    found = [(text[one.start : one.end], one.value, one.unit) for one in mentions(text, names=names)]
    assert found == [("Le Hoai Trung", "trung", "actors"), ("VFF", "vff", "bodies"), ("Trung", "trung", "actors")]
