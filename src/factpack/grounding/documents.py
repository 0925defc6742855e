"""Numbers of documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from factpack.grounding.support import Basis, Context, Support, unsupported
from factpack.nearest import likeliest


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document in normal form, such as 12-CT/TW."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        documents = [m for m in context.mentions if m.kind == "document"]
        found = [m for m in documents if m.value == value]
        if found:
            first = found[0]
            printed = {"as_printed": context.source.original[first.start : first.end]}
            return Support(spans=tuple((m.start, m.end) for m in found), derived=printed)
        meant = partial(likeliest, str(value), [m.value for m in documents])
        message = f"the quotes do not have a document with the number {value}"
        return unsupported("document-id-not-in-quote", message, documents, meant)
