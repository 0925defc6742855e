"""The words that a mention can begin with, and what has to follow them.

A scan for these is all that most of a text costs, so the common words among them ("the" of "the quarter",
"a" of "a dozen") count only before a word that can go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factpack.mention.language import Form, Node

ANYTHING: frozenset[str] = frozenset()
DIGITS = "0"  # stands among followers for every token of digits

# Slots of `Language.forms` that begin a mention by themselves.
_FIRST = ("currency", "many", "magnitude", "country")
# Congresses and centuries are counted in Roman numerals, in French with a suffix ("XXIe siècle").
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMANS = frozenset(ten + one for ten in ("", "x", "xx") for one in _ONES) - {""}
_CENTURIES = sorted(roman for roman in ROMANS if len(roman) > 1 or roman == "x")
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SIGNS = ("-", "−", ".", ",")
_DIGIT_SLOTS = ("decade_long", "decade_short", "digit", "n", "y", "m", "d", "day_only", "yy", "hour", "clock")


def triggers(
    hand: Mapping[str, Any],
    forms: Mapping[str, list[Form]],
    number_forms: Mapping[str, list[Form]],
    grammar: Node,
    parts: Iterable[Node],
) -> dict[str, frozenset[str]]:
    """Each word with the tokens that may follow it; `ANYTHING` where all may."""
    found: dict[str, frozenset[str]] = {}
    numbers = {DIGITS, *number_forms, *hand["half"]}

    def add(word: str, followers: Iterable[str] | None) -> None:
        if followers is None or found.get(word) == ANYTHING:
            found[word] = ANYTHING
        elif more := frozenset(followers):
            found[word] = found.get(word, ANYTHING) | more

    words_by_slot: dict[str, set[str]] = {}
    for word, entries in forms.items():
        for form in entries:
            words_by_slot.setdefault(form.slot, set()).add(word)

    def starts(slot: str) -> set[str]:
        return words_by_slot.get(slot, set())

    roots = (grammar, *parts)
    first = {*_FIRST, *(slot for node in roots for slot in node.slots)} - {"one"}
    for table in (forms, number_forms):
        for word, entries in table.items():
            for form in entries:
                if form.slot == "document" or form.slot == "document_number":
                    add(word, form.rest[:1] or {DIGITS, "(", *starts("document_number")})
                elif form.slot in first or (table is number_forms and form.slot != "suffix"):
                    add(word, form.rest[:1] or None)
    slot_words = {slot: starts(slot) for node in _nodes(roots) for slot in node.slots}
    part_words = {word for node in parts for word in node.words}
    for root in roots:
        for word, node in root.words.items():
            if node.rule:
                add(word, None)
            add(word, node.words)
            for slot in node.slots:
                add(word, slot_words[slot] or ({DIGITS} if slot in _DIGIT_SLOTS else numbers | part_words))
    for word in hand["one"]:
        add(word, numbers | starts("unit") | starts("currency"))
    for word, _ in hand["between"]:
        add(word, numbers | starts("currency") | set(hand["minus"]))
    for word in hand["minus"]:
        add(word, numbers)
    for word in (*hand["half"], *hand["ordinal_prefixes"]):
        add(word, None)
    for century in _CENTURIES:
        for suffix in hand["ordinal_suffixes"]:
            add(century + suffix, None)
    for fraction in _FRACTIONS:
        found[fraction] = ANYTHING
    for sign in _SIGNS:
        found[sign] = frozenset((DIGITS, "." if sign in "-−" else DIGITS, "," if sign in "-−" else DIGITS))
    return found


def number_words(hand: Mapping[str, Any], number_forms: Iterable[str]) -> frozenset[str]:
    """The words and signs that a number can begin with."""
    words = {*number_forms, *hand["one"], *hand["half"], *hand["minus"], *hand["ordinal_prefixes"]}
    return frozenset({*words, *_FRACTIONS, *_SIGNS})


def quantity_words(hand: Mapping[str, Any], forms: Mapping[str, list[Form]]) -> frozenset[str]:
    """The words that a quantity can begin with besides a number."""
    slots = {"currency", "many", "magnitude"}
    words = {word for word, entries in forms.items() if any(form.slot in slots for form in entries)}
    return frozenset(words | {word for word, _ in hand["between"]})


def part_words(hand: Mapping[str, Any], number_forms: Iterable[str], parts: Iterable[Node]) -> frozenset[str]:
    """The words that a quarter, half, decade or century can begin with."""
    suffixes = ("", *hand["ordinal_suffixes"])
    romans = {century + suffix for century in _CENTURIES for suffix in suffixes}
    return frozenset({*number_forms, *romans, *hand["decade_words"], *(word for node in parts for word in node.words)})


def date_words(grammar: Node, forms: Mapping[str, list[Form]], numbers: frozenset[str]) -> frozenset[str]:
    """The words that a date can begin with."""
    words = {word for word, entries in forms.items() if any(form.slot in grammar.slots for form in entries)}
    return frozenset({*grammar.words, *words, *numbers, *ROMANS})


def part_followers(parts: Iterable[Node]) -> set[str]:
    """The words behind the first number of a quarter, half, decade or century."""
    nodes = [node for part in parts for named in part.slots.values() for _, node in named]
    return {word for node in nodes for word in node.words}


def _nodes(roots: Iterable[Node]) -> Iterable[Node]:
    return [node for root in roots for node in root.words.values()]
