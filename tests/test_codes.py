"""Codes of countries and currencies, against the libraries that carry them."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpack.dataset import Dataset, load

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(ROOT)


def test_countries_are_those_of_iso_3166(dataset: Dataset) -> None:
    countries = pytest.importorskip("pycountry").countries
    (register,) = [register for register in dataset.registers if register.table == "countries"]
    assert len(register.entries) > 30
    for entry in register.entries:
        country = countries.get(alpha_3=entry.id)
        assert country is not None, entry.id
        assert entry.values.iso2 == country.alpha_2
        assert entry.values.name in {country.name, getattr(country, "common_name", "")}


def test_currencies_are_those_of_iso_4217(dataset: Dataset) -> None:
    currencies = pytest.importorskip("pycountry").currencies
    units = {e.values.unit for a in dataset.articles for e in a.entries if e.table == "quantities"}
    codes = {unit for unit in units if unit.isupper() and len(unit) == 3}
    assert codes == {"USD", "VND"}
    assert all(currencies.get(alpha_3=code) for code in codes)


def test_members_of_asean_are_the_ten_of_the_period(dataset: Dataset) -> None:
    ten = {"BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"}
    (register,) = [register for register in dataset.registers if register.table == "countries"]
    assert {e.id for e in register.entries if e.values.asean_member} == ten & {e.id for e in register.entries}
