"""What an article says and no record uses, in reading order, each with YAML to begin a record with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factpack.anchor import as_yaml, selector
from factpack.article import Article
from factpack.coverage import coverage
from factpack.dataset import Dataset
from factpack.grounding import Span
from factpack.mention import Mention
from factpack.naming import suggested_id

KINDS = {"number": "value", "money": "value", "percent": "value", "ordinal": "ordinal", "date": "date"}
"""Kinds of mentions and the field that a skeleton gives them; other kinds stand in the quote only."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A passage that is neither quoted nor omitted, or a mention that no value is grounded in.

    `kind` is `passage` or the mention's kind, `value` its normal form; `sentence` is where the words stand that a
    quote may begin with.
    """

    article: Article
    span: Span
    kind: str
    value: str
    sentence: Span

    @property
    def text(self) -> str:
        """The words, on one line."""
        return " ".join(self.article.content[slice(*self.span)].split())


def todos(article: Article, max_quote: int = 300) -> list[Todo]:
    """All that is left of an article, in reading order."""
    measured = coverage(article)
    found = [Todo(article, span, "passage", "", _cut(article.content, span, max_quote)) for span in measured.gaps]
    found += [_mention(article, mention, max_quote) for mention in measured.unused]
    return sorted(found, key=lambda todo: todo.span)


def _mention(article: Article, mention: Mention, max_quote: int) -> Todo:
    value = f"{mention.value} {mention.unit}" if mention.kind == "money" else mention.value
    span = mention.start, mention.end
    start, end = _cut(article.content, _sentence(article.content, span, max_quote), max_quote)
    # In a sentence that is too long for a quote, the words from the mention on.
    sentence = (start, end) if end >= span[1] else _cut(article.content, (span[0], span[0] + max_quote), max_quote)
    return Todo(article, span, mention.kind, value, sentence)


_MARKS = (". ", "\n", "? ", "! ")


def _sentence(content: str, span: Span, reach: int) -> Span:
    """Where the sentence stands that a span is part of, without the mark and the blanks around it.

    What is farther away than `reach` is not looked at.
    """
    low, high = max(0, span[0] - reach), min(len(content), span[1] + reach)
    start = max((at + len(mark) for mark in _MARKS if (at := content.rfind(mark, low, span[0])) >= 0), default=low)
    end = min((at for mark in _MARKS if (at := content.find(mark, span[1], high)) >= 0), default=high)
    return _stripped(content, start, end)


def _cut(content: str, span: Span, limit: int) -> Span:
    """As much of a span as a quote may have, in whole words of one paragraph."""
    start, end = span[0], min(span[1], len(content), span[0] + limit)
    if (line := content.find("\n", start, end)) >= 0:
        end = line
    elif end < len(content) and not content[end].isspace() and end == start + limit:
        end = max(content.rfind(" ", start, end), start + 1)
    return _stripped(content, start, end)


def _stripped(content: str, start: int, end: int) -> Span:
    words = content[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def skeleton(todo: Todo, dataset: Dataset) -> str:
    """YAML to paste: the table that has a field for such a value, or else the dataset's first."""
    facts = {table: model for table, model in dataset.models.facts.items() if table != "articles"}
    field = KINDS.get(todo.kind, "")
    having = [table for table, model in facts.items() if field in model.model_fields]
    table = [*having, *facts, "facts"][0]
    content = todo.article.content
    quote = selector(todo.article.folded, todo.sentence) or {"exact": " ".join(content[slice(*todo.sentence)].split())}
    lines = [f"{table}:", f"  - id: {suggested_id(dataset, table, quote['exact'])}"]
    if having and todo.value:
        lines.append(f"    {field}: {json.dumps(todo.value.split()[0])}")
    lines += ["    quotes:", f"      - {as_yaml(quote)}"]
    return "\n".join(lines)


def as_rows(found: Iterable[Todo], dataset: Dataset) -> Iterator[dict[str, object]]:
    """The list as plain data, for editors."""
    for todo in found:
        yield {
            "article": todo.article.article_id,
            "start": todo.span[0],
            "end": todo.span[1],
            "kind": todo.kind,
            "text": todo.text,
            "value": todo.value,
            "yaml": skeleton(todo, dataset),
        }
