"""What a number counts: the noun phrase behind it, found without a parser."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.mention.found import Span
from factpack.mention.phrases import Reader

_LONGEST = 6  # words of a noun phrase that is looked at


class Nouns:
    """Noun phrases of one text, by the stop words and plural endings of its language."""

    def __init__(self, reader: Reader) -> None:
        self.tokens = reader.tokens
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand

    def phrase(self, index: int) -> Span | None:
        """The words from here up to the first plural, or one word; None where no noun can begin."""
        index = self.behind_linker(index)
        keys, tokens = self.keys, self.tokens
        if index >= len(keys):
            return None
        if keys[index] == "-" and tokens.glued(index) and tokens.glued(index + 1) and tokens.word(index + 1):
            return index + 1, index + 2  # "a 60-seat hall"
        first = last = 0
        for last in self._word_ends(index):
            first = first or last
            if self.plural(keys[last - 1]):
                return index, last
        if not last:
            return None
        words = self.hand["noun_words"]
        if words > 1:
            return index, min(last, index + words)
        return None if keys[index].endswith(tuple(self.hand["not_nouns"])) else (index, first)

    def _word_ends(self, index: int) -> Iterator[int]:
        """Where the words of a phrase could end; what is hyphenated ends with its last part."""
        keys, tokens = self.keys, self.tokens
        at = index
        while at < index + _LONGEST and tokens.word(at) and keys[at] not in self.language.stop_words:
            if tokens.new_line(at):
                break
            at += 1
            while tokens.glued(at) and keys[at] == "-" and tokens.glued(at + 1) and tokens.word(at + 1):
                at += 2
            yield at

    def behind_linker(self, index: int) -> int:
        """French puts "de" between a number and what it counts: "une dizaine de pays", "millions d'euros"."""
        if index < len(self.keys) and self.keys[index] in self.hand["linkers"]:
            index += 1
            if index < len(self.keys) and self.keys[index] in "'’":
                index += 1
        return index

    def counted(self, span: Span | None) -> bool:
        """Whether the phrase ends in a plural; any phrase does in a language without plural forms."""
        return span is not None and (self.hand["noun_words"] > 1 or self.plural(self.keys[span[1] - 1]))

    def plural(self, key: str) -> bool:
        """Whether a word looks like a plural."""
        if key in self.language.plurals:
            return True
        return self.language.plural_ending.search(key) is not None and key not in self.language.singulars

    def words(self, span: Span | None) -> str:
        """The words as printed, with single spaces."""
        if span is None:
            return ""
        return " ".join(self.tokens.words(span[0], span[1]).split())
