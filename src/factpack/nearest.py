"""What was meant: the passage that comes closest to words which are not in a source, the value that is a slip away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby

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
    # The place found is as long as the words; what they leave out or add lies around it, the farther the less alike.
    start, end, low, high, score = found
    reach = min(len(words), round((100 - score) / 25 * len(words)) + 16)
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


def _closest(text: str, words: str, low: int, high: int) -> tuple[int, int, int, int, float] | None:
    """Where the words come closest, the paragraph of that place, and how much alike both are."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import LCSseq

    cut = {offset: (piece, line) for offset, piece, line in _pieces(text, low, high, len(words))}
    pieces = (
        (-200 * common / max(1, min(len(words), len(piece)) + common), offset)
        for piece, common, offset in process.extract(
            words, {offset: piece for offset, (piece, _) in cut.items()}, scorer=LCSseq.similarity, limit=None
        )
    )
    best: tuple[int, int, int, int, float] | None = None
    score, effort = MIN_SCORE, 0
    # No passage of a piece has more letters in common with the words than the piece has: that is quick to see, and says
    # how alike they can be at best. Of pieces that are as much alike the first is meant.
    for most, offset in sorted(pieces):
        piece, line = cut[offset]
        if -most < score - 1e-6 or effort > EFFORT:
            break
        effort += len(piece) * len(words) ** 2
        found = fuzz.partial_ratio_alignment(words, piece, score_cutoff=score)
        if found and (best is None or found.score > score or (found.score == score and offset < best[0])):
            score = found.score
            # Where the piece is the shorter one, all of it is the place.
            place = (found.dest_start, found.dest_end) if len(words) <= len(piece) else (0, len(piece))
            best = (offset + place[0], offset + place[1], *line, score)
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
    pairs: list[Pair] = []
    mine = other = 0
    for ours_at, theirs_at, size in _same_runs(ours, theirs):
        between = _cheapest(ours[mine:ours_at], theirs[other:theirs_at], begun=mine > 0, last=ours_at == len(ours))
        pairs.extend((a if a is None else a + mine, b if b is None else b + other) for a, b in between)
        pairs.extend((ours_at + step, theirs_at + step) for step in range(size))
        mine, other = ours_at + size, theirs_at + size
    return pairs


Run = tuple[int, int, int]
"""Words in a row: where ours begin, where the same ones of theirs do, how many they are."""


def _same_runs(ours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    """The runs that stand for each other, and the end of both."""
    from rapidfuzz.distance import LCSseq

    found: list[Run] = []
    blocks = LCSseq.editops(ours, theirs).as_matching_blocks()
    *runs, end = ((block.a, block.b, block.size) for block in blocks)
    for run in runs:
        # Words that are farther off than they are many may stand there by chance.
        while found and _apart(found[-1], run) > found[-1][2]:
            found.pop()
        if run[2] > 1 and (not found or _apart(found[-1], run) <= run[2]):
            found.append(run)
    return [*found, end]


def _apart(one: Run, other: Run) -> int:
    """How many more words there are between two runs on one side than on the other."""
    return abs((other[1] - one[1]) - (other[0] - one[0]))


def _cheapest(ours: Sequence[str], theirs: Sequence[str], *, begun: bool, last: bool) -> list[Pair]:
    """The same between such runs; of theirs, words before the first run and behind the last may be left."""
    # What the source has more than we have costs a third: words are left out sooner than made up.
    gaps = [len(word) + 1 for word in theirs]
    costs = list(accumulate(gaps, initial=0)) if begun else [0] * (len(theirs) + 1)
    ways: list[list[int]] = [[1] * len(costs)] * begun  # 0 both, 1 theirs alone, 2 ours alone
    for mine in ours:
        alone = 3 * (len(mine) + 1)
        row, way = [costs[0] + alone], [2]
        for at, other in enumerate(theirs):
            best, chosen = row[at] + gaps[at], 1
            cost = costs[at] + min(_unlike(mine, other), alone - 1)
            if cost <= best:
                best, chosen = cost, 0
            if costs[at + 1] + alone < best:
                best, chosen = costs[at + 1] + alone, 2
            row.append(best)
            way.append(chosen)
        costs = row
        ways.append(way)
    column = min(range(len(costs)), key=costs.__getitem__) if last else len(theirs)
    return _way_back(ways, column, len(ours) - len(ways))


def _way_back(ways: Sequence[Sequence[int]], column: int, shift: int) -> list[Pair]:
    pairs: list[Pair] = []
    row = len(ways) - 1
    while row >= 0 and (row + shift >= 0 or column > 0):
        way = ways[row][column]
        pairs.append((None if way == 1 else row + shift, None if way == 2 else column - 1))
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
    if mine == other:
        return 0
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
