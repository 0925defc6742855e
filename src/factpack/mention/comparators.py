"""The words around a quantity that change what it says: "over", "or more", "per year"."""

from __future__ import annotations

from factpack.mention.found import Found, Span
from factpack.mention.phrases import Reader

_RATED = ("number", "money", "percent", "range")


class Comparators:
    """Adds comparators and rates to the quantities of one text."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand

    def rated(self, found: Found) -> Found:
        """With the rate behind it: "$230 million per year", "400 people a day"."""
        if found.kind not in _RATED or found.in_name:
            return found
        counts = found.kind in ("number", "range") and found.unit_span is not None
        at = found.unit_span[1] if counts and found.unit_span else found.end
        rate = self.reader.slot("per", at)
        if rate is None or (rate[1] < len(self.keys) and self.keys[rate[1]] in self.hand["not_rate_before"]):
            return found
        return found._replace(per=rate[0], done=rate[1])

    def compared(self, found: Found) -> Found:
        """With the comparator before it ("nearly") or behind it or its unit ("or more")."""
        if found.comparator != "eq" or found.kind == "ordinal":
            return found
        for at in (found.end, found.unit_span[1] if found.kind == "number" and found.unit_span else found.end):
            after = self.reader.slot("after", at)
            if after is not None and (at == found.end or self.keys[at] != "+"):
                return found._replace(comparator=after[0], qualifier=(at, after[1]))
        if self.keys[found.end - 1] in self.hand["rough"]:
            return found._replace(comparator="approx", qualifier=(found.end - 1, found.end))
        before = None if found.in_name else self._before(found.start)
        if before is None or (found.kind == "duration" and self._during(before[1])):
            return found
        return found._replace(comparator=before[0], qualifier=before[1])

    def _before(self, index: int) -> tuple[str, Span] | None:
        """The comparator that ends just before, or before an article ("over the 300", "plus de 100")."""
        places = [index]
        if index and self.keys[index - 1] in self.hand["before_number"]:
            places.append(index - 1)
        for at in filter(None, places):
            for length in self.language.comparator_lengths.get(self.keys[at - 1], ()):
                words = tuple(self.keys[at - length : at]) if length <= at else ()
                if comparator := self.language.comparators.get(words):
                    return comparator, (at - length, at)
        return None

    def _during(self, qualifier: Span) -> bool:
        """ "eighteen witnesses over six weeks" is no "more than"; "for over six weeks" is."""
        start, end = qualifier
        if self.keys[start:end] not in self.hand["during"]:
            return False
        return start == 0 or self.keys[start - 1] not in self.hand["over_after"]
