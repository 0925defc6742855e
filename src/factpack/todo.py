"""What an article says and no record uses, in reading order, each with YAML to begin a record with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpack.article import Article
from factpack.coverage import coverage
from factpack.grounding import Span
from factpack.mention import Mention
from factpack.models import Models

KINDS = {"number": "value", "money": "value", "percent": "value", "ordinal": "ordinal", "date": "date"}
"""Kinds of mentions and the field that a skeleton gives them; other kinds stand in the quote only."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A passage that is neither quoted nor omitted, or a mention that no value is grounded in.

    `kind` is `passage` or the mention's kind, `value` its normal form; `quote` the sentence to begin with.
    """

    article_id: str
    span: Span
    kind: str
    text: str
    value: str
    quote: str


def todos(article: Article, max_quote: int = 300) -> list[Todo]:
    """All that is left of an article."""
    measured = coverage(article)
    found = [_todo(article, span, "passage", "", max_quote) for span in measured.gaps]
    found += [_mention(article, mention, max_quote) for mention in measured.unused]
    return sorted(found, key=lambda todo: todo.span)


def _mention(article: Article, mention: Mention, max_quote: int) -> Todo:
    value = f"{mention.value} {mention.unit}" if mention.kind == "money" else mention.value
    return _todo(article, (mention.start, mention.end), mention.kind, value, max_quote)


def _todo(article: Article, span: Span, kind: str, value: str, max_quote: int) -> Todo:
    content = article.content
    text = " ".join(content[slice(*span)].split())
    sentence = text if kind == "passage" else _sentence(content, span)
    return Todo(article.article_id, span, kind, text, value, sentence[:max_quote])


def _sentence(content: str, span: Span) -> str:
    """The words of the sentence that a span stands in."""
    start = max(content.rfind(mark, 0, span[0]) + len(mark) for mark in (". ", "\n", "? ", "! ")) if span[0] else 0
    ends = [at for mark in (". ", "\n", "? ", "! ") if (at := content.find(mark, span[1])) >= 0]
    return " ".join(content[max(0, start) : min(ends, default=len(content))].split())


def skeleton(todo: Todo, models: Models) -> str:
    """YAML to paste: the table that has a field for such a value, or else the dataset's first."""
    field = KINDS.get(todo.kind, "")
    tables = [t for t, model in models.facts.items() if t != "articles" and (not field or field in model.model_fields)]
    table = tables[0] if tables else "facts"
    lines = [f"{table}:", "  - id: "]
    if field:
        lines.append(f"    {field}: {json.dumps(todo.value.split()[0]) if todo.value else ''}")
    lines += ["    quotes:", f"      - {json.dumps(todo.quote, ensure_ascii=False)}"]
    return "\n".join(lines)


def as_rows(found: Sequence[Todo], models: Models) -> Iterator[dict[str, object]]:
    """The list as plain data, for editors."""
    for todo in found:
        yield {
            "article": todo.article_id,
            "start": todo.span[0],
            "end": todo.span[1],
            "kind": todo.kind,
            "text": todo.text,
            "value": todo.value,
            "yaml": skeleton(todo, models),
        }
