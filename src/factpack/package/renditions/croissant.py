"""croissant.json: the CSV files and their tables in Croissant 1.1, for machine learning's tools and search.

Standard: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html. The record sets lie on the CSV files:
the registered media type of Parquet passes the standard's validator and then fails to load. Foreign keys are not
said: mlcroissant 1.1 answers `references` with an inner join, which fails or loses every row whose reference is
empty. They stand in datapackage.json and schema.sql.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from factpack.package.checksums import Sum
from factpack.package.info import PackageInfo
from factpack.resource import Field, FieldType, Resource

FILE = "croissant.json"

_TYPES: dict[FieldType, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "year": "sc:Integer",
}

# As the standard gives it: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html#context
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def describe(resources: Sequence[Resource], info: PackageInfo, sums: Mapping[str, Sum], cite: str) -> str:
    """The file, given the sums of the tables' CSV files by path; `cite` is the citation as one line."""
    content: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": info.title or info.name,
        "alternateName": info.name,
        "description": " ".join(info.description.split()) or info.title or info.name,
        "version": info.version,
        "datePublished": info.created,
        "url": info.homepage,
        "license": [licence.get("path") or licence.get("name", "") for licence in info.licenses],
        "keywords": list(info.keywords),
        "creator": [_creator(one) for one in info.contributors],
        "citeAs": cite,
        "distribution": [_file(one, sums[f"data/{one.name}.csv"]) for one in resources],
        "recordSet": [_records(one) for one in resources],
    }
    said = {name: value for name, value in content.items() if value}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _creator(contributor: Mapping[str, object]) -> dict[str, str]:
    person = bool(contributor.get("familyName"))
    named = contributor.get("title") or f"{contributor.get('givenName')} {contributor.get('familyName')}"
    links = {"url": str(contributor["path"])} if contributor.get("path") else {}
    return {"@type": "sc:Person" if person else "sc:Organization", "name": str(named)} | links


def _file(resource: Resource, sum_: Sum) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{resource.name}.csv",
        "name": f"{resource.name}.csv",
        "contentUrl": f"data/{resource.name}.csv",
        "contentSize": f"{sum_.length} B",
        "encodingFormat": "text/csv",
        "sha256": sum_.sha256,
    }


def _records(resource: Resource) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": " ".join((resource.description or resource.title or resource.name).split()),
        "key": [{"@id": f"{resource.name}/{name}"} for name in resource.primary_key],
        "field": [_field(resource.name, field) for field in resource.fields],
    }


def _field(table: str, field: Field) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field.name}",
        "name": field.name,
        "description": " ".join((field.description or field.title or field.name).split()),
        "dataType": _TYPES[field.type],
        "source": {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": field.name}},
    }
