"""When a quote is in a source: the folding table, word boundaries, several places.

What counts are the words. Typography that carries no meaning is folded on both sides, with a way back to
the source's offsets; case, digits, marks, signs and diacritics are never forgiven. `docs/decisions.md`
and the test vectors in `tests/data/quotes.yaml` hold the rule in full.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

Span = tuple[int, int]

_DROPPED = "\u00ad\u200b-\u200d\u2060\ufeff"
_BLANK = rf"\s{_DROPPED}"
_SPACES = [*"\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B))]
_ALIKE = {
    **dict.fromkeys("’‘‚‛′ʼ＇", "'"), **dict.fromkeys("“”„‟″«»＂", '"'), **dict.fromkeys(_SPACES, " "),
}  # fmt: skip
_HYPHENED = dict.fromkeys("–—‐‑‒―−", "-")
_SINGLES = {
    "…": "...",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
# At most 32 marks on one letter: normalising longer runs costs the square of their length.
_SPECIAL = re.compile(
    rf"[{_BLANK}]{{2,}}|[{_DROPPED}]|[{''.join(_SINGLES)}]|{_ENTITY.pattern}"
    rf"|\w[{_MARKS}]{{1,32}}"
)
_RARE = re.compile(f"[\n{_DROPPED}{''.join(_SINGLES)}&{_MARKS}]")
_FLAT = re.compile("[\x00-%'-\x7f\u00c0-\u024f\u1e00-\u1eff]*")
"""What has nothing to fold but its blanks: all of ASCII but `&`, and composed letters."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_HYPHENS = "-‐‑"
_MINUS = "-‒–−+±"
_NUMBER_MARKS = ".,:/'’-‐‑‒–—―−"
_CURRENCIES = "$€£¥₫"
_SIGNS = _CURRENCIES + "%‰°"


def _folded(piece: str) -> str:
    single = _SINGLES.get(piece)
    if single is not None:
        return single
    if piece[0] == "&":
        plain = html.unescape(piece)
        return plain if plain == piece else fold(plain).text
    if not piece.isspace() and _LETTER_OR_DIGIT.match(piece):
        return unicodedata.normalize("NFC", piece)
    if "\n" in piece:
        return "\n"
    return " " if any(character.isspace() for character in piece) else ""


@dataclass(frozen=True, eq=False)
class Folded:
    """A text with its typography folded, and the way back.

    White space of any kind and length is one space, or one line feed where it holds a line break. `edges` is the text
    with its own kinds of dashes: a dash between words joins none, a hyphen does. The parallel lists say where folding
    changed more than a character for another: folded start and end, original start and end.
    """

    original: str
    text: str
    edges: str
    starts: list[int]
    ends: list[int]
    original_starts: list[int]
    original_ends: list[int]

    def back(self, start: int, end: int) -> Span:
        """The span of the original that folds to `text[start:end]`."""
        index = bisect_right(self.starts, start) - 1
        before = index < 0 or self.ends[index] <= start
        if end > start and before and (index + 1 == len(self.starts) or self.starts[index + 1] >= end):
            moved = self.original_ends[index] - self.ends[index] if index >= 0 else 0
            return start + moved, end + moved  # nothing in it is folded, as in most
        return self._back(start, first=True), self._back(end - 1, first=False) if end > start else self._back(start)

    def _back(self, offset: int, first: bool = True) -> int:
        index = bisect_right(self.starts, offset) - 1
        # Dropped characters fold to nothing and lie before the offset they share.
        if index < 0:
            return offset if first else offset + 1
        if offset < self.ends[index]:
            return self.original_starts[index] if first else self.original_ends[index]
        moved = self.original_ends[index] + offset - self.ends[index]
        return moved if first else moved + 1

    def forward(self, offset: int) -> int:
        """The folded offset of an offset of the original."""
        index = bisect_right(self.original_starts, offset) - 1
        if index < 0:
            return offset
        if offset < self.original_ends[index]:
            return self.starts[index]
        return self.ends[index] + offset - self.original_ends[index]

    def bounded(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` begins and ends where a word, a number or a compound does."""
        return not self._cut(start) and not self._cut(end)

    def named(self, start: int, end: int) -> bool:
        """The same, but for compounds of names: `Chile-Peru` names Peru."""
        return (not self._cut(start) or self._joins(start)) and (not self._cut(end) or self._joins(end))

    def _cut(self, at: int) -> bool:
        if 0 < at < len(self.edges):
            right = self.edges[at]
            if right == " " or (self.edges[at - 1] == " " and right.isalnum()):
                return False  # as most are
        index = bisect_right(self.starts, at) - 1
        # Inside what one character of the original folds to, such as a ligature.
        return (index >= 0 and self.starts[index] < at < self.ends[index]) or _cuts(self.edges, at)

    def _joins(self, at: int) -> bool:
        around = self.edges[max(0, at - 1) : at + 1]
        return any(c in _HYPHENS for c in around) and any(c.isalpha() for c in around)

    @cached_property
    def plain(self) -> str:
        """The folded text without diacritics and in lower case, of the same length: to look up names."""
        return plain(self.text)


_DIVIDED = re.compile(r"(?P<compound>-?)(?<!\w)[^\W\d_]+-\Z")
_REST = re.compile(r"[^\W\d_]+(?P<compound>-?)")


def unwrapped(text: str) -> str:
    """A text whose paragraphs are set apart by blank lines, each on one line; every character in its place.

    Between the parts of a compound that is divided between two lines stands nothing; in a word that has no other
    hyphen, this one is soft, and folds to nothing too.
    """
    parts: list[str] = []
    before = ""
    for line in text.split("\n"):
        rest, divided = _REST.match(line), _DIVIDED.search(before[-40:])
        if not (before.strip() and line.strip()):
            parts.append("\n")
        elif rest and divided:
            if rest[0].islower() and not (rest["compound"] or divided["compound"]):
                parts[-1] = before[:-1] + "\u00ad"
            parts.append("\u200b")
        else:
            parts.append(" ")
        parts.append(line)
        before = line
    return "".join(parts)[1:]


def _specials(text: str) -> Iterator[re.Match[str]]:
    """What may fold to something else, from left to right."""
    if "  " in text:
        yield from _SPECIAL.finditer(text)
        return
    # Each such piece begins with one of a few characters, or just before one: these are found much sooner.
    last = 0
    while rare := _RARE.search(text, last):
        at = rare.start()
        found = (at > last and _SPECIAL.match(text, at - 1)) or _SPECIAL.match(text, at)
        if found:
            yield found
        last = found.end() if found else at + 1


def fold(text: str) -> Folded:
    """Fold a text's typography; linear in its length."""
    # What becomes another single character moves nothing: only the rest has to be remembered.
    alike = _replaced(text, _ALIKE)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    original_starts: list[int] = []
    original_ends: list[int] = []
    last = length = 0
    for match in _specials(alike):
        piece = _folded(match[0])
        if piece == match[0]:
            continue
        begin, stop = match.span()
        parts.append(alike[last:begin])
        length += begin - last
        starts.append(length)
        parts.append(piece)
        length += len(piece)
        ends.append(length)
        original_starts.append(begin)
        original_ends.append(stop)
        last = stop
    parts.append(alike[last:])
    edges = "".join(parts)
    return Folded(text, _replaced(edges, _HYPHENED), edges, starts, ends, original_starts, original_ends)


def _replaced(text: str, characters: Mapping[str, str]) -> str:
    """To look for each in turn is much quicker than to look at every character."""
    for old, new in characters.items():
        if old in text:
            text = text.replace(old, new)
    return text


@lru_cache(maxsize=1 << 14)  # The same names are looked for in quote after quote.
def fold_quote(words: str) -> str:
    """A quote's words as they are looked for: folded, on one line, without blanks at the ends."""
    if (words.isascii() and "&" not in words) or _FLAT.fullmatch(words):
        return " ".join(words.split())
    alike = _replaced(words, _ALIKE)
    if "  " in alike or _RARE.search(alike):
        return fold(words).text.replace("\n", " ").strip()
    return _replaced(alike, _HYPHENED).strip()


def _plain_letter(character: str) -> str:
    if character in "đĐ":
        return "d"
    lower = unicodedata.normalize("NFD", character)[0].lower()
    return lower if len(lower) == 1 else character


_PLAIN = {chr(code): _plain_letter(chr(code)) for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]}
_BEYOND_ASCII = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def plain(text: str) -> str:
    """Without diacritics and in lower case, every character in its place."""
    if text.isascii():
        return text.lower()
    lower = _BEYOND_ASCII.sub(lambda letter: _PLAIN[letter[0]], text)
    folded = lower.lower()
    return folded if len(folded) == len(lower) else "".join(c.lower() if len(c.lower()) == 1 else c for c in lower)


MOST = 1000
"""Places of a quote that are looked for: it is as ambiguous with more."""


class Match(NamedTuple):
    """Where a quote stands, at most MOST places: on word boundaries, and elsewhere only when nowhere on them."""

    spans: tuple[Span, ...]
    off_boundary: tuple[Span, ...] = ()


def find(source: Folded, exact: str, prefix: str | None = None, suffix: str | None = None) -> Match:
    """All places of a source's folded text where a quote stands; spans count the original's code points.

    A hyphen at the end of a line of the quote may belong to the word, or not: it is forgiven where the quote
    does not stand as it is written.
    """
    words = fold_quote(exact)
    match = _find(source, words, prefix, suffix)
    for hyphen in ("-", "") if "- " in words and _BROKEN_WORD.search(words) else ():
        if not match.spans:
            joined = _find(source, _BROKEN_WORD.sub(hyphen, words), prefix, suffix)
            match = joined if joined.spans or not match.off_boundary else match
    return match


_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")


def _find(source: Folded, words: str, prefix: str | None, suffix: str | None) -> Match:
    if not words:
        return Match(())
    before = fold_quote(prefix) if prefix else ""
    after = fold_quote(suffix) if suffix else ""
    spans: list[Span] = []
    off: list[Span] = []
    # Only places of a periodic quote can overlap so much that looking at each takes more.
    left_to_read = 64 * len(source.text)
    at = source.text.find(words)
    while at >= 0 and len(spans) < MOST and left_to_read > 0:
        left_to_read -= len(words) + len(before) + len(after)
        end = at + len(words)
        left = source.text[max(0, at - len(before) - 1) : at].replace("\n", " ").rstrip() if before else ""
        right = source.text[end : end + len(after) + 1].replace("\n", " ").lstrip() if after else ""
        if left.endswith(before) and right.startswith(after):
            (spans if source.bounded(at, end) else off).append(source.back(at, end))
        at = source.text.find(words, at + 1)
    return Match(tuple(spans), () if spans else tuple(off))


def find_names(source: Folded, name: str, within: Iterable[Span], *, exact: bool = True) -> Iterator[Span]:
    """All places of a name: as whole words, or as part of a compound. Not `exact`: diacritics and case folded.

    `within` are spans of the folded text; the places are of the original.
    """
    words, text = (fold_quote(name), source.text) if exact else (_plain_words(name), source.plain)
    for low, high in within:
        at = text.find(words, low, high) if words else -1
        while at >= 0:
            if source.named(at, at + len(words)):
                yield source.back(at, at + len(words))
            at = text.find(words, at + 1, high)


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of a folded text; what stands on word boundaries is made of whole ones."""
    return _LETTERS_AND_DIGITS.findall(text)


def telling_words(exact: str) -> set[str]:
    """All words that are among the `plain_words` of every text in which a quote stands."""
    words = fold_quote(exact)
    return set() if _BROKEN_WORD.search(words) else plain_words(words) or set()


def plain_words(text: str) -> set[str] | None:
    """The words of a text that are ASCII letters and digits throughout, and the same when it is folded.

    None where it has characters that may fold to letters.
    """
    if "\u212a" in text or ("&" in text and _ENTITY.search(text)):
        return None
    for inside, plainly in _IN_WORDS.items():
        if inside in text:
            text = text.replace(inside, plainly)
    return set(_PLAIN_WORD.findall(text))


_IN_WORDS = {
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **{k: v for k, v in _SINGLES.items() if v.isalpha()},
}
_PLAIN_WORD = re.compile(rf"(?<![^\W_])[A-Za-z0-9]+(?![^\W_]|[{_MARKS}])")
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 14)
def _plain_words(name: str) -> str:
    return plain(fold_quote(name))


def _cuts(text: str, at: int) -> bool:
    """Whether a boundary at this offset would cut a word, a hyphenated compound or a number in two."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right in " \n":
        return False
    if unicodedata.combining(right):
        return True
    if left in " \n":
        return False
    if left.isalnum() and right.isalnum():
        return True
    further_left, further_right = text[max(0, at - 2) : at - 1], text[at + 1 : at + 2]
    if right.isdigit() and (left in _CURRENCIES or (left in _MINUS and not further_left.isalnum())):
        return True
    if left.isdigit() and right in _SIGNS:
        return True
    if right in _CURRENCIES and further_right.isdigit() and (left.isalpha() or left in _MINUS):
        return True
    if left.isdigit() and right in _NUMBER_MARKS and further_right.isdigit():
        return True
    if right.isdigit() and left in _NUMBER_MARKS and further_left.isdigit():
        return True
    if left.isalnum() and right in _HYPHENS and further_right.isalnum():
        return True
    return right.isalnum() and left in _HYPHENS and further_left.isalnum()
