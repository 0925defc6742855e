"""What supports a column's cells, counted in `statements`, and the words of one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from factpack.resource import Cell, Resource

Row = Mapping[str, Cell]

_BASES = ("grounded", "derived", "judged", "external")
_RELATIONS = ("supports", "partially_supports", "context", "contradicts")

_Quoted = tuple[int, int, int]
"""Of a quote: how it stands to its record, how many this has, how long it is; the least is the best example."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value, the row that has it, and the quote that holds the words, split around them."""

    value: str
    row_id: str
    article_id: str
    before: str
    words: str
    after: str


@dataclass(eq=False)
class Support:
    """The cells of one column: rows by basis, how often each reason is given, and an example."""

    rows: Counter[str] = field(default_factory=Counter)
    reasons: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    last: dict[str, str] = field(default_factory=dict)
    best: tuple[tuple[int, _Quoted, str], Row] | None = None
    quote: Row | None = None

    def add(self, statement: Row, quoted: _Quoted | None) -> None:
        """Count a statement, and keep it as the example where its quote is the best so far.

        Those of one cell come one after the other.
        """
        basis, row_id = str(statement["basis"]), str(statement["row_id"])
        if self.last.get(basis) != row_id:
            self.last[basis] = row_id
            self.rows[basis] += 1
            self.reasons[basis][str(statement["reason"] or "")] += 1
        if quoted is None:
            return
        rank = (_BASES.index(basis), quoted, str(statement["statement_id"]))
        if self.best is None or rank < self.best[0]:
            self.best = (rank, statement)

    def example(self) -> Example | None:
        """A value in the words that state it, the same at every build."""
        if self.best is None or self.quote is None:
            return None
        _, statement = self.best
        exact, offset = str(self.quote["exact"]), int(str(self.quote["char_start"]))
        start, end = (int(str(statement[name])) - offset for name in ("char_start", "char_end"))
        return Example(
            str(statement["value"]), str(statement["row_id"]), str(self.quote["article_id"]),
            exact[:start], exact[start:end], exact[end:],
        )  # fmt: skip


def supports(resources: Sequence[Resource]) -> defaultdict[tuple[str, str], Support]:
    """(table, column) -> what supports its cells, in one pass over `statements` between two over `evidence`."""
    tables = {resource.name: resource for resource in resources}
    quotes = tables["evidence"].rows if "evidence" in tables else ()
    quoted = _quoted(quotes)
    found: defaultdict[tuple[str, str], Support] = defaultdict(Support)
    for statement in tables["statements"].rows if "statements" in tables else ():
        column = (str(statement["table"]), str(statement["field"]))
        found[column].add(statement, quoted.get(str(statement["evidence_id"])))
    wanted: defaultdict[Cell, list[Support]] = defaultdict(list)
    for support in found.values():
        if support.best:
            wanted[support.best[1]["evidence_id"]].append(support)
    for quote in quotes:
        for support in wanted.get(quote["evidence_id"], ()):
            support.quote = quote
    return found


def _quoted(quotes: Sequence[Row]) -> dict[str, _Quoted]:
    """What decides between quotes, by their ids. There may be many: no more is kept of each, and of equal ones one."""
    found: dict[str, _Quoted] = {}
    equal: dict[_Quoted, _Quoted] = {}
    # Those of one record come one after the other, as their ids begin with its id.
    for _, several in groupby(quotes, itemgetter("record_id")):
        together = [*several]
        for quote in together:
            # A quote that proves its record alone says all; of several such, the shortest is read first.
            rank = _RELATIONS.index(str(quote["relation"])), len(together), len(str(quote["exact"]))
            found[str(quote["evidence_id"])] = equal.setdefault(rank, rank)
    return found
