"""Slips as curators make them, one at a time in a dataset's curation, each with what would mend it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mutation_cases import Edit, cell_of, edit_of, typed

from factpack.article import Article, PlacedQuote, Statement
from factpack.dataset import Dataset
from factpack.diagnostic import Diagnostic
from factpack.grounding import Dated, Ref
from factpack.quote import find, fold_quote

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ADDED = ("also", "very", "new", "many", "indeed", "recently", "the", "that", "important", "then")
_WORD = re.compile(r"[^\W\d_]+")
_SWAPPABLE = re.compile(r"(?=(\d)(?!\1)(\d))")


@dataclass(frozen=True, slots=True)
class Slip:
    """A change of the curation that is a mistake. `edit.old` is the text or value that was right; where the words
    of another article were quoted, `elsewhere` is that article's id, which is the right answer then."""

    edit: Edit
    elsewhere: str = ""

    def is_mended_by(self, found: Sequence[Diagnostic], article: Article) -> bool:
        """Whether the first finding's first suggestion is the right one."""
        if not found:
            return False
        first = found[0]
        if self.elsewhere:
            return first.message.endswith(f"they are in {self.elsewhere}")
        suggestion = first.fix.replacement if first.fix else ""
        if "quotes" not in self.edit.route:
            return fold_quote(suggestion) == fold_quote(self.edit.old)
        right = find(article.folded, self.edit.old).spans
        return bool(suggestion) and find(article.folded, suggestion).spans == right


def slips(dataset: Dataset, rng: random.Random, per_kind: int) -> list[Slip]:
    """So many slips of each kind, or as many as there can be."""
    quotes = [(article, placed) for article in dataset.articles for placed in article.quotes if _is_plain(placed)]
    cells = [
        (article, statement)
        for article in dataset.articles
        for statement in article.statements
        if statement.typed and cell_of(statement) == "grounded"
    ]
    made: Mapping[str, Iterator[Slip]] = {
        "typo": _in_words(quotes, "typo", _typo, rng),
        "dropped word": _in_words(quotes, "dropped word", lambda words, at, rng: [], rng),
        "added word": _in_words(quotes, "added word", lambda words, at, rng: [words[at], rng.choice(ADDED)], rng),
        "changed word": _changed(quotes, rng),
        "curly quotes": _curly(quotes, rng),
        "wrong article": _moved(quotes, rng),
        "swapped digits": _swapped(quotes, cells, rng),
        "name of another": _renamed(dataset, quotes, cells, rng),
        "wrong weekday": _weekdays(quotes, cells, rng),
    }
    chosen = []
    for found in made.values():
        several = list({(slip.edit.file, slip.edit.start, slip.edit.new): slip for slip in found}.values())
        chosen.extend(rng.sample(several, min(per_kind, len(several))))
    return chosen


def _is_plain(placed: PlacedQuote) -> bool:
    return placed.span is not None and not placed.quote.prefix and not placed.quote.suffix


def _quote_slip(kind: str, article: Article, placed: PlacedQuote, new: str, elsewhere: str = "") -> Slip:
    route = (*placed.entry.route, "quotes", placed.index)
    route = (*route, "exact") if isinstance(typed(article, route), dict) else route
    return Slip(edit_of(article, route, kind, placed.quote.exact, new), elsewhere)


Quotes = Sequence[tuple[Article, PlacedQuote]]
Cells = Sequence[tuple[Article, Statement]]


def _in_words(
    quotes: Quotes, kind: str, change: Callable[[list[str], int, random.Random], list[str]], rng: random.Random
) -> Iterator[Slip]:
    """One word inside a quote of four or more changed, so that the article does not have the words any more."""
    for article, placed in quotes:
        words = placed.quote.exact.split()
        inner = [at for at in range(1, len(words) - 1) if len(_WORD.findall(words[at])) == 1 and len(words[at]) > 3]
        if len(words) < 4 or not inner:
            continue
        at = rng.choice(inner)
        new = " ".join([*words[:at], *change(words, at, rng), *words[at + 1 :]])
        if not find(article.folded, new).spans:
            yield _quote_slip(kind, article, placed, new)


def _typo(words: list[str], at: int, rng: random.Random) -> list[str]:
    word = words[at]
    place = rng.randrange(len(word) - 1)
    ways = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[: place + 1] + word[place] + word[place + 1 :],
        word[:place] + rng.choice("aeinrst") + word[place + 1 :],
    )
    return [rng.choice(ways)]


def _changed(quotes: Quotes, rng: random.Random) -> Iterator[Slip]:
    pool = sorted({word for _, placed in quotes for word in _WORD.findall(placed.quote.exact) if len(word) > 3})
    yield from _in_words(quotes, "changed word", lambda words, at, rng: [rng.choice(pool)], rng)


def _curly(quotes: Quotes, rng: random.Random) -> Iterator[Slip]:
    """Straight for curly or the other way round; or the whole quote in the quotation marks of a word processor."""
    other = str.maketrans("'’\"“”", '’\'“""')
    for article, placed in quotes:
        exact = placed.quote.exact
        if exact.translate(other) != exact:
            yield _quote_slip("curly quotes", article, placed, exact.translate(other))
        elif rng.random() < 0.2:
            yield _quote_slip("curly quotes", article, placed, f"“{exact}”")


def _moved(quotes: Quotes, rng: random.Random) -> Iterator[Slip]:
    for article, placed in quotes:
        other, foreign = rng.choice(quotes)
        exact = foreign.quote.exact
        if len(exact.split()) > 3 and not find(article.folded, exact).spans:
            yield _quote_slip("wrong article", article, placed, exact, other.article_id)


def _swapped(quotes: Quotes, cells: Cells, rng: random.Random) -> Iterator[Slip]:
    """Two unlike digits side by side change places, in a quote or in a value."""
    for article, placed in quotes:
        new = _with_swap(placed.quote.exact, rng)
        if new and not find(article.folded, new).spans:
            yield _quote_slip("swapped digits", article, placed, new)
    for article, statement in cells:
        route = (*statement.entry.route, *statement.steps)
        old = str(typed(article, route))
        new = _with_swap(old, rng)
        if new and not isinstance(statement.field.grounding, Ref):
            yield Slip(edit_of(article, route, "swapped digits", old, new))


def _with_swap(text: str, rng: random.Random) -> str:
    places = [place.start() for place in _SWAPPABLE.finditer(text) if text[place.start() + 1] != "0"]
    if not places:
        return ""
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _renamed(dataset: Dataset, quotes: Quotes, cells: Cells, rng: random.Random) -> Iterator[Slip]:
    """The id of another person, body or place of the same register; in a quote, the printed name of another one."""
    named = {
        register.table: [entry.id for entry in register.entries if any(n[0].isupper() for n in entry.values.names)]
        for register in dataset.registers
    }
    for article, statement in cells:
        ids = named.get(statement.field.target, [])
        route = (*statement.entry.route, *statement.steps)
        old = str(typed(article, route))
        if isinstance(statement.field.grounding, Ref) and old in ids and len(ids) > 9:
            used = str(typed(article, statement.entry.route[:2]))
            others = [identity for identity in ids if identity not in used]
            yield Slip(edit_of(article, route, "name of another", old, rng.choice(others)))
    names = dataset.articles[0].shared.names
    printed = sorted({n for r in dataset.registers for e in r.entries for n in e.values.names or () if " " in n})
    for article, placed in quotes:
        exact = placed.quote.exact
        for mention in list(names.find(exact))[:1]:
            if exact[mention.start].isupper() and len(exact.split()) > 3:
                new = exact[: mention.start] + rng.choice(printed) + exact[mention.end :]
                if not find(article.folded, new).spans:
                    yield _quote_slip("name of another", article, placed, new)


def _weekdays(quotes: Quotes, cells: Cells, rng: random.Random) -> Iterator[Slip]:
    """Another weekday in a quote; or another day where the quotes print a weekday."""
    for article, placed in quotes:
        for day in WEEKDAYS:
            if day in placed.quote.exact:
                for other in WEEKDAYS:
                    if other != day:
                        yield _quote_slip("wrong weekday", article, placed, placed.quote.exact.replace(day, other))
    for article, statement in cells:
        printed = " ".join(placed.quote.exact for placed in article.quotes_of(statement.entry))
        old = str(typed(article, (*statement.entry.route, *statement.steps)))
        by_weekday = isinstance(statement.field.grounding, Dated) and any(day in printed for day in WEEKDAYS)
        if by_weekday and (day := re.match(r"\d{4}-\d\d-\d\d", old)):
            new = (date.fromisoformat(day[0]) + timedelta(days=rng.choice((-1, 1, 2)))).isoformat() + old[day.end() :]
            route = (*statement.entry.route, *statement.steps)
            yield Slip(edit_of(article, route, "wrong weekday", old, new))
