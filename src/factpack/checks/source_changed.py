"""The source is not the text that was curated.

Each curation file pins the SHA-256 of its source's bytes. When they differ, either the source was edited, which
it never should be, or the pin is wrong; the quotes may stand elsewhere now.

Fails:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        article:
          source: a.txt
          sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  # error: source-changed
          language: en
          quotes: [The ministers met]

Passes:

    seeds/a.txt
        The ministers met.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          quotes: [The ministers met]
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.diagnostic import Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    pinned = article.meta("sha256")
    if article.metadata and article.source and pinned and pinned != article.sha256:
        message = f"`{article.source.path}` has changed since it was curated"
        help_ = (f"its SHA-256 is now {article.sha256}",)
        yield Finding(article.metadata.at("sha256"), message, "you pinned this", help=help_)
