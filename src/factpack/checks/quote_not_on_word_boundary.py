"""The quote begins or ends inside a word or a number.

"204" is not in "1,204", "5" not in "-5" or "$5", "governmental" not in "non-governmental": what is cut off may turn
the meaning round. Quote whole words, numbers with their signs and compounds with all their parts.

Fails:

    seeds/a.txt
        They counted 1,204 people.
    curation/a.yaml
        events:
          - id: evt-count
            name: counted people
            quotes:
              - 204 people  # error: quote-not-on-word-boundary

Passes:

    seeds/a.txt
        They counted 1,204 people.
    curation/a.yaml
        events:
          - id: evt-count
            name: counted people
            quotes:
              - counted 1,204 people
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Fix, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    for placed in article.quotes:
        if placed.match.off_boundary and article.source is not None:
            start, end = placed.match.off_boundary[0]
            content = article.source.content
            while start > 0 and not content[start - 1].isspace():
                start -= 1
            while end < len(content) and not content[end].isspace():
                end += 1
            whole = " ".join(content[start:end].split()).strip(".,;:!?")
            related = ((article.source.at(start, end), "the article's whole words"),)
            message = "this quote begins or ends inside a word or number"
            fix = Fix(f"write “{whole}”", whole, safe=False)
            yield Finding(placed.at, message, "you wrote this", related, fix=fix)
