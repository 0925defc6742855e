"""Ids for new records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import count

from factpack.dataset import Dataset
from factpack.fact import MAX_ID
from factpack.quote import plain

_WORDS = 4
"""How many of the words an id is made of; short ones, other than numbers, say too little."""

_WORD = re.compile(r"[a-z0-9]{3,}|[0-9]+")


def suggested_id(dataset: Dataset, table: str, words: str, taken: Collection[str] = ()) -> str:
    """An id like those of the table's other records, made of the first of these words, that neither the dataset has
    nor `taken`.
    """
    known = dataset.extracts.ids.get(table, {})
    heads = Counter(identity.partition("-")[0] for identity in known)
    head = heads.most_common(1)[0][0] if heads else re.sub(r"s$", "", table).replace("_", "-")
    stem = "-".join([head, *_WORD.findall(plain(words))[:_WORDS]])[: MAX_ID - 8].strip("-")
    return free(stem, {*dataset.extracts.ids["records"], *known, *taken})


def free(identity: str, taken: Collection[str]) -> str:
    """This id, or where it is taken, with the first number behind it that makes it free."""
    return next(name for n in count(1) if (name := identity if n == 1 else f"{identity}-{n}") not in taken)
