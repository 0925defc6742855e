"""Less of the article is used than the dataset asks for.

`min_coverage` in `[tool.factpack]` is the share of an article's words and mentions, in percent, that are quoted or used by
some record or omitted with a reason. `factpack todo` lists what is left. Without the setting nothing is asked for.

Fails:

    pyproject.toml
        [tool.factpack]
        name = "example"
        title = "A small example"
        version = "1.0.0"
        min_coverage = 100
    seeds/a.txt
        The ministers met. The mayors dined.
    curation/a.yaml
        article:  # error: low-coverage
          source: a.txt
          sha256: {sha256}
          language: en
          quotes: [The ministers met]

Passes:

    pyproject.toml
        [tool.factpack]
        name = "example"
        title = "A small example"
        version = "1.0.0"
        min_coverage = 100
    seeds/a.txt
        The ministers met. The mayors dined.
    curation/a.yaml
        article:
          source: a.txt
          sha256: {sha256}
          language: en
          quotes: [The ministers met]
        omitted:
          - {exact: The mayors dined., role: body, why: beside the subject}
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.article import Article
from factpack.coverage import coverage
from factpack.diagnostic import At, Finding, Severity

SEVERITY = Severity.ERROR
WAITS = True


def check(article: Article) -> Iterator[Finding]:
    if article.tree.faults:
        return  # The words of a record that cannot be read are not left unused.
    asked = article.shared.min_coverage
    if article.source is None or not asked:
        return
    share = coverage(article).percent
    if share < asked:
        message = f"{share:.1f} percent of this article are used or omitted; the dataset asks for {asked}"
        at = At(article.path, ("article",), "key")
        yield Finding(at, message, help=(f"`factpack todo {article.article_id}` lists what is left",))
