"""The quote's typography differs from the source's.

Curly and straight quotation marks, kinds of dashes and the like carry no meaning, so the quote is found all the same;
what is published is the source's own slice. White space is not reported.

Fails:

    seeds/a.txt
        The country’s ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The country's ministers met  # info: quote-typography

Passes:

    seeds/a.txt
        The country’s ministers met.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes:
              - The country’s ministers met
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Fix, Severity

SEVERITY = Severity.INFO


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        if placed.span is None or article.source is None:
            continue
        printed = article.source.content[slice(*placed.span)]
        if printed != placed.quote.exact and printed.split() != placed.quote.exact.split():
            printed = " ".join(printed.split())
            fix = Fix(f"write “{printed}”", printed, safe=True)
            related = ((article.source.at(*placed.span), "the article prints this"),)
            yield Finding(
                placed.at, "the article prints this with other typography", "you wrote this", related, fix=fix
            )
