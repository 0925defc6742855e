"""References to records of registers, borne out by printed names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from factpack.grounding.support import Basis, Context, Span, Support, unsupported
from factpack.mention import Mention
from factpack.nearest import likeliest


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a record of `table`, supported by one of the names that the article prints."""

    table: str
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        spans = [(m.start, m.end) for m in context.mentions if m.kind == "country" and m.value == value]
        is_country = _CODE.fullmatch(str(value)) is not None
        names = context.names(self.table, str(value))
        shared: dict[str, Sequence[str]] = {}
        for name in names:
            found = context.where(name, exact=_is_acronym(name))
            if found and _is_part(name, names):
                found = tuple(span for span in found if not _goes_on(context, span))
            if found and (bearers := context.bearers(self.table, str(value), name)):
                shared[name] = bearers
            else:
                spans.extend(found)
        dates = [] if is_country else [(m.start, m.end) for m in context.mentions if m.kind == "date"]
        spans = [
            span
            for span in dict.fromkeys(spans)
            if not any(start <= span[0] and span[1] <= end for start, end in dates)
            and not context.inside_other_name(span, str(value), country=is_country)
        ]
        if spans:
            return Support(spans=tuple(sorted(spans)))
        others = [m for m in context.mentions if (m.kind == "country" if is_country else m.unit == self.table)]
        alike = _alike(others, names, context) if names else others
        meant = partial(likeliest, str(value), _not_yet([m.value for m in alike], context.referred()))
        if is_country:
            message = f"the quotes do not name the country {value}"
            return unsupported("country-not-in-quote", message, others, meant)
        for name, bearers in shared.items():
            message = f"“{name}” alone may also be `{bearers[0]}`: quote words that only `{value}` goes by"
            return unsupported("name-not-in-quote", message)
        printed = ", ".join(f"“{name}”" for name in names[:4]) or "none is registered"
        message = f"no printed name of `{value}` stands in the quotes ({printed})"
        return unsupported("name-not-in-quote", message, others, meant)


_CODE = re.compile("[A-Z]{3}")


def _alike(found: Sequence[Mention], names: Sequence[str], context: Context) -> Sequence[Mention]:
    """Proper names for a proper name, where there are any, and others for others."""
    proper = any(name[0].isupper() for name in names)
    return [m for m in found if context.source.original[m.start].isupper() == proper] or found


def _not_yet(identities: Sequence[str], referred: frozenset[str]) -> Sequence[str]:
    """Those that the record does not refer to, where there are any."""
    return [identity for identity in identities if identity not in referred] or identities


def _is_part(name: str, names: Sequence[str]) -> bool:
    """Whether a form is one word of a longer one, such as a surname."""
    return any(name in other.split() for other in names if other != name) and not name.isupper()


def _goes_on(context: Context, span: Span) -> bool:
    """Whether a surname is a part of what else is named: "Calder Street"; but not in a headline in capitals."""
    printed = context.source.original
    line = printed[printed.rfind("\n", 0, span[0]) + 1 : (printed + "\n").index("\n", span[1])]
    behind = printed[span[1] : span[1] + 2]
    return behind[:1] == " " and behind[1:].isupper() and bool(_LONG_LOWER_WORD.search(line))


_LONG_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]{3}")


def _is_acronym(name: str) -> bool:
    return len(name) <= 4 or name.isupper()
