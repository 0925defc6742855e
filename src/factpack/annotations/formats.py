"""Which format a file has, by its name and what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.annotations import brat, label_studio, langextract, wadm
from factpack.annotations.mark import Mark, Passed, Problem
from factpack.text import Text


def marks(text: Text) -> Iterator[Mark | Passed | Problem]:
    """What is marked in a file of any format."""
    name = text.path.lower()
    if name.endswith(".ann"):
        yield from brat.read(text)
    elif name.endswith(".jsonl"):
        yield from langextract.read(text)
    elif name.endswith((".json", ".jsonld")):
        web = name.endswith(".jsonld") or '"@context"' in text.content[:100_000]
        yield from wadm.read(text) if web else label_studio.read(text)
    else:
        yield Problem(text.path, 1, "files of annotations end in .ann (brat), .jsonl (LangExtract), .json or .jsonld")
