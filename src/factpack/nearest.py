"""What was meant: the passage that comes closest to words which are not in a source, the value that is a slip away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from factpack.quote import Folded, Span, fold_quote

MIN_SCORE = 70.0
"""How much alike words and passage are, in percent of their characters, to be taken for the same."""
LONGEST = 2000
"""Characters of a quote, for which the nearest passage is still looked for: comparing takes the product of both."""
EFFORT = 40_000_000_000
"""Where so many passages are just as promising, the best of those that were compared by then is meant.

Counted is what comparing takes at most: the characters of each piece of the source by the square of those of the words.
"""

_WORD = re.compile(r"\S+")
_LONGEST = 400  # words compared one by one; more are no quote, and would cost the square of their number


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a source closest to words that are not in it.

    `span` is the passage in the source, `differences` are the words that differ, in pairs: their span in the source
    (empty where it has none) and their span in the words, as `fold_quote` leaves them (empty likewise).
    """

    span: Span
    differences: tuple[tuple[Span, Span], ...]


def nearest(source: Folded, exact: str, within: Span | None = None) -> Nearest | None:
    """The closest passage in one paragraph, or None where nothing comes close; `within` is a span of the original."""
    words = fold_quote(exact)
    if len(words) > LONGEST:
        return None
    found = _closest(source.text, words, *((source.forward(at) for at in within) if within else (0, len(source.text))))
    if found is None or len(words.split()) > _LONGEST:
        return None
    # The place found is as long as the words; what they leave out or add lies around it.
    start, end, low, high = found
    reach = len(words)
    window = max(low, start - reach), min(high, end + reach)
    theirs = [place.span() for place in _WORD.finditer(source.text, *_whole_words(source.text, window, (low, high)))]
    ours = [place.span() for place in _WORD.finditer(words)]
    mine, other = [words[a:b] for a, b in ours], [source.text[a:b] for a, b in theirs]
    pairs = list(_from_clause(_aligned(mine, other), mine, other))
    if not any(theirs_at is not None and ours_at is not None for ours_at, theirs_at in pairs):
        return None
    used = [theirs[at] for _, at in pairs if at is not None]
    span = _trimmed(source.text, used, words)
    return Nearest(source.back(*span), tuple(_differences(source, words, ours, theirs, pairs, span)))


def likeliest(typed: str, candidates: Iterable[str]) -> str | None:
    """Which of several values was meant by one that is none of them: the only one, or one that is a slip away."""
    from rapidfuzz.distance import OSA

    distances = {candidate: OSA.distance(typed, candidate) for candidate in candidates}
    least = min(distances.values(), default=0)
    closest = [candidate for candidate, distance in distances.items() if distance == least]
    near = least <= max(len(typed) // 3, len(typed) > 1)
    return closest[0] if len(distances) == 1 or (len(closest) == 1 and near) else None


def _closest(text: str, words: str, low: int, high: int) -> tuple[int, int, int, int] | None:
    """Where the words come closest, and the paragraph of that place."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    pieces: list[tuple[float, int, str, Span]] = []
    for offset, piece, line in _pieces(text, low, high, len(words)):
        common = LCSseq.similarity(words, piece)
        pieces.append((-200 * common / max(1, min(len(words), len(piece)) + common), offset, piece, line))
    best: tuple[int, int, int, int] | None = None
    score, effort = MIN_SCORE, 0
    # No passage of a piece has more letters in common with the words than the piece has: that is quick to see, and says
    # how alike they can be at best. Of pieces that are as much alike the first is meant.
    for most, offset, piece, line in sorted(pieces):
        if -most < score - 1e-6 or effort > EFFORT:
            break
        effort += len(piece) * len(words) ** 2
        found = fuzz.partial_ratio_alignment(words, piece, score_cutoff=score)
        if found and (best is None or found.score > score or (found.score == score and offset < best[0])):
            score = found.score
            # Where the piece is the shorter one, all of it is the place.
            place = (found.dest_start, found.dest_end) if len(words) <= len(piece) else (0, len(piece))
            best = (offset + place[0], offset + place[1], *line)
    return best


def _pieces(text: str, low: int, high: int, length: int) -> Iterator[tuple[int, str, Span]]:
    """Lines, long ones in pieces of which one holds any passage as long as the words; each with its line's span."""
    # Short pieces say most about what is in them, and cost most for being looked at twice.
    step = max(4 * length, 1000)
    offset = low
    for line in text[low:high].split("\n"):
        if line.strip() and length <= 2 * len(line):
            for start in range(0, max(1, len(line) - length), step):
                yield offset + start, line[start : start + step + length], (offset, offset + len(line))
        offset += len(line) + 1


def _whole_words(text: str, span: Span, limits: Span) -> Span:
    start, end = span
    while start > limits[0] and not text[start - 1].isspace():
        start -= 1
    while end < limits[1] and not text[end].isspace():
        end += 1
    return start, end


Pair = tuple[int | None, int | None]
"""A word of ours and the word of theirs that it stands for; None where it stands for none."""


def _aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """The cheapest way to turn all our words into some of theirs in a row."""
    # Few words differ as a rule: ways that cost more than that are looked at where there is no cheaper one.
    limit = _CHEAP
    while (pairs := _aligned_within(limit, ours, theirs)) is None:
        limit *= 4
    return pairs


_CHEAP = 24


def _aligned_within(limit: int, ours: Sequence[str], theirs: Sequence[str]) -> list[Pair] | None:
    """The same, where it costs no more than the limit."""
    # What the source has more than we have costs a third: words are left out sooner than made up.
    gaps = [len(word) + 1 for word in theirs]
    end, beyond = len(theirs), limit + 1
    costs = [0] * (end + 1)
    low, high = 0, end  # between which something is not beyond the limit
    ways: list[list[int]] = []  # 0 both, 1 theirs alone, 2 ours alone
    known: dict[tuple[str, str], int] = {}
    for mine in ours:
        alone = 3 * (len(mine) + 1)
        row, way = [beyond] * (end + 1), [2] * (end + 1)
        row[low] = left = min(costs[low] + alone, beyond)
        first, last = (low, low) if left < beyond else (end, -1)
        for at in range(low, end):
            if at > high and left == beyond:
                break
            best, chosen = left + gaps[at], 1
            if costs[at] < beyond:
                other = theirs[at]
                cost = 0 if mine == other else known.get((mine, other))
                if cost is None:
                    cost = known[mine, other] = min(_unlike(mine, other), alone - 1)
                if costs[at] + cost <= best:
                    best, chosen = costs[at] + cost, 0
            if costs[at + 1] + alone < best:
                best, chosen = costs[at + 1] + alone, 2
            left = beyond
            if best <= limit:
                row[at + 1] = left = best
                way[at + 1] = chosen
                first, last = min(first, at + 1), at + 1
        if last < 0:
            return None
        costs, low, high = row, first, last
        ways.append(way)
    return _way_back(costs, ways)


def _way_back(costs: Sequence[int], ways: Sequence[Sequence[int]]) -> list[Pair]:
    pairs: list[Pair] = []
    row, column = len(ways) - 1, min(range(len(costs)), key=lambda at: costs[at])
    while row >= 0:
        way = ways[row][column]
        pairs.append((None if way == 1 else row, None if way == 2 else column - 1))
        row -= way != 1
        column -= way != 2
    return pairs[::-1]


def _from_clause(pairs: Sequence[Pair], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    """The pairs, but that no other word of theirs begins the passage which ends the clause before it."""
    begun = False
    for mine, other in pairs:
        if not begun and mine is not None and other is not None:
            said, printed = ours[mine], theirs[other]
            begun = printed[-1].isalnum() or not said[-1].isalnum() or _is_like(said, printed[:-1])
            if not begun:
                yield mine, None
                continue
        yield mine, other


def _unlike(mine: str, other: str) -> int:
    """What it costs to take one word for another: their letters that differ, or most of them where few agree."""
    longest = max(len(mine), len(other))
    most = longest // 2
    if abs(len(mine) - len(other)) <= most:
        differ = _letters_apart()(mine, other, score_cutoff=most)
        if differ <= most:
            return 3 * differ
    return 5 * longest // 2


def _is_like(mine: str, other: str) -> bool:
    return _unlike(mine, other) <= 3 * (max(len(mine), len(other)) // 2)


@cache
def _letters_apart() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    return OSA.distance


def _trimmed(text: str, used: Sequence[Span], words: str) -> Span:
    """The passage without marks at its ends that our own first and last word do not have."""
    start, end = used[0][0], used[-1][1]
    while start + 1 < used[0][1] and not text[start].isalnum() and text[start] != words[0]:
        start += 1
    while end - 1 > used[-1][0] and not text[end - 1].isalnum() and text[end - 1] != words[-1]:
        end -= 1
    return start, end


def _differences(
    source: Folded, words: str, ours: Sequence[Span], theirs: Sequence[Span], pairs: Sequence[Pair], span: Span
) -> Iterator[tuple[Span, Span]]:
    """Runs of words that differ."""
    trimmed = [(max(start, span[0]), min(end, span[1])) for start, end in theirs]

    def same(pair: Pair) -> bool:
        mine, other = pair
        if mine is None or other is None:
            return False
        return words[slice(*ours[mine])] == source.text[slice(*trimmed[other])]

    end, their_end = 0, span[0]
    for equal, run in groupby(pairs, same):
        pairs = list(run)
        mines = [ours[mine] for mine, _ in pairs if mine is not None]
        others = [trimmed[other] for _, other in pairs if other is not None]
        left = (mines[0][0], mines[-1][1]) if mines else (end, end)
        right = (others[0][0], others[-1][1]) if others else (their_end, their_end)
        if not equal:
            yield source.back(*right), left
        end, their_end = left[1], right[1]
