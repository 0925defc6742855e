"""The page: the article's words, each in an element of its own, what is quoted marked, and a form."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from factpack.article import Article
from factpack.coverage import united
from factpack.dataset import Dataset
from factpack.picking.record import tables
from factpack.picking.words import numbers_of, words_of


def page(dataset: Dataset, article: Article, nonce: str) -> str:
    """The HTML of an article; every word of it is escaped."""
    from jinja2 import Environment

    parts = {name: (resources.files(__package__) / name).read_text("utf-8") for name in ("pick.css", "pick.js")}
    template = (resources.files(__package__) / "pick.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(template).render(
        title=article.article_id, headline=article.meta("headline") or article.article_id, language=article.language,
        path=article.path, paragraphs=_paragraphs(article), tables=tables(dataset), nonce=nonce, sha256=article.sha256,
        css=parts["pick.css"], js=parts["pick.js"],
    )  # fmt: skip


def quoted(article: Article) -> list[int]:
    """The numbers of the words that a quote covers."""
    return numbers_of(words_of(article), united(placed.span for placed in article.quotes if placed.span))


def _paragraphs(article: Article) -> Iterator[list[tuple[int, str, str, bool]]]:
    """Of each paragraph its words: number, what stands before it, the word, whether it is quoted."""
    content, last = article.content, 0
    marked = set(quoted(article))
    line: list[tuple[int, str, str, bool]] = []
    for number, (start, end) in enumerate(words_of(article)):
        before = content[last:start]
        if "\n" in before and line:
            yield line
            line = []
        line.append((number, before.rpartition("\n")[2], content[start:end], number in marked))
        last = end
    if line:
        yield line
