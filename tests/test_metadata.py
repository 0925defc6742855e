"""Descriptor, citation and card keep the rules of those who read them: each is held against its format's schema."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files as resources_of
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from installed import needed
from sample_package import INFO, files, resources

from factpack.package import PackageInfo
from factpack.package.verification import read

ROOT = Path(__file__).parent.parent

CASES = {
    "sample": INFO,
    "bare": PackageInfo("bare", "", "", "0.1.0"),
    "people": replace(INFO, contributors=({"familyName": "Example", "givenName": "Ann"}, {"title": "A Project"})),
    "licences": replace(INFO, licenses=({"name": "ODbL-1.0", "title": "Open Database License"}, {"name": "CC-BY-4.0"})),
}
PUBLISHED = sorted(path.parent.name for path in ROOT.glob("dist/*/datapackage.json"))


@pytest.fixture(params=[*CASES, *PUBLISHED])
def contents(request: pytest.FixtureRequest) -> dict[str, bytes]:
    if request.param in CASES:
        return files(resources(), CASES[request.param])
    return read(ROOT / "dist" / request.param)[0]


def said(schema: Any, content: Any) -> list[str]:
    """What a JSON Schema finds wrong, formats of dates and addresses included."""
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    checker = validator(schema, format_checker=validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(content)]


def test_datapackage_json(contents: dict[str, bytes]) -> None:
    needed("dplib")
    profile = json.loads((resources_of("dplib") / "profiles/2.0/datapackage.json").read_text("utf-8"))
    content = json.loads(contents["datapackage.json"])
    assert said(profile, content) == []
    assert said(profile, content | {"created": "yesterday", "resources": []}) != []


def test_citation_cff(contents: dict[str, bytes]) -> None:
    schema = json.loads((ROOT / "tests/schemas/cff-1.2.0.json").read_text("utf-8"))
    # YAML reads a day as a date; to the format it is text.
    content = json.loads(json.dumps(yaml.safe_load(contents["CITATION.cff"]), default=str))
    assert said(schema, content) == []
    assert said(schema, content | {"authors": []}) != []


# Zenodo's own schema is under the GPL; these are the rules that its documentation of depositions gives.
TEXT = {"type": "string", "minLength": 1}
PERSON = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": TEXT, "affiliation": TEXT, "orcid": TEXT, "gnd": TEXT},
    "additionalProperties": False,
}
ZENODO = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["title", "upload_type", "description", "creators", "access_right"],
    "properties": {
        "title": TEXT,
        "upload_type": {"enum": ["dataset"]},
        "description": TEXT,
        "creators": {"type": "array", "items": PERSON, "minItems": 1},
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": {"type": "string", "pattern": r"^[a-z0-9.+-]+$"},
        "publication_date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "version": TEXT,
        "notes": TEXT,
        "keywords": {"type": "array", "items": TEXT, "uniqueItems": True},
    },
    "additionalProperties": False,
}


def test_zenodo_json(contents: dict[str, bytes]) -> None:
    content = json.loads(contents[".zenodo.json"])
    assert said(ZENODO, content) == []
    assert said(ZENODO, content | {"publication_date": "2024-5-1"}) != []


def test_the_card_has_a_config_for_each_table(contents: dict[str, bytes]) -> None:
    """As Hugging Face reads it: YAML between two lines of dashes, a file that is there for each config."""
    opening, front, _ = contents["README.md"].decode("utf-8").split("---\n", 2)
    assert opening == ""
    card, package = yaml.safe_load(front), json.loads(contents["datapackage.json"])
    configs = card["configs"]
    tables = [one["name"] for one in package["resources"] if one["format"] == "csv"]
    assert [one["config_name"] for one in configs] == tables
    assert {one["data_files"] for one in configs} == {f"data/{name}.parquet" for name in tables} & set(contents)
    assert [one.get("default") for one in configs] == [True] + [None] * (len(tables) - 1)
    assert card.get("license", []) == [one["name"].lower() for one in package.get("licenses", [])]
