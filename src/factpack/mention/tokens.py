"""A text cut into words, numbers and signs, each with its place in the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# A blank line is a token, so that nothing is ever read across paragraphs. Digits are the ASCII ones:
# no language read here writes others.
# Points and commas belong to a number where they group its digits or mark its decimals in some language;
# "12.04.2022" and "22,24,26" are three numbers each.
_NUMBER = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![.,]?[0-9])|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![.,]?[0-9])|"
    r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?(?![.,]?[0-9])|(?<![0-9],)(?<![0-9]\.)[0-9]+[.,][0-9]+(?![.,]?[0-9])|[0-9]+"
)
# Most tokens are plain words of ASCII letters, so these are tried first.
_TOKEN = re.compile(rf"([a-z]+(?![^\x00-`{{-\x7f])|[^\W\d_]+|(?=[0-9])(?:{_NUMBER})|\n\s*\n|\S)")
DASHES = ("-", "–", "—", "‑", "−")
SENTENCE_ENDS = '.!?:;\n"“”'
# Latin letters with diacritics, by their base letter; Vietnamese đ has no decomposition in Unicode.
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
_FOLDED = {code: unicodedata.normalize("NFD", chr(code))[0] for code in _LATIN} | {ord("đ"): "d", ord("Đ"): "D"}

_MARKS = 32  # on one letter; composing takes the square of their number
_LONG = re.compile(rf"[^\x00-\u02ff\s]{{{_MARKS},}}")


class Tokens:
    """The tokens of a text: `keys` in lower case, `starts` and `ends` as offsets into `text`.

    The text is read in composed form (NFC): "Việt" is one word however it is encoded. `starts` and
    `ends` count the code points of the composed text; `place` leads back to the original one.
    """

    __slots__ = ("_origin", "ends", "keys", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text, self._origin = _composed(text)
        lower = _lower(self.text)
        parts = _TOKEN.split(lower)  # white space and tokens by turns
        places = list(accumulate(map(len, parts)))
        self.keys: list[str] = parts[1::2]
        self.starts = places[:-1:2]
        self.ends = places[1::2]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as it was given that holds this span of the composed one."""
        if (origin := self._origin) is None:
            return start, end
        # A letter stays whole whose marks cannot be composed with it, and are no part of a word.
        while start < end < len(origin) - 1 and origin[end] == origin[end - 1]:
            end += 1
        return origin[start], origin[end]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span of the text as it was given from the token `first` up to, not including, the token `last`."""
        return self.place(self.starts[first], self.ends[last - 1])

    def glued(self, index: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text[self.starts[index]].isupper()

    def words(self, first: int, last: int) -> str:
        """The text from the token `first` up to, not including, the token `last`, as written."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def behind_hyphen(self, index: int) -> int:
        """Past a hyphen that is glued to the token before it: "a 60-year lease"."""
        return index + (self.glued(index) and self.keys[index] in DASHES)

    def new_line(self, index: int) -> bool:
        """Whether the token begins a line."""
        return index > 0 and "\n" in self.text[self.ends[index - 1] : self.starts[index]]

    def sentence_start(self, index: int) -> bool:
        """Whether the token begins a sentence or a line."""
        return index == 0 or self.keys[index - 1][0] in SENTENCE_ENDS or self.new_line(index)

    def word(self, index: int) -> bool:
        """Whether the token is a word; false past the end."""
        return index < len(self.keys) and self.keys[index][0].isalpha()


def fold(text: str) -> str:
    """Composed text without its diacritics, one character for each: "Việt Nam Đổi" -> "Viet Nam Doi"."""
    return text if text.isascii() else text.translate(_FOLDED)


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few letters (the Turkish dotted capital I) have a longer lower case; offsets must not move.
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _is_piled(text: str) -> bool:
    """Whether more marks may stand on one letter than any language has."""
    return any(sum(map(bool, map(unicodedata.combining, run[0]))) > _MARKS for run in _LONG.finditer(text))


def _composed(text: str) -> tuple[str, list[int] | None]:
    """The text in NFC, and where each of its code points began in the original, if they differ."""
    if text.isascii():
        return text, None
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _UNSETTLED.finditer(text):
        start, stop = match.span()
        while start and text[start - 1] > "\u02ff":
            start -= 1
        start -= start > 0  # the letter that a mark may belong to
        piece = text[start:stop]
        short = stop - start <= _MARKS
        marks = [unicodedata.combining(mark) for mark in text[start + 1 : stop]] if short else []
        if short and not any(marks) and unicodedata.is_normalized("NFC", piece):
            continue
        parts.append(text[last:start])
        origin.extend(range(last, start))
        if short and all(marks):
            part = unicodedata.normalize("NFC", piece)
            parts.append(part)
            origin.extend([start] * len(part))
            last = stop
            continue
        for end in range(start + 1, stop + 1):
            if end == stop or end - start > _MARKS or not unicodedata.combining(text[end]):
                part = unicodedata.normalize("NFC", text[start:end])
                parts.append(part)
                origin.extend([start] * len(part))
                start = end
        last = stop
    if not parts:
        return text, None
    parts.append(text[last:])
    origin.extend(range(last, len(text) + 1))
    composed = "".join(parts)
    settled = composed == text and not _is_piled(text) and unicodedata.is_normalized("NFC", text)
    return composed, None if settled else origin


# All below U+0300 is composed already, unless a mark follows; so are Vietnamese letters and dashes, quotes and dots.
_UNSETTLED = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027][^\x00-\u02ff]*")
