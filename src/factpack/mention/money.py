"""Money: an amount with the sign, code or name of its currency before or behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from factpack.mention.found import Found, Span
from factpack.mention.nouns import Nouns
from factpack.mention.numbers import Number, plain, scaled
from factpack.mention.phrases import Reader


class Currency(NamedTuple):
    """A currency as printed: ISO 4217, the other currencies of that name, and where it stands."""

    code: str
    others: tuple[str, ...]
    span: Span


class Money:
    """Reads amounts of money in one text."""

    def __init__(self, reader: Reader, nouns: Nouns) -> None:
        self.reader = reader
        self.nouns = nouns
        self.tokens = reader.tokens
        self.keys = reader.tokens.keys
        self.language = reader.language
        self.hand = reader.language.hand

    def currency(self, index: int) -> Currency | None:
        """The currency at this token. A name that several share ("$") is the first of them by default."""
        found = self.reader.slot("currency", index)
        if found is None:
            return None
        code, end = found
        candidates = self.hand["ambiguous"].get(code, [code])
        return Currency(candidates[0], tuple(candidates[1:]), (index, end))

    def before(self, index: int) -> tuple[Found, Number] | None:
        """Money whose currency comes first, with its number: "US$6.5 million", "VND10 billion"."""
        currency = self.currency(index)
        if currency is None or not self._may_precede(currency.span):
            return None
        number = self.reader.number(currency.span[1])
        if number is None or number.ordinal:
            return None
        number = self._suffixed(number)
        cents = self._cents(number.end) if number.scale == 1 else None
        if cents is not None:
            number = Number(number.value + cents[0], cents[1], number.words)
        return self._found(index, number.end, number.value, currency), number

    def behind(self, index: int, number: Number) -> Found | None:
        """Money whose currency comes last: "6.5 million euros", "10 dollars and 20 cents", "120 MEUR"."""
        suffixed = self._suffixed(number)
        if self.currency(suffixed.end):
            number = suffixed
        at = self.tokens.behind_hyphen(number.end)
        for slot, times in (("cent", Decimal("0.01")), ("million_currency", Decimal(1_000_000))):
            part = self.reader.slot(slot, at)
            if part is not None:
                return self._found(index, part[1], number.value * times, Currency(part[0], (), (at, part[1])))
        currency = self.currency(self.nouns.behind_linker(at))
        if currency is None or self._of_next(currency.span):
            return None
        if number.scale > 1:
            return self._found(index, currency.span[1], number.value, currency)
        value, end = self._completed(number.value, currency)
        return self._found(index, end, value, currency)

    def one(self, index: int) -> Found | None:
        """ "a dollar", "a dollar and 42 cents"."""
        keys, tokens = self.keys, self.tokens
        if keys[index] not in self.hand["one"] or not tokens.word(index + 1) or self.reader.number(index):
            return None
        if self.currency(index + 1) is None or not tokens.words(index + 1, index + 2).islower():
            return None
        return self.behind(index, Number(Decimal(1), index + 1, words=True))

    def _found(self, start: int, end: int, value: Decimal, currency: Currency) -> Found:
        return Found(
            start, end, "money", plain(value), unit=currency.code, unit_span=currency.span, readings=currency.others
        )

    def _may_precede(self, span: Span) -> bool:
        """Signs and codes stand before a number; of the names only a few do ("ringgit 42")."""
        sign = self.tokens.words(*span)
        if sign in self.hand["word_codes"] and not self.tokens.glued(span[1]):
            return False  # "ALL 5 solutions"
        return not sign.isalpha() or sign.isupper() or self.keys[span[0]] in self.language.money_prefixes

    def _of_next(self, span: Span) -> bool:
        """ "3 USD50 cards", "1 $10 bill": the sign belongs to the number behind it."""
        number = self.reader.number(span[1])
        if number is None or self.reader.slot("cent", number.end):  # "10 $ 30 cents"
            return False
        return self.tokens.glued(span[1]) or not (self.tokens.glued(span[0]) or self.keys[span[1] - 1].isalpha())

    def _suffixed(self, number: Number) -> Number:
        """ "$2.5m": letters that mean a scale with money only."""
        end = number.end
        if not self.tokens.glued(end) or (self.tokens.glued(end + 1) and self.tokens.word(end + 1)):
            return number
        scale = self.hand["money_suffix"].get(self.keys[end])
        return Number(number.value * scale, end + 1, number.words, scale) if scale else number

    def _completed(self, value: Decimal, currency: Currency) -> tuple[Decimal, int]:
        """What may still follow the currency: "75 USD million", "10 dollars and 20 cents"."""
        end = currency.span[1]
        millions = scaled(self.tokens, end, value, self.language)
        if millions is not None and self.keys[end] not in self.hand["of"]:
            return millions.value, millions.end
        cents = self._cents(end)
        if cents is not None and cents[1] == end + 1 and not self.keys[end - 1].isalpha():
            cents = None  # "$10 30" is no 10.30
        return (value + cents[0], cents[1]) if cents else (value, end)

    def _cents(self, index: int) -> tuple[Decimal, int] | None:
        """ "and 20 cents", "50" in "15 dollars 50.": without the word only where nothing follows."""
        at = index + (index < len(self.keys) and self.keys[index] in self.hand["list_and"])
        number = self.reader.number(at)
        if number is None or number.ordinal or not 0 < number.value < 100:
            return None
        end = number.end
        cent = self.reader.slot("cent", end)
        if cent is not None:
            return number.value / 100, cent[1]
        last = end >= len(self.keys) or not (self.tokens.word(end) or self.keys[end] in "%-–/:")
        two_digits = number.words or (number.whole and len(self.keys[at]) == 2)
        return (number.value / 100, end) if last and two_digits and not self.tokens.glued(end + 1) else None
