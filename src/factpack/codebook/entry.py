"""A column's entry in the codebook."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator

from factpack.codebook.declared import Declared
from factpack.codebook.support import Support
from factpack.grounding import Cue, External, Judged
from factpack.package.markdown import cell, code, link, plain
from factpack.package.packed import column
from factpack.resource import Cell, Field, Resource

MANY_REASONS = 3
"""How many of the reasons given for a column's values are told."""


def entry(resource: Resource, field: Field, known: Declared, support: Support) -> str:
    """The entry: question, type, values, missing, support, example."""
    counts, missing, first = _counted(resource, field, known)
    lines = [
        f"### {resource.name}.{field.name}\n",
        f"- **Question.** {known.question or field.description}",
        f"- **Type.** {', '.join(_type(resource, field))}",
        *_values(field, known, counts),
        f"- **Missing.** {_missing(field, missing, len(resource.rows))}",
        *_support(known, support),
        *_example(first, support),
    ]
    return "\n".join([*lines, ""])


def _counted(resource: Resource, field: Field, known: Declared) -> tuple[Counter[str], int, Cell]:
    """How often each value of a closed list stands in a column, how many cells are empty, and the first that is not."""
    counts: Counter[str] = Counter()
    missing, first = 0, None
    closed = known.choices is not None or bool(field.enum)
    for value in column(resource, field.name):
        if value is None:
            missing += 1
            continue
        if first is None:
            first = value
        if closed:
            counts[str(value)] += 1
    return counts, missing, first


def _type(resource: Resource, field: Field) -> Iterator[str]:
    yield field.type
    if field.required:
        yield "required"
    if field.unique:
        yield "unique"
    if field.pattern:
        yield f"pattern {code(field.pattern)}"
    if field.minimum is not None:
        yield f"at least {field.minimum}"
    if field.maximum is not None:
        yield f"at most {field.maximum}"
    if field.min_length is not None:
        yield f"at least {field.min_length} characters"
    if field.max_length is not None:
        yield f"at most {field.max_length} characters"
    yield from (f"a key of {link(key.resource)}" for key in resource.foreign_keys if key.fields == (field.name,))


def _values(field: Field, known: Declared, counts: Counter[str]) -> Iterator[str]:
    if known.choices is not None:
        yield "- **Values.**\n\n  | value | meaning | maps to | rows |\n  |---|---|---|---:|"
        for one in known.choices:
            yield f"  | `{one.value}` | {cell(one.definition)} | {cell(one.maps_to)} | {counts[one.value]} |"
        yield ""
    elif field.enum:
        used = ", ".join(f"`{value}` ({counts[value]})" for value in field.enum if counts[value]) or "none yet"
        unused = ", ".join(f"`{value}`" for value in field.enum if not counts[value])
        yield f"- **Values.** {used}" + (f"; not used: {unused}" if unused else "")


def _missing(field: Field, missing: int, rows: int) -> str:
    if field.required:
        return "Never."
    return f"Empty in {missing} of {rows} rows." if missing else f"Allowed; empty in none of {rows} rows."


def _support(known: Declared, support: Support) -> Iterator[str]:
    shares = [f"{basis} {support.rows[basis]}" for basis in ("grounded", "judged", "derived", "external")
              if support.rows[basis]]  # fmt: skip
    yield f"- **Support.** {', '.join(shares) or 'counted for no cell'}." + _rule(known)
    if isinstance(known.grounding, Cue):
        for value, words in known.grounding.words.items():
            yield f"  - {code(str(value))}: {', '.join(f'“{word}”' for word in words)}"
        if known.grounding.default is not None:
            yield f"  - {code(str(known.grounding.default))}: where no such word stands"
    for basis in ("judged", "derived", "external"):
        reasons = sorted(support.reasons[basis].items(), key=lambda item: (-item[1], item[0]))
        for reason, count in reasons[:MANY_REASONS]:
            if reason and reason not in (known.question, _stated(known)):
                yield f"  - {basis} {count}: {plain(reason)}"
        if len(reasons) > MANY_REASONS:
            yield f"  - {basis} for {len(reasons) - MANY_REASONS} other reasons: see `statements`"


def _stated(known: Declared) -> str:
    """The reason or source that the model gives for all values."""
    match known.grounding:
        case Judged(why=text) | External(source=text):
            return text
    return ""


def _rule(known: Declared) -> str:
    """How the grounding finds a value in words, from its own documentation."""
    if known.grounding is None:
        return ""
    text = _stated(known) or inspect.cleandoc(type(known.grounding).__doc__ or "").split("\n\n")[0]
    text = " ".join(text.split()).rstrip(".").replace("`table`", f"`{getattr(known.grounding, 'table', 'table')}`")
    return f" {text[:1].upper()}{text[1:]}."


def _example(first: Cell, support: Support) -> Iterator[str]:
    found = support.example()
    if found is not None:
        words = plain(found.words)
        words = f"**{words}**" if words and (found.before or found.after) else words
        quote = f"{_beside(found.before)}{words}{_beside(found.after)}"
        yield f"- **Example.** {code(found.value)}: “{quote}” ({plain(found.article_id)}, row {code(found.row_id)})"
        return
    if first is not None:
        shown = str(first).lower() if isinstance(first, bool) else str(first)
        yield f"- **Example.** {code(shown)}"


def _beside(words: str) -> str:
    """The words beside those in bold, with the space between them."""
    lead = " " if words[:1].isspace() else ""
    trail = " " if words[-1:].isspace() and words.strip() else ""
    return f"{lead}{plain(words)}{trail}"
