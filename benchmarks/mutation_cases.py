"""Changes of a dataset's curation, one cell each, and rewrites that change nothing; made by edits of the YAML text.

A changed file is read again in memory and checked with all others as they were loaded: nothing is written.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from quote_cases import TYPOGRAPHY, Change

from factpack.article import Article, Statement, by_word, read_article
from factpack.checks import conclude, examine_file, run, told
from factpack.dataset import Dataset, extract
from factpack.diagnostic import Diagnostic, Route, Severity
from factpack.grounding import Amount, Comparison, Cue, Dated, DocumentNumber, Ref, Unit, Verbatim, Wording
from factpack.text import Text
from factpack.todo import todos
from factpack.tree import read

LISTED = "listed"
"""In place of a severity: `todo` lists it."""

Finding = tuple[str, str, str, str]
"""Severity, rule, file and message."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one place of one file: `text[start:end]` becomes `typed`.

    `cell` is how it is counted: "grounded"; "quoted", a quote or a whole record; "judged", what stands by a curator's
    reason, and which record an id means; "worded", a word of a free wording; "deleted"; "harmless".
    """

    kind: str
    file: str
    record: str
    route: Route
    old: str
    new: str
    start: int
    end: int
    typed: str
    cell: str = "grounded"

    @property
    def field(self) -> str:
        """The cell's field, with the place in its list."""
        steps = self.route[1:] if self.route[0] == "article" else self.route[2:]
        return ".".join(str(step) for step in steps)


# --- reading a changed file ---------------------------------------------------------------------------


class Trial:
    """A loaded dataset, and what the checks find after one of its files is edited."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.before = Counter(map(_told, run(dataset)))
        pairs = zip(dataset.files, dataset.extracts.files, strict=True)
        self.others = {file.path: examine_file(file, extracted)._replace(found=()) for file, extracted in pairs}
        self.names = by_word({name for r in dataset.registers for e in r.entries for name in e.values.names})

    def reread(self, edit: Edit) -> Article:
        """The edited file, read again."""
        article = next(article for article in self.dataset.articles if article.path == edit.file)
        content = article.text.content[: edit.start] + edit.typed + article.text.content[edit.end :]
        tree = read(Text(article.path, content))
        return _with_what_is_known(
            read_article(tree, article.article_id, article.source, article.sha256, article.shared), article
        )

    def new_findings(self, edit: Edit) -> list[Finding]:
        """What is found after an edit and was not before: errors first."""
        told = dict.fromkeys(map(_told, self.new_diagnostics(edit)))
        return sorted(told, key=lambda finding: (finding[0] != Severity.ERROR, finding))

    def new_diagnostics(self, edit: Edit) -> list[Diagnostic]:
        """The same with all that they say, errors first, each part in reading order."""
        left = self.before.copy()
        found = []
        for diagnostic in self._examined(self.reread(edit)):
            left[_told(diagnostic)] -= 1
            if left[_told(diagnostic)] < 0:
                found.append(diagnostic)
        return sorted(told(found), key=lambda diagnostic: diagnostic.severity != Severity.ERROR)

    def _examined(self, article: Article) -> Sequence[Diagnostic]:
        """What is found in one changed article, and by the checks over all articles in any file.

        What the checks of one file find in the others has not changed.
        """
        extracted = extract(article, self.names)
        others = {**self.others, article.path: examine_file(article, extracted)}
        extracts = replace(self.dataset.extracts, files=tuple(each.extract for each in others.values()))
        return conclude([*others.values()], extracts, {**self.dataset.by_path, article.path: article}).found

    def newly_listed(self, edit: Edit) -> list[Finding]:
        """What `todo` lists after an edit and did not before."""
        article = self.reread(edit)
        before = next(one for one in self.dataset.articles if one.path == edit.file)
        known = {(todo.kind, todo.span) for todo in todos(before)}
        new = [todo for todo in todos(article) if (todo.kind, todo.span) not in known]
        return [(LISTED, todo.kind, edit.file, todo.text) for todo in new]

    def reason(self, edit: Edit) -> str:
        """Why a changed cell is not refused: what supports it now."""
        article = self.reread(edit)
        for statement in article.statements:
            if (*statement.entry.route, *statement.steps) == edit.route:
                support = statement.support
                words = [" ".join(article.folded.original[slice(*span)].split()) for span in support.spans[:3]]
                said = "the quotes say " + ", ".join(f"“{said}”" for said in words)
                return said if support.basis == "grounded" else support.reason
        if edit.cell == "deleted":
            before = next(one for one in self.dataset.articles if one.path == edit.file)
            return "quoted by " + (", ".join(_quoting(before, edit.record)[:3]) or "no other record, but without words")
        return "its other words bear the record out" if edit.cell == "quoted" else "only a reader knows which is meant"


def _with_what_is_known(article: Article, before: Article) -> Article:
    """An article that takes over what was worked out about its source, and about the records that are as before."""
    vars(article).update(content=before.content, folded=before.folded, _reading=before._reading)
    # How a record is grounded depends on its values, the article's own, and the names of the others.
    said, old = article.tree.data, before.tree.data
    if said.get("article") != old.get("article") or article._own_names != before._own_names:
        return article
    places = {table: len(records or ()) for table, records in old.items()}
    kept = {
        entry.route: entry
        for entry in before.all_entries
        if entry is before.metadata
        or (
            len(said.get(entry.table) or ()) == places[entry.table]
            and typed(article, entry.route) == typed(before, entry.route)
        )
    }
    entries = tuple(kept.get(entry.route, entry) for entry in article.entries)
    shared = replace(article, entries=entries, metadata=before.metadata)
    vars(shared).update(content=before.content, folded=before.folded, _reading=before._reading)
    statements = [
        before.statements_of(entry) if entry.route in kept else list(shared._ground(entry))
        for entry in shared.all_entries
    ]
    vars(shared)["statements"] = tuple(statement for several in statements for statement in several)
    return shared


def _quoting(article: Article, identity: str) -> list[str]:
    """The other records that quote words of a record's quotes."""
    own = [placed.span for placed in article.quotes if placed.entry.id == identity and placed.span]
    others = [placed for placed in article.quotes if placed.entry.id != identity and placed.span]
    touching = (o.entry.id for o in others for a, b in own if o.span and o.span[0] < b and a < o.span[1])
    return list(dict.fromkeys(touching))


def _told(found: Diagnostic) -> Finding:
    return found.severity.value, found.rule, found.location.text.path, found.message


# --- changes ------------------------------------------------------------------------------------------

_UNITS = ("delegates", "countries", "books", "years", "activities", "people", "households", "tonnes", "visits")
_CURRENCIES = ("USD", "VND", "EUR", "GBP", "JPY", "CNY", "AUD")
_COMPARATORS = ("eq", "gt", "ge", "lt", "le", "approx", "approx_below", "magnitude", "unspecified_many")
_BODIES = ("TW", "TTg", "CP", "QH", "BNG")
_TYPES = ("CT", "NQ", "KL", "QD", "TB")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_WORD = re.compile(r"[^\W\d_]{4,}")
_FREE = "word of a free wording"
_COUNTRIES = ("Brazil", "Canada", "Egypt", "Norway", "Kenya", "Portugal", "Peru", "Iceland")


def mutations(dataset: Dataset, rng: random.Random, per_kind: int) -> list[Edit]:
    """At most so many changes of each kind; of cells that stand by a curator's reason an eighth of that."""
    made: dict[tuple[str, str], list[Edit]] = {}
    seen = set()
    shared = _Choices(dataset)
    for article in dataset.articles:
        for statement in article.statements:
            cell = cell_of(statement)
            if cell and statement.typed:
                for kind, old, new in _changes(statement, article, shared, rng):
                    counted = "worded" if kind == _FREE else cell
                    edit = edit_of(article, (*statement.entry.route, *statement.steps), kind, old, new, counted)
                    if edit.new != edit.old and (edit.file, edit.start, edit.new) not in seen:
                        seen.add((edit.file, edit.start, edit.new))
                        made.setdefault((counted, kind), []).append(edit)
    chosen: list[Edit] = []
    for (counted, _), edits in made.items():
        rng.shuffle(edits)
        chosen.extend(edits[: max(1, per_kind // 8) if counted == "judged" else per_kind])
    return chosen


def cell_of(statement: Statement) -> str:
    """Whether a cell is grounded, or judged with a reason; empty where nothing is compared with its quotes."""
    grounding = statement.field.grounding
    if grounding.basis != "grounded":
        return ""
    reasons: Mapping[str, str] = statement.entry.values.judged or {}
    steps = statement.steps
    item = getattr(statement.entry.values, str(steps[0]))[steps[1]] if len(steps) == 3 else None
    if statement.field.name in reasons or (item is not None and item.judged):
        return "judged"
    # A status that is the table's default needs no word of its own; another one does.
    return "grounded" if statement.support.basis == "grounded" or isinstance(grounding, Cue) else ""


class _Choices:
    """What else might be typed: the ids of every table, and the printed names."""

    def __init__(self, dataset: Dataset) -> None:
        self.ids: dict[str, list[str]] = {}
        for file in dataset.extracts.files:
            for entry in file.entries:
                ids = self.ids.setdefault(entry.table, [])
                if entry.id and entry.id not in ids:
                    ids.append(entry.id)
        self.words = sorted({word for article in dataset.articles for word in _WORD.findall(article.content)})
        self.names = dataset.articles[0].shared.names
        self.printed = dataset.articles[0].shared.printed

    def names_but(self, identity: str, text: str) -> list[str]:
        """The printed names of everything else that a text does not have."""
        names = {name for (_, other), forms in self.printed.items() if other != identity for name in forms}
        return sorted(name for name in names if name[0].isupper() and name not in text)


def _changes(
    statement: Statement, article: Article, shared: _Choices, rng: random.Random
) -> Iterator[tuple[str, str, str]]:
    """Kind, old and new value."""
    grounding = statement.field.grounding
    old = str(typed(article, (*statement.entry.route, *statement.steps)))
    if isinstance(grounding, Ref):
        table = statement.field.target
        kind = "country" if table in ("countries", "country_groups") else "name"
        others = [identity for identity in shared.ids[table] if identity != old]
        for new in rng.sample(others, min(2, len(others))):
            yield kind, old, new
    elif isinstance(grounding, Amount):
        for _ in range(5):
            yield "one digit", old, _digit(old, rng)
    elif isinstance(grounding, Dated):
        for part, span in _dated_parts(old):
            for _ in range(2):
                yield part, old, old[: span[0]] + _date_part(part, old[slice(*span)], rng) + old[span[1] :]
    elif isinstance(grounding, Comparison):
        for new in rng.sample([one for one in _COMPARATORS if one != old], 5):
            yield "comparator", old, new
    elif isinstance(grounding, Unit):
        currency = old in _CURRENCIES
        pool = _CURRENCIES if currency else _UNITS
        for new in rng.sample([one for one in pool if one != old], 5):
            yield "currency" if currency else "unit", old, new
        if currency:
            yield "unit", old, rng.choice(_UNITS)
    elif isinstance(grounding, DocumentNumber):
        for _ in range(8):
            yield "document number", old, _digit(old, rng)
        yield from (("document number", old, re.sub(r"(?<=/).*", body, old)) for body in _BODIES)
        yield from (("document number", old, re.sub(r"(?<=-)\w+(?=/)|(?<=/)\w+(?=-)", kind, old)) for kind in _TYPES)
    elif isinstance(grounding, Cue):
        yield from _cue_changes(statement, grounding, old)
    elif isinstance(grounding, Verbatim | Wording):
        yield from _text_changes(old, shared, rng)
        if words := list(_WORD.finditer(old)):
            word, other = rng.choice(words), rng.choice(shared.words)
            kind = _FREE if isinstance(grounding, Wording) else "word of a text"
            if other.lower() not in old.lower():
                yield kind, old, old[: word.start()] + other + old[word.end() :]


def _cue_changes(statement: Statement, cue: Cue, old: str) -> Iterator[tuple[str, str, str]]:
    if statement.field.name == "realisation":
        yield from (("planned or realised", old, new) for new in ("planned", "realised") if new != old)
        return
    for value in cue.words:
        yield "another value of a list", old, str(getattr(value, "value", value))
    if isinstance(cue.default, str):
        yield "another value of a list", old, cue.default


def _text_changes(old: str, shared: _Choices, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    if re.search(r"\d", old):
        yield "a digit in a text", old, _digit(old, rng)
    for country in re.finditer(r"\b(?:Vi[eệ]t ?Nam|Laos|Cambodia|Japan|China|Cuba|Russia|Singapore|the US)\b", old):
        yield "a country in a text", old, old[: country.start()] + rng.choice(_COUNTRIES) + old[country.end() :]
    for name in {(m.start, m.end): m for m in shared.names.find(old)}.values():
        if old[name.start].isupper():
            other = rng.choice(shared.names_but(name.value, old))
            yield "a name in a text", old, old[: name.start] + other + old[name.end :]


def _digit(text: str, rng: random.Random) -> str:
    at = rng.choice([place.start() for place in re.finditer("[0-9]", text)])
    leading = at == 0 or not text[at - 1].isdigit()
    digit = rng.choice([d for d in "0123456789"[leading:] if d != text[at]])
    return text[:at] + digit + text[at + 1 :]


def _dated_parts(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for point in _DATE.finditer(text):
        yield from ((part, point.span(part)) for part in ("year", "month", "day") if point[part])


def _date_part(part: str, old: str, rng: random.Random) -> str:
    if part == "year":
        return str(int(old) + rng.choice((-10, -2, -1, 1, 2, 10)))
    highest = 12 if part == "month" else 28
    return f"{rng.choice([n for n in range(1, highest + 1) if n != int(old)]):02}"


# --- edits of YAML ------------------------------------------------------------------------------------


def typed(article: Article, route: Route) -> Any:
    """What stands in an article's file at a route."""
    data = article.tree.data
    for step in route:
        data = data[step]
    return data


def edit_of(article: Article, route: Route, kind: str, old: str, new: str, cell: str = "grounded") -> Edit:
    """The value at a route typed anew, in double quotation marks."""
    return _rewrite(kind, article, route, old, new, json.dumps(new, ensure_ascii=False), cell)


def value_span(article: Article, route: Route) -> tuple[int, int]:
    """Where a value stands, without the line ends that belong to a block."""
    place = article.tree.locate(route)
    return place.start, place.start + len(article.text.content[place.start : place.end].rstrip())


# --- rewrites that change nothing ---------------------------------------------------------------------


def harmless(dataset: Dataset, rng: random.Random, per_kind: int) -> list[Edit]:
    """So many rewrites of each kind."""
    rewrites: list[Edit] = []
    quotes = [(a, (*q.entry.route, "quotes", q.index), q.quote.exact) for a in dataset.articles for q in a.quotes]
    texts = [
        (article, (*s.entry.route, *s.steps), str(typed(article, (*s.entry.route, *s.steps))))
        for article in dataset.articles
        for s in article.statements
        if s.typed and isinstance(s.field.grounding, Verbatim | Wording)
    ]
    rewrites.extend(_typographic("typography of a quote", quotes, rng, per_kind))
    rewrites.extend(_typographic("typography of a text", texts, rng, per_kind))
    for kind, style in (("double quotation marks", _double), ("single quotation marks", _single), ("folded", _folded)):
        for article, route, value in rng.sample([*quotes, *texts], per_kind):
            if isinstance(typed(article, route), str) and style(value):
                rewrites.append(_rewrite(kind, article, route, value, style(value)))
    for kind, space in (("blank lines and comments", "\n# a comment\n\n"), ("blanks at the end of a line", "  \n")):
        for article in rng.choices(dataset.articles, k=per_kind):
            ends = [place.start() for place in re.finditer(r"\n(?=\n|[a-z])", article.text.content)]
            at = rng.choice(ends)
            rewrites.append(Edit(kind, article.path, "", ("article",), "", "", at, at + 1, space, "harmless"))
    for article, route, value in rng.sample(texts, per_kind):
        place = value_span(article, route)
        line_end = article.text.content.index("\n", place[1])
        if article.text.content[place[1] : line_end].strip() == "":
            remark = Edit(
                "remark behind a value", article.path, "", route, value, "", line_end, line_end, "  # so", "harmless"
            )
            rewrites.append(remark)
    for table in rng.choices(
        [(a, t) for a in dataset.articles for t in a.tree.data if isinstance(a.tree.data[t], list)], k=per_kind
    ):
        rows = typed(table[0], (table[1],))
        moved = json.dumps(rng.sample(rows, len(rows)), ensure_ascii=False)
        start, end = value_span(table[0], (table[1],))
        rewrites.append(Edit("order of records", table[0].path, "", (table[1],), "", "", start, end, moved, "harmless"))
    records = [(article, entry) for article in dataset.articles for entry in article.entries]
    for article, entry in rng.sample(records, per_kind):
        data = dict(typed(article, entry.route))
        keys = rng.sample(list(data), len(data))
        shuffled = json.dumps({key: data[key] for key in keys}, ensure_ascii=False)
        rewrites.append(_rewrite("order of keys", article, entry.route, "", shuffled))
    return rewrites


def _rewrite(
    kind: str, article: Article, route: Route, old: str, new: str, written: str = "", cell: str = "harmless"
) -> Edit:
    identity = article.article_id if route[0] == "article" else str(typed(article, route[:2])["id"])
    return Edit(kind, article.path, identity, route, old, new, *value_span(article, route), written or new, cell)


def _typographic(
    kind: str, places: Sequence[tuple[Article, Route, str]], rng: random.Random, count: int
) -> Iterator[Edit]:
    ways = sorted(set(TYPOGRAPHY) - {"line breaks"})
    made = 0
    while made < count:
        article, route, value = rng.choice(places)
        way = rng.choice(ways)
        pattern, change = TYPOGRAPHY[way]
        varied = re.sub(pattern, partial(_vary, change, rng), value)
        if varied == value or unicodedata.normalize("NFC", value) != value:
            continue
        written = json.dumps(varied, ensure_ascii=False)
        place = (*route, "exact") if isinstance(typed(article, route), dict) else route
        yield _rewrite(f"{kind}: {way}", article, place, value, written)
        made += 1


def _vary(change: Change, rng: random.Random, place: re.Match[str]) -> str:
    return change(place, rng)


def _double(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _folded(value: str) -> str:
    """A text in quotation marks over several lines, as an editor that wraps lines leaves it."""
    words = value.split(" ")
    lines = [json.dumps(" ".join(words[at : at + 6]), ensure_ascii=False)[1:-1] for at in range(0, len(words), 6)]
    return '"' + "\n          ".join(lines) + '"'
