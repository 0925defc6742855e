"""An article cut at every end of every span into flat segments: overlapping quotes are told apart, none is lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Span = tuple[int, int]
TextMode = Literal["full", "context", "quotes"]

CONTEXT = 60
"""How many characters around a quote `context` reprints, up to the next word."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that no span cuts: its characters and the numbers of the spans that hold it."""

    start: int
    end: int
    text: str
    holders: tuple[int, ...]


Paragraph = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a source that may be shown, and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def passages(source: str, quotes: Iterable[Span], mode: TextMode) -> list[Passage]:
    """What of a source is reprinted: all of it, the quotes with some words around them, or the quotes alone."""
    if mode == "full":
        return [Passage(0, source)]
    around = CONTEXT if mode == "context" else 0
    widened = ((_before(source, start, around), _behind(source, end, around)) for start, end in quotes)
    return [Passage(start, source[start:end]) for start, end in _joined(widened)]


def recovered(quotes: Mapping[Span, str]) -> list[Passage]:
    """The quotes of a source that is not at hand; one whose words do not fill its span stands for itself."""
    letters: dict[int, str] = {}
    for (start, end), words in quotes.items():
        if len(words) == end - start:
            letters.update(enumerate(words, start))
    spans = _joined(span for span, words in quotes.items() if len(words) == span[1] - span[0])
    return [Passage(start, "".join(letters[at] for at in range(start, end))) for start, end in spans]


def segments(passage: Passage, spans: Sequence[Span]) -> Iterator[Paragraph]:
    """The paragraphs of a passage, each its segments in order; `spans` are those that cut it."""
    inside = [(max(a, passage.start), min(b, passage.end), n) for n, (a, b) in enumerate(spans)
              if a < passage.end and b > passage.start]  # fmt: skip
    cuts = sorted({passage.start, passage.end, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    holders: list[list[int]] = [[] for _ in cuts]
    for start, end, number in inside:
        for place in range(bisect_left(cuts, start), bisect_left(cuts, end)):
            holders[place].append(number)
    paragraph: list[Segment] = []
    for place, (start, end) in enumerate(pairwise(cuts)):
        offset = start
        for line in passage.text[start - passage.start : end - passage.start].splitlines(keepends=True):
            stripped = line.rstrip("\r\n")
            if stripped:
                paragraph.append(Segment(offset, offset + len(stripped), stripped, tuple(holders[place])))
            offset += len(line)
            if stripped != line and paragraph:
                yield tuple(paragraph)
                paragraph = []
    if paragraph:
        yield tuple(paragraph)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, overlapping and touching ones made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _before(source: str, start: int, around: int) -> int:
    if not around:
        return start
    place = max(0, start - around)
    while 0 < place < start and not source[place - 1].isspace():
        place += 1
    return max(place, source.rfind("\n", 0, start) + 1)


def _behind(source: str, end: int, around: int) -> int:
    if not around:
        return end
    place = min(len(source), end + around)
    while end < place < len(source) and not source[place].isspace():
        place -= 1
    line = source.find("\n", end)
    return min(place, line if line >= 0 else len(source))
