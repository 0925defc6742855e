"""The published quotes against their sources: each `exact` stands in its source at its offsets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from factpack.diagnostic import Severity
from factpack.package.parts import Rows
from factpack.package.problem import AtRows, Problem, shown

FILE = "data/evidence.csv"

_COLUMNS = {
    "articles": {"article_id": "string", "file_name": "string", "sha256": "string"},
    "evidence": {"article_id": "string", "exact": "string", "char_start": "int64", "char_end": "int64"},
}
_PLAIN_NAME = re.compile(r"[^/\\\0:]*[^/\\\0:.][^/\\\0:]*")


def differences(tables: Mapping[str, Rows], sources: Path | None) -> Iterator[Problem]:
    """Every quote that its source does not have at its offsets, white space folded; every changed source.

    Offsets count code points of the strictly decoded UTF-8 file (curation's rule). What cannot be
    re-checked, because a source, the folder or a table is not there, is said as an info and never passed over.
    """
    for name, columns in _COLUMNS.items():
        types = {field.name: str(field.type) for field in tables[name].schema} if name in tables else {}
        if not columns.items() <= types.items():
            yield _unchecked(f"there is no table {name} with {', '.join(columns)}")
            return
    if sources is None:
        yield _unchecked(f"{tables['evidence'].count} quotes, because the sources are not at hand")
        return
    texts: dict[str, str] = {}
    for row, article in enumerate(tables["articles"].table([*_COLUMNS["articles"]]).to_pylist(), start=1):
        try:
            texts[article["article_id"]] = _source(article, sources)
        except FileNotFoundError:
            yield _unchecked(f"source {article['file_name']}, which is not at hand")
        except (OSError, ValueError) as error:
            yield Problem("data/articles.csv", str(error), row, "file_name")
    skipped: Counter[str | None] = Counter()
    found, before = AtRows(FILE, "exact"), 0
    for part in tables["evidence"].parts([*_COLUMNS["evidence"]]):
        messages = {}
        for row, quote in enumerate(part.to_pylist()):
            if quote["article_id"] not in texts:
                skipped[quote["article_id"]] += 1
            elif message := _difference(quote, texts[quote["article_id"]]):
                messages[row] = message
        found.add([*messages], messages.__getitem__, before)
        before += len(part)
    for article_id, count in sorted(skipped.items(), key=str):
        yield _unchecked(f"{count} quotes of {article_id}")
    yield from found


def _unchecked(what: str) -> Problem:
    return Problem(FILE, f"not re-checked: {what}", severity=Severity.INFO)


def _source(article: Mapping[str, Any], sources: Path) -> str:
    """The text of an article's source; raises ValueError where it is not the pinned one or not a safe one."""
    name: str = article["file_name"] or ""
    if not _PLAIN_NAME.fullmatch(name) or (sources / name).is_symlink():
        raise ValueError(f"{shown(name)} is not the plain name of a file")
    data: bytes = (sources / name).read_bytes()
    if sha256(data).hexdigest() != article["sha256"]:
        raise ValueError(f"source {name} is changed: its checksum is not the published one")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"source {name} is not UTF-8 (byte {error.start})") from None


def _difference(quote: Mapping[str, Any], text: str) -> str:
    start, end = quote["char_start"], quote["char_end"]
    if start is None or end is None or not 0 <= start < end <= len(text):
        return f"the offsets {start} to {end} are no place in the source"
    if _folded(text[start:end]) != _folded(quote["exact"] or ""):
        return f"{shown(quote['exact'])} is quoted, the source has {shown(text[start:end])} there"
    return ""


def _folded(text: str) -> str:
    return " ".join(text.split())
