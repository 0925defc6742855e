"""What the readers of the several kinds hand to `factpack.mention`: a mention counted in tokens."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]


class Found(NamedTuple):
    """The fields of a `Mention` (see there), with indices of tokens in place of offsets."""

    start: int
    end: int
    kind: str
    value: str
    comparator: str = "eq"
    upper: str = ""
    unit: str = ""
    per: str = ""
    precision: str = ""
    basis: str = ""
    qualifier: Span | None = None
    unit_span: Span | None = None
    readings: tuple[str, ...] = ()
    in_name: bool = False
    done: int = 0  # the token up to which nothing more is to be read, when that is behind `end`
