"""The article's source is not there.

Every curation file names its source in the folder of sources: `article: {source: a.txt, ...}`. Without it
nothing in the file can be checked.

Fails:

    curation/a.yaml
        article:
          source: a.txt  # error: missing-source
          sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
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
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.ERROR


def check(article: Article) -> Iterator[Finding]:
    if article.metadata is None:
        # Where `article` stands in the file and cannot be read, that has been said already.
        data = article.tree.data
        if not article.tree.faults and not (isinstance(data, dict) and "article" in data):
            message = "this file does not say which source it is about: add `article:` with `source` and `sha256`"
            yield Finding(At(article.path, ("article",)), message)
    elif article.source is None and "source" not in article.metadata.broken:
        named = article.meta("source")
        message = f"the source `{named}` cannot be read" if named else "`article` does not name its `source`"
        yield Finding(article.metadata.at("source"), message, "no such file")
