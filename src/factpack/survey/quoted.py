"""Which sources may have a quote that its own does not have: told by the words of each, which are kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factpack.dataset import Extracts
from factpack.quote import plain_words, telling_words, unwrapped
from factpack.survey.contents import Contents, blob_id
from factpack.survey.known import Known
from factpack.survey.late import Stale

FEW = 50
"""Quotes from which on every source is read: one of them will stand there, or nearly."""

BITS = 8
"""Bits for each word of a source, of which two are set: of a word that is not there, one in twenty says it may be."""


@dataclass(frozen=True, eq=False, kw_only=True)
class KnownExtracts(Extracts):
    """Extracts of a dataset with a cache, of whose sources only those are read that have the words of a quote."""

    known: Known
    contents: Contents

    def holders(self, quotes: Sequence[str]) -> Iterable[str]:
        """The sources among which are all that have any of some quotes."""
        if not 0 < len(quotes) <= FEW:
            return super().holders(quotes)
        numbers = [[zlib.crc32(word.encode()) for word in telling_words(quote)] for quote in quotes]
        return [path for path, mark in self._marks().items() if _has_any(mark, numbers)]

    def _marks(self) -> dict[str, str]:
        """Source -> the digits of a number that has the bits of each of its words; none where they cannot be told.

        Raises Stale.
        """
        ids = self.contents.ids_of(self.listing.sources)
        kept = self.known.marks
        marks = {path: kept[id_] if id_ in kept else self._mark(path, id_) for path, id_ in ids.items()}
        if not kept.keys() >= {*ids.values()}:
            self.known.mark({ids[path]: mark for path, mark in marks.items()})
        return marks

    def _mark(self, path: str, id_: str) -> str:
        text = self.text(path)
        if text is None:
            return ""
        if blob_id(text.content.encode(), self.contents.algorithm) != id_:
            raise Stale(path)
        words = plain_words(unwrapped(text.content) if self.config.paragraphs == "blank-line" else text.content)
        if words is None:
            return ""
        digits = len(words) * BITS // 4 + 1
        mark = 0
        for word in words:
            mark |= _bits(zlib.crc32(word.encode()), 4 * digits)
        return f"{mark:0{digits}x}"


def _has_any(mark: str, quotes: Sequence[Sequence[int]]) -> bool:
    """Whether all words of some quote may be there, given as their numbers; without a mark, they may."""
    if not mark:
        return True
    absent, bits = ~int(mark, 16), 4 * len(mark)
    return any(not any(absent & _bits(number, bits) for number in numbers) for numbers in quotes)


def _bits(number: int, bits: int) -> int:
    """The two bits of a word among so many."""
    return 1 << number % bits | 1 << number // bits % bits
