"""Where marked words stand in the dataset's own source: the words decide, an offset only chooses among equal hits."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.anchor import selector
from factpack.annotations.mark import Passage
from factpack.article import Article
from factpack.nearest import nearest
from factpack.quote import Span, find

Anchored = tuple[Span, dict[str, str]]
"""A place in the source, and the quote that leads there."""

_SHOWN = 120


def anchored(article: Article, passage: Passage) -> Iterator[Anchored | str]:
    """The place of a passage, or a sentence on why it has none.

    A quote is of one paragraph: where the words run over several, each paragraph's are one.
    """
    whole = _hit(article, passage)
    lines = [line for line in passage.exact.splitlines() if line.strip()]
    if isinstance(whole, str) and len(lines) > 1:
        at = 0
        for line in lines:
            at = passage.exact.index(line, at)
            start = passage.start + at if passage.start is not None else None
            yield _quote(article, Passage(line.strip(), start))
            at += len(line)
        return
    yield _quote(article, passage)


def _quote(article: Article, passage: Passage) -> Anchored | str:
    span = _hit(article, passage)
    if isinstance(span, str):
        return span
    quote = selector(article.folded, span)
    return (span, quote) if quote else f"nothing tells this place of {_shown(passage.exact)} from others"


def _hit(article: Article, passage: Passage) -> Span | str:
    if not passage.exact.strip():
        return "no words are marked"
    match = find(article.folded, passage.exact)
    if not match.spans:
        if match.off_boundary:
            return f"{_shown(passage.exact)} is a part of words only in {article.article_id}: mark whole words"
        return f"{_shown(passage.exact)} does not stand in {article.article_id}{_nearest(article, passage.exact)}"
    spans = match.spans
    if len(spans) > 1:
        spans = find(article.folded, passage.exact, passage.prefix, passage.suffix).spans or spans
    if len(spans) > 1 and passage.start is None:
        return f"{_shown(passage.exact)} stands {len(spans)} times in {article.article_id}, and nothing says which"
    return min(spans, key=lambda span: abs(span[0] - (passage.start or 0)))


def _nearest(article: Article, exact: str) -> str:
    near = nearest(article.folded, exact) if len(exact) < 5_000 else None
    if near is None or article.source is None:
        return ""
    line, column = article.source.position(near.span[0])
    words = " ".join(article.content[slice(*near.span)].split())
    return f"; nearest, at {article.source.path}:{line}:{column}: {_shown(words)}"


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}”"
