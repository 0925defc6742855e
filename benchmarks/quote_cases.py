"""Quotes that must be found and quotes that must not, cut from the flagship's sources and from `quotes.txt`.

Quotes are cut at white space, so what a word is, is decided here by nobody's rules. Every kind of case has a
pattern for what it changes; quotes are cut around places that match it, and one place, or all, are rewritten.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

HERE = Path(__file__).parent
GROUPS = {
    "as it stands": "accepted",
    "altered": "refused",
    "vacuous": "refused",
    "typography of the quote": "accepted",
    "typography of the source": "accepted",
}
PER_KIND = 40
SHORTEST, LONGEST = 40, 250
"""How long quotes are: a peer warns of shorter ones, and this project of ones longer than 300."""
LENGTHS = 4
"""How many quotes of different lengths are cut around a place."""

Change = Callable[[re.Match[str], random.Random], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A quote, the source it is looked for in, and what kind of case it is."""

    group: str
    kind: str
    source: str
    quote: str

    @property
    def wanted(self) -> bool:
        """Whether the quote is to be accepted."""
        return GROUPS[self.group] == "accepted"


@dataclass(frozen=True, slots=True)
class Cut:
    """A quote cut from a text, and the place inside it that matched a pattern."""

    text: str
    start: int
    end: int
    place: re.Match[str]

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    def rewritten(self, new: str) -> str:
        """The quote with its place rewritten."""
        return self.text[self.start : self.place.start()] + new + self.text[self.place.end() : self.end]


def texts() -> list[str]:
    """The sources: the flagship's articles and the written ones."""
    seeds = [path.read_text("utf-8") for path in sorted((HERE.parent / "seeds").glob("*.txt"))]
    written = (HERE / "quotes.txt").read_text("utf-8").partition("\n")[2]
    return seeds + [article.strip() for article in written.split("=====\n")]


def cuts(sources: Sequence[str], pattern: str, rng: random.Random) -> Iterator[Cut]:
    """Quotes around places that match a pattern, in random order; each stands once in its text."""
    places = [
        (text, line.span(), place)
        for text in sources
        for line in re.finditer(r"[^\n]+", text)
        for place in re.compile(pattern).finditer(text, *line.span())
    ]
    places *= LENGTHS
    rng.shuffle(places)
    seen = set()
    for text, (low, high), place in places:
        words = [(low + word.start(), low + word.end()) for word in re.finditer(r"\S+", text[low:high])]
        inside = [n for n, (start, end) in enumerate(words) if end >= place.start() and start <= place.end()]
        if not inside:
            continue
        first = max(0, min(inside) - rng.randint(1, 8))
        last = min(len(words) - 1, max(inside) + rng.randint(1, 8))
        cut = Cut(text, words[first][0], words[last][1], place)
        known = (cut.quote, place.start())
        if SHORTEST <= len(cut.quote) <= LONGEST and text.count(cut.quote) == 1 and known not in seen:
            seen.add(known)
            yield cut


# --- altered: another text ----------------------------------------------------------------------------

_FILLERS = ("nearly", "certainly", "formerly", "thousand", "hardly", "also", "some")
_MARKED = "[à-öø-ÿāăčćđēěęğłńňōőřśšūůýžźżơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐÉÍÎŽ]"


def _another_word(place: re.Match[str], rng: random.Random) -> str:
    words: list[str] = [word for word in re.findall(r"\b[a-z]{4,}\b", place.string) if word != place[0]]
    return rng.choice(words)


def _another_digit(place: re.Match[str], rng: random.Random) -> str:
    return rng.choice([digit for digit in "0123456789" if digit != place[0]])


def _another_mark(place: re.Match[str], rng: random.Random) -> str:
    letter = unicodedata.normalize("NFD", place[0].replace("đ", "d").replace("Đ", "D").replace("ł", "l"))[0]
    marked = [unicodedata.normalize("NFC", letter + mark) for mark in "\u0300\u0301\u0302\u0303"]
    return rng.choice([form for form in (letter, *marked) if form != place[0] and len(form) == 1])


def _drop(place: re.Match[str], rng: random.Random) -> str:
    return ""


ALTERATIONS: dict[str, tuple[str, Change]] = {
    "a word changed": (r"(?<= )[a-z]{4,}(?= )", _another_word),
    "a word dropped": (r"(?<= )[^\W\d]+ (?=\S)", _drop),
    "a word added": (r"(?<= )(?=\w)", lambda place, rng: f"{rng.choice(_FILLERS)} "),
    "a digit changed": (r"\d", _another_digit),
    "a sign dropped": (r"(?<= )[-−+](?=\d)", _drop),
    "a sign added": (r"(?<= )(?=\d)", lambda place, rng: rng.choice("-−")),
    "case changed": (r"(?<= )[^\W\d_](?=\w)", lambda place, rng: place[0].swapcase()),
    "a diacritic changed": (_MARKED, _another_mark),
    "a decimal mark changed": (r"(?<=\d)[.,](?=\d)", lambda place, rng: ",." [place[0] == ","]),
    "a currency changed": (r"[$€£](?=\d)|VND(?=\d)", lambda place, rng: rng.choice("¥₫")),
    "a look-alike letter": (r"(?<=[a-z])[aeop](?=[a-z])", lambda place, rng: "аеор"["aeop".index(place[0])]),
    "order swapped": (r"(?<= )([^\W\d]{2,}) (?!\1\b)([^\W\d]{2,})(?= )", lambda place, rng: f"{place[2]} {place[1]}"),
    "a negation dropped": (r"(?<= )(?:[Nn]ot|never|[Nn]o) |(?<=\w)n[’']t\b", _drop),
    "punctuation changed": (r"(?<=\w)[,;:](?= )", lambda place, rng: rng.choice(["", *",;:.".replace(place[0], "")])),
}  # fmt: skip


def _squashed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _altered(sources: Sequence[str], rng: random.Random) -> Iterator[Case]:
    for kind, (pattern, change) in ALTERATIONS.items():
        made = 0
        for cut in cuts(sources, pattern, rng):
            quote = cut.rewritten(change(cut.place, rng))
            if _squashed(quote) not in _squashed(cut.text):
                yield Case("altered", kind, cut.text, quote)
                made += 1
            if made == PER_KIND:
                break
    yield from _trimmed(sources, rng)
    yield from _joined(sources, rng)


def _trimmed(sources: Sequence[str], rng: random.Random) -> Iterator[Case]:
    """Quotes that begin or end inside a word, or inside a number or behind its sign."""
    kinds = {
        "trimmed inside a word": r"\b[^\W\d_]{2,}()[^\W\d_]+",
        "trimmed inside a number": r"\b\d+(?:[.,](?=\d)|(?=[.,]\d)|[–](?=\d))()|(?<!\w)[-−+$€£]()(?=\d)|\d()%",
    }
    for kind, pattern in kinds.items():
        for number, cut in enumerate(islice(cuts(sources, pattern, rng), PER_KIND)):
            inside = max(cut.place.start(group) for group in range(1, cut.place.re.groups + 1))
            ends_inside = cut.text[inside : inside + 1] == "%" or (number % 2 and cut.text[inside - 1].isalnum())
            quote = cut.text[cut.start : inside] if ends_inside else cut.text[inside : cut.end]
            if cut.text.count(quote) == 1:
                yield Case("altered", kind, cut.text, quote)


def _joined(sources: Sequence[str], rng: random.Random) -> Iterator[Case]:
    """The end of a paragraph and the beginning of the next, or two parts of a sentence with dots between."""
    for text in sources:
        lines = [words for line in text.split("\n") if len(words := line.split()) > 8]
        for one, other in pairwise(lines):
            parts = one[-rng.randint(4, 8) :], other[: rng.randint(4, 8)]
            yield Case("altered", "two paragraphs joined", text, " ".join([*parts[0], *parts[1]]))
    for cut in islice(cuts(sources, r"(?<= )\w+ \w+ \w+ (?=\w)", rng), PER_KIND):
        yield Case("altered", "words left out for dots", cut.text, cut.rewritten("... "))


# --- vacuous: no evidence -----------------------------------------------------------------------------

_STOP_WORDS = ("a", "an", "and", "at", "by", "for", "he", "if", "in", "is", "it", "of", "on", "or", "the", "to", "was")
_ONLY_MARKS = (".", ",", "—", "“”", "...", "…", "()", "’", " - ", "; ,", "%", "&amp;", "[]", "[…]")
_ONLY_BLANKS = ("", " ", "\n", "\u00a0", "\u200b", "\u00ad", "\t \u2003", "&nbsp;")


def _vacuous(sources: Sequence[str], rng: random.Random) -> Iterator[Case]:
    for text in sources:
        words = set(re.findall(r"[^\W\d_]+", text))
        letters = sorted({word for word in words if len(word) == 1} | set(rng.sample("abcdefghilmnoprstuy", 2)))
        stops = sorted(words & {form for word in _STOP_WORDS for form in (word, word.capitalize())})
        pairs = sorted(set(re.findall(rf"\b(?:{'|'.join(_STOP_WORDS)}) (?:{'|'.join(_STOP_WORDS)})\b", text)))
        yield from (Case("vacuous", "nothing", text, blank) for blank in _ONLY_BLANKS)
        yield from (Case("vacuous", "one letter", text, letter) for letter in letters)
        yield from (Case("vacuous", "a stop word", text, word) for word in stops)
        yield from (Case("vacuous", "two stop words", text, pair) for pair in pairs)
        yield from (Case("vacuous", "punctuation only", text, marks) for marks in _ONLY_MARKS)
        yield Case("vacuous", "the whole article", text, text)
        yield Case("vacuous", "the whole article", text, " ".join(text.split()))


# --- typography: the same text ------------------------------------------------------------------------

_SPACES = "\u2002\u2003\u2009\u200a\u202f\u205f\u3000"
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_ENTITIES = {"’": "rsquo", "‘": "lsquo", "“": "ldquo", "”": "rdquo", "—": "mdash", "–": "ndash", "…": "hellip",
             "é": "eacute", "É": "Eacute", "ö": "ouml", "è": "egrave", "ñ": "ntilde", "à": "agrave", "ç": "ccedil",
             "$": "dollar", "€": "euro", "£": "pound", " ": "nbsp", "'": "apos"}  # fmt: skip
_INSIDE_WORD = r"(?<=[a-z]{3})(?=[a-z]{3})"


def _curly(place: re.Match[str], rng: random.Random) -> str:
    if place[0] == "'":
        return "’"
    return "“" if place.start() == 0 or place.string[place.start() - 1].isspace() else "”"


TYPOGRAPHY: dict[str, tuple[str, Change]] = {
    "straight quotation marks": ("[‘’“”]", lambda place, rng: "'" if place[0] in "‘’" else '"'),
    "curly quotation marks": ("['\"]", _curly),
    "other quotation marks": ("[“”]", lambda place, rng: "„" if place[0] == "“" else "‟"),
    "no-break spaces": (r"(?<=\S) (?=\S)", lambda place, rng: "\u00a0"),
    "thin, wide and other spaces": (r"(?<=\S) (?=\S)", lambda place, rng: rng.choice(_SPACES)),
    "two spaces and tabs": (r"(?<=\S) (?=\S)", lambda place, rng: rng.choice(["  ", "\t", " \t "])),
    "line breaks": (r"(?<=\S) (?=\S)", lambda place, rng: rng.choice([" ", "\n", "\r\n", "\n    "])),
    "kinds of hyphens": (r"(?<=\w)-(?=\w)", lambda place, rng: rng.choice("‐‑")),
    "kinds of dashes": ("[–—]|(?<= )-(?= )", lambda place, rng: rng.choice(sorted(set("-–—―‒") - {place[0]}))),
    "kinds of minus": (r"(?<![\w-])[-−](?=\d)", lambda place, rng: "−" if place[0] == "-" else "-"),
    "combined letters (NFD)": (_MARKED, lambda place, rng: unicodedata.normalize("NFD", place[0])),
    "soft hyphens": (_INSIDE_WORD, lambda place, rng: "\u00ad"),
    "zero width between words": (r"(?<=\S) (?=\S)", lambda place, rng: rng.choice([" \u200b", "\u200b ", "\ufeff "])),
    "zero width inside words": (_INSIDE_WORD, lambda place, rng: rng.choice("\u200b\u200c\u200d\u2060\ufeff")),
    "ligatures": ("ffi|ffl|ff|fi|fl", lambda place, rng: _LIGATURES[place[0]]),
    "ellipsis": (r"\.\.\.|…", lambda place, rng: "…" if place[0] == "..." else "..."),
    "HTML entities, named": (f"[{''.join(_ENTITIES)}]", lambda place, rng: f"&{_ENTITIES[place[0]]};"),
    "HTML entities, numbered": (r"[^\w\s,.;:-]|[^\x00-\x7f]",
                                lambda place, rng: rng.choice([f"&#{ord(place[0])};", f"&#x{ord(place[0]):x};"])),
}  # fmt: skip
SEVERAL = "several at once"


def _varied(kind: str, text: str, rng: random.Random) -> str:
    if kind == SEVERAL:
        for one in ("soft hyphens", "HTML entities, named", "no-break spaces", "ligatures", "kinds of hyphens"):
            text = _varied(one, text, rng)
        return text
    pattern, change = TYPOGRAPHY[kind]
    return re.sub(pattern, lambda place: change(place, rng), text)


def _typography(sources: Sequence[str], rng: random.Random) -> Iterator[Case]:
    for kind in (*TYPOGRAPHY, SEVERAL):
        pattern = TYPOGRAPHY[kind][0] if kind in TYPOGRAPHY else r"fi|-"
        for cut in islice(cuts(sources, pattern, rng), PER_KIND):
            varied = _varied(kind, cut.quote, rng)
            assert varied != cut.quote
            yield Case("typography of the quote", kind, cut.text, varied)
            if kind == "line breaks":
                continue  # in a source a line break ends the paragraph
            # The same places of the source, and others of it.
            outer = _varied(kind, cut.text[: cut.start], rng), _varied(kind, cut.text[cut.end :], rng)
            yield Case("typography of the source", kind, outer[0] + varied + outer[1], cut.quote)


def cases(seed: int) -> list[Case]:
    """All cases; the same for the same seed."""
    rng = random.Random(seed)
    sources = texts()
    plain = (Case("as it stands", "unaltered", cut.text, cut.quote) for cut in cuts(sources, r"(?<= )(?=\w)", rng))
    assert all(html.unescape(text) == text for text in sources)
    return [*islice(plain, 3 * PER_KIND), *_altered(sources, rng), *_vacuous(sources, rng), *_typography(sources, rng)]
