"""brat's standoff format: a text, and beside it a file with one annotation on a line.

Offsets count code points, a CR LF being two. A text-bound annotation over a line break is written as two fragments,
because a line of the file holds the marked words. What brat has no place for (the id and the values of a record)
stands in notes of the type `Factpack`, one for each value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from factpack.annotations.curated import Curated
from factpack.annotations.mark import Mark, Passage, Problem
from factpack.quote import Span
from factpack.text import Text

NOTE = "Factpack"
_TEXT = re.compile(r"(T\d+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t(.*)", re.DOTALL)
_RELATION = re.compile(r"R\d+\t(\S+) \w+:([TE]\d+) \w+:([TE]\d+)\s*")
_EVENT = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: [^\s:]+:[TE]\d+)*) *")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) ([TER]\d+)(?: (.*))?")
_NOTE = re.compile(r"#\d+\t(\S+) ([TER]\d+)\t(.*)", re.DOTALL)
_NORMAL = re.compile(r"N\d+\t\S+ ([TER]\d+) (\S+)\t?(.*)")
_NEAR = 2
"""Between fragments as near as this stands a line break only: they are one passage."""


def read(text: Text) -> Iterator[Mark | Problem]:
    """The text-bound annotations and events of an .ann file."""
    marks: dict[str, Mark] = {}
    later: list[tuple[int, str]] = []
    for number, line in enumerate(text.content.split("\n"), 1):
        line = line.removesuffix("\r")
        if match := _TEXT.fullmatch(line):
            key, label, offsets, exact = match.groups()
            spans = [(int(a), int(b)) for a, b in (pair.split(" ") for pair in offsets.split(";"))]
            if any(b <= a for a, b in spans):
                yield Problem(text.path, number, f"{key} ends before it begins")
                continue
            if len(spans) == 1:  # the words decide, not how long the offsets say they are
                spans = [(spans[0][0], spans[0][0] + len(exact))]
            elif sum(b - a + 1 for a, b in spans) != len(exact) + 1:
                yield Problem(text.path, number, f"the fragments of {key} are not as long as its words")
                continue
            document = text.path.rpartition("/")[2].removesuffix(".ann")
            passages = tuple(_passages(spans, exact))
            marks[key] = Mark(text.path, number, document, label, passages, key=f"{text.path}#{key}")
        elif line.strip():
            later.append((number, line))
    events: dict[str, str] = {}
    for number, line in later:
        if event := _EVENT.fullmatch(line):
            key, label, trigger, roles = event.groups()
            if trigger not in marks:
                yield Problem(text.path, number, f"there is no {trigger} for {key}")
                continue
            links = tuple((role, to) for role, _, to in (part.partition(":") for part in roles.split()))
            marks[key] = replace(marks[trigger], line=number, label=label, links=links, key=f"{text.path}#{key}")
            events.setdefault(trigger, key)
    for number, line in later:
        if problem := _said(marks, events, line):
            yield Problem(text.path, number, problem)
    # What triggers an event is no annotation of its own.
    yield from _records({key: mark for key, mark in marks.items() if key not in events}, events)


def _passages(spans: list[Span], exact: str) -> Iterator[Passage]:
    """Fragments with nothing but a line break between them are one passage."""
    at = 0
    start, length, end = spans[0][0], 0, spans[0][0]
    for first, last in [*spans, (-1, -1)]:
        if first < 0 or first - end > _NEAR or first < end:
            yield Passage(exact[at : at + length], start)
            at += length + 1
            start, length = first, last - first
        else:
            length += last - first + (1 if first != start else 0)
        end = last


def _said(marks: dict[str, Mark], events: dict[str, str], line: str) -> str:
    """Add what a line says to the mark that it speaks of; returns what is wrong with it."""
    if _EVENT.fullmatch(line):
        return ""
    if relation := _RELATION.fullmatch(line):
        role, key, to = relation.groups()
        return _add(marks, events, key, lambda mark: replace(mark, links=(*mark.links, (role, to))))
    if attribute := _ATTRIBUTE.fullmatch(line):
        name, key, value = attribute.groups()
        leaf = ((name,), True if value is None else value)
        return _add(marks, events, key, lambda mark: replace(mark, leaves=(*mark.leaves, leaf)))
    if normal := _NORMAL.fullmatch(line):
        key, reference, name = normal.groups()
        note = f"{reference} {name}".strip()
        return _add(marks, events, key, lambda mark: replace(mark, notes=(*mark.notes, note)))
    if note_ := _NOTE.fullmatch(line):
        kind, key, words = note_.groups()
        if kind == NOTE:
            return _add(marks, events, key, lambda mark: _valued(mark, words))
        return _add(marks, events, key, lambda mark: replace(mark, notes=(*mark.notes, words)))
    return "this is no line of brat's format that says something of marked words"


def _add(marks: dict[str, Mark], events: dict[str, str], key: str, change: Callable[[Mark], Mark]) -> str:
    key = events.get(key, key)
    if key not in marks:
        return f"there is no {key}"
    marks[key] = change(marks[key])
    return ""


def _valued(mark: Mark, words: str) -> Mark:
    """A mark with what a note of an export says of it."""
    name, _, value = words.partition(": ")
    if value[:1] == '"':
        with suppress(json.JSONDecodeError):
            value = str(json.loads(value))
    path = tuple(name.split("/"))
    if path == ("id",):
        return replace(mark, record=value)
    if path[0] == "quotes" and mark.passages:
        first, *others = mark.passages
        return replace(mark, passages=(replace(first, leaves=(*first.leaves, (path[1:], value))), *others))
    return replace(mark, leaves=(*mark.leaves, (path, value)))


def _records(marks: dict[str, Mark], events: dict[str, str]) -> Iterator[Mark]:
    """The marks, those of one record united."""
    united: dict[tuple[str, str], Mark] = {}
    for key, mark in marks.items():
        links = tuple((role, f"{mark.path}#{events.get(to, to)}") for role, to in mark.links)
        mark = replace(mark, links=links)
        name = (mark.label, mark.record or f"\t{key}")
        if name in united:
            before = united[name]
            mark = replace(before, passages=before.passages + mark.passages, leaves=before.leaves + mark.leaves)
        united[name] = mark
    yield from united.values()


def written(article: Curated) -> str:
    """The .ann file of an article."""
    lines: list[str] = []
    first: dict[str, str] = {}
    notes: list[str] = []
    for record in article.records:
        for quote in record.quotes:
            key = f"T{len(lines) + 1}"
            fragments = list(_fragments(article.content, quote.span))
            spans = ";".join(f"{a} {b}" for a, b in fragments)
            words = " ".join(article.content[a:b] for a, b in fragments)
            lines.append(f"{key}\t{record.table} {spans}\t{words}")
            notes.append(_note(key, ("id",), record.id))
            notes += [_note(key, ("quotes", *path), value) for path, value in quote.leaves]
            if record.id not in first:
                first[record.id] = key
                notes += [_note(key, value.path, value.value) for value in record.values]
    relations = [
        f"\t{role} Arg1:{first[record.id]} Arg2:{first[target]}"
        for record in article.records
        for role, target in record.references
        if record.id in first and target in first
    ]
    lines += [f"R{number}{relation}" for number, relation in enumerate(dict.fromkeys(relations), 1)]
    lines += [f"#{number}{note}" for number, note in enumerate(notes, 1)]
    return "".join(f"{line}\n" for line in lines)


def configuration(articles: list[Curated]) -> str:
    """brat's annotation.conf for a folder of such files."""
    tables = sorted({record.table for article in articles for record in article.records})
    roles = sorted({role for article in articles for record in article.records for role, _ in record.references})
    relations = [f"{role}\tArg1:<ENTITY>, Arg2:<ENTITY>" for role in roles]
    return "\n".join(["[entities]", *tables, "", "[relations]", *relations, "", "[events]", "", "[attributes]", ""])


def _fragments(content: str, span: Span) -> Iterator[Span]:
    """The parts of a span between the line breaks in it."""
    at = span[0]
    for part in re.split(r"(\r?\n|\r)", content[slice(*span)]):
        if part.strip("\r\n"):
            yield at, at + len(part)
        at += len(part)


def _note(key: str, path: tuple[str, ...], value: str) -> str:
    plain = value and value[0] != '"' and value.isprintable()
    return f"\t{NOTE} {key}\t{'/'.join(path)}: {value if plain else json.dumps(value)}"
