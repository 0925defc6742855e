"""The codebook: what every table and column means and what supports its values, from models and tables alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpack.codebook.declared import Declared, anew, declared, documents
from factpack.codebook.entry import entry
from factpack.codebook.support import supports
from factpack.dataset import Dataset
from factpack.fact import Fact
from factpack.package.markdown import cell, link, plain
from factpack.resource import Resource
from factpack.views import View
from factpack.vocabulary import DateBasis, DatePrecision, Vocabulary

__all__ = ["codebook"]

_READING = """\
## How to read it

Each column has an entry. **Question** says what the column records, in the words of the model that defines it.
**Support** counts its cells by what they rest on; the table `statements` says it for each cell:

- *grounded*: words of an article state the value; they stand in `evidence`, at the offsets given;
- *judged*: a curator's reading, with the reason;
- *derived*: computed from other values by the rule given;
- *external*: taken from a code list or another source outside the articles, which is named.

A cell that two articles support differently counts under both.

**Missing** counts empty cells. An empty cell means that nothing supports a value: it is never zero, *no*, or an
unknown that a default could stand for. **Example** is a value of the column in the words that state it, set in
bold, with the article and the row.
"""

_DATES = """\
## Dates

A date `x` is six columns: `x_edtf` (Extended Date/Time Format, ISO 8601-2), the first and last day compatible with it
in `x_min` and `x_max`, to what it is known in `x_precision`, how the words give it in `x_basis`, and those words
in `x_as_reported`.
"""


def codebook(dataset: Dataset, resources: Sequence[Resource], preface: str = "", views: Sequence[View] = ()) -> str:
    """The codebook of a dataset's tables, Markdown; `preface` is the curators' own part and comes first."""
    columns = declared(dataset.models)
    found = supports(resources)
    documented = documents(dataset.models)
    parts = [
        f"# Codebook of {plain(dataset.config.title)}, version {dataset.config.version}\n",
        f"{preface.strip()}\n" if preface.strip() else "",
        _READING,
        _DATES,
        *(_vocabulary(name, one) for name, one in (("precision", DatePrecision), ("basis", DateBasis))),
        _contents(resources),
        _views(views),
    ]
    for resource in resources:
        document = documented.get(resource.name, resource.description)
        parts.append(_table(resource, document, resources, dataset.models.facts.get(resource.name)))
        for field in resource.fields:
            known = columns.get((resource.name, field.name), Declared(field.description))
            parts.append(entry(resource, field, known, found[resource.name, field.name]))
    return "\n".join(part for part in parts if part)


def _vocabulary(name: str, vocabulary: type[Vocabulary]) -> str:
    rows = (f"| `{v.value}` | {cell(v.definition)} | {cell(v.maps_to)} |" for v in vocabulary)
    return "\n".join([f"| {name} | meaning | maps to |", "|---|---|---|", *rows, ""])


def _contents(resources: Sequence[Resource]) -> str:
    rows = (f"| {link(r.name)} | {len(r.rows)} | {cell(r.description)} |" for r in resources)
    return "\n".join(["## Tables\n", "| table | rows | what a row is |", "|---|---:|---|", *rows, ""])


def _views(views: Sequence[View]) -> str:
    if not views:
        return ""
    lines = ["## Views\n", "`views.sql` defines them for SQLite and DuckDB.\n"]
    for view in views:
        lines.append(f"- **{view.name}**: {' '.join(view.description.split())}")
        lines.append(f"  Columns: {', '.join(f'`{column}`' for column in view.columns)}.")
    return "\n".join([*lines, ""])


def _table(resource: Resource, document: str, resources: Sequence[Resource], model: type[Fact] | None) -> str:
    lines = [
        f"## {resource.name}\n",
        f"{document}\n",
        f"- Key: {', '.join(f'`{name}`' for name in resource.primary_key)}",
        f"- Rows: {len(resource.rows)}",
        *_keys(resource, resources),
        *(f"- `records.{name}` of its rows: {text}" for name, text in (anew(model) if model else ())),
    ]
    return "\n".join([*lines, ""])


def _keys(resource: Resource, resources: Sequence[Resource]) -> Iterator[str]:
    for key in resource.foreign_keys:
        yield f"- `{', '.join(key.fields)}` refers to {link(key.resource)}"
    users = [one.name for one in resources if any(key.resource == resource.name for key in one.foreign_keys)]
    if users:
        yield f"- Referred to by {', '.join(link(name) for name in users)}"
