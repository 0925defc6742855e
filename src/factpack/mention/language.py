"""A language as data: its words with their meanings, and the phrases that state a date.

Adding a language means adding mention/languages/<name>.json (written by hand) and <name>.cldr.json (generated
from CLDR by benchmarks/make_languages.py), and tests; no code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from factpack.mention.tokens import DASHES, Tokens, fold
from factpack.mention.triggers import (
    ROMANS,
    date_words,
    number_words,
    part_followers,
    part_words,
    quantity_words,
    triggers,
)

Table = dict[str, Any]


class Form(NamedTuple):
    """A word or a run of words with a meaning: `slot` says which kind, `value` which one."""

    rest: tuple[str, ...]  # the tokens after the first
    slot: str
    value: Any
    written: tuple[str, ...]  # the tokens as they must be written; empty when case is free


class Node:
    """A place in the phrase grammar: which words and slots may follow, and the rule that ends here."""

    __slots__ = ("rule", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.slots: dict[str, list[tuple[str, Node]]] = {}
        self.rule = ""

    def add(self, template: str, rule: str) -> None:
        """Add a phrase such as `{month} {monthday} ,? {year}`; `?` marks what may be left out, `|` a choice."""
        ends = [self]
        for element in template.split():
            optional = element.endswith("?") and len(element) > 1
            choices = [*map(_slot_of, _choices(element.removesuffix("?") if optional else element))]
            nexts = [node._step(*choice) for node in ends for choice in choices]
            ends = nexts + ends if optional else nexts
        for node in ends:
            node.rule = node.rule or rule

    def _step(self, name: str, slot: str) -> Node:
        if not slot:
            if name not in self.words:
                self.words[name] = Node()
            return self.words[name]
        for known, node in self.slots.setdefault(slot, []):
            if known == name:
                return node
        node = Node()
        self.slots[slot].append((name, node))
        return node


def _choices(element: str) -> list[str]:
    return element.split("|") if len(element) > 1 else [element]


def _slot_of(choice: str) -> tuple[str, str]:
    """A choice's name and the slot that it is; a word is none."""
    name = choice[1:-1]
    # {month2} is a second month
    return (name, name.rstrip("2")) if choice[0] == "{" and choice[-1] == "}" else (choice.lower(), "")


class Language:
    """The tables of one language, ready to be looked up; see `language()`."""

    def __init__(self, hand: Table, cldr: Table) -> None:
        self.decimal = str(cldr["decimal"])
        self.group = str(cldr["group"])
        self.hand = hand
        self.cldr = cldr
        self.forms: dict[str, list[Form]] = {}
        self.number_forms: dict[str, list[Form]] = {}
        self.stop_words = frozenset(hand["stop_words"])
        self.plurals = frozenset(hand["plurals"])
        self.singulars = frozenset(hand["singulars"])
        self.ordinals = frozenset(hand["numbers"].get("ordinal", ()))
        self.labels = frozenset(label.lower() for label in hand["labels"])
        self._cased = frozenset(hand["cased"])
        self._add_numbers()
        self._add_dates()
        self._add_quantities()
        self._add_countries()
        for forms in (*self.forms.values(), *self.number_forms.values()):
            forms.sort(key=lambda form: -len(form.rest))
        self.dates = self._grammar()
        self.triggers = triggers(hand, self.forms, self.number_forms, self.dates, self.parts.values())
        self.number_words = number_words(hand, self.number_forms)
        self.run_words = frozenset({*self.number_forms, *hand["joiners"], *hand["point"], *DASHES})
        self.quantity_words = self.number_words | quantity_words(hand, self.forms)
        self.part_words = part_words(hand, self.number_forms, self.parts.values())
        self.date_words = date_words(self.dates, self.forms, self.number_words | self.part_words)
        self.part_followers = frozenset({*hand["ordinal_suffixes"], *part_followers(self.parts.values())})
        self.slot_words = frozenset({*self.forms, *self.number_words, *self.part_words, *ROMANS})
        # What a date that begins with digits can go on with.
        self.after_digits = frozenset(
            {*self.slot_words, *self.run_words, *self.part_followers}.union(
                *(node.words for named in self.dates.slots.values() for _, node in named)
            )
        )
        self.roles = {word: frozenset(form.slot for form in forms) for word, forms in self.forms.items()}
        # What digits can go on with, to more than their number; a month that stands behind them counts for nothing.
        months = {word for word, roles in self.roles.items() if roles == {"month"}}
        goes_on = (self.run_words, hand["ordinal_suffixes"], hand["money_suffix"], hand["linkers"], hand["range_to"])
        self.goes_on = frozenset({"/", ".", *self.forms}).difference(months).union(*goes_on)
        cues = [cue.split() for cue in (*hand["future_cues"], *hand["past_cues"])]
        self.second_cues = frozenset(words[1] for words in cues if len(words) > 1)  # "to" of "planned to"
        self.cues = frozenset({*self.second_cues, *(words[0] for words in cues if len(words) == 1)})
        self.money_prefixes = frozenset({*hand["prefix_words"], *hand["common_codes"]})
        self.plural_ending = re.compile(hand["plural_pattern"])
        self.documents = frozenset(w for w, roles in self.roles.items() if roles & {"document", "document_number"})
        self.countries = frozenset(
            word for word, roles in self.roles.items() if roles == {"country"} and word not in self.number_forms
        )

    def _add(self, slot: str, names: Iterable[str], value: Any, *, into: dict[str, list[Form]] | None = None) -> None:
        table = self.forms if into is None else into
        for name in names:
            keys, words = _cut(name)
            form = Form(tuple(keys[1:]), slot, value, tuple(words) if name != name.lower() else ())
            known = table.setdefault(keys[0], [])
            if form not in known:
                known.append(form)

    def _add_named(self, slot: str, tables: Iterable[Mapping[str, list[str]]]) -> None:
        """Names of months and weekdays: case is free unless the word is also a common one."""
        longest: dict[str, str] = {}
        for table in tables:
            for number, names in table.items():
                longest.setdefault(number, names[0].lower())
                dotted = [name + "." for name in names if _abbreviates(name.lower(), longest[number])]
                for name in (*names, *dotted):
                    low = name.lower()
                    self._add(slot, [name.capitalize() if low.rstrip(".") in self._cased else low], int(number))

    def _add_numbers(self) -> None:
        for role, words in self.hand["numbers"].items():
            for word, value in words.items():
                self._add(role, [word], value, into=self.number_forms)
        numbers = self.hand["numbers"]
        if self.hand["glued_ordinals"]:  # "twentyfifth"
            tens = {word: value for word, value in numbers["add"].items() if value % 10 == 0 and value >= 20}
            ones = {word: value for word, value in numbers["ordinal"].items() if value < 10}
            for ten, one in ((ten, one) for ten in tens for one in ones):
                self._add("ordinal", [ten + one], tens[ten] + ones[one], into=self.number_forms)
        for word, value in self.hand["tens"].items():
            self._add("magnitude", [word], value)

    def _add_dates(self) -> None:
        self._add_named("month", (self.cldr["months"], self.hand["months"]))
        self._add_named("weekday", (self.cldr["weekdays"], self.hand["weekdays"]))
        self._add_named("weekday_short", (self.hand["weekdays_short"],))
        for unit, names in (*self.cldr["time_units"].items(), *self.hand["time_units"].items()):
            self._add("unit", names, unit)
            self._add("many_unit", [name for name in names if name in self.hand["plural_units"]], unit)
            self._add("one_unit", [name for name in names if name not in self.hand["plural_units"]], unit)
        for season, names in self.hand["seasons"].items():
            self._add("season", names, int(season))
        for season, names in self.hand["plain_seasons"].items():
            self._add("plain_season", names, int(season))
        for part in ("quarter", "half", "monthday"):
            for number, names in self.hand[f"{part}_words"].items():
                self._add(part, names, int(number))
        for name, shift in self.hand["shifts"].items():
            self._add("shift", [name], shift)
        for name, shift in self.hand["days"].items():
            self._add("days", [name], shift)
        for name, decade in self.hand["decade_words"].items():
            self._add("decade_word", [name], decade)
        for name, holiday in self.hand["holidays"].items():
            self._add("holiday", [name], tuple(map(int, holiday.split("-"))))
        for name in self.hand["one"]:
            self._add("one", [name], 1)

    def _add_quantities(self) -> None:
        common = frozenset(self.hand["common_codes"])
        for code, names in (*self.cldr["currencies"].items(), *self.hand["currencies"].items()):
            # CLDR gives the bare sign to the currency of the language's main territory.
            own = [name if not name[0].isalpha() or "$" in name else name.lower() for name in names]
            written = names if code in self.hand["currencies"] and names is self.hand["currencies"][code] else own
            self._add("currency", [name for name in written if name != "$" or code == "$"], code)
            if len(code) == 3 and code.isupper():
                signs = [name for name in names if not name[0].isalnum() and name != "$"]
                self._add("million_currency", [f"M{name}" for name in (code, *signs)], code)
                self._add("currency", [code, *({code.lower()} & common)], code)
        for code, names in self.hand["cents"].items():
            self._add("cent", names, code)
        for unit, names in self.hand["percent"].items():
            self._add("percent", names, unit)
        for unit, names in self.hand["per"].items():
            self._add("per", names, unit)
        for names in (self.hand["many"],):
            self._add("many", names, "")
        for comparator, names in self.hand["comparators_after"].items():
            self._add("after", names, comparator)
        self.comparators: dict[tuple[str, ...], str] = {}
        self.comparator_lengths: dict[str, list[int]] = {}  # by the last word, longest first
        for comparator, names in self.hand["comparators"].items():
            for name in names:
                keys = Tokens(name).keys
                self.comparators.setdefault(tuple(keys), comparator)
                self.comparator_lengths.setdefault(keys[-1], []).append(len(keys))
        for last, lengths in self.comparator_lengths.items():
            self.comparator_lengths[last] = sorted(set(lengths), reverse=True)
        for kind, names in self.hand["documents"].items():
            self._add("document", names, kind)
        self._add("document_number", self.hand["document_number"], "")

    def _add_countries(self) -> None:
        for table in (self.cldr["territories"], self.hand["country_aliases"]):
            for code, names in table.items():
                plain = [name.replace("’", "'") for name in names]
                folded = map(fold, names) if self.hand["fold_countries"] else ()
                self._add("country", {*names, *plain, *folded}, code)
        self._add("country", self.hand["not_countries"], "")

    def _grammar(self) -> Node:
        root = Node()
        for rule, templates in self.hand["dates"].items():
            for template in templates:
                root.add(template, rule)
        self.parts = {}
        for part in ("quarters", "halves", "decades", "centuries"):
            node = Node()
            for template in self.hand[part]:
                node.add(template, part)
            self.parts[part] = node
        return root

    def forms_at(self, tokens: Tokens, index: int, table: dict[str, list[Form]]) -> list[tuple[Form, int]]:
        """The forms that stand at this token, longest first, each with the index behind it."""
        keys = tokens.keys
        forms = table.get(keys[index])
        if forms is None:
            return []
        found: list[tuple[Form, int]] = []
        for form in forms:
            end = index + 1
            if rest := form.rest:
                if end == len(keys) or keys[end] != rest[0]:
                    continue
                end += len(rest)
                if len(rest) > 1 and tuple(keys[index + 1 : end]) != rest:
                    continue
            if not form.written or _as_written(tokens, index, form.written):
                found.append((form, end))
        return found


def _cut(name: str) -> tuple[list[str], list[str]]:
    """The tokens of a name, in lower case and as written."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.lower().split(), name.split()  # as below, in a third of the time: most names are such
    tokens = Tokens(name)
    return tokens.keys, [name[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def _abbreviates(short: str, full: str) -> bool:
    return short != full and not short.endswith(".") and full.startswith(short)


def _as_written(tokens: Tokens, index: int, written: tuple[str, ...]) -> bool:
    """Whether the words stand there with these capitals, or in capitals throughout."""
    text = tokens.text
    for offset, word in enumerate(written):
        found = text[tokens.starts[index + offset] : tokens.ends[index + offset]]
        if found != word and found != word.upper() and (offset or found != word[:1].upper() + word[1:]):
            return False
    return True


_FOLDER = Path(__file__).parent / "languages"
LANGUAGES = sorted(path.name.partition(".")[0] for path in _FOLDER.glob("*.cldr.json"))
"""The languages that there is data for, by their ISO 639-1 codes."""


def known(tag: str) -> str:
    """The ISO 639-1 code that a BCP 47 tag begins with; raises ValueError when there is no data for it."""
    code = tag.partition("-")[0]
    if code not in LANGUAGES:
        raise ValueError(f"texts are read in {', '.join(LANGUAGES)}: there is no data for the language `{tag}`")
    return code


@lru_cache(maxsize=8)
def language(name: str) -> Language:
    """The language of this BCP 47 tag, whatever its region; raises ValueError when there is no data for it."""
    code = known(name)
    hand, cldr = _FOLDER / f"{code}.json", _FOLDER / f"{code}.cldr.json"
    return Language(json.loads(hand.read_text("utf-8")), json.loads(cldr.read_text("utf-8")))
