"""Datasets with every payload in every place that is quoted somewhere: one that is correct, one that is all wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from injection.payloads import CLEAN, NAMES, PAYLOADS
from pages import TEMPLATE

ALL = " · ".join(CLEAN.values())
"""All that may stand on one line, for places of which a dataset has but one."""

OWN = ALL.replace("pwn", "own")
"""The same, where what is written is Markdown by right: by whoever writes the models and publishes."""

_CONFIGURATION = """\
[tool.factpack]
name = "planted"
title = {title}
version = "{version}"
released = "2026-01-31"
description = {own}
homepage = "https://example.org/"
keywords = {listed}
licenses = [{{ name = "CC-BY-4.0", title = {title}, path = "https://creativecommons.org/licenses/by/4.0/" }}]
contributors = [{contributors}]
max_quote = 2000
site.base_url = "https://example.org/"
site.countries = "countries"
"""
_FAR = " And so on." * 10
_FIELDS = '''    headline: Words | None = None
    """Headline as printed."""
    publisher: Annotated[Words | None, Judged({text})] = None
    {text}
    url: Annotated[Words | None, External({text})] = None
    """Its address."""
'''


def correct(folder: Path, version: str, planted: bool = True) -> Path:
    """A dataset that passes, with payloads in all values, names and texts, or with plain words in their place."""
    _lay_out(folder, version)
    registers: dict[str, list[dict[str, Any]]] = {"people": [], "countries": []}
    for number, (kind, payload) in enumerate(PAYLOADS.items()):
        stem = payload if kind in NAMES else f"a{number:02}"
        quotable = kind in CLEAN
        # Words that nobody could publish stand far from all that is quoted.
        here, far = (payload, "") if quotable else ("nothing", _FAR)
        text = f"Note {number} of 2022 in Land{number} says {here} and ends here.{far}\nThen {payload} is left over.{far}\nAlso {here} came {number} times.\n"
        _write(folder / f"seeds/{stem}.txt", text)
        said = payload if quotable and planted else f"Note {number}"
        quote = f"Note {number} of 2022 in Land{number} says {here} and ends here"
        event = {
            "id": f"evt-{number}", "names": [said], "name": said, "place": said, "date": "2022", "country": f"A{chr(65 + number // 26)}{chr(65 + number % 26)}",
            "host": f"person-{number}", "note": said, "review": "reviewed", "reviewer": said, "quotes": [quote],
        }  # fmt: skip
        if planted:
            event["judged"] = {"place": said}
        registers["people"].append({"id": f"person-{number}", "name": said, "names": [said], "note": said})
        registers["countries"].append({"id": event["country"], "name": said, "names": [f"Land{number}"]})
        also = {"id": f"evt-{number}-{'new' if planted else 'gone'}", "name": payload if quotable else "times"}
        also |= {"quotes": [f"Also {here} came {number} times"]}
        article = {**_header(f"{stem}.txt", text), "headline": said, "publisher": said, "url": said, "quotes": [quote]}
        omitted = [{"exact": f"Then {payload} is left", "role": "body", "why": said}] if quotable and number % 2 else []
        _dump(folder / f"curation/{stem}.yaml", {"article": article, "events": [event, also], "omitted": omitted})
    for table, records in registers.items():
        _dump(folder / f"curation/registers/{table}.yaml", {table: records})
    return folder


def spoiled(folder: Path) -> Mapping[str, str]:
    """A dataset in which each payload stands in every wrong place; returns curation file -> its payload's kind."""
    _lay_out(folder, "1.0.0")
    _dump(folder / "curation/registers/people.yaml", {"people": [{"id": "ann-lee", "name": ALL, "names": ["Ann Lee", ALL]}]})  # fmt: skip
    files = {}
    for number, (kind, payload) in enumerate(PAYLOADS.items()):
        text = f"It was written {payload} there. Ann Lee spoke of 30 boats.\n"
        _write(folder / f"seeds/f{number:02}.txt", text)
        _write(folder / f"curation/f{number:02}.yaml", "\n".join(_wrong(number, payload, text)) + "\n")
        files[f"curation/f{number:02}.yaml"] = kind
    for payload in PAYLOADS.values():
        name = payload.replace("/", "\\")
        for path in (f"curation/{name}.yaml", f"seeds/{name}.txt", f"curation/{name}", f"seeds/{name}"):
            _write(folder / path, "x: y\n")
    return files


def _wrong(number: int, payload: str, text: str) -> Iterator[str]:
    said = quoted(payload)
    header = _header(f"f{number:02}.txt", text)
    yield "article:\n" + "\n".join(f"  {key}: {value}" for key, value in header.items())
    yield f"  published: {said}\n  {said}: {said}\n  quotes: [{said}, 'It was writen', {said[:-1]} missing\"]"
    yield f"omitted:\n  - {{exact: {said}, role: {said}, why: {said}}}\n  - {said}"
    yield f"searched:\n  - {{table: {said}, note: {said}}}"
    yield "events:"
    yield f"  - id: evt-{number}\n    name: {said}\n    place: {said}\n    host: {said}\n    country: {said}\n    status: {said}"
    yield f"    document: {said}\n    review: {said}\n    judged: {{{said}: {said}}}\n    quotes: [{{exact: {said}, prefix: {said}}}]"
    yield f"  - id: {said}\n    name: boats {said[1:-1] if payload in CLEAN.values() and ': ' not in payload and '#' not in payload else 'x'}\n    quotes: ['Ann Lee spoke of 30 boats']"
    yield f"figures:\n  - id: fig-{number}\n    event: {said}\n    measure: {said}\n    value: {said}\n    comparator: eq\n    unit: {said}\n    quotes: ['30 boats']"
    yield f"{said}: {said}"
    yield f"# factpack: ignore[{payload}] {payload}\n# factpack: {payload}"


def quoted(text: str) -> str:
    """As YAML in double quotation marks, every unusual character as an escape."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def _header(source: str, text: str) -> dict[str, Any]:
    return {"source": source, "sha256": sha256(text.encode("utf-8")).hexdigest(), "language": "en"}


def _lay_out(folder: Path, version: str) -> None:
    models = (TEMPLATE / "schema/__init__.py").read_text("utf-8")
    own = '    headline: Words | None = None\n    """Headline as printed."""\n'
    assert own in models
    _write(folder / "schema/__init__.py", models.replace(own, _FIELDS.format(text=repr(OWN))))
    title = _toml(ALL)
    makers = ", ".join(f'{{ title = {_toml(one)}, roles = ["creator"] }}' for one in CLEAN.values())
    listed = "[" + ", ".join(map(_toml, CLEAN.values())) + "]"
    _write(folder / "pyproject.toml", _CONFIGURATION.format(title=title, own=_toml(OWN), version=version, listed=listed, contributors=makers))  # fmt: skip


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def _dump(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100_000))


class _Plain(yaml.CSafeDumper):
    """Writes what is the same twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
