"""factpack: hand-curated facts, checked against the words of their sources.

A dataset's `schema/` imports its building blocks from here, and whoever uses published data `load`; each is
loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from factpack.edtf import Edtf as Edtf
    from factpack.fact import ArticleFields as ArticleFields
    from factpack.fact import Entity as Entity
    from factpack.fact import Fact as Fact
    from factpack.fact import Flag as Flag
    from factpack.fact import Integer as Integer
    from factpack.fact import Item as Item
    from factpack.fact import Number as Number
    from factpack.fact import Quote as Quote
    from factpack.fact import Words as Words
    from factpack.fields import RenamedFrom as RenamedFrom
    from factpack.grounding import Amount as Amount
    from factpack.grounding import Comparison as Comparison
    from factpack.grounding import Cue as Cue
    from factpack.grounding import Dated as Dated
    from factpack.grounding import DocumentNumber as DocumentNumber
    from factpack.grounding import External as External
    from factpack.grounding import Judged as Judged
    from factpack.grounding import Ref as Ref
    from factpack.grounding import Unit as Unit
    from factpack.grounding import Verbatim as Verbatim
    from factpack.grounding import Wording as Wording
    from factpack.package.loading import Release as Release
    from factpack.package.loading import load as load
    from factpack.vocabulary import Comparator as Comparator
    from factpack.vocabulary import Vocabulary as Vocabulary

_NAMES = {
    "edtf": "Edtf",
    "fact": "ArticleFields Entity Fact Flag Integer Item Number Quote Words",
    "fields": "RenamedFrom",
    "grounding": "Amount Comparison Cue Dated DocumentNumber External Judged Ref Unit Verbatim Wording",
    "package.loading": "Release load",
    "vocabulary": "Comparator Vocabulary",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'factpack' has no attribute {name!r}")
    return getattr(import_module(f"factpack.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*_HOME, "__version__"]
