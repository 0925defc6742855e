"""factpack: hand-curated facts, checked against the words of their sources.

A dataset's `schema/` imports its building blocks from here; each is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from factpack.edtf import Edtf
    from factpack.fact import ArticleFields, Entity, Fact, Flag, Integer, Item, Number, Quote, Words
    from factpack.grounding import (
        Amount, Comparison, Cue, Dated, DocumentNumber, External, Judged, Ref, Unit, Verbatim, Wording,
    )  # fmt: skip
    from factpack.vocabulary import Comparator, Vocabulary

_HOME = {
    "edtf": ["Edtf"],
    "fact": ["ArticleFields", "Entity", "Fact", "Flag", "Integer", "Item", "Number", "Quote", "Words"],
    "grounding": [
        "Amount", "Comparison", "Cue", "Dated", "DocumentNumber", "External", "Judged", "Ref", "Unit", "Verbatim",
        "Wording",
    ],
    "vocabulary": ["Comparator", "Vocabulary"],
}  # fmt: skip
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted([*_MODULE, "__version__"])  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'factpack' has no attribute {name!r}")
    return getattr(import_module(f"factpack.{_MODULE[name]}"), name)
