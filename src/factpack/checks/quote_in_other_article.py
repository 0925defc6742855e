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

from collections import Counter
from collections.abc import Iterator, Sequence

from factpack.dataset import Extract, Extracts, Meets
from factpack.diagnostic import At, Finding, Route, Severity
from factpack.quote import find, fold, plain_words, telling_words, unwrapped
from factpack.text import Text

SEVERITY = Severity.ERROR
MEETS = (Meets.SOURCES,)
SUPERSEDES = ("quote-not-found",)


def check(extracts: Extracts) -> Iterator[Finding]:
    unfound = [(file, route, exact) for file in extracts.articles for route, exact in file.unfound]
    others = [*extracts.holders(sorted({exact for _, _, exact in unfound}))]
    by_word = _by_rarest_word(extracts, others, unfound)
    for other, text, content, words in _sources(extracts, others):
        # Most sources do not have the rarest word of a quote, and are not folded.
        near = by_word.keys() if words is None else by_word.keys() & {"", *words}
        folded = fold(content) if near else None
        for file, route, exact in (unfound[number] for number in sorted(n for word in near for n in by_word[word])):
            spans = find(folded, exact).spans if folded and other != file.source else ()
            if spans:
                stem = other.rpartition("/")[2].removesuffix(".txt")
                message = f"these words are not in {file.article_id}, but they are in {stem}"
                related = ((text.at(*spans[0]), "they stand here"),)
                yield Finding(At(file.file, route), message, "not in this article", related)


def _by_rarest_word(
    extracts: Extracts, others: Sequence[str], unfound: Sequence[tuple[Extract, Route, str]]
) -> dict[str, list[int]]:
    """The quotes' numbers by that word of each that fewest sources have: or each would be looked for in most of them."""
    asked = {word for _, _, exact in unfound for word in telling_words(exact)}
    holders = Counter[str]()
    for _, _, _, words in _sources(extracts, others):
        holders.update(asked.intersection(words or ()))
    found: dict[str, list[int]] = {}
    for number, (_, _, exact) in enumerate(unfound):
        rarest = min(sorted(telling_words(exact)), key=holders.__getitem__, default="")
        found.setdefault(rarest, []).append(number)
    return found


def _sources(extracts: Extracts, paths: Sequence[str]) -> Iterator[tuple[str, Text, str, set[str] | None]]:
    """Each source that can be read: path, text, the same as its quotes see it, and its plain words."""
    for path in paths:
        if text := extracts.text(path):
            content = unwrapped(text.content) if extracts.config.paragraphs == "blank-line" else text.content
            yield path, text, content, plain_words(content)
