"""What a text has told so far, by which its later year-less and relative dates are resolved."""

from __future__ import annotations

from datetime import date

from factpack.mention.dated import Anchor, Dated, Slots
from factpack.mention.language import Language
from factpack.mention.tokens import SENTENCE_ENDS, Tokens

_SENTENCE = 100  # tokens: sentences are rarely longer, and the look back stays short
_CLAUSE = 12  # tokens before a date among which the verb is looked for


class Context:
    """The dateline, and the year, quarter and date told last."""

    def __init__(self, tokens: Tokens, language: Language, day: date | None) -> None:
        self.tokens = tokens
        self.hand = language.hand
        self.day = day
        self._cues, self._seconds = language.cues, language.second_cues
        self._year: tuple[int, int] | None = None  # the year that the text is in, and the token that says so
        self._last_year: int | None = None  # the last year printed
        self._quarter = ""  # the last quarter named
        self._told: tuple[str, int] | None = None  # the last date told, and the token that tells it

    def anchor(self, index: int, slots: Slots) -> Anchor:
        """What a date at this token is resolved by."""
        ahead = 0 if "year" in slots or "y" in slots else self._tense(index)
        year, place = self._year or (None, index)
        if year is not None and not (index - place < _SENTENCE and self._governs(year, place, index)):
            year = None
        if year is not None and ahead == 1 and self.day is not None and year < self.day.year:
            soon = self.tokens.keys[index - 1] in self.hand["future_before"]
            if not (soon and self._is_past(year)):  # "They fired in March 1770. By October the trial began."
                year = None  # "invited in July 1997, will officially join on March 12"
        return Anchor(self.day, year, ahead == 1, self._last_year, self._quarter, ahead == -1, self._last_told(index))

    def told(self, index: int, rule: str, slots: Slots, dated: Dated) -> None:
        """Remember a date that was read at this token."""
        if "year" in slots:
            self._last_year = slots["year"]
            self._year = (slots["year"], index)
        elif dated.basis == "derived_relative" or dated.precision in ("decade", "century"):
            self._year = None  # the text has moved on to another time
        if dated.precision == "quarter" and rule not in ("year_before", "same_quarter"):
            self._quarter = dated.value
        if dated.value and dated.precision != "interval":
            self._told = (dated.value, index)

    def months(self) -> None:
        """Several months are spoken of ("the first nine months"): "a year earlier" is no quarter from here on."""
        self._quarter = ""

    def _governs(self, year: int, place: int, index: int) -> bool:
        """Whether a year is that of a later date: in its sentence, in a tale of the past also in the next."""
        keys = self.tokens.keys[place:index]
        line = self.tokens.text[self.tokens.starts[place] : self.tokens.starts[index]]
        return "\n" not in line and keys.count(".") <= self._is_past(year)

    def _is_past(self, year: int) -> bool:
        """Whether a year is that of a tale, ten or more years from the dateline."""
        return self.day is None or abs(self.day.year - year) >= 10

    def _last_told(self, index: int) -> str:
        """The date told last in this paragraph: what "the following year" and "two weeks later" count from."""
        value, place = self._told or ("", index)
        if not value or index - place > _SENTENCE or "\n\n" in self.tokens.keys[place:index]:
            return ""
        return value

    def _tense(self, index: int) -> int:
        """1 where the words before say that a date is still to come, -1 that it is over, else 0.

        The nearest verb of the sentence decides, and without one a word such as "by" next to the date.
        """
        keys, hand = self.tokens.keys, self.hand
        for at in range(index - 1, max(-1, index - 1 - _CLAUSE), -1):
            key = keys[at]
            if key in SENTENCE_ENDS:
                if key != "." or self.tokens.capital(at + 1):
                    break
                continue
            if key not in self._cues:
                continue
            words = f"{keys[at - 1]} {key}" if key in self._seconds else key
            for cues, tense in ((hand["future_cues"], 1), (hand["past_cues"], -1)):
                if index - at <= cues.get(words, 0):
                    return tense
        return int(index > 0 and keys[index - 1] in hand["future_before"])
