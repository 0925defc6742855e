"""Several oddities in one file, and oddities in files of other kinds than articles: registers, indexes, names."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hostile.project import (
    BASE,
    CURATION,
    EVENT,
    FIGURE,
    SOURCE,
    Case,
    Folder,
    Gone,
    Link,
    Locked,
    Special,
    Thing,
    header,
)

A, S, CONFIGURATION = "curation/a.yaml", "seeds/a.txt", "pyproject.toml"
PEOPLE = "curation/registers/people.yaml"
NO_PEOPLE = frozenset({("unknown-reference", A)})
"""What is found in an article whose register lacks its record."""
UNNAMED = frozenset({("list-item-not-in-quote", A)})
"""The same, where the register cannot be read."""


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _registers()
    yield from _mixed()
    yield from _names()
    yield from _indexes()


def _register(
    name: str, content: str | bytes, *rules: str, also: frozenset[tuple[str, str]] = frozenset(), **more: object
) -> Case:
    return Case(f"register: {name}", {PEOPLE: content}, also | {(rule, PEOPLE) for rule in rules}, **more)  # type: ignore[arg-type]


def _registers() -> Iterator[Case]:
    ann = "people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n"
    other = "  - {id: bo-lee, name: Bo Lee, names: [Bo Lee]}\n"
    whole = ann.encode()
    for name, content in {
        "a byte order mark, CRLF": b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"), "CR": whole.replace(b"\n", b"\r"),
        "a directive": b"%YAML 1.1\n---\n" + whole, "the end of a document": whole + b"...\n",
    }.items():  # fmt: skip
        yield _register(name, content)
    for name, content in {
        "a tag": ann.replace("name: Ann", "name: !!python/name:os.system Ann"), "an anchor": ann.replace("[Ann", "&a [Ann"),
        "a second document": ann + "---\npeople: []\n", "a bidi mark in a comment": ann + "# \u202e\n",
        "ESC in a comment": ann + "# \x1b[2J\n",
    }.items():  # fmt: skip
        yield _register(name, content, "yaml-syntax")
    yield _register("a merge key", ann.replace("{id", "{<<: {name: x}, id"), "yaml-syntax")
    yield _register("a second id", ann + ann.partition("\n")[2], "duplicate-id")
    yield _register("a second key", ann.replace("name: Ann Lee,", "name: Ann Lee, name: Ann Lee,"), "duplicate-key")
    yield _register("a number as key", ann.replace("name: Ann Lee,", "name: Ann Lee, 7: x,"), "unknown-field")
    yield _register(
        "a bomb",
        "a: &a [x]\nb: &b [*a, *a]\npeople: *b\n",
        "yaml-syntax",
        "unknown-table",
        "invalid-value",
        also=NO_PEOPLE,
    )
    for depth in (100, 100_000):
        yield _register(f"{depth} lists", "people: " + "[" * depth, "yaml-syntax", also=UNNAMED)
    for name, content in {"nothing": "", "a comment": "# a\n", "---": "---\n", "two ends": "---\n---\n"}.items():
        rule = "yaml-syntax" if name == "two ends" else "invalid-value"
        yield _register(name, content, rule, also=NO_PEOPLE)
    for name, content in {"a text": "people\n", "a list": "- people\n"}.items():
        yield _register(name, content, "invalid-value", also=NO_PEOPLE)
    for name, bad in {"NUL": b"\0", "a letter of Latin-1": b"\xe9"}.items():
        rule = "yaml-syntax" if name == "NUL" else "unreadable-file"
        also = UNNAMED if name != "NUL" else frozenset()
        yield _register(f"{name} at the end", whole + b"#" + bad, rule, also=also)
    for encoding in ("utf-16", "utf-32"):
        yield _register(encoding, ann.encode(encoding), "unreadable-file", also=UNNAMED)
    yield _register("a homoglyph for an id", ann.replace("ann-lee", "\u0430nn-lee"), "invalid-value", also=NO_PEOPLE)
    yield _register(
        "a name without end",
        ann.replace("names: [Ann", f"names: [{'x' * 100_000}, Ann"),
        also=frozenset({("name-in-no-source", PEOPLE)}),
    )
    yield _register(
        "10,000 names",
        ann.replace("names: [Ann", f"names: [{', '.join(f'Bo {n}' for n in range(10_000))}, Ann"),
        "name-in-no-source",
        seconds=6,
    )
    yield _register("a record that nobody uses", ann + other, "unused-register-record", "name-in-no-source")


def _mixed() -> Iterator[Case]:
    raw = CURATION.encode()
    mark = b"\xef\xbb\xbf"
    crlf = raw.replace(b"\n", b"\r\n")
    tab = raw.replace(b"    place: Hanoi", b"\tplace: Hanoi")
    trap = CURATION.replace("place: Hanoi", "place: 0o17").replace("value: 120", "value: 1_20")
    date = CURATION.replace("date: 2022-04-12", "date: 0000-00-00")
    twice = CURATION.replace("place: Hanoi", "place: Hanoi\n    <<: *a\n    place: &a Hue")
    for name, content, rules in (
        ("a byte order mark and CRLF", mark + crlf, ()),
        ("a byte order mark, CRLF and a directive", mark + b"%YAML 1.1\r\n---\r\n" + crlf, ()),
        ("a byte order mark, CRLF and a tab", mark + tab.replace(b"\n", b"\r\n"), ("yaml-syntax",)),
        ("CR and a tab", tab.replace(b"\n", b"\r"), ("yaml-syntax",)),
        ("a byte order mark in the middle", raw + mark + b"# a\n", ()),
        ("octals and underscores", trap.encode(), ("invalid-value", "value-not-in-quote")),
        ("year 0 and octals", date.replace("place: Hanoi", "place: 0o17").encode(), ("invalid-value", "value-not-in-quote")),
        ("a merge key, an alias and a second key", twice.encode(), ("yaml-syntax", "duplicate-key")),
        ("only ---", b"---\n", ("missing-source",)),
        ("two ---", b"---\n---\n", ("yaml-syntax",)),
        ("only a directive", b"%YAML 1.1\n---\n", ("missing-source",)),
        ("only a byte order mark", mark, ("missing-source",)),
        ("only CR", b"\r" * 1000, ("missing-source",)),
    ):  # fmt: skip
        nobody = frozenset(
            ("unused-register-record", f"curation/registers/{table}.yaml") for table in ("people", "countries")
        )
        also = nobody if b"events" not in content else frozenset()
        yield Case(f"mixed: {name}", {A: content}, also | {(rule, A) for rule in rules})
    for value in ("24:00", "2022-04-12T24:00", "2022-02-31/2022-03-01", "2022-04-12/..-", "2022-04-12/2022-04-31", "0000", "-0001", "1e400",
                  "2022-4", "2022-04-", "2022-21-05", "2022-04-12 ~", "~"):  # fmt: skip
        yield Case(
            f"mixed: the date {value}",
            {A: CURATION.replace("date: 2022-04-12", f"date: {value}")},
            frozenset({("invalid-value", A)}),
        )
    for value in (
        "1e400",
        "-1e400",
        "1e-400",
        ".nan",
        "nan",
        "NaN",
        "inf",
        "0x78",
        "0o170",
        "1_20",
        "2:00",
        "120.",
        "1.2e2",
        "--120",
        "1 20",
        "٠١٢",
        "on",
    ):
        yield Case(
            f"mixed: the number {value!a}",
            {A: CURATION.replace("value: 120", f"value: {value}")},
            frozenset({("invalid-value", A)}),
        )
    changed = {"a blank at the end": SOURCE[:-1] + " \n", "no last line end": SOURCE[:-1], "a second line end": SOURCE + "\n", "CR": SOURCE.replace("\n", "\r"),
               "a byte order mark": "\ufeff" + SOURCE, "a zero-width space": SOURCE.replace("held", "held\u200b")}  # fmt: skip
    for name, text in changed.items():
        yield Case(f"mixed: {name} after curation", {S: text}, frozenset({("source-changed", A)}))
    homoglyph = header() + "events:\n" + EVENT + EVENT.replace("evt-forum", "\u0435vt-forum") + FIGURE
    # What is the same as another is told once both have an id.
    yield Case("mixed: two ids that look the same", {A: homoglyph}, frozenset({("invalid-value", A)}))


def _names() -> Iterator[Case]:
    for first, second in (
        ("caf\u00e9", "cafe\u0301"),
        ("\u1e9e", "ss"),
        ("\u0130", "i\u0307"),
        ("a", "A"),
        ("\uac00", "\u1100\u1161"),
    ):
        clash = {f"curation/registers/{one}.yaml": "people: []\n" for one in (first, second)}
        later = sorted(clash)[1]
        yield Case(
            f"names: registers {first!a} and {second!a}",
            clash,
            None,
            says=(json.dumps("name-clash"), ascii_of(later)),
            code=1,
        )
    for path in ("curation", "seeds", "curation/registers"):
        for kind, thing in {"a locked folder": Locked(), "an empty file": "", "a file": "x"}.items():
            locked: dict[str | bytes, Thing] = {path: thing}
            yield Case(
                f"names: {path} is {kind} (locked)",
                gone(path) | locked,
                None,
                code=3 if path == "curation" else 1,
                witness=False,
            )
    for index, path in enumerate(("curation/registers/deep", "seeds/a/b", "curation/deep/deeper")):
        yield Case(
            f"names: a link within {path} leads to its parent",
            {f"{path}/x": Link("..")},
            None,
            says=("unsafe-path",),
            code=1,
        )
        yield Case(f"names: a FIFO within {path}", {f"{path}/y{index}": Special()}, None, says=("unsafe-path",), code=1)
    yield Case(
        "names: a device named as an article",
        {"curation/c.yaml": Special(device=True)},
        frozenset({("unsafe-path", "curation/c.yaml")}),
    )


def gone(path: str) -> dict[str | bytes, Thing]:
    return {inner: Gone() for inner in BASE if inner.startswith(f"{path}/")}


def ascii_of(path: str) -> str:
    return path.rpartition("/")[0]


def _indexes() -> Iterator[Case]:
    """`dist/index.json`, which every command that publishes reads first."""
    contents: dict[str, Thing] = {
        "nothing": "", "no JSON": "{", "a mapping": "{}", "texts": '["x"]', "deep lists": "[" * 100_000, "a number without end": "[" + "1" * 100_000 + "]",
        "NaN": "[NaN]", "not UTF-8": b'["\xff"]', "UTF-16": "[]".encode("utf-16"), "NUL": "[]\0", "a version that leads out": '[{"version": "../../outside", "files": {}}]',
        "a version that acts": '[{"version": "\\u001b[2J::error::", "files": {}}]', "a link": Link("{outside}/secret.json"), "a FIFO": Special(), "a folder": Folder(),
    }  # fmt: skip
    for name, thing in contents.items():
        yield Case(
            f"index: {name}",
            {"dist/index.json": thing},
            code=2,
            arguments=("yank", "1.0.0", "--why", "x"),
            mebibytes=4096,
            seconds=4,
            witness=False,
        )
