"""Findings as bytes, to be kept or sent to another process: compressed JSON, so that reading them runs nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from factpack.diagnostic import Diagnostic, Fix, Severity
from factpack.survey.late import LateText
from factpack.text import Location, Text

MAX_BYTES = 1_000_000_000
"""What is longer than this was not written here."""

PART = 1000
"""Items of a list that are written at a time."""

TextOf = Callable[[str], Text]
"""Gives the text of a file for its path."""


def plain(data: Any) -> bytes:
    """Data as JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def plain_list(items: Iterable[bytes]) -> bytes:
    """A list as JSON, of items that are."""
    return b"[%b]" % b",".join(items)


def plain_items(items: Iterable[Any]) -> bytes:
    """A list as JSON, made in parts: while it is made, each part takes several times its size."""
    left = iter(items)
    return plain_list(plain(part)[1:-1] for part in iter(lambda: [*islice(left, PART)], []))


def encoded(data: Any) -> bytes:
    """Data as compressed JSON."""
    return compressed(plain(data))


def compressed(json: bytes) -> bytes:
    """JSON, compressed."""
    return zlib.compress(json, 1)


def decoded(content: bytes) -> Any:
    """What `encoded` made bytes of; raises ValueError."""
    inflated = zlib.decompressobj()
    try:
        plain = inflated.decompress(content, MAX_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not inflated.eof:
        raise ValueError("not the whole")
    return json.loads(plain.decode("utf-8", "surrogatepass"))


def diagnostic_data(diagnostic: Diagnostic) -> list[Any]:
    """A finding as JSON has it."""
    fix = diagnostic.fix
    return [
        diagnostic.rule,
        diagnostic.severity.value,
        _place(diagnostic.location),
        diagnostic.message,
        diagnostic.label,
        [[_place(location), label] for location, label in diagnostic.related],
        list(diagnostic.help),
        [fix.title, fix.replacement, fix.safe] if fix else None,
        diagnostic.mendable,
    ]


def diagnostic_from(data: Any, text_of: TextOf) -> Diagnostic:
    """The finding that `diagnostic_data` wrote down."""
    rule, severity, place, message, label, related, help_, fix, mendable = data
    others = tuple((_location(where, text_of), said) for where, said in related)
    return Diagnostic(
        rule, Severity(severity), _location(place, text_of), message, label, others, tuple(help_),
        Fix(*fix) if fix else None, mendable,
    )  # fmt: skip


def is_empty(text: Text) -> bool:
    """Whether a text has nothing of its file, and stands for it as a whole."""
    return not isinstance(text, LateText) and not text.content


def _place(location: Location) -> list[Any]:
    text = location.text
    return [text.path, -1, -1] if is_empty(text) else [text.path, location.start, location.end]


def _location(place: Any, text_of: TextOf) -> Location:
    path, start, end = place
    return Text(path, "").whole() if start < 0 else Location(text_of(path), start, end)
