"""The YAML that nearly every curation file is written in, read line by line; any other is refused, right or wrong.

Most of the time that libyaml takes goes into handing each event to Python, with both its places. This knows no places,
and only what cannot be misread: mappings and lists by their indentation, texts on one line, brackets that are closed
on their line, `>-`. What is refused is read strictly, and that verdict binds: `tests/test_plain_yaml.py` compares both
on files that were tampered with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 10
"""Collections inside each other, and as many in brackets."""

MAX_KEY = 100


class NotPlain(Exception):
    """The file is wrong, or needs more of YAML than is known here."""


def read_plain(content: str) -> Any:
    """The data of a file, every scalar as it is written; raises NotPlain."""
    if not content.replace("\n", " ").isprintable() and _UNUSUAL.search(content):
        raise NotPlain
    if ">-\n" in content:
        content = _FOLDED.sub(_on_one_line, content)
    outline = _Outline()
    for indentation, dash, key, value in _LINE.findall(content):
        column = len(indentation)
        if not key:
            if dash or value == "-":
                items = outline.at(column, list)
                if dash and value:
                    items.append(_value(value))
                else:
                    outline.awaits = True
            elif value and value[0] != "#":
                raise NotPlain
            continue
        if dash:
            outline.at(column, list)
            outline.awaits = True
            column += len(dash)
        above, fields = outline.opened[-1]
        if above != column or outline.awaits or type(fields) is list:
            fields = outline.at(column, dict)
        if key in fields or (key not in outline.keys and not outline.takes(key)):
            raise NotPlain
        if value:
            fields[key] = _value(value)
        else:
            outline.awaits, outline.key = True, key
    if outline.awaits:
        raise NotPlain
    return outline.root[0]


def read_value(written: str) -> Any:
    """What this says as all that stands behind a key or dash, on its line; raises NotPlain."""
    if not written or written[0] == " " or "\n" in written or (not written.isprintable() and _UNUSUAL.search(written)):
        raise NotPlain
    return _value(written)


class _Outline:
    """The collections that a line stands in, each with the column of its keys or dashes."""

    def __init__(self) -> None:
        self.root: list[Any] = []
        self.opened: list[tuple[int, Any]] = [(-1, self.root)]
        self.awaits = True
        """Whether the value of the last key or dash begins on the next line."""
        self.key = ""
        self.keys: set[str] = set()
        """Those that were looked at already."""

    def takes(self, key: str) -> bool:
        """Whether this can be nothing but a key."""
        if fine := key.isidentifier() and key != "null" and len(key) <= MAX_KEY:
            self.keys.add(key)
        return fine

    def at(self, column: int, kind: type[Any]) -> Any:
        """The list or mapping with this column, begun where one is awaited."""
        opened = self.opened
        above, outer = opened[-1]
        if not self.awaits:
            # Below a key, dashes may stand in its own column.
            while above > column or (above == column and kind is dict and type(outer) is list):
                del opened[-1]
                above, outer = opened[-1]
            if above != column or type(outer) is not kind:
                raise NotPlain
            return outer
        if column < above or (column == above and (kind is dict or type(outer) is list)) or len(opened) > MAX_DEPTH:
            raise NotPlain
        begun = kind()
        if type(outer) is list:
            outer.append(begun)
        else:
            outer[self.key] = begun
        opened.append((column, begun))
        self.awaits = False
        return begun


# Tabs, ends of lines other than a line feed, what cannot be seen, and what libyaml refuses.
_UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE = re.compile(r"^( *)((?:- +)?)(?:([^\W\d]\w*):(?: +|$))?(.*)$", re.MULTILINE)
KEY = re.compile(r"[^\W\d]\w*:(?:[ \n]|\Z)")
_FOLD = "\0"
"""Stands before a text that was on several lines: no character of it means anything."""
_INDICATORS = _FOLD + " -?:,[]{}#&*!|>'\"%@`~"
TOKEN = re.compile(
    r" *([\[\]{},]|[^\W\d]\w*: |"
    r""""[^"\\]*(?:\\"[^"\\]*)*"|'[^']*(?:''[^']*)*'|"""
    rf"[^{re.escape(_INDICATORS)}][^,?:\[\]{{}}]*|.)"
)
_FOLDED = re.compile(
    r"^(?P<key>(?P<outer> *(?:- +)?)[^\W\d]\w*: )>-\n(?P<inner> +)(?P<text>\S.*(?:\n(?P=inner)\S.*)*)", re.MULTILINE
)
_NEXT = re.compile(r"\n*(?:\Z|( *)[^ \n])")


def _on_one_line(folded: re.Match[str]) -> str:
    inner = folded["inner"]
    following = _NEXT.match(folded.string, folded.end())
    if following is None or not len(folded["outer"]) < len(inner) > len(following[1] or ""):
        raise NotPlain
    return folded["key"] + _FOLD + folded["text"].replace(f"\n{inner}", " ")


def _value(written: str) -> Any:
    """What stands behind a key or dash on its line."""
    first = written[0]
    if first.isalnum() or first not in _INDICATORS or (first == "-" and written[1:2].isdigit()):
        if ": " in written or " #" in written or written[-1] in " :" or written == "null":
            raise NotPlain
        return written
    if first in "'\"":
        return _quoted(written)
    if first in "{[":
        tokens = iter(TOKEN.findall(written[1:]))
        found = _collection(first, tokens, 1)
        if next(tokens, ""):
            raise NotPlain
        return found
    if first == _FOLD:
        return written[1:]
    raise NotPlain


def _quoted(written: str) -> str:
    mark, text = written[0], written[1:-1]
    if len(written) < 2 or written[-1] != mark:
        raise NotPlain
    if mark not in text and "\\" not in text:
        return text
    # Of the escapes, only those of a quotation mark and of Latin letters and signs, such as the soft hyphen, are known.
    twice = "''" if mark == "'" else '\\"'
    left = text.replace(twice, "")
    if mark == '"' and "\\x" in left:
        left, text = _LATIN.sub("", left), _LATIN.sub(lambda code: chr(int(code[1], 16)), text)
    if mark in left or (mark == '"' and "\\" in left):
        raise NotPlain
    return text.replace(twice, mark)


_LATIN = re.compile(r"\\x([A-F][0-9A-F])")


def _collection(opening: str, tokens: Iterator[str], depth: int) -> Any:
    """What stands behind an opening bracket, up to the closing one."""
    if depth > MAX_DEPTH:
        raise NotPlain
    items: list[Any] = []
    fields: dict[str, Any] = {}
    found: Any = fields if opening == "{" else items
    for token in tokens:
        key = ""
        if opening == "{":
            key = token.removesuffix(": ")
            if key == token or key in fields or key == "null" or len(key) > MAX_KEY:
                raise NotPlain
            token = next(tokens, " ")
        value = _collection(token, tokens, depth + 1) if token in ("[", "{") else _value(token)
        if key:
            fields[key] = value
        else:
            items.append(value)
        behind = next(tokens, "")
        if behind in ("}", "]"):
            if (behind == "}") != (opening == "{"):
                break
            return found
        if behind != ",":
            break
    raise NotPlain
