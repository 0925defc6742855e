"""LangExtract's JSONL: one document on a line, with its text and its extractions.

Offsets count code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from factpack.annotations.json_places import Placed, objects, parsed, whole, words
from factpack.annotations.mark import Mark, Passage, Problem
from factpack.text import Text


def read(text: Text) -> Iterator[Mark | Problem]:
    """The extractions of all documents."""
    starts = [*text.line_starts, len(text.content)]
    for number, (start, end) in enumerate(pairwise(starts), 1):
        if text.content[start:end].strip():
            document = parsed(text, start, end)
            if isinstance(document, Problem):
                yield document
            elif not isinstance(document, Placed) or not isinstance(document.get("extractions") or [], list):
                yield Problem(text.path, number, "a document of LangExtract is an object with a list of `extractions`")
            else:
                yield from _document(document, text.path, number)


def _document(document: Placed, path: str, line: int) -> Iterator[Mark | Problem]:
    for item in objects(document.get("extractions") or [], path, line, "an extraction"):
        if isinstance(item, Problem):
            yield item
            continue
        interval = item.get("char_interval")
        start = whole(interval.get("start_pos")) if isinstance(interval, Placed) else None
        attributes = item.get("attributes")
        yield Mark(
            path,
            line,
            words(document.get("document_id")),
            words(item.get("extraction_class")),
            (Passage(words(item.get("extraction_text")), start),),
            # A list is one value: the field says whether it takes several.
            tuple(((name,), value) for name, value in attributes.items()) if isinstance(attributes, Placed) else (),
            tuple(note for note in [words(item.get("description"))] if note),
            text=words(document.get("text")),
        )
