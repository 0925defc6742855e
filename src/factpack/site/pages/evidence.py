"""The evidence page: an article's text with every quote marked, beside the cards of what was taken from it.

The text is cut into flat segments, so that overlapping quotes never nest; a card knows its quotes, and each of its
values the words that state it, as ranges of segments. Links lead both ways without a script; with it, what
belongs together lights up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from factpack.site import address, passages
from factpack.site.page import Page
from factpack.site.passages import Passage, Span
from factpack.site.published import ARTICLES, EVIDENCE, Published, Row
from factpack.site.record import Quoted, Shown, Value, records
from factpack.site.settings import Settings

HUES = 8
"""How many colours tell kinds of records apart; further kinds take them again with another line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A segment as the page draws it."""

    text: str
    classes: str = ""
    number: int | None = None
    """Its place among the marked segments; None where nothing is quoted."""
    notes: tuple[tuple[int, int], ...] = ()
    """The cards, first to last, whose quotes end here."""
    reason: str = ""
    """Why the passage holds no fact."""


@dataclass(frozen=True, slots=True)
class Line:
    """A value on a card and where its words stand."""

    value: Value
    beside: tuple[Value, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A record beside the text."""

    number: int
    shown: Shown
    kind: str
    first: int | None
    quotes: str
    words: str
    lines: tuple[Line, ...]
    own: tuple[Value, ...]
    contradicts: bool


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The evidence page of every article."""
    for article in published.rows(ARTICLES):
        yield _page(published, settings, article)


def _page(published: Published, settings: Settings, article: Row) -> Page:
    identity, source = article["article_id"], published.source(article)
    evidence = published.rows(EVIDENCE, "article_id", [identity])
    found = records(published, sorted({row["record_id"] for row in evidence}))
    of_article = next((one for one in found if one.id == identity), None)
    facts = sorted((one for one in found if one.id != identity), key=lambda one: _place(one, identity))
    roles = [row for row in published.rows("article_spans", "article_id", [identity]) if row["role"] != "body"]
    spans = {(row["char_start"], row["char_end"]): row["exact"] for row in evidence}
    mode = settings.text if source is not None else "quotes"
    shown = passages.recovered(spans) if source is None else passages.passages(source, spans, mode)
    text = _Text(shown, facts, identity, roles, settings, published.facts)
    cards = [text.card(number, fact) for number, fact in enumerate(facts, 1)]
    return Page(
        path=address.article(identity),
        title=article.get("headline") or identity,
        template="article.html",
        section="articles/index.html",
        styles=("evidence.css",),
        scripts=("evidence.js",),
        values={
            "article": article,
            "about": of_article,
            "passages": text.paragraphs(),
            "whole": mode == "full" and source is not None,
            "cards": cards,
            "kinds": _kinds(published, facts),
            "draft": settings.draft,
            "planned": settings.planned_as,
        },
    )


class _Text:
    """The marked text of one article, and where in it quotes and words stand."""

    def __init__(
        self, shown: Sequence[Passage], facts: Sequence[Shown], identity: str, roles: Sequence[Row],
        settings: Settings, kinds: Sequence[str],
    ) -> None:  # fmt: skip
        self._identity, self._facts, self._settings, self._kinds = identity, facts, settings, kinds
        quotes = [(quote.span, n) for n, fact in enumerate(facts, 1) for quote in _own(fact, identity)]
        self._quotes = quotes
        self._roles = [((row["char_start"], row["char_end"]), row) for row in roles]
        words = {one.span for fact in facts for value in _all(fact) for one in value.said
                 if one.basis == "grounded" and one.article_id == identity and one.span}  # fmt: skip
        self._spans: list[Span] = [*(span for span, _ in quotes), *(span for span, _ in self._roles), *sorted(words)]
        self._passages = [list(passages.segments(passage, self._spans)) for passage in shown]
        flat = [s for passage in self._passages for paragraph in passage for s in paragraph]
        self._marked = [segment for segment in flat if any(held < len(quotes) for held in segment.holders)]
        self._starts = [segment.start for segment in self._marked]
        self._ends = [segment.end for segment in self._marked]

    def paragraphs(self) -> list[list[list[Mark]]]:
        """Passages, their paragraphs, their marks."""
        place = {segment.start: number for number, segment in enumerate(self._marked)}
        return [
            [[self._mark(s.start, s.end, s.text, s.holders, place) for s in paragraph] for paragraph in passage]
            for passage in self._passages
        ]

    def _mark(self, start: int, end: int, text: str, holders: Sequence[int], place: Mapping[int, int]) -> Mark:
        own = [self._quotes[n][1] for n in holders if n < len(self._quotes)]
        if not own:
            first = len(self._quotes)
            role = next((self._roles[n - first][1] for n in holders if 0 <= n - first < len(self._roles)), None)
            if role:
                return Mark(text, "om", reason=f"{role['role'].replace('_', ' ')}: {role['reason'] or 'no fact'}")
            return Mark(text, "un" if self._settings.draft and text.strip() else "")
        ending = sorted({n for span, n in self._quotes if span[1] == end} & set(own))
        facts = [self._facts[n - 1] for n in dict.fromkeys(own)]
        kind = kind_of(facts[0].table, self._kinds)
        depth = f" d{min(len(facts), 4)}" if len(facts) > 1 else ""
        planned = " pl" if all(self._settings.planned_as(fact.about) for fact in facts) else ""
        return Mark(text, f"{kind}{depth}{planned}", place[start], tuple(_runs(ending)))

    def card(self, number: int, fact: Shown) -> Card:
        """A record's card: what this article says of it, value by value."""
        own = _own(fact, self._identity)
        lines = list(self._lines(fact))
        quotes = [self._range(quote.span) for quote in own]
        return Card(
            number,
            fact,
            kind_of(fact.table, self._kinds) + (" pl" if self._settings.planned_as(fact.about) else ""),
            int(quotes[0].split("-")[0]) if quotes and quotes[0] else None,
            " ".join(filter(None, quotes)),
            " ".join(line.words for line in lines if _is_label(line.value, fact)),
            tuple(line for line in lines if not _is_label(line.value, fact)),
            tuple({(v.field.name, v.key): v for quote in own for v in quote.own}.values()),
            bool(fact.contradicted()),
        )

    def _lines(self, fact: Shown) -> Iterator[Line]:
        for value in fact.values:
            if words := self._words([value]):
                yield Line(value, (), words)
        for _, rows in fact.parts:
            for row in rows:
                stated = [value for value in row if self._words([value])]
                if stated:
                    beside = tuple(v for v in row if v not in stated and v.said and v.said[0].basis == "judged")
                    yield Line(stated[0], (*stated[1:], *beside), self._words(stated))

    def _words(self, values: Iterable[Value]) -> str:
        spans = sorted(
            {one.span for value in values for one in value.said
             if one.basis == "grounded" and one.article_id == self._identity and one.span}
        )  # fmt: skip
        return " ".join(filter(None, map(self._range, spans)))

    def _range(self, span: Span) -> str:
        """The marked segments inside a span, first to last; nothing where it is not reprinted."""
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._ends, span[1])
        inside = [n for n in (first, last) if n < len(self._marked)]
        if not inside or self._starts[inside[0]] >= span[1]:
            return ""
        last = min(last, len(self._marked) - 1)
        if self._ends[last] > span[1]:
            last -= 1
        return f"{first}-{last}" if first < last else f"{first}" if first == last else ""


def kind_of(table: str, tables: Sequence[str]) -> str:
    """The class that draws a kind of record: a hue, and from the ninth kind on another line."""
    number = tables.index(table) if table in tables else 0
    return f"k{number % HUES}" + (f" l{number // HUES}" if number >= HUES else "")


def _kinds(published: Published, facts: Sequence[Shown]) -> list[tuple[str, str, int]]:
    """Class, title and number of the kinds of records that the article has."""
    counts = {name: sum(fact.table == name for fact in facts) for name in published.facts}
    return [(kind_of(name, published.facts), published.shapes[name].title, n) for name, n in counts.items() if n]


def _is_label(value: Value, fact: Shown) -> bool:
    """Whether a value is what the card's head says already, perhaps shortened."""
    return value.text == fact.label or (fact.label.endswith("…") and value.text.startswith(fact.label[:-1]))


def _own(fact: Shown, identity: str) -> list[Quoted]:
    """The quotes of an article that state the record; one that has only context there is still shown by it."""
    return fact.supports(identity) or [quote for quote in fact.quotes if quote.article_id == identity]


def _all(fact: Shown) -> Iterator[Value]:
    yield from fact.values
    for _, rows in fact.parts:
        for row in rows:
            yield from row


def _place(fact: Shown, identity: str) -> tuple[int, int, str]:
    first = _own(fact, identity)[0].span
    return (first[0], first[1], fact.id)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order -> first and last of those that follow one another."""
    run: tuple[int, int] | None = None
    for number in numbers:
        if run and number == run[1] + 1:
            run = (run[0], number)
        else:
            if run:
                yield run
            run = (number, number)
    if run:
        yield run
