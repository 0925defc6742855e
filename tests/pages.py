"""The examples on the checks' manual pages, laid out as small datasets."""

from __future__ import annotations

import hashlib
import re
import shutil
import textwrap
from dataclasses import dataclass
from pathlib import Path

import factpack

TEMPLATE = Path(factpack.__file__).parent / "template"
CONFIGURATION = """\
[tool.factpack]
name = "example"
title = "A small example"
version = "1.0.0"
released = "2026-01-31"
description = "What the examples on the checks' pages are checked with."
licenses = [{ name = "CC-BY-4.0", title = "Creative Commons Attribution 4.0", \
path = "https://creativecommons.org/licenses/by/4.0/" }]
contributors = [{ title = "The factpack developers", roles = ["creator"] }]
"""
_MARK = re.compile(r"\s+# (?:error|warning|info): ([a-z, -]+)$")
_PATH = re.compile(r"^    (\S+\.(?:txt|yaml|yml|toml))(?P<mark>\s+# .*)?$")


@dataclass(frozen=True)
class Example:
    """The files of one example and the findings marked in it, as (path, line, rule)."""

    files: dict[str, str]
    marked: set[tuple[str, int, str]]


def examples(page: str) -> dict[str, Example]:
    """The examples of a page by their heading, `Fails` and `Passes`."""
    parts = re.split(r"^(Fails|Passes):\n", textwrap.dedent(page), flags=re.MULTILINE)
    return {heading: _read(body) for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def _read(body: str) -> Example:
    files: dict[str, list[str]] = {}
    marked: set[tuple[str, int, str]] = set()
    path = ""
    for line in body.splitlines():
        mark = _MARK.search(line)
        rules = [rule.strip() for rule in mark[1].split(",")] if mark else []
        if mark:
            line = line[: mark.start()]
        if match := _PATH.match(line):
            path = match[1]
            files[path] = []
            marked.update((path, 1, rule) for rule in rules)
        elif path and line.strip():
            files[path].append(line[8:])
            marked.update((path, len(files[path]), rule) for rule in rules)
    return Example({path: "\n".join(lines) + "\n" for path, lines in files.items() if path}, marked)


def lay_out_models(folder: Path) -> None:
    """Write a dataset without articles: the template's models, and a configuration."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TEMPLATE / "schema", folder / "schema", dirs_exist_ok=True, ignore=ignored)
    (folder / "pyproject.toml").write_text(CONFIGURATION, "utf-8")


def lay_out(example: Example, folder: Path) -> None:
    """Write an example as a dataset: its files, the template's models, and headers where a file has none."""
    lay_out_models(folder)
    for name in ("curation", "seeds"):
        (folder / name).mkdir(exist_ok=True)
    sources = {Path(path).stem: text for path, text in example.files.items() if path.startswith("seeds/")}
    digests = {stem: hashlib.sha256(text.encode()).hexdigest() for stem, text in sources.items()}
    for path, text in example.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.startswith("curation/") and path.count("/") == 1:
            text = text.replace("{sha256}", digests.get("a", ""))
            text = re.sub(r"\{sha256:(\w+)\}", lambda m: digests[m[1]], text)
            stem = Path(path).stem
            if "article:" not in text and stem in sources:
                first = _unique_words(sources[stem])
                text += (
                    f"article:\n  source: {stem}.txt\n  sha256: {digests[stem]}\n  language: en\n"
                    f"  quotes: [{first!r}]\n"
                )
        if "\\x" in text:
            target.write_bytes(text.encode().decode("unicode_escape").encode("latin-1"))
        else:
            target.write_text(text, "utf-8")


def _unique_words(text: str) -> str:
    """The shortest beginning of at least three words that stands in the text once: a header's quote."""
    words = re.split(r"[.:]", text)[0].split()
    counts = range(3, len(words) + 1)
    return next((quote for n in counts if text.count(quote := " ".join(words[:n])) == 1), " ".join(words))
