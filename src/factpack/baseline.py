"""Findings that were there when a dataset began to be checked: counted, not shown, and fewer with time.

A finding is known again by its rule, its record, its field and its message, never by its line.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from factpack import staging
from factpack.config import ConfigurationError
from factpack.diagnostic import MORE
from factpack.disk import mode_of
from factpack.files import Unreadable, read_bytes

if TYPE_CHECKING:
    from factpack.article import File
    from factpack.diagnostic import Diagnostic

NAME = ".factpack-baseline.json"
"""The file, in the dataset's root, to be committed."""

VERSION = 1
MAX_BYTES = 20_000_000
MAX_COUNT = 1_000_000_000
_ABOUT = "Known findings. Written by `factpack check --write-baseline`, which takes entries out and adds none."

Fingerprint = tuple[str, str, str, str]
"""Rule, record, field, message."""


class Compared(NamedTuple):
    """Findings beside a baseline: the numbers of those that it has, and which of its entries are gone."""

    known: frozenset[int]
    gone: Counter[Fingerprint]

    def new(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Those of the findings that the baseline has not."""
        return (diagnostic for number, diagnostic in enumerate(found) if number not in self.known)

    def old(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Those that it has."""
        return (diagnostic for number, diagnostic in enumerate(found if self.known else ()) if number in self.known)


def fingerprint(diagnostic: Diagnostic, files: Mapping[str, File]) -> Fingerprint:
    """By what a finding is known again; `files` are the curation files by path."""
    from factpack.nodes import node_at, record_of  # which a run that finds nothing new needs not

    location = diagnostic.location
    message = " ".join(diagnostic.message.split())
    file = files.get(location.text.path)
    node = node_at(file.tree, location.start, location.end) if file else None
    if file is None or node is None:
        return diagnostic.rule, location.text.path, "", message
    top = record_of(node.route)
    record: Any = file.tree.data
    for step in top:
        record = record[step]
    identity = record.get("id") if isinstance(record, dict) and len(top) > 1 else None
    name = f"{top[0]}/{identity}" if identity else "/".join([location.text.path, *map(str, top[:1])])
    # Positions in lists are left out: a new element before this one makes no new finding.
    field = ".".join(step for step in node.route[len(top) :] if isinstance(step, str))
    return diagnostic.rule, name, field, message


def read_baseline(root: Path) -> Counter[Fingerprint] | None:
    """The baseline's entries with their counts; None where there is no baseline. Raises ConfigurationError."""
    path = root / NAME
    if not mode_of(path):
        return None
    try:
        data = json.loads(read_bytes(root, NAME, MAX_BYTES))
        if data["version"] != VERSION:
            raise ConfigurationError(f"{path} was written by another version of factpack")
        entries: Counter[Fingerprint] = Counter()
        for number, entry in enumerate(data["findings"], 1):
            rule, record, field, message = (str(entry[key]) for key in ("rule", "record", "field", "message"))
            count = entry.get("count", 1)
            if type(count) is not int or not 0 < count <= MAX_COUNT:
                named = f"entry {number} of `findings` (`{rule}` at `{record}`)"
                raise ConfigurationError(
                    f"{path}: {named}: `count` is {str(count)[:30]}: it is a whole number from 1 to {MAX_COUNT:,}"
                )
            entries[rule, record, field, message] += count
        return entries
    except Unreadable as error:
        raise ConfigurationError(f"{path}: {error.why}") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ConfigurationError(f"{path} cannot be read: {type(error).__name__}: {error}") from None


def compare(found: Iterable[Diagnostic], files: Mapping[str, File], entries: Counter[Fingerprint]) -> Compared:
    """Tell which findings are known; of several alike, as many as the baseline counts."""
    left, known = +entries, set[int]()
    for number, diagnostic in enumerate(found if left else ()):
        key = fingerprint(diagnostic, files)
        if left[key] > 0:
            left[key] -= 1
            known.add(number)
    return Compared(frozenset(known), +left)


def shrunk(
    found: Sequence[Diagnostic], files: Mapping[str, File], old: Counter[Fingerprint] | None, grow: bool
) -> Counter[Fingerprint]:
    """The next baseline: of the old one what still occurs; everything where there is none, or it may grow."""
    # That there are more findings than are listed is never known already.
    now = Counter(fingerprint(d, files) for d in found if d.message != MORE)
    return now if grow or old is None else now & old


def renamed(
    entries: Counter[Fingerprint], table: str, old: str, new: str, found: Counter[Fingerprint]
) -> Counter[Fingerprint]:
    """The entries when a record has another id; `found` are the findings then.

    A message is about what was written: it names the new id where a finding does.
    """
    names = {f"{table}/{old}": f"{table}/{new}"}
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    after: Counter[Fingerprint] = Counter()
    for (rule, record, field, message), count in entries.items():
        record = names.get(record, record)
        said = rule, record, field, word.sub(new, message)
        after[said if said in found else (rule, record, field, message)] += count
    return after


def write_baseline(root: Path, entries: Counter[Fingerprint]) -> None:
    """Write the baseline."""
    staging.write(root / NAME, written(entries).encode("utf-8"))


def written(entries: Counter[Fingerprint]) -> str:
    """The baseline's content, sorted, so that a version control system merges it well."""
    keys = ("rule", "record", "field", "message")
    rows = [
        dict(zip(keys, entry, strict=True)) | ({"count": count} if count > 1 else {})
        for entry, count in sorted(entries.items())
    ]
    return json.dumps({"about": _ABOUT, "version": VERSION, "findings": rows}, ensure_ascii=False, indent=1) + "\n"
