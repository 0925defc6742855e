"""Records from other tools' marks, appended to the articles' curation files. What is missing in them, `check` says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from factpack.annotations.filling import record_of
from factpack.annotations.mark import Mark, Passed, Problem
from factpack.annotations.placing import PlacedMark, article_of, placed, table_of
from factpack.annotations.yaml_record import Unwritable, lines_of
from factpack.article import Article
from factpack.curating import Refused
from factpack.curating.appending import NewRecord, appended
from factpack.dataset import Dataset
from factpack.diagnostic import MANY


@dataclass
class Imported:
    """What an import comes to: the files' contents, path -> (old, new), and what could not be taken over.

    `known` counts records that the dataset has already, `articles` marks that describe an article itself, `passed`
    marks that count as none in the tool itself, by what they are.
    """

    contents: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: int = 0
    known: int = 0
    articles: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def imported(
    dataset: Dataset, marks: Sequence[Mark | Passed | Problem], tables: Mapping[str, str], article: str = ""
) -> Imported:
    """Records of all marks. `tables` says for a label which table is meant; `article` is that of all marks."""
    result = Imported()
    found = list(_placed(dataset, marks, tables, article, result))
    keys = {one.mark.key: one.id for one in found if one.mark.key}
    added: dict[str, dict[str, list[NewRecord]]] = {}
    for one in found:
        record = record_of(dataset.models.facts[one.table], one, keys)
        try:
            lines = lines_of(record)
        except Unwritable as error:
            result.problems.append(Problem(one.mark.path, one.mark.line, str(error)))
            continue
        added.setdefault(one.article.path, {}).setdefault(one.table, []).append((record, lines))
    for path, records in added.items():
        text = dataset.by_path[path].text
        try:
            result.contents[path] = (text.content, appended(text, records))
            result.records += sum(map(len, records.values()))
        except Refused as error:
            result.problems.append(Problem(path, 1, str(error)))
    return result


def _placed(
    dataset: Dataset, marks: Sequence[Mark | Passed | Problem], tables: Mapping[str, str], name: str, result: Imported
) -> Iterator[PlacedMark]:
    """The marks that are new records; what the others are is told in the result."""
    taken: set[str] = set()
    seen: set[str] = set()
    articles: dict[tuple[str, str], Article | None] = {}  # of one document there are many marks
    for mark in marks:
        if isinstance(mark, Problem):
            result.problems.append(mark)
            continue
        if isinstance(mark, Passed):
            result.passed[mark.what] += mark.count
            continue
        if (about := (mark.document, mark.text)) not in articles:
            articles[about] = article_of(dataset, mark, name)
        one, lost = _one(dataset, mark, articles[about], tables, taken, result)
        result.problems += [Problem(mark.path, mark.line, why) for why in lost]
        if one is None:
            continue
        same = repr((one.article.path, one.table, mark.record or (one.quotes, mark.leaves, mark.notes, mark.links)))
        if one.is_known or same in seen:
            result.known += 1
            continue
        seen.add(same)
        taken.add(one.id)
        yield one


def _one(
    dataset: Dataset,
    mark: Mark,
    article: Article | None,
    tables: Mapping[str, str],
    taken: set[str],
    result: Imported,
) -> tuple[PlacedMark | None, list[str]]:
    if article is None:
        return None, [f"no article is {mark.document or 'named'}: say which with --article"]
    table = table_of(dataset, mark.label, tables)
    if table == "articles" and mark.record:
        result.articles += 1
        return None, []
    if table not in dataset.models.facts or table == "articles":
        label = mark.label or "this mark"
        return None, [f"there is no table for {label}: say which with --table {mark.label or 'LABEL'}=TABLE"]
    return placed(dataset, mark, article, table, taken)


def problems_in(found: Imported) -> Iterator[str]:
    """What could not be taken over, one line each; of very many the first."""
    for problem in found.problems[:MANY]:
        yield f"{problem.path}:{problem.line}: {problem.message}"
    if len(found.problems) > MANY:
        yield f"... and {len(found.problems) - MANY:,} more"
