"""Quotes: every slice of a source is found where it was cut, and what is found is the quote."""

from __future__ import annotations

from factpack.nearest import nearest
from factpack.quote import MOST, find, fold, fold_quote, plain, unwrapped

MODULES = ("factpack.quote", "factpack.nearest")
LONGEST = 400
SEEDS = (
    b"\x03\x20\x00\x00The River Forum was held in Hanoi on 12 April 2022.\nAnn Lee spoke.\x00Anne Lee spoke to us",
    "\x05\x10\x00\x01 “Việt Nam–Lào”: 12.5% of ﬁfty&nbsp;co-\noperatives… a\u0323\u0302\u200b b".encode(),
    b"\x00\x04\x02\x00aaaa aaaa\taaaa aaaa\x00aaaa aaab",
)


def check(data: bytes) -> None:
    """Four bytes say where to cut, then come a source, a NUL and other words."""
    if len(data) < 5:
        return
    text, _, other = data[4:].decode("utf-8", "ignore").partition("\0")
    source = fold(text)
    assert len(unwrapped(text)) == len(text) == len(plain(text)), "a character has lost its place"
    for at in range(len(source.text)):
        start, end = source.back(at, at + 1)
        assert 0 <= start < end <= len(text), "a place outside the source"
        assert source.forward(start) <= at < source.forward(end), "a way back that does not lead there"
    if text:
        _cut(text, int.from_bytes(data[:2], "big") % len(text), int.from_bytes(data[2:4], "big") % len(text))
    if other:
        _other(text, other)


def _cut(text: str, one: int, two: int) -> None:
    source, start, end = fold(text), min(one, two), max(one, two) + 1
    low, high = source.forward(start), source.forward(end)
    words = fold_quote(text[start:end])
    found = find(source, text[start:end])
    # A hyphen at the end of a line may be forgiven, and a place inside a ligature is all of it.
    for span in found.spans:
        assert _letters(fold_quote(text[slice(*span)]), words) == _letters(words, words), "found is something else"
    for span in found.off_boundary:
        assert _letters(words, words) in _letters(fold_quote(text[slice(*span)]), words), "found is something else"
    # A cut through what folds as one, and one across a line break, make other words.
    if not words or source.text[low:high].strip(" ") != words or len(found.spans + found.off_boundary) == MOST:
        return
    low += len(source.text[low:high]) - len(source.text[low:high].lstrip(" "))
    place = source.back(low, low + len(words))
    if source.bounded(low, low + len(words)):
        assert place in found.spans, "not found where it was cut"
    else:
        assert found.spans or place in found.off_boundary, "not found where it was cut"


def _letters(folded: str, quote: str) -> str:
    """A folded text, without hyphens and blanks where the quote may have a word divided."""
    return folded.replace("-", "").replace(" ", "") if "- " in quote else folded


def _other(text: str, words: str) -> None:
    source, ours = fold(text), fold_quote(words)
    for span in find(source, words, ours[:3], ours[-3:]).spans:
        assert 0 <= span[0] < span[1] <= len(text), "found outside the source"
    near = nearest(source, words)
    if near is None:
        return
    start, end = near.span
    assert "\n" not in source.text[source.forward(start) : source.forward(end)].strip(), "a passage of two paragraphs"
    mended, at = "", 0
    for theirs, mine in near.differences:
        assert start <= theirs[0] <= theirs[1] <= end, "a difference outside the passage"
        assert at <= mine[0] <= mine[1] <= len(ours), "differences out of order"
        mended += ours[at : mine[0]] + " " + fold_quote(text[slice(*theirs)]) + " "
        at = mine[1]
    mended += ours[at:]
    assert mended.split() == fold_quote(text[start:end]).split(), "the differences are not all that differs"
