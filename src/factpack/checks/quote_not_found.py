"""The article does not have these words.

A quote stands in the source word for word. Only typography is forgiven: kinds of white space, quotation marks and
dashes, composed or combined letters. Where a passage comes close, the message shows it and marks the difference;
copy the source's own words, or look whether the fact rests on another passage.

A quote stays within one paragraph. That is a line of the source; with `paragraphs = "blank-line"` in `[tool.factpack]`
it is what stands between two blank lines, and a line break inside it is a blank.

Fails:

    seeds/a.txt
        Three crew members remain missing.
    curation/a.yaml
        events:
          - id: evt-missing
            name: crew missing
            quotes:
              - Three crew members are still missing  # error: quote-not-found

Passes:

    seeds/a.txt
        Three crew members remain missing.
    curation/a.yaml
        events:
          - id: evt-missing
            name: crew missing
            quotes:
              - Three crew members remain missing
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article, PlacedQuote
from factpack.diagnostic import At, Finding, Fix, Pointer, Severity
from factpack.nearest import nearest
from factpack.quote import Span, find, fold, fold_quote
from factpack.text import Location, Text

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    if article.source is None:
        return
    for placed in article.quotes:
        if not placed.match.spans and not placed.match.off_boundary:
            yield _finding(article, article.source, placed)
    for passage in article.omitted:
        if passage.problem:
            yield Finding(At(article.path, passage.route), f"this omitted passage is not found: {passage.problem}")


def _finding(article: Article, source: Text, placed: PlacedQuote) -> Finding:
    exact = placed.quote.exact
    without = find(article.folded, exact).spans
    if without:
        shown = tuple((source.at(*span), "the words stand here") for span in without[:3])
        return Finding(placed.at, "these words are in the article, but not with this prefix and suffix", related=shown)
    near = nearest(article.folded, exact)
    if near is None:
        return Finding(placed.at, "the article does not have these words", "not in the article")
    suggestion = " ".join(source.content[slice(*near.span)].split())
    related: list[tuple[Pointer, str]] = []
    for theirs, ours in near.differences:
        if (mine := _typed(article, placed, ours)) and mine.words:
            related.append((mine, "you wrote this"))
        label = "the article says this" if theirs[0] < theirs[1] else "the article has nothing more here"
        related.append((source.at(*theirs), label))
    # The quote itself, then all that differs in it, then all that differs in the article.
    related.sort(key=lambda place: place[1] != "you wrote this")
    return Finding(
        placed.at,
        "the article does not have these words, but comes close",
        "" if any(label == "you wrote this" for _, label in related) else "you wrote this",
        related=tuple(related),
        fix=Fix(f"write “{suggestion}”", suggestion, safe=False),
    )


def _typed(article: Article, placed: PlacedQuote, span: Span) -> Location | None:
    """Where some of a quote's words stand in the curation file; None where they are typed otherwise, as escapes."""
    place = article.tree.locate(placed.at.route)
    typed = fold(place.words)
    start = typed.text.replace("\n", " ").find(fold_quote(placed.quote.exact))
    if start < 0:
        return None
    first, last = typed.back(start + span[0], start + span[1])
    return article.text.at(place.start + first, place.start + last)
