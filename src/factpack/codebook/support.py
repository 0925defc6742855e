"""What supports a column's cells, counted in `statements`, and the words of one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factpack.resource import Cell, Resource

Row = Mapping[str, Cell]

_BASES = ("grounded", "derived", "judged", "external")
_RELATIONS = ("supports", "partially_supports", "context", "contradicts")


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
    best: tuple[tuple[int, int, int, int, str], Row, Row] | None = None

    def add(self, statement: Row, quote: Row | None, quotes: int) -> None:
        """Count a statement, and keep it as the example where its quote, one of `quotes`, is the best so far.

        Those of one cell come one after the other.
        """
        basis, row_id = str(statement["basis"]), str(statement["row_id"])
        if self.last.get(basis) != row_id:
            self.last[basis] = row_id
            self.rows[basis] += 1
            self.reasons[basis][str(statement["reason"] or "")] += 1
        if quote is None:
            return
        # A quote that proves its record alone says all; of several such, the shortest is read first.
        relation = _RELATIONS.index(str(quote["relation"]))
        rank = (_BASES.index(basis), relation, quotes, len(str(quote["exact"])), str(statement["statement_id"]))
        if self.best is None or rank < self.best[0]:
            self.best = (rank, statement, quote)

    def example(self) -> Example | None:
        """A value in the words that state it, the same at every build."""
        if self.best is None:
            return None
        _, statement, quote = self.best
        exact, offset = str(quote["exact"]), int(str(quote["char_start"]))
        start, end = (int(str(statement[name])) - offset for name in ("char_start", "char_end"))
        return Example(
            str(statement["value"]), str(statement["row_id"]), str(quote["article_id"]),
            exact[:start], exact[start:end], exact[end:],
        )  # fmt: skip


def supports(resources: Sequence[Resource]) -> defaultdict[tuple[str, str], Support]:
    """(table, column) -> what supports its cells, in one pass over `statements`."""
    tables = {resource.name: resource for resource in resources}
    quotes = {str(row["evidence_id"]): row for row in tables["evidence"].rows} if "evidence" in tables else {}
    together = Counter(row["record_id"] for row in quotes.values())
    found: defaultdict[tuple[str, str], Support] = defaultdict(Support)
    for statement in tables["statements"].rows if "statements" in tables else ():
        column = (str(statement["table"]), str(statement["field"]))
        quote = quotes.get(str(statement["evidence_id"]))
        found[column].add(statement, quote, together[quote["record_id"]] if quote else 0)
    return found
