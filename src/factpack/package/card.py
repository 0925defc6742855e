"""What a package says to people: its README.md, LICENSE and CITATION.cff."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from factpack.package.info import PackageInfo
from factpack.resource import Resource

# The snippets are run by the tests: they load the first table in each tool.
_LOAD = """\
## Load it

Every table is there twice, as CSV and as Parquet; both hold the same values. The Parquet files bring their
types along. In the CSV files an empty cell is a missing value (text that happens to read `NA` is text),
booleans are `true` and `false`, dates are `YYYY-MM-DD`. Run these in the folder of this file.

```python
import pandas as pd
{table} = pd.read_parquet("data/{table}.parquet")
```

```python
import polars as pl
{table} = pl.read_parquet("data/{table}.parquet")
```

```python
import duckdb
{table} = duckdb.sql("SELECT * FROM 'data/{table}.parquet'")
```

```r
{table} <- read.csv("data/{table}.csv", na.strings = "", encoding = "UTF-8")
```

What each table and field means, with types, keys and constraints, stands in `datapackage.json`
([Data Package](https://datapackage.org)). `factpack verify .` checks all of it; `sha256sum --check SHA256SUMS`
checks the files alone.
"""

_QUOTATIONS = """\
Words quoted from sources (in the table `evidence`, and wherever a field gives words as printed) are not
covered by this licence: they belong to their authors and publishers, and are quoted here as evidence.
"""


def readme(resources: Sequence[Resource], info: PackageInfo) -> str:
    """The release card, Markdown."""
    parts = [
        f"# {info.title or info.name} {info.version}\n",
        f"{info.description.strip()}\n" if info.description.strip() else "",
        f"{info.readme.strip()}\n" if info.readme.strip() else "",
        _tables(resources),
        _LOAD.format(table=resources[0].name) if resources else "",
        f"## Licence\n\n{licence(info)}",
        f"## Cite\n\n{citation_line(info)}\n\nMachine-readable in `CITATION.cff`.\n",
    ]
    return "\n".join(part for part in parts if part)


def _tables(resources: Sequence[Resource]) -> str:
    rows = [
        f"| {resource.name} | {len(resource.rows)} | {_one_line(resource.description or resource.title)} |"
        for resource in resources
    ]
    return "\n".join(["## Tables\n", "| table | rows | what a row is |", "|---|---:|---|", *rows, ""])


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def licence(info: PackageInfo) -> str:
    """What may be done with the data, and with the words quoted in it."""
    names = [
        " ".join(part for part in (one.get("title") or one.get("name"), _link(one)) if part) for one in info.licenses
    ]
    granted = f"The data is licensed under {' or '.join(names)}." if names else "No licence is stated."
    return f"{granted}\n\n{_QUOTATIONS}"


def _link(licence: dict[str, str]) -> str:
    return f"({licence['path']})" if "path" in licence else ""


def citation_line(info: PackageInfo) -> str:
    """How to cite the package, as one line."""
    names = [str(one.get("name") or f"{one['family-names']}, {one['given-names']}") for one in _authors(info)]
    year = f" ({info.created[:4]})" if info.created else ""
    home = f" {info.homepage}" if info.homepage else ""
    return f"{'; '.join(names)}{year}. {info.title or info.name}. Version {info.version}. Data set.{home}"


def citation(info: PackageInfo) -> str:
    """CITATION.cff, version 1.2.0 (https://citation-file-format.github.io/)."""
    content: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": info.title or info.name,
        "version": info.version,
        "authors": _authors(info),
    }
    codes = [one["name"] for one in info.licenses if "name" in one]
    optional = {
        "abstract": info.description.strip(),
        "date-released": info.created,
        "url": info.homepage,
        "keywords": list(info.keywords),
        "license": codes[0] if len(codes) == 1 else codes,
    }
    content |= {key: value for key, value in optional.items() if value}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def _authors(info: PackageInfo) -> list[dict[str, str]]:
    """The contributors as CFF's persons and entities; the format wants at least one."""
    authors = []
    for one in info.contributors:
        if one.get("familyName") and one.get("givenName"):
            authors.append({"family-names": str(one["familyName"]), "given-names": str(one["givenName"])})
        elif name := one.get("title") or one.get("organization"):
            authors.append({"name": str(name)})
    return authors or [{"name": f"The curators of {info.title or info.name}"}]
