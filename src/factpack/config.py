"""A dataset's configuration: `[tool.factpack]` in the pyproject.toml of its root."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from factpack import __version__
from factpack.files import Unreadable, is_linked, read_bytes
from factpack.text import UNSAFE

PARAGRAPHS = ("line", "blank-line")
FILE = "pyproject.toml"
MAX_BYTES = 10_000_000

NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)
_BOUND = re.compile(r"(<|>=)((?:\d{1,9}\.)*\d{1,9})", re.ASCII)


class ConfigurationError(Exception):
    """The dataset's configuration or models cannot be used; the message says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Config:
    """What `[tool.factpack]` says, checked.

    Folders are relative to `root`. `version` and `released` (an ISO date) are those of the next release;
    `max_quote` is the longest quote in characters, `max_file` the largest file read in bytes,
    `min_coverage` the least share of an article, in percent, that is used or omitted. `factpack` is the range
    of the tool's versions that the dataset was checked with, as PEP 440 writes it; `site` is what
    `factpack.site.Settings` reads. `paragraphs` says what a paragraph
    of a source is, which no quote may leave: a "line", or what stands between two blank lines ("blank-line").
    `cache` is the folder in which `check` keeps what it found, to be deleted at any time.
    """

    root: Path
    name: str
    title: str
    version: str
    description: str = ""
    released: str = ""
    homepage: str = ""
    factpack: str = ""
    schema: str = "schema"
    curation: str = "curation"
    sources: str = "seeds"
    dist: str = "dist"
    cache: str = ".factpack"
    keywords: tuple[str, ...] = ()
    licenses: tuple[dict[str, str], ...] = ()
    contributors: tuple[dict[str, Any], ...] = ()
    site: dict[str, Any] = field(default_factory=dict)
    max_quote: int = 300
    max_file: int = 20_000_000
    min_coverage: int = 0
    paragraphs: str = "line"

    @property
    def candidate(self) -> Path:
        """Where `build` writes."""
        return self.root / ".factpack" / "candidate"

    @property
    def untested(self) -> str:
        """Says that another version of factpack runs than the dataset was checked with; nothing where it does not."""
        return untested(self.factpack)


def untested(range_: str) -> str:
    """Says that the factpack that runs is not in a range of versions; nothing where it is, or none is named.

    Raises ValueError where the range is none.
    """
    fits = _is_plainly_in(range_)
    if fits is None:
        fits = _is_in(range_)
    return "" if fits else f"this dataset was checked with factpack {range_}, and this is factpack {__version__}"


def _is_plainly_in(range_: str) -> bool | None:
    """Whether this version is in a range such as `>=0.1,<0.2`; None where either says more than that.

    To import the library that knows all ranges takes longer than to read an article.
    """
    bounds = [_BOUND.fullmatch(part.strip()) for part in range_.split(",")] if range_ else []
    if not all(bounds) or not _BOUND.fullmatch(f"<{__version__}"):
        return None
    own = _release(__version__)
    return all((own < _release(bound[2])) == (bound[1] == "<") for bound in bounds if bound)


def _release(version: str) -> list[int]:
    """A version's numbers; zeros at its end say nothing."""
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


def _is_in(range_: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(range_).contains(__version__, prereleases=True)
    except InvalidSpecifier:
        raise ValueError(f"{range_!r} is no range of versions, such as '>=0.1,<0.2'") from None


_STRINGS = {
    "name", "title", "version", "description", "released", "homepage", "factpack", "schema", "curation", "sources",
    "dist", "cache", "paragraphs",
}  # fmt: skip
_NUMBERS = {"max_quote", "max_file", "min_coverage"}
_KINDS = {str: "text", int: "a number above 0", list: "a list", dict: "a table"}


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards whose pyproject.toml configures factpack.

    Raises ConfigurationError where there is none.
    """
    for folder in [start, *start.parents]:
        try:
            if b"[tool.factpack]" in read_bytes(folder, FILE, MAX_BYTES):
                return folder
        except Unreadable as error:
            if folder == start and os.path.lexists(folder / FILE):
                raise ConfigurationError(f"{folder / FILE}: {error.why}") from None
    raise ConfigurationError(f"no pyproject.toml with [tool.factpack] in {start} or any folder above it")


def load_config(root: Path) -> Config:
    """Read and check the configuration; raises ConfigurationError, which says file, line and column."""
    path = root / FILE
    try:
        content = read_bytes(root, FILE, MAX_BYTES).decode("utf-8")
        table = tomllib.loads(content)["tool"]["factpack"]
    except Unreadable as error:
        raise ConfigurationError(f"{path}: {error.why}") from None
    except (KeyError, TypeError):
        raise ConfigurationError(f"{path}:1:1: there is no [tool.factpack] in this file") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_syntax(path, str(error))) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        raise ConfigurationError(
            f"{path}:{_position(before)}: this file is not UTF-8: save it in that encoding"
        ) from None
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: {error}") from None
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}:1:1: there is no [tool.factpack] in this file")
    for key, why in _faults(table):
        raise ConfigurationError(f"{path}:{_place(content, key)}: {why}")
    # What is imported or written may not lie elsewhere; of the folders that are read, a finding says so.
    for folder in (Path(table.get("schema", "schema")), Path(table.get("dist", "dist")), Path(".factpack/candidate")):
        if is_linked(root, folder):
            raise ConfigurationError(f"{root / folder} is, or lies behind, a symbolic link")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Config(root=root, **values)


def _faults(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the settings: the one that is, empty for what is missing, and a sentence."""
    known = sorted(f.name for f in fields(Config) if f.name != "root")
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            yield key, f"there is no setting `{key}`; " + (f"did you mean `{near[0]}`?" if near else ", ".join(known))
        expected = str if key in _STRINGS else int if key in _NUMBERS else dict if key == "site" else list
        if not isinstance(value, expected) or (isinstance(value, int) and (value is True or value < 1)):
            yield key, f"`{key}` must be {_KINDS[expected]}"
    for key in ("licenses", "contributors", "keywords"):
        kind, noun = (str, "texts") if key == "keywords" else (dict, "tables")
        if not all(isinstance(value, kind) for value in table.get(key, ())):
            yield key, f"`{key}` must be a list of {noun}"
    yield from _people_and_licences(table)
    for key in ("name", "title", "version"):
        if not table.get(key):
            yield key if key in table else "", f"[tool.factpack] needs `{key}`"
    if len(table["name"]) > 100 or not NAME.fullmatch(table["name"]):
        yield "name", "`name` is lower-case letters and digits joined by `-`, `.` or `_`"
    if not VERSION.fullmatch(table["version"]):
        yield "version", "`version` is three numbers, such as 0.1.0"
    for key, text in _texts(table):
        if UNSAFE.search(text) or (key != "description" and any(mark in text for mark in "\n\r\t\u2028\u2029")):
            yield key, f"`{key}` has a character that is no part of a line of text"
    if (homepage := table.get("homepage")) and not re.fullmatch(r"https?://\S+", homepage):
        yield "homepage", "`homepage` is an address that begins with https:// or http://"
    if released := table.get("released"):
        try:
            date.fromisoformat(released)
        except ValueError:
            yield "released", "`released` is a day, such as 2026-01-31"
    try:
        untested(table.get("factpack", ""))
    except ValueError as error:
        yield "factpack", f"`factpack`: {error}"
    for key in ("schema", "curation", "sources", "dist", "cache"):
        folder = Path(table.get(key, key))
        if folder.is_absolute() or ".." in folder.parts or not folder.parts or not str(folder).isprintable():
            yield key, f"`{key}` must be a folder inside the project"
    if (paragraphs := table.get("paragraphs", PARAGRAPHS[0])) not in PARAGRAPHS:
        known_kinds = " or ".join(f'"{kind}"' for kind in PARAGRAPHS)
        yield "paragraphs", f'`paragraphs` is {known_kinds}, not "{paragraphs}"'


def _people_and_licences(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with what each contributor and each licence says of itself."""
    for key in ("licenses", "contributors"):
        for name, value in (item for one in table.get(key, ()) for item in one.items()):
            many = (key, name) == ("contributors", "roles")
            texts = value if many and isinstance(value, list) else [value]
            if not all(isinstance(text, str) for text in texts) or (many and texts is not value):
                yield key, f"`{name}` in `{key}` must be {'a list of texts' if many else 'text'}"
    if not all(one.get("name") or one.get("path") for one in table.get("licenses", ())):
        yield "licenses", "each of `licenses` needs a `name` or a `path`"


def _texts(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """All texts of the settings, wherever they stand, by setting."""
    waiting = list(table.items())
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list | dict):
            within = value.values() if isinstance(value, dict) else value
            waiting += ((key, one) for one in (*within, *(value if isinstance(value, dict) else ())))


def _place(content: str, key: str) -> str:
    """Line and column of a setting, or of the table it belongs to."""
    start = content.find("[tool.factpack]")
    setting = re.compile(rf"^[ \t]*([\"']?){re.escape(key)}\1[ \t]*=", re.MULTILINE) if key else None
    if setting and (found := setting.search(content, max(start, 0))):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
    return _position(content[: max(start, 0)])


def _position(before: str) -> str:
    """Line and column behind a text."""
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _syntax(path: Path, message: str) -> str:
    """What tomllib says, with the place in front."""
    found = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    return f"{path}:{found[1]}:{found[2]}: {message[: found.start()]}" if found else f"{path}: {message}"
