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
from factpack.diagnostic import At, Finding, Fix, Severity
from factpack.quote import find, nearest
from factpack.text import Text

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
    return Finding(
        placed.at,
        "the article does not have these words, but comes close",
        "you wrote this",
        related=((source.at(*near.difference), "the article says this"),),
        fix=Fix(f"write “{suggestion}”", suggestion, safe=False),
    )
