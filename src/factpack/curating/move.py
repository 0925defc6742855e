"""A record's lines, with their comments, into another article's file."""

from __future__ import annotations

from collections.abc import Mapping

from factpack.article import Article
from factpack.curating import Refused
from factpack.curating.blocks import cut, put
from factpack.dataset import Dataset
from factpack.diagnostic import Route
from factpack.entry import Entry
from factpack.fact import Fact
from factpack.quote import find
from factpack.suggest import closest
from factpack.text import Text
from factpack.tree import Tree, read


def move(
    dataset: Dataset, record: str, target: str, origin: str | None = None, force: bool = False
) -> Mapping[str, tuple[str, str]]:
    """The two files after a record has moved from article `origin` to `target`, path -> (old, new); raises Refused.

    `origin` may be left out where the record stands in one article only. With `force`, it moves although the target
    does not have the words it quotes.
    """
    to = _article(dataset, target)
    source, entry = _found(dataset, record, origin)
    if to is source:
        raise Refused(f"`{record}` stands in {to.article_id} already")
    if any(other.id == record for other in to.entries):
        raise Refused(f"{to.path} has a record `{record}` already: unite them by hand")
    for file in (source, to):
        if file.tree.faults:
            raise Refused(f"{file.path} cannot be read in full: mend it first")
    if not force:
        _refuse_lost_words(entry, to)
    table, index = entry.table, entry.route[1]
    assert isinstance(index, int)
    block, left = cut(source.text, table, index)
    grown = put(to.text, table, block)
    _compare(source.tree, to.tree, read(Text("", left)), read(Text("", grown)), (table, index))
    return {source.path: (source.text.content, left), to.path: (to.text.content, grown)}


def _article(dataset: Dataset, identity: str) -> Article:
    known = {article.article_id: article for article in dataset.articles}
    if identity not in known:
        near = closest(identity, known)
        raise Refused(f"there is no article `{identity}`" + (f"; did you mean `{near}`?" if near else ""))
    return known[identity]


def _found(dataset: Dataset, record: str, origin: str | None) -> tuple[Article, Entry]:
    articles = [_article(dataset, origin)] if origin else dataset.articles
    found = [(article, entry) for article in articles for entry in article.entries if entry.id == record]
    if not found:
        near = closest(record, [entry.id for article in articles for entry in article.entries])
        where = f"{origin} has" if origin else "there is"
        raise Refused(f"{where} no record `{record}`" + (f"; did you mean `{near}`?" if near else ""))
    if len(found) > 1:
        names = ", ".join(article.article_id for article, _ in found)
        raise Refused(f"`{record}` stands in several articles ({names}): say which with --from")
    return found[0]


def _refuse_lost_words(entry: Entry, to: Article) -> None:
    values = entry.values
    assert isinstance(values, Fact)
    for quote in values.quotes or ():
        if not to.source or not find(to.folded, quote.exact, quote.prefix, quote.suffix).spans:
            words = quote.exact if len(quote.exact) <= 60 else quote.exact[:59] + "…"
            raise Refused(f"{to.article_id} does not have the words “{words}”; --force moves the record all the same")


def _compare(source: Tree, to: Tree, left: Tree, grown: Tree, route: Route) -> None:
    """Whether both files read as they are to; raises Refused."""
    table, index = str(route[0]), route[1]
    records = source.data[table]
    rest = [record for number, record in enumerate(records) if number != index]
    lacking = {key: value for key, value in source.data.items() if key != table} | ({table: rest} if rest else {})
    having = {**(to.data or {}), table: [*((to.data or {}).get(table) or []), records[index]]}
    if left.faults or grown.faults or left.data != lacking or grown.data != having:
        raise Refused(
            f"`{'.'.join(map(str, route))}` cannot be moved as it is written: `factpack fmt` both files first"
        )
