"""An article as a row of words. A page names words by their number, so no offset is ever counted by a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factpack.anchor import selector
from factpack.article import Article
from factpack.curating import Refused
from factpack.grounding import Span

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
_WORD = re.compile(rf"(?:\w[{_MARKS}]*)+|[^\w\s]+")
_REACH = 8


def words_of(article: Article) -> list[Span]:
    """Where the words and marks of a source stand."""
    return [match.span() for match in _WORD.finditer(article.content)]


def numbers_of(words: Sequence[Span], spans: Sequence[Span]) -> list[int]:
    """The numbers of the words that lie in one of these spans, which are sorted and apart."""
    found, at = [], 0
    for number, (start, end) in enumerate(words):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] < end:
            found.append(number)
    return found


def quotes(article: Article, words: Sequence[Span], first: int, last: int) -> list[dict[str, str]]:
    """The quotes that lead to all from one word to another, one for each paragraph; raises Refused."""
    if not 0 <= first <= last < len(words):
        raise Refused("there are no such words in the article")
    found = []
    for start, end in _paragraphs(words, article.content, first, last):
        quote = selector(article.folded, _whole(article, words, start, end))
        if quote is None:
            raise Refused("these words stand in several places that nothing around them tells apart: select more")
        if not re.search(r"[^\W_]", quote["exact"]):
            continue
        found.append(quote)
    if not found:
        raise Refused("a quote has a letter or a digit: select words")
    return found


def _paragraphs(words: Sequence[Span], content: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for number in range(first, last + 1):
        if number == last or "\n" in content[words[number][1] : words[number + 1][0]]:
            yield start, number
            start = number + 1


def _whole(article: Article, words: Sequence[Span], first: int, last: int) -> Span:
    """A span that cuts no number or compound: of `1,204`, which is three words here, all."""
    folded = article.folded
    for reach in range(_REACH):
        for low, high in ((first, last), (first - reach, last), (first, last + reach), (first - reach, last + reach)):
            if low >= 0 and high < len(words):
                span = words[low][0], words[high][1]
                if folded.bounded(folded.forward(span[0]), folded.forward(span[1])):
                    return span
    return words[first][0], words[last][1]
