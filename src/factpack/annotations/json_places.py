"""JSON of strangers, read with the line on which each object begins."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
from collections.abc import Callable, Iterator
from typing import Any

from factpack.annotations.mark import Problem
from factpack.text import Text


class Placed(dict[str, Any]):
    """An object of a JSON file; `start` is the offset at which it begins."""

    start = 0


class _Decoder(json.JSONDecoder):
    """The library's scanner in Python, which lets one see where an object begins; the one in C does not."""

    def __init__(self) -> None:
        super().__init__()
        plain: Callable[..., tuple[dict[str, Any], int]] = json.decoder.JSONObject  # type: ignore[attr-defined]

        def placed(state: tuple[str, int], *arguments: Any) -> tuple[Placed, int]:
            found, end = plain(state, *arguments)
            known = Placed(found)
            known.start = state[1] - 1
            return known, end

        self.parse_object: Any = placed
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def parsed(text: Text, start: int = 0, end: int | None = None) -> Any:
    """The value that a file, or a span of it, holds; a Problem where there is none."""
    try:
        content = text.content[start:end]
        return _Decoder().decode(content)
    except json.JSONDecodeError as error:
        line, column = text.position(start + error.pos)
        return Problem(text.path, line, f"this is no JSON: {error.msg} (column {column})")
    except RecursionError:
        return Problem(text.path, text.position(start)[0], "this is nested too deeply to be read")
    except ValueError:  # a number of thousands of digits
        return Problem(text.path, text.position(start)[0], "a number in this file is too long to be read")


def objects(value: Any, path: str, line: int, what: str) -> Iterator[Placed | Problem]:
    """The objects of a list, or the object itself; a Problem for anything else."""
    for element in value if isinstance(value, list) else [value]:
        yield element if isinstance(element, Placed) else Problem(path, line, f"{what} is to be an object")


def words(value: Any) -> str:
    """A text, or nothing where the value is none."""
    return value if isinstance(value, str) else ""


def whole(value: Any) -> int | None:
    """An offset, or None where the value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
