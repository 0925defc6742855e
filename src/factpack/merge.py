"""How the values that several articles give for one field become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from factpack.edtf import Edtf
from factpack.quote import fold_quote
from factpack.vocabulary import ReviewStatus

if TYPE_CHECKING:
    from factpack.dataset import Extracts


def merge(field: str, values: Sequence[Any]) -> Any:
    """The one value that all agree on, or None where they contradict each other.

    Equal values, and texts that differ in typography only, are one; lists and curators' notes unite in the order of
    their first appearance; of dates that contain one another the finer one is taken, of two for the same days the
    certain one; a record is reviewed when all its parts are.
    """
    if field == "note":
        return " ".join(dict.fromkeys(values))
    if field == "judged":
        # Each article's reasons are its own; they are published with its statements.
        return {name: reason for value in reversed(values) for name, reason in value.items()}
    if field == "review":
        return min(values, key=list(ReviewStatus).index)
    first, *rest = values
    for other in rest:
        first = _merge_two(first, other)
        if first is None:
            return None
    return first


def _merge_two(one: Any, other: Any) -> Any:
    if one == other:
        return one
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    if isinstance(one, Edtf) and isinstance(other, Edtf):
        if one.days == other.days:
            return min(one, other, key=lambda date: (bool(date.mark), date.text))
        if one.covers(other):
            return other
        return one if other.covers(one) else None
    if isinstance(one, str) and isinstance(other, str) and fold_quote(one) == fold_quote(other):
        return min(one, other)
    return None


def preferred(values: Sequence[Any], choice: str | None) -> Any:
    """The value that a declared conflict chooses, given as it is typed; None where it is none of them."""
    return next((value for value in values if choice is not None and _typed(value) == choice), None)


def _typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def preferences(extracts: Extracts) -> dict[tuple[str, str], str]:
    """(record, field) -> the value that a declared conflict prefers, as typed."""
    return {
        (str(entry.values["record"]), str(entry.values["field"])): str(entry.values["preferred"])
        for file in extracts.files
        if file.table == "conflicts"
        for entry in file.entries
        if not entry.broken
    }
