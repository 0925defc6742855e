"""W3C Web Annotation Data Model, as JSON-LD.

An article is an AnnotationCollection: one annotation for each quote, tagged with its table, and one for each value,
which describes the words that state it. Record, table, path and basis are terms of a second context.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from factpack.annotations.curated import Curated, CuratedRecord
from factpack.annotations.json_places import Placed, objects, parsed, whole, words
from factpack.annotations.mark import Leaf, Mark, Passage, Problem
from factpack.quote import Span
from factpack.text import Text

ANNO = "http://www.w3.org/ns/anno.jsonld"
_TERMS = {"factpack": "urn:factpack:", **{name: f"factpack:{name}" for name in ("record", "table", "path", "basis")}}
_CONTEXT = 32
"""How many characters around the words a selector gives."""


def read(text: Text) -> Iterator[Mark | Problem]:
    """The annotations of a collection, a page, a list, or of one annotation; those of one record united."""
    united: dict[tuple[str, str, str], list[tuple[int, Passage | Leaf]]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for item in _annotations(parsed(text), text):
        if isinstance(item, Problem):
            yield item
            continue
        line = text.position(item.start)[0]
        bodies = item.get("body") if isinstance(item.get("body"), list) else [item.get("body")]
        own = next((body for body in bodies or [] if isinstance(body, Placed) and words(body.get("record"))), None)
        targets = list(_targets(item, text, line))
        yield from (one for one in targets if isinstance(one, Problem))
        found = [one for one in targets if not isinstance(one, Problem)]
        if own is None:
            for document, passage in found:
                label, notes = _said(bodies or [])
                yield Mark(text.path, line, document, label, (passage,), notes=notes)
        elif found:
            key = found[0][0], words(own.get("table")), words(own.get("record"))
            lines.setdefault(key, line)
            number, part = _part(own, found[0][1])
            united.setdefault(key, []).append((number, part))
    for key, parts in united.items():
        yield _record(text.path, lines[key], key, parts)


def _annotations(value: Any, text: Text) -> Iterator[Placed | Problem]:
    if isinstance(value, Problem):
        yield value
        return
    for item in objects(value, text.path, 1, "an annotation"):
        if isinstance(item, Problem):
            yield item
            continue
        line = text.position(item.start)[0]
        kinds = item["type"] if isinstance(item.get("type"), list) and item["type"] else [item.get("type")]
        inner = "first" if "AnnotationCollection" in kinds else "items" if "AnnotationPage" in kinds else ""
        if inner and isinstance(item.get(inner), list | Placed):
            yield from _annotations(item[inner], text)
        elif "Annotation" in kinds:
            yield item
        else:
            yield Problem(text.path, line, f"this is no annotation, nor a collection that holds any: type {kinds[0]}")


def _targets(item: Placed, text: Text, line: int) -> Iterator[tuple[str, Passage] | Problem]:
    targets = item["target"] if isinstance(item.get("target"), list) else [item.get("target")]
    for target in (one if isinstance(one, Placed) else Placed() for one in targets):
        selectors = list(_selectors(target.get("selector")))
        exact = next((s for s in selectors if s.get("type") == "TextQuoteSelector" and words(s.get("exact"))), None)
        place = next((s for s in selectors if s.get("type") == "TextPositionSelector"), Placed())
        if exact is None:
            yield Problem(text.path, line, "this annotation quotes no words: it has no TextQuoteSelector")
            continue
        source = target.get("source")
        document = words(source.get("id")) if isinstance(source, Placed) else words(source)
        passage = Passage(
            words(exact["exact"]), whole(place.get("start")), words(exact.get("prefix")), words(exact.get("suffix"))
        )
        yield unquote(document), passage


def _selectors(value: Any, depth: int = 0) -> Iterator[Placed]:
    """The selectors of a target and those that refine them."""
    for selector in value if isinstance(value, list) else [value]:
        if isinstance(selector, Placed) and depth < 5:
            yield selector
            yield from _selectors(selector.get("refinedBy"), depth + 1)


def _said(bodies: list[Any]) -> tuple[str, tuple[str, ...]]:
    """What a tag names, and what else is said."""
    label, notes = "", []
    for body in bodies:
        value = words(body.get("value") or body.get("id")) if isinstance(body, Placed) else words(body)
        if isinstance(body, Placed) and body.get("purpose") in ("tagging", "classifying", "identifying") and not label:
            label = value if body.get("value") else value.replace("#", "/").rpartition("/")[2]
        elif value:
            notes.append(value)
    return label, tuple(notes)


def _part(body: Placed, passage: Passage) -> tuple[int, Passage | Leaf]:
    """What an annotation of an export adds to its record: a quote with its number, or a value."""
    path = tuple(words(body.get("path")).split("/"))
    if path[0] == "quotes" and len(path) == 2:
        return whole(int(path[1]) if path[1].isascii() and path[1].isdigit() and len(path[1]) < 7 else 0) or 0, passage
    return -1, (path, words(body.get("value")))


def _record(path: str, line: int, key: tuple[str, str, str], parts: list[tuple[int, Passage | Leaf]]) -> Mark:
    document, table, record = key
    leaves = [part for _, part in parts if not isinstance(part, Passage)]
    passages = []
    for number, part in sorted((p for p in parts if isinstance(p[1], Passage)), key=lambda numbered: numbered[0]):
        assert isinstance(part, Passage)
        said = tuple((way[2:], value) for way, value in leaves if way[:2] == ("quotes", str(number)) and way[2:])
        passages.append(Passage(part.exact, part.start, part.prefix, part.suffix, said))
    own = tuple(leaf for leaf in leaves if leaf[0][0] != "quotes")
    return Mark(path, line, document, table, tuple(passages), own, record=record)


def written(article: Curated) -> str:
    """The collection of an article."""
    items = [item for record in article.records for item in _items(article, record)]
    name = quote(article.article_id)
    body = {
        "@context": [ANNO, _TERMS],
        "id": f"urn:factpack:{name}",
        "type": "AnnotationCollection",
        "label": f"Quotes and values curated from {article.source}",
        "total": len(items),
        "first": {"id": f"urn:factpack:{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _items(article: Curated, record: CuratedRecord) -> Iterator[dict[str, Any]]:
    for quoted in record.quotes:
        path = f"quotes/{quoted.number}"
        yield _item(article, record, path, record.table, [quoted.span], "tagging", {})
        for steps, value in quoted.leaves:
            terms = {"basis": "judged"}
            yield _item(article, record, f"{path}/{'/'.join(steps)}", value, [quoted.span], "describing", terms)
    for stated in record.values:
        terms = {"basis": stated.basis}
        yield _item(article, record, "/".join(stated.path), stated.value, stated.spans, "describing", terms)


def _item(
    article: Curated, record: CuratedRecord, path: str, value: str, spans: Any, purpose: str, terms: dict[str, str]
) -> dict[str, Any]:
    name = json.dumps([article.article_id, record.table, record.id, path])
    terms = {"record": record.id, "table": record.table, "path": path, **terms}
    targets = [_target(article, span) for span in spans]
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_OID, name).urn,
        "type": "Annotation",
        "motivation": purpose,
        "body": {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", **terms},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(article: Curated, span: Span) -> dict[str, Any]:
    start, end = span
    content = article.content
    around = {"prefix": content[max(0, start - _CONTEXT) : start], "suffix": content[end : end + _CONTEXT]}
    selector = {"type": "TextQuoteSelector", "exact": content[start:end], **{k: v for k, v in around.items() if v}}
    return {
        "source": quote(article.source),
        "selector": [selector, {"type": "TextPositionSelector", "start": start, "end": end}],
    }
