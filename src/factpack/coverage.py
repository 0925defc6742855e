"""What of an article its records use, and what is left: words and mentions neither quoted nor omitted."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from factpack.article import Article
from factpack.grounding import Span
from factpack.mention import Mention
from factpack.quote import find
from factpack.vocabulary import SpanRole

_WORD = re.compile(r"\w+")
_CONTENT = re.compile(r"\d|[^\W\d_]{4,}")


class Coverage(NamedTuple):
    """How much of an article is used. Counts of words and mentions; `gaps` are passages with words that are
    neither quoted nor omitted, `unused` the mentions that no value is grounded in."""

    words: int
    words_quoted: int
    words_omitted: int
    mentions: int
    mentions_used: int
    mentions_omitted: int
    words_left: int
    gaps: tuple[Span, ...]
    unused: tuple[Mention, ...]

    @property
    def percent(self) -> float:
        """The share, in percent, of words in no gap and of mentions that are used or omitted."""
        left = self.words_left + len(self.unused)
        return 100 * (1 - left / ((self.words + self.mentions) or 1))


def coverage(article: Article) -> Coverage:
    """Measure an article: a word is quoted where any quote covers it, and omitted where a passage does."""
    content = article.content
    quoted = united(placed.span for placed in article.quotes if placed.span)
    omitted = united(placed.span for placed in article.omitted)
    words = [match.span() for match in _WORD.finditer(content)]
    in_quote = [_inside(word, quoted) for word in words]
    in_omitted = [not used and _inside(word, omitted) for word, used in zip(words, in_quote, strict=True)]
    used_spans = united(
        span for support in (statement.support for statement in article.statements) if support.basis == "grounded"
        for span in (support.spans if support.repeated is None else support.repeated)
    )  # fmt: skip
    touched = [m for m in article.mentions if _touches((m.start, m.end), used_spans)]
    # What is said twice is used once; a number that is part of a name is used with the name.
    values = {_said(m) for m in touched}
    unused = [m for m in article.mentions if not m.in_name and _said(m) not in values]
    left_out = [_inside((m.start, m.end), omitted) for m in unused]
    left = list(gaps(content, united([*quoted, *omitted])))
    return Coverage(
        words=len(words),
        words_quoted=sum(in_quote),
        words_omitted=sum(in_omitted),
        mentions=len(article.mentions),
        mentions_used=len(article.mentions) - len(unused),
        mentions_omitted=sum(left_out),
        words_left=sum(_inside(word, left) for word in words),
        gaps=tuple(left),
        unused=tuple(m for m, omitted in zip(unused, left_out, strict=True) if not omitted),
    )


def _said(mention: Mention) -> tuple[str, str, str]:
    return mention.kind, mention.value, mention.unit if mention.kind == "money" else ""


def united(spans: Iterable[Span | None]) -> list[Span]:
    """Spans joined where they overlap or touch, in order."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def gaps(content: str, covered: list[Span]) -> Iterator[Span]:
    """The passages between covered spans that hold a word of four letters or a digit."""
    last = 0
    for start, end in [*covered, (len(content), len(content))]:
        for line in re.finditer(r"[^\n]+", content[last:start]):
            if _CONTENT.search(line[0]):
                words = re.search(r"\w.*\w|\w", line[0])
                if words:
                    yield last + line.start() + words.start(), last + line.start() + words.end()
        last = max(last, end)


def segments(article: Article) -> Iterator[tuple[Span, SpanRole, str | None]]:
    """An article from its first character to its last: passages with their role and reason, the rest body.

    Beside the omitted passages these are the headline, and quotes whose `attribution` names a role, such as
    captions and datelines.
    """
    content = article.content
    last = 0
    for (start, end), role, why in sorted(_passages(article), key=lambda passage: passage[0]):
        if start < last:
            continue
        if content[last:start].strip():
            yield (last, start), SpanRole.BODY, None
        yield (start, end), role, why
        last = end
    if content[last:].strip():
        yield (last, len(content)), SpanRole.BODY, None


def _passages(article: Article) -> Iterator[tuple[Span, SpanRole, str | None]]:
    for placed in article.omitted:
        if placed.span:
            yield placed.span, placed.passage.role, placed.passage.why
    if headline := article.meta("headline"):
        for span in find(article.folded, str(headline)).spans:
            yield span, SpanRole.HEADLINE, None
    roles = {role.value: role for role in (SpanRole.CAPTION, SpanRole.DATELINE)}
    spans: dict[SpanRole, list[Span]] = {}
    for quote in article.quotes:
        role = roles.get(str(getattr(quote.quote, "attribution", None)))
        if role and quote.span:
            spans.setdefault(role, []).append(quote.span)
    for role, found in spans.items():
        yield from ((span, role, None) for span in united(found))


def _inside(span: Span, covered: list[Span]) -> bool:
    """Whether a span lies in one of some spans that are in order and apart."""
    index = bisect_right(covered, (span[0], sys.maxsize)) - 1
    return index >= 0 and span[1] <= covered[index][1]


def _touches(span: Span, covered: list[Span]) -> bool:
    """Whether a span shares a character with one of some spans that are in order and apart."""
    index = bisect_left(covered, (span[1],)) - 1
    return index >= 0 and span[0] < covered[index][1]
