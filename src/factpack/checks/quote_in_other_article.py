"""The words are not in this article, but they are in another one.

Usually a record was written into the wrong article's file. Move it, or quote what this article says.

Fails:

    seeds/a.txt
        The ministers met.
    seeds/b.txt
        The mayors dined.
    curation/a.yaml
        events:
          - id: evt-dinner
            name: mayors dined
            quotes:
              - The mayors dined  # error: quote-in-other-article
    curation/b.yaml
        article:
          source: b.txt
          sha256: {sha256:b}
          language: en
          quotes: [The mayors dined]

Passes:

    seeds/a.txt
        The ministers met.
    seeds/b.txt
        The mayors dined.
    curation/a.yaml
        events:
          - id: evt-meeting
            name: ministers met
            quotes: [The ministers met]
    curation/b.yaml
        events:
          - id: evt-dinner
            name: mayors dined
            quotes:
              - The mayors dined
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.dataset import Extracts, Meets
from factpack.diagnostic import At, Finding, Severity
from factpack.quote import find, fold, plain_words, telling_word, unwrapped

SEVERITY = Severity.ERROR
MEETS = (Meets.SOURCES,)
SUPERSEDES = ("quote-not-found",)


def check(extracts: Extracts) -> Iterator[Finding]:
    unfound = [(file, route, exact) for file in extracts.articles for route, exact in file.unfound]
    by_word: dict[str, list[int]] = {}
    for number, (_, _, exact) in enumerate(unfound):
        by_word.setdefault(telling_word(exact), []).append(number)
    for other in extracts.holders(sorted({exact for _, _, exact in unfound})):
        text = extracts.text(other)
        if text is None:
            continue
        blank_lines = extracts.config.paragraphs == "blank-line"
        content = unwrapped(text.content) if blank_lines else text.content
        words = plain_words(content)
        # Most sources do not have the telling word of a quote, and are not folded.
        near = by_word.keys() if words is None else by_word.keys() & {"", *words}
        folded = fold(content) if near else None
        for file, route, exact in (unfound[number] for number in sorted(n for word in near for n in by_word[word])):
            spans = find(folded, exact).spans if folded and other != file.source else ()
            if spans:
                stem = other.rpartition("/")[2].removesuffix(".txt")
                message = f"these words are not in {file.article_id}, but they are in {stem}"
                related = ((text.at(*spans[0]), "they stand here"),)
                yield Finding(At(file.file, route), message, "not in this article", related)
