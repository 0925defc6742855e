"""datapackage.json: a Data Package v2 descriptor, written from resources and read back as resources.

Standard: https://datapackage.org/standard/data-package/. A descriptor that is read may be a stranger's, so
the models take only what factpack itself writes: known properties, plain paths inside `data/`. Nothing that
could make a reader fetch or open something else (URLs, `..`, schemas and dialects by reference, profiles,
compression) gets past them, and stock frictionless sees a descriptor only after they have accepted it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field as Property
from pydantic import StringConstraints, ValidationError

from factpack.package import tableschema
from factpack.package.checksums import Sum
from factpack.package.info import PackageInfo
from factpack.package.problem import Problem
from factpack.package.tableschema import Name, Strict, TableSchema
from factpack.resource import Resource

FILE = "datapackage.json"

Hash = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]


class _Dialect(Strict):
    """Said in full, or readers guess: stock frictionless sniffs what a dialect leaves open."""

    delimiter: Literal[","] = ","
    line_terminator: Literal["\n"] = Property("\n", alias="lineTerminator")
    quote_char: Literal['"'] = Property('"', alias="quoteChar")
    double_quote: Literal[True] = Property(True, alias="doubleQuote")
    skip_initial_space: Literal[False] = Property(False, alias="skipInitialSpace")


class CsvFile(Strict):
    """A table's CSV file: the resource that every reader meets first."""

    name: Name
    type: Literal["table"] = "table"
    path: str
    title: str | None = None
    description: str | None = None
    format: Literal["csv"] = "csv"
    mediatype: Literal["text/csv"] = "text/csv"
    encoding: Literal["utf-8"] = "utf-8"
    bytes: int
    hash: Hash
    dialect: _Dialect = _Dialect()
    table: TableSchema = Property(alias="schema")


class ParquetFile(Strict):
    """A table's Parquet twin, a plain file: stock frictionless needs pandas for more, and then errs on nulls."""

    name: str
    path: str
    title: str | None = None
    description: str | None = None
    format: Literal["apache-parquet"] = "apache-parquet"
    mediatype: Literal["application/vnd.apache.parquet"] = "application/vnd.apache.parquet"
    bytes: int
    hash: Hash
    table: TableSchema = Property(alias="schema")


class Descriptor(Strict):
    """A package: its metadata and its files, all CSV tables first, their Parquet twins after."""

    profile: Literal["https://datapackage.org/profiles/2.0/datapackage.json"] = Property(
        "https://datapackage.org/profiles/2.0/datapackage.json", alias="$schema"
    )
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]  # files are called after it
    title: str | None = None
    description: str | None = None
    version: str
    created: str | None = None
    homepage: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    keywords: list[str] | None = None
    contributors: list[dict[str, Any]] | None = None
    licenses: list[dict[str, str]] | None = None
    sources: list[dict[str, str]] | None = None
    resources: Annotated[
        list[Annotated[CsvFile | ParquetFile, Property(discriminator="format")]], Property(min_length=1)
    ]

    def tables(self) -> list[Resource]:
        """The tables' schemas, without rows."""
        return [
            tableschema.resource(file.name, file.title or "", file.description or "", file.table)
            for file in self.resources
            if isinstance(file, CsvFile)
        ]


def describe(resources: Sequence[Resource], info: PackageInfo, sums: Mapping[str, Sum]) -> Descriptor:
    """The descriptor of tables, given the sums of their data files by path."""

    def facts(resource: Resource, suffix: str) -> dict[str, Any]:
        path = f"data/{resource.name}.{suffix}"
        return {
            "path": path,
            "title": resource.title or None,
            "description": resource.description or None,
            "bytes": sums[path].length,
            "hash": f"sha256:{sums[path].sha256}",
            "table": tableschema.of(resource),
        }

    tables = [CsvFile(name=one.name, **facts(one, "csv")) for one in resources]
    twins = [ParquetFile(name=f"{one.name}-parquet", **facts(one, "parquet")) for one in resources]
    return Descriptor(
        name=info.name,
        title=info.title or None,
        description=info.description or None,
        version=info.version,
        created=f"{info.created}T00:00:00Z" if info.created else None,
        homepage=info.homepage or None,
        keywords=list(info.keywords) or None,
        contributors=list(info.contributors) or None,
        licenses=list(info.licenses) or None,
        sources=list(info.sources) or None,
        resources=[*tables, *twins],
    )


def dump(descriptor: Descriptor) -> str:
    """The file; what is not said is left out."""
    content = descriptor.model_dump(by_alias=True, exclude_none=True)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def load(data: bytes) -> tuple[Descriptor | None, list[Problem]]:
    """A descriptor's bytes as a safe descriptor, or why it is none; its own words are never trusted."""
    try:
        content = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        descriptor = Descriptor.model_validate(content)
    except ValidationError as error:
        places = ((".".join(map(str, one["loc"])) or "the file", one["msg"]) for one in error.errors())
        return None, [Problem(FILE, f"{place}: {message}") for place, message in places]
    except (ValueError, RecursionError) as error:
        return None, [Problem(FILE, f"cannot be read as JSON: {error}")]
    problems = [Problem(FILE, message) for message in _crooked(descriptor)]
    return (None if problems else descriptor), problems


def _crooked(descriptor: Descriptor) -> Iterator[str]:
    """Where the resources are not every table's CSV file and then, in the same order, its Parquet twin."""
    tables = [file for file in descriptor.resources if isinstance(file, CsvFile)]
    expected = [(file.name, f"data/{file.name}.csv", file.table) for file in tables]
    expected += [(f"{file.name}-parquet", f"data/{file.name}.parquet", file.table) for file in tables]
    found = [(file.name, file.path, file.table) for file in descriptor.resources]
    odd = [one for one in found if one not in expected]
    for name, path, _ in odd:
        yield f"resource {name} at {path!r} is neither a table nor a table's twin with the same schema"
    if not odd and found != expected:
        yield "the resources must be every table's CSV file and then, in the same order, every Parquet twin"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return content


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
