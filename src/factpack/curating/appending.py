"""New records at the ends of their tables in a curation file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factpack.curating import Refused
from factpack.curating.blocks import Block, put
from factpack.text import Text
from factpack.tree import read

NewRecord = tuple[dict[str, Any], Sequence[str]]
"""A record as it is to be read, and its lines without indentation."""


def appended(text: Text, added: Mapping[str, Sequence[NewRecord]]) -> str:
    """The content with these records, by table; raises Refused where it would not read as it is to."""
    before = read(text)
    if before.faults:
        line, column = text.position(before.faults[0].start)
        raise Refused(f"{text.path}:{line}:{column}: {before.faults[0].message}: mend this first")
    wanted = dict(before.data or {})
    content = text.content
    for table, records in added.items():
        lines = [line for _, block in records for line in (*block, "")][:-1]
        content = put(Text(text.path, content), table, Block(tuple(lines), apart=True))
        wanted[table] = [*(wanted.get(table) or []), *(record for record, _ in records)]
    after = read(Text(text.path, content))
    if after.faults or after.data != wanted:
        why = after.faults[0].message if after.faults else "run `factpack fmt` first"
        raise Refused(f"{text.path}: the records cannot be added as it is written: {why}")
    return content
