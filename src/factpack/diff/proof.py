"""The words that prove a value, from the tables `statements` and `evidence` of the release that has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from factpack.resource import Cell, Resource


@dataclass(frozen=True, slots=True)
class Proof:
    """What a cell rests on: `words` inside the quote `quote` of an article, or the reason where none state it."""

    basis: str
    value: str
    article_id: str = ""
    start: int | None = None
    end: int | None = None
    words: str = ""
    quote: str = ""
    reason: str = ""

    @property
    def ground(self) -> str:
        """Its basis, with the reason of what is judged, derived or external."""
        return f"{self.basis}: {self.reason}" if self.reason else self.basis

    @property
    def summary(self) -> str:
        """One line, for the column `reason` of the table `changes`."""
        place = f" in {self.article_id} {self.start}-{self.end}" if self.start is not None else ""
        return f"{self.basis}{place}: {self.reason}" if self.reason else f"{self.basis}{place}"


@dataclass(frozen=True)
class Proofs:
    """The proofs of a release's cells; a release without `statements` has none."""

    tables: Sequence[Resource]

    def of(self, table: str, row_id: str, field: str, value: str | None) -> tuple[Proof, ...]:
        """What states a cell; where some of it gives exactly this value, only that."""
        found = [self._proof(row) for row in self._statements.get((table, row_id, field), ())]
        # `statements` folds white space and writes 5.0 as 5.
        exact = [proof for proof in found if _plain(proof.value) == _plain(value or "")]
        return tuple(dict.fromkeys(exact or found))

    @cached_property
    def _statements(self) -> Mapping[tuple[str, str, str], Sequence[Mapping[str, Cell]]]:
        found: dict[tuple[str, str, str], list[Mapping[str, Cell]]] = {}
        for row in self._rows("statements"):
            found.setdefault((str(row["table"]), str(row["row_id"]), str(row["field"])), []).append(row)
        return found

    @cached_property
    def _evidence(self) -> Mapping[str, Mapping[str, Cell]]:
        return {str(row["evidence_id"]): row for row in self._rows("evidence")}

    def _rows(self, name: str) -> Sequence[Mapping[str, Cell]]:
        return next((table.rows for table in self.tables if table.name == name), ())

    def _proof(self, row: Mapping[str, Cell]) -> Proof:
        quoted = self._evidence.get(str(row.get("evidence_id")), {})
        start, end = row.get("char_start"), row.get("char_end")
        quote, offset = str(quoted.get("exact") or ""), quoted.get("char_start")
        words = quote
        if isinstance(start, int) and isinstance(end, int) and isinstance(offset, int):
            # A quote in `evidence` has one space for a line break of two characters: then the words are its own.
            fits = len(quote) == int(str(quoted.get("char_end"))) - offset
            words = quote[start - offset : end - offset] if fits else quote
        return Proof(
            str(row["basis"]),
            str(row["value"]),
            str(row.get("article_id") or ""),
            start if isinstance(start, int) else None,
            end if isinstance(end, int) else None,
            words,
            quote,
            str(row.get("reason") or ""),
        )


def _plain(value: str) -> str:
    return " ".join(value.split()).removesuffix(".0")
