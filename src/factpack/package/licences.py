"""Which licence is for which file, REUSE style: the texts in LICENSES/, and REUSE.toml that says per file.

Facts and quoted words have different owners: whatever holds cells holds quoted words, too.
Standard: https://reuse.software/spec-3.3/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factpack.package.info import PackageInfo

QUOTATIONS = """\
Words quoted from sources (in the table `evidence`, and wherever a field gives words as printed) are not
covered by this licence: they belong to their authors and publishers, and are quoted here as evidence.
"""

_QUOTED = "LicenseRef-Quotations"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


def licence(info: PackageInfo, written: Callable[[str], str] = str) -> str:
    """LICENSE: what may be done with the data, and with the words quoted in it; `written` is how names are."""
    names = [
        written(" ".join(part for part in (one.get("title") or one.get("name"), _link(one)) if part))
        for one in info.licenses
    ]
    granted = f"The data is licensed under {' or '.join(names)}." if names else "No licence is stated."
    return f"{granted}\n\n{QUOTATIONS}"


def texts(info: PackageInfo) -> dict[str, str]:
    """LICENSES/ and REUSE.toml, path to text; none where no licence is stated."""
    named = [one for one in info.licenses if _NAME.fullmatch(one.get("name", ""))]
    if not named:
        return {}
    return {
        **{f"LICENSES/{one['name']}.txt": _text(one) for one in named},
        f"LICENSES/{_QUOTED}.txt": QUOTATIONS,
        "REUSE.toml": _annotations(info, " OR ".join(one["name"] for one in named)),
    }


def _text(one: dict[str, str]) -> str:
    """The licence's legal text, where factpack brings it; else its name and where it stands."""
    carried = resources.files("factpack.package").joinpath("legal", f"{one['name']}.txt")
    if carried.is_file():
        return carried.read_text("utf-8")
    where = one.get("path") or f"https://spdx.org/licenses/{one['name']}.html"
    return f"{one.get('title') or one['name']}\n\nThe text of this licence stands at {where}\n"


def _annotations(info: PackageInfo, facts: str) -> str:
    holders = [str(one["title"]) for one in info.contributors if one.get("title")] or [
        f"the curators of {info.title or info.name}"
    ]
    year = f"{info.created[:4]} " if info.created else ""
    both = f"({facts}) AND {_QUOTED}" if " OR " in facts else f"{facts} AND {_QUOTED}"
    quoting = ["data/**", "*.sqlite", "*.xlsx", "codebook.md"]
    parts = ["version = 1"]
    for paths, expression in (["**"], facts), (quoting, both):
        parts.append(
            "[[annotations]]\n"
            f"path = {_toml(paths)}\n"
            f"SPDX-FileCopyrightText = {_toml([year + one for one in holders])}\n"
            f"SPDX-License-Identifier = {_toml(expression)}"
        )
    return "\n\n".join(parts) + "\n"


def _toml(value: str | list[str]) -> str:
    # A JSON text without escapes above ASCII is one in TOML, too.
    return json.dumps(value, ensure_ascii=False)


def _link(one: dict[str, str]) -> str:
    return f"({one['path']})" if "path" in one else ""
