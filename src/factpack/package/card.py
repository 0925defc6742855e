"""What a package says to people: its README.md, which is a Hugging Face dataset card, too."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from factpack import views
from factpack.package import citation, licences
from factpack.package.info import PackageInfo
from factpack.package.markdown import plain
from factpack.package.renditions import croissant, sql, sqlite, workbook
from factpack.resource import Resource

# The snippets are run by the tests, for every table: another table's name in place of the first one's loads that one.
_LOAD = """\
## Load it

Every table is there twice, as CSV and as Parquet; both hold the same values. The Parquet files bring their
types along. In the CSV files an empty cell is a missing value (text that happens to read `NA` is text),
booleans are `true` and `false`, dates are `YYYY-MM-DD`. Run these in the folder of this file; `{table}` may be any
table.

pandas (without `dtype_backend`, whole numbers and booleans of which some are missing become floats and objects):

```python
import pandas as pd
{table} = pd.read_parquet("data/{table}.parquet", dtype_backend="pyarrow")
```

polars:

```python
import polars as pl
{table} = pl.read_parquet("data/{table}.parquet")
```

DuckDB:

```python
import duckdb
{table} = duckdb.sql("SELECT * FROM 'data/{table}.parquet'")
```

SQLite, where booleans are 1 and 0, and dates text:

```python
import sqlite3
{table} = sqlite3.connect("{name}.sqlite").execute("SELECT * FROM {table}").fetchall()
```

frictionless, with the types of the descriptor:

```python
from frictionless import Package
{table} = Package("datapackage.json").get_resource("{table}").read_rows()
```

R, with readr and jsonlite; left to guess, it takes `2022` in a column of dates that may be partial for a number:

```r
resources <- jsonlite::read_json("datapackage.json")$resources
fields <- Filter(function(one) one$name == "{table}", resources)[[1]]$schema$fields
kinds <- c(string = "c", integer = "d", number = "d", year = "i", boolean = "l", date = "D")
kinds <- paste(kinds[sapply(fields, function(one) one$type)], collapse = "")
{table} <- readr::read_csv("data/{table}.csv", col_types = kinds, na = "", trim_ws = FALSE)
```

Node, after `npm install hyparquet`; whole numbers are BigInt:

```js
import {{ asyncBufferFromFile, parquetReadObjects }} from "hyparquet"
const {table} = await parquetReadObjects({{ file: await asyncBufferFromFile("data/{table}.parquet") }})
```

Excel and LibreOffice: open `{name}.xlsx`. It has a sheet for each table, after those that say what is in them. A CSV
file opened by a double click is guessed at.

What each table and field means, with types, keys and constraints, stands in `datapackage.json`
([Data Package](https://datapackage.org)). `factpack verify .` checks all of it; `sha256sum --check SHA256SUMS`
checks the files alone.
"""


_WORDS = """\
## The words behind a cell

`statements` says for every cell what it rests on, and `evidence` has the quotes. For the field `{field}` of `{row_id}`:

```python
import duckdb
words = duckdb.sql(\"\"\"
    SELECT s.value, s.basis, e.exact, s.article_id, s.char_start, s.char_end
    FROM 'data/statements.parquet' AS s LEFT JOIN 'data/evidence.parquet' AS e USING (evidence_id)
    WHERE s.row_id = '{row_id}' AND s.field = '{field}'
\"\"\")
```

The same with factpack, where `release["{table}"]` is the table, and the zip will do, too:

```python
import factpack
release = factpack.load(".")
words = release.evidence("{row_id}", "{field}")
```
"""

_TEXTS = {
    "codebook.md": "what every column asks, its values, what supports it, and an example with its words",
    views.FILE: "documented queries on the tables, for SQLite and DuckDB; the SQLite file has them",
    views.QUESTIONS: "questions to begin with, each with the query that answers it",
}
"""Further texts that the card explains where the package has them."""


def readme(resources: Sequence[Resource], info: PackageInfo) -> str:
    """The release card, Markdown."""
    parts = [
        _front_matter(resources, info),
        f"# {plain(info.title or info.name)} {info.version}\n",
        f"{info.description.strip()}\n" if info.description.strip() else "",
        f"{info.readme.strip()}\n" if info.readme.strip() else "",
        _tables(resources),
        _LOAD.format(table=resources[0].name, name=info.name) if resources else "",
        _words(resources),
        _files(info),
        f"## Licence\n\n{licences.licence(info, plain)}",
        f"## Cite\n\n    {citation.line(info)}\n\nMachine-readable in `CITATION.cff`.\n",
    ]
    return "\n".join(part for part in parts if part)


def _tables(resources: Sequence[Resource]) -> str:
    rows = [
        f"| {resource.name} | {len(resource.rows)} | {_one_line(resource.description or resource.title)} |"
        for resource in resources
    ]
    return "\n".join(["## Tables\n", "| table | rows | what a row is |", "|---|---:|---|", *rows, ""])


def _front_matter(resources: Sequence[Resource], info: PackageInfo) -> str:
    """The card's metadata (https://huggingface.co/docs/hub/datasets-cards): one config for each table."""
    content: dict[str, object] = {
        "pretty_name": info.title or info.name,
        "license": [one["name"].lower() for one in info.licenses if "name" in one],
        "tags": list(info.keywords),
        "configs": [
            {"config_name": one.name, "data_files": f"data/{one.name}.parquet"} | ({} if number else {"default": True})
            for number, one in enumerate(resources)
        ],
    }
    said = {key: value for key, value in content.items() if value}
    return f"---\n{yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)}---\n"


def _words(resources: Sequence[Resource]) -> str:
    """How to get from a cell to the words that state it: a cell of a table that comes early, and has such words."""
    places = {resource.name: place for place, resource in enumerate(resources)}
    if not {"statements", "evidence"} <= places.keys():
        return ""
    said = resources[places["statements"]].rows
    quoted = (row for row in said if row["basis"] == "grounded" and row["evidence_id"])
    row = min(quoted, key=lambda row: places[str(row["table"])], default=None)
    return "" if row is None else _WORDS.format(table=row["table"], row_id=row["row_id"], field=row["field"])


def _files(info: PackageInfo) -> str:
    rows = {
        f"{info.name}{sqlite.SUFFIX}": "all tables with keys and checks, one SQLite file",
        f"{info.name}{workbook.SUFFIX}": "all tables as sheets, after one that explains every field; all text is text",
        sql.FILE: "the tables' definitions for SQLite, DuckDB and PostgreSQL",
        croissant.FILE: "[Croissant](https://docs.mlcommons.org/croissant/) metadata over the CSV files",
        **{file: what for file, what in _TEXTS.items() if file in info.texts},
        "provenance.json": "checksums of what the package was made from, and versions of what made it",
        "SHA256SUMS": "checksums of all files",
    }
    listed = [f"| `{name}` | {what} |" for name, what in rows.items()]
    return "\n".join(["## Further files\n", "| file | what it is |", "|---|---|", *listed, ""])


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
