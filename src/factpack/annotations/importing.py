"""Records from other tools' marks, appended to the articles' curation files. What is missing in them, `check` says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from factpack.annotations.anchoring import Anchored, anchored
from factpack.annotations.mark import Leaf, Mark, Problem, grown
from factpack.annotations.yaml_record import Unwritable, lines_of
from factpack.article import Article
from factpack.curating import Refused
from factpack.curating.blocks import Block, put
from factpack.dataset import Dataset
from factpack.fact import MAX_ID, SLUG, Fact
from factpack.fields import FactField, fields_of
from factpack.quote import plain
from factpack.text import Text
from factpack.tree import read

_WORDS = 5
"""How many of the marked words an id is made of."""

_FREE = ("note", "judged", "review", "reviewer")


@dataclass
class Imported:
    """What an import comes to: the files' contents, path -> (old, new), and what could not be taken over.

    `known` counts records that the dataset has already, `articles` marks that describe an article itself.
    """

    contents: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: int = 0
    known: int = 0
    articles: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """A mark whose words were found."""

    mark: Mark
    article: Article
    table: str
    id: str
    quotes: tuple[tuple[Anchored, tuple[Leaf, ...]], ...]


def imported(
    dataset: Dataset, marks: Sequence[Mark | Problem], tables: Mapping[str, str], article: str = ""
) -> Imported:
    """Records of all marks. `tables` says for a label which table is meant; `article` is that of all marks."""
    result = Imported()
    ids = {entry.id for file in dataset.files for entry in file.entries}
    seen: set[str] = set()
    found: list[_Found] = []
    for mark in marks:
        if isinstance(mark, Problem):
            result.problems.append(mark)
        elif one := _find(dataset, mark, tables, article, ids, result):
            same = repr((one.article.path, one.table, mark.record or (one.quotes, mark.leaves, mark.notes, mark.links)))
            result.known += same in seen
            if same not in seen:
                found.append(one)
            seen.add(same)
            ids.add(one.id)
    keys = {one.mark.key: one.id for one in found if one.mark.key}
    blocks: dict[str, dict[str, list[tuple[dict[str, Any], list[str]]]]] = {}
    for one in found:
        record = _record(dataset.models.facts[one.table], one, keys)
        try:
            lines = lines_of(record)
        except Unwritable as error:
            result.problems.append(Problem(one.mark.path, one.mark.line, str(error)))
            continue
        blocks.setdefault(one.article.path, {}).setdefault(one.table, []).append((record, lines))
    for path, added in blocks.items():
        file = dataset.by_path[path]
        try:
            result.contents[path] = (file.text.content, _appended(file.text, added))
            result.records += sum(map(len, added.values()))
        except Refused as error:
            result.problems.append(Problem(path, 1, str(error)))
    return result


def _find(
    dataset: Dataset, mark: Mark, tables: Mapping[str, str], name: str, ids: set[str], result: Imported
) -> _Found | None:
    """The mark with its article, table and quotes; None, with the reason in the result, where it has none."""

    def lost(message: str) -> None:
        result.problems.append(Problem(mark.path, mark.line, message))

    article = _article(dataset, mark, name)
    if article is None:
        lost(f"no article is {mark.document or 'named'}: say which with --article")
        return None
    table = tables.get(mark.label) or _table(dataset, mark.label)
    if table == "articles" and mark.record:
        result.articles += 1
        return None
    if table not in dataset.models.facts or table == "articles":
        label = mark.label or "this mark"
        lost(f"there is no table for {label}: say which with --table {mark.label or 'LABEL'}=TABLE")
        return None
    quotes: list[tuple[Anchored, tuple[Leaf, ...]]] = []
    for passage in mark.passages:
        for place in anchored(article, passage):
            if isinstance(place, str):
                lost(place)
            elif place[1] not in [quote for (_, quote), _ in quotes]:
                quotes.append((place, passage.leaves))
    if not quotes:
        if not mark.passages:
            lost("this record quotes no words")
        return None
    base = mark.record if _is_id(mark.record) else _base(mark.label, quotes[0][0][1]["exact"])
    if _known(article, table, base, [place[0] for place, _ in quotes], mark):
        result.known += 1
        return None
    taken = {entry.id for entry in article.entries} if mark.record else ids
    return _Found(mark, article, table, _unique(base, taken), tuple(quotes))


def _article(dataset: Dataset, mark: Mark, name: str) -> Article | None:
    """The article that a mark is about: by the option, its name, or its text."""
    document = re.split(r"[/\\]", mark.document)[-1]
    names = (name,) if name else (document, document.rpartition(".")[0])
    for article in dataset.articles:
        if article.source is not None and article.article_id in names:
            return article
    if name or not mark.text:
        return None
    return next((a for a in dataset.articles if a.source and a.source.content.split() == mark.text.split()), None)


def _table(dataset: Dataset, label: str) -> str:
    """The table that goes by a label: its own name, or its model's."""
    names = {name: table for table, model in dataset.models.facts.items() for name in (table, _snake(model.__name__))}
    return names.get(_snake(label), "")


def _snake(name: str) -> str:
    return re.sub(r"[\s-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())).lower()


def _is_id(name: str) -> bool:
    return bool(SLUG.fullmatch(name)) and len(name) <= MAX_ID


def _base(label: str, words: str) -> str:
    """A readable id from a label and words."""
    name = "-".join(re.findall(r"[a-z0-9]+", plain(label)) + re.findall(r"[a-z0-9]+", plain(words))[:_WORDS])
    name = name[: MAX_ID - 8].strip("-").lstrip("0123456789-")
    return name or "record"


def _unique(base: str, ids: set[str]) -> str:
    return base if base not in ids else next(f"{base}-{n}" for n in count(2) if f"{base}-{n}" not in ids)


def _known(article: Article, table: str, base: str, spans: list[Any], mark: Mark) -> bool:
    """Whether the article has this record: of this id, and where the id was made here, with these quotes."""
    for entry in article.entries:
        if entry.table == table and entry.id.startswith(base):
            placed = [one.span for one in article.quotes_of(entry)]
            if entry.id == base if mark.record else placed == spans:
                return True
    return False


def _record(model: type[Fact], one: _Found, keys: Mapping[str, str]) -> dict[str, Any]:
    """The record as it will be read: values where a field has the name, all else in its note."""
    fields = {field.name: field for field in fields_of(model)}
    kept: list[Leaf] = []
    notes = list(one.mark.notes)
    for path, value in one.mark.leaves:
        if one.mark.record and path[0] in {*fields, *_FREE}:
            kept.append((path, value))
            continue
        name = _snake(path[0])
        if (fitting := _fitting(fields.get(name), value)) is not None:
            kept += [((name,), fitting)]
        elif value not in (None, "", []):
            notes.append(f"{'/'.join(path)}: {value if isinstance(value, str) else json.dumps(value)}")
    record = {"id": one.id, **grown(kept)} if kept else {"id": one.id}
    for role, to in () if one.mark.record else one.mark.links:
        target, name = keys.get(to, ""), _snake(role)
        if name in fields and fields[name].target and target and name not in record:
            record[name] = [target] if fields[name].many else target
        else:
            notes.append(f"{role}: {target or to.rpartition('#')[2]}")
    if notes:
        record["note"] = "; ".join([*([str(record["note"])] if "note" in record else []), *notes])
    quotes = [{**quote, **(grown(leaves) if leaves else {})} for (_, quote), leaves in one.quotes]
    record["quotes"] = [quote["exact"] if len(quote) == 1 else quote for quote in quotes]
    return record


def _fitting(field: FactField | None, value: Any) -> Any:
    """A plain value as the field takes it; None where the field does not take such a value, or there is no field."""
    if field is None or field.item is not None:
        return None
    values = value if isinstance(value, list) else [value]
    texts = [text for text in (_scalar(element) for element in values) if text]
    if len(texts) != len(values) or not texts:
        return None
    return texts if field.many else texts[0] if len(texts) == 1 else None


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value) if isinstance(value, bool | int | float) else ""


def _appended(text: Text, added: Mapping[str, list[tuple[dict[str, Any], list[str]]]]) -> str:
    """A file's content with records at the ends of their tables; raises Refused."""
    before = read(text)
    if before.faults:
        line, column = text.position(before.faults[0].start)
        raise Refused(f"{text.path}:{line}:{column}: {before.faults[0].message}: mend this first")
    wanted = dict(before.data or {})
    content = text.content
    for table, records in added.items():
        lines = [line for _, block in records for line in (*block, "")][:-1]
        content = put(Text(text.path, content), table, Block(tuple(lines), apart=True))
        wanted[table] = [*(wanted.get(table) or []), *(record for record, _ in records)]
    after = read(Text(text.path, content))
    if after.faults or after.data != wanted:
        why = after.faults[0].message if after.faults else "run `factpack fmt` first"
        raise Refused(f"{text.path}: the records cannot be added as it is written: {why}")
    return content


def problems_in(found: Imported) -> Iterator[str]:
    """What could not be taken over, one line each."""
    for problem in found.problems:
        yield f"{problem.path}:{problem.line}: {problem.message}"
