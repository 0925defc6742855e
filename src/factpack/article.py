"""An article: its source, the curation file that says what it states, and what supports each value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, pairwise
from typing import Annotated, Any, NamedTuple, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from factpack.diagnostic import At, Finding, Route
from factpack.edtf import Edtf
from factpack.entry import Entry, Fault, read_entry, read_list, references_of
from factpack.fact import Entity, Fact, Quote, Words
from factpack.fields import FactField, fields_of
from factpack.grounding import Context, Problem, Span, Support
from factpack.mention import Mention, Names, Reading, read
from factpack.models import Models
from factpack.quote import Folded, Match, find, find_names, fold, fold_quote, unwrapped, words_of
from factpack.suggest import unknown
from factpack.text import Text
from factpack.tree import Tree
from factpack.vocabulary import EvidenceRelation, SpanRole

FURNITURE = (SpanRole.BOILERPLATE, SpanRole.TEASER, SpanRole.CRAWL_HEADER)
"""Passages with these roles support nothing but the article's own metadata."""

Printed = Mapping[tuple[str, str], Sequence[str]]
"""(table, id) -> the printed forms of a register's record."""


NamesByWord = Mapping[str, Sequence[tuple[str, frozenset[tuple[str, str]]]]]
"""Printed forms, each with the pairs of words in it, by the rarest of its words; by nothing where they have none."""


def by_word(names: Iterable[str]) -> NamesByWord:
    """Sort names by that word of theirs which the fewest of them have: many share a family name."""
    words = {name: words_of(fold_quote(name)) for name in names}
    often = Counter(word for several in words.values() for word in several)
    found: dict[str, list[tuple[str, frozenset[tuple[str, str]]]]] = {}
    for name, several in words.items():
        rarest = min(several, key=lambda word: often[word], default="")
        found.setdefault(rarest, []).append((name, frozenset(pairwise(several))))
    return found


class Surroundings(NamedTuple):
    """What articles share: the dataset's models, the printed names of its registers, its limits, where sources are."""

    models: Models
    printed: Printed
    names: Names
    max_quote: int
    min_coverage: int
    paragraphs: str
    sources: str


class Passage(BaseModel):
    """A passage that was read and holds no fact: `exact`, or all from one wording to another."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    exact: Words | None = None
    start: Annotated[Words | None, Field(alias="from")] = None
    end: Annotated[Words | None, Field(alias="to")] = None
    prefix: Words | None = None
    role: SpanRole
    why: Words | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Passage:
        if (self.exact is None) == (self.start is None or self.end is None):
            raise ValueError("a passage is given by `exact`, or by `from` and `to`")
        return self


class Search(BaseModel):
    """What was looked for in the article and not found: a table, and a note."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: Words
    note: Words


@dataclass(eq=False, slots=True)  # not frozen, as there are many (see Entry)
class PlacedQuote:
    """A quote of an entry and where it stands in the source; it is never changed."""

    entry: Entry
    index: int
    quote: Quote
    match: Match
    span: Span | None
    """Its one place, where it has exactly one."""

    @property
    def at(self) -> At:
        """Its words in the curation file."""
        entry = self.entry
        return entry.at("quotes", self.index, "exact")


class PlacedPassage(NamedTuple):
    """An omitted passage, where it stands, and what is wrong when it stands nowhere."""

    passage: Passage
    route: Route
    span: Span | None
    problem: str = ""


class Statement(NamedTuple):
    """A value of an entry and what supports it. `steps` leads to the value inside the entry."""

    entry: Entry
    field: FactField
    steps: Route
    value: Any
    support: Support
    typed: bool


@dataclass(frozen=True, eq=False)
class File:
    """A curation file: its text and tree, and the faults found while reading it."""

    path: str
    text: Text
    tree: Tree
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, eq=False)
class Article(File):
    """A source and its entries. `metadata` is the entry that describes the article itself."""

    article_id: str
    source: Text | None
    metadata: Entry | None
    passages: tuple[tuple[Route, Passage], ...]
    searches: tuple[tuple[Route, Search], ...]
    shared: Surroundings
    sha256: str

    def is_of(self, tree: Tree, source: Text | None, sha256: str, shared: Surroundings) -> bool:
        """Whether it is what would be read from these."""
        path, own = source.path if source else "", self.source.path if self.source else ""
        return self.tree is tree and self.shared is shared and (own, self.sha256) == (path, sha256)

    @property
    def max_quote(self) -> int:
        """The longest quote allowed, in characters."""
        return self.shared.max_quote

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """The article's metadata and its facts."""
        return (self.metadata, *self.entries) if self.metadata else self.entries

    def meta(self, field: str) -> Any:
        """A value of the article's metadata, or None."""
        return getattr(self.metadata.values, field, None) if self.metadata else None

    @cached_property
    def content(self) -> str:
        """The source's characters, every paragraph on one line, each character in its place."""
        written = self.source.content if self.source else ""
        return unwrapped(written) if self.shared.paragraphs == "blank-line" else written

    @cached_property
    def folded(self) -> Folded:
        """The source with its typography folded."""
        return fold(self.content)

    @cached_property
    def quotes(self) -> tuple[PlacedQuote, ...]:
        """All quotes of all entries, with their places."""
        return tuple(
            PlacedQuote(entry, index, quote, match, match.spans[0] if len(match.spans) == 1 else None)
            for entry in self.all_entries
            for index, quote in enumerate(cast(Fact, entry.values).quotes or ())
            for match in (find(self.folded, quote.exact, quote.prefix, quote.suffix),)
        )

    @cached_property
    def omitted(self) -> tuple[PlacedPassage, ...]:
        """The omitted passages, with their places."""
        return tuple(self._place(passage, route) for route, passage in self.passages)

    def _place(self, passage: Passage, route: Route) -> PlacedPassage:
        if passage.exact is not None:
            spans = find(self.folded, passage.exact, passage.prefix).spans
            if len(spans) == 1:
                return PlacedPassage(passage, route, spans[0])
            return PlacedPassage(passage, (*route, "exact"), None, _times(spans))
        starts = find(self.folded, passage.start or "", passage.prefix).spans
        if len(starts) != 1:
            return PlacedPassage(passage, (*route, "from"), None, _times(starts))
        ends = [end for _, end in find(self.folded, passage.end or "").spans if end >= starts[0][1]]
        if not ends:
            return PlacedPassage(passage, (*route, "to"), None, "these words do not stand behind `from`")
        return PlacedPassage(passage, route, (starts[0][0], ends[0]))

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """The passages that support nothing but the article's metadata."""
        return tuple(p.span for p in self.omitted if p.span and p.passage.role in FURNITURE)

    @cached_property
    def language(self) -> str:
        """The source's language tag."""
        return self.meta("language") or "en"

    @cached_property
    def published(self) -> Edtf | None:
        """The article's date, which relative dates are resolved against."""
        return cast("Edtf | None", self.meta("published"))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All values that the source states, in reading order."""
        return tuple(self._reading.mentions)

    @cached_property
    def _reading(self) -> Reading:
        return read(self.content, language=self.language, date=self.published, names=self.shared.names)

    def first_print(self, name: str) -> Span | None:
        """The first place where the source prints a name in this form, as whole words or in a compound."""
        return next(find_names(self.folded, name, [(0, len(self.folded.text))]), None)

    def prints(self, name: str) -> bool:
        """Whether the source prints a name in this form."""
        return self.first_print(name) is not None

    def printed_of(self, names: NamesByWord) -> frozenset[str]:
        """Those of some names that the source prints: looked for is what has its words in a row there."""
        words = words_of(self.folded.text)
        pairs = set(pairwise(words))
        near = (named for word in names.keys() & {"", *words} for named in names[word])
        return frozenset(name for name, its_pairs in near if its_pairs <= pairs and self.prints(name))

    def quotes_of(self, entry: Entry) -> list[PlacedQuote]:
        """The quotes of one entry."""
        return self._quotes_by_entry.get(id(entry), [])

    @cached_property
    def _quotes_by_entry(self) -> dict[int, list[PlacedQuote]]:
        found: dict[int, list[PlacedQuote]] = {}
        for placed in self.quotes:
            found.setdefault(id(placed.entry), []).append(placed)
        return found

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every value of every entry with what supports it."""
        if self.source is None:
            return ()
        return (*self._about, *chain.from_iterable(map(self._ground, self.entries)))

    @cached_property
    def _about(self) -> tuple[Statement, ...]:
        """What supports the article's metadata."""
        return tuple(self._ground(self.metadata)) if self.metadata else ()

    def statements_of(self, entry: Entry) -> list[Statement]:
        """The values of one entry with what supports them."""
        return self._statements_by_entry.get(id(entry), [])

    @cached_property
    def _statements_by_entry(self) -> dict[int, list[Statement]]:
        found: dict[int, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(id(statement.entry), []).append(statement)
        return found

    @cached_property
    def problems(self) -> tuple[tuple[Statement, Problem], ...]:
        """The values that nothing supports. An entry with a quote that is not found has none: that comes first."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[tuple[Statement, Problem]]:
        found = [
            (statement, statement.support.problem)
            for statement in self.statements
            if statement.support.problem and self._quoted(statement.entry)
        ]
        wrong = {(id(statement.entry), statement.field.name) for statement, _ in found}
        for statement, problem in found:
            # A comparator or unit is not blamed when the number that it goes with is wrong already.
            leader = getattr(statement.field.grounding, "value", None)
            if leader is None or ((id(statement.entry), leader) not in wrong and leader not in statement.entry.broken):
                yield statement, problem

    def _quoted(self, entry: Entry) -> bool:
        quotes = self.quotes_of(entry)
        return bool(quotes) and all(placed.span for placed in quotes)

    def _context(self, entry: Entry, values: Mapping[str, Any]) -> Context:
        quotes = [(span, placed.quote.relation) for placed in self.quotes_of(entry) if (span := placed.span)]
        spans = tuple([span for span, relation in quotes if relation != EvidenceRelation.CONTRADICTS])
        stating = tuple([span for span, relation in quotes if relation != EvidenceRelation.CONTEXT and span in spans])
        inside = self.mentions_in(spans)
        own = entry is not self.metadata
        return Context(
            self.folded, spans, inside, values, self.printed_names,
            self.published if own else None, self.published_spans if own else (), self.language,
            self._names_around, self.shared.names.find, stating, self._other_bearers, partial(_referred, entry),
            self._reading.silent,
        )  # fmt: skip

    def mentions_in(self, spans: Sequence[Span]) -> list[Mention]:
        """The mentions that lie in one of these spans, in reading order."""
        mentions, starts = self.mentions, self._mention_starts
        inside = ((range(bisect_left(starts, start), bisect_left(starts, end)), end) for start, end in spans)
        found = {number for numbers, end in inside for number in numbers if mentions[number].end <= end}
        return [mentions[number] for number in sorted(found)]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _names(self) -> tuple[list[Mention], list[int], int]:
        """The registered names that the source prints, in reading order, their starts, and the longest's length."""
        names = [mention for mention in self.mentions if mention.kind == "name"]
        return names, [name.start for name in names], max((name.end - name.start for name in names), default=0)

    def _names_around(self, start: int, end: int) -> list[Mention]:
        """The registered names that these characters are in."""
        names, starts, longest = self._names
        near = names[bisect_left(starts, end - longest) : bisect_right(starts, start)]
        return [name for name in near if end <= name.end]

    @cached_property
    def published_spans(self) -> tuple[Span, ...]:
        """The words that state the day of publication."""
        return self._published_support.spans

    @property
    def published_basis(self) -> str:
        """How the day of publication was obtained from the words."""
        return self._published_support.derived.get("basis", "")

    @cached_property
    def _published_support(self) -> Support:
        return next((s.support for s in self._about if s.field.name == "published"), Support())

    @cached_property
    def _own_names(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The printed names of the facts in this file, such as events and documents."""
        return {(e.table, e.id): tuple(e.values.__dict__.get("names") or ()) for e in self.entries}

    def printed_names(self, table: str, identity: str) -> Sequence[str]:
        """The forms in which a record is named: in this file for its own facts, else in its register."""
        return self._own_names.get((table, identity)) or self.shared.printed.get((table, identity), ())

    def _other_bearers(self, table: str, identity: str, name: str) -> list[str]:
        """Who else a name may mean: nobody where, of all that go by it, the article names only this one in full."""
        bearers = self.shared.names.bearers(table, name)
        others = [one for one in bearers if one != identity]
        if not others or self._named_in_full(table, others) or not self._named_in_full(table, [identity]):
            return others
        return []

    def _named_in_full(self, table: str, identities: Sequence[str]) -> bool:
        """Whether the article prints a form that only one of the register goes by."""
        forms = (name for identity in identities for name in self.shared.printed.get((table, identity), ()))
        return any(len(self.shared.names.bearers(table, name)) == 1 and self.prints(name) for name in forms)

    def _ground(self, entry: Entry) -> Iterator[Statement]:
        values = entry.values.__dict__
        context = self._context(entry, values)
        reasons: dict[str, str] = values.get("judged") or {}
        for field in fields_of(entry.model):
            name = field.name
            value = values.get(name)
            if value is None:
                continue
            typed = name in entry.typed
            for index, element in enumerate(value if field.many else (value,)):
                steps: Route = (name, index) if field.many else (name,)
                if field.item is not None:
                    yield from self._ground_item(entry, field, steps, element, context)
                    continue
                support = field.grounding.find(element, context)
                if name in reasons:
                    support = _excused(support, reasons[name], context)
                yield Statement(entry, field, steps, element, support, typed)

    def _ground_item(
        self, entry: Entry, field: FactField, steps: Route, item: Any, outer: Context
    ) -> Iterator[Statement]:
        values = item.__dict__
        context = outer.inside(values)
        for inner in fields_of(cast("type[BaseModel]", field.item)):
            if (value := values.get(inner.name)) is not None:
                support = inner.grounding.find(value, context)
                if item.judged is not None:
                    support = _excused(support, item.judged, context)
                typed = inner.name in item.model_fields_set
                yield Statement(entry, inner, (*steps, inner.name), value, support, typed)


def _excused(support: Support, reason: str, context: Context) -> Support:
    """A value that the quotes do not print may stand by a curator's reason, and is published with it."""
    if support.problem is None:
        return support._replace(reason=reason)
    if not support.problem.excusable:
        return support
    return Support("judged", context.quotes, reason=reason)


def _referred(entry: Entry) -> frozenset[str]:
    """The ids that a record refers to."""
    fields = len(entry.route)
    return frozenset(str(identity) for route, _, identity in references_of(entry) if route[fields] != "quotes")


def _times(spans: Sequence[Span]) -> str:
    return "the article does not have these words" if not spans else f"these words occur {len(spans)} times"


def read_article(tree: Tree, article_id: str, source: Text | None, sha256: str, shared: Surroundings) -> Article:
    """Validate an article's curation file against the dataset's models."""
    path, models = tree.text.path, shared.models
    faults: list[Fault] = []
    entries: list[Entry] = []
    metadata: Entry | None = None
    passages: list[tuple[Route, Passage]] = []
    searches: list[tuple[Route, Search]] = []
    data = tree.data
    if data is not None and not isinstance(data, dict):
        faults.append(
            ("invalid-value", Finding(At(path, ()), "a curation file is a mapping of tables to lists of records"))
        )
    for key, value in (data if isinstance(data, dict) else {}).items():
        if key == "article":
            fixed = {"id": article_id}
            metadata, found = read_entry(path, "articles", models.article, (key,), value, fixed)
            faults.extend(found)
        elif key == "omitted":
            passages, found = read_list(path, key, value, Passage)
            faults.extend(found)
        elif key == "searched":
            searches, found = read_list(path, key, value, Search)
            faults.extend(found)
            for route, search in searches:
                if search.table not in models.tables:
                    at = At(path, (*route, "table"))
                    faults.append(("unknown-table", unknown(at, "table", search.table, models.tables)))
        elif key in models.facts and key != "articles":
            if value is None and tree.gaps:
                continue  # its records could not be read
            faults.extend(read_table(path, key, value, models.facts[key], entries))
        else:
            faults.append(
                (
                    "unknown-table",
                    unknown(At(path, (key,), "key"), "table", key, [*models.facts, "article", "omitted", "searched"]),
                )
            )
    return Article(
        path, tree.text, tree, tuple(entries), tuple(faults),
        article_id, source, metadata, tuple(passages), tuple(searches), shared, sha256,
    )  # fmt: skip


def read_table(
    path: str, table: str, value: Any, model: type[Fact] | type[Entity], entries: list[Entry]
) -> Iterator[Fault]:
    """Validate the records of one table, appending them to `entries`."""
    if value is None:
        yield "invalid-value", Finding(At(path, (table,), "key"), f"`{table}` is empty: add a record or leave it out")
        return
    if not isinstance(value, list):
        yield "invalid-value", Finding(At(path, (table,)), f"`{table}` is a list: each record begins with `- `")
        return
    for index, data in enumerate(value):
        entry, faults = read_entry(path, table, model, (table, index), data, {})
        yield from faults
        if entry is not None:
            entries.append(entry)
