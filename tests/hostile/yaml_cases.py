"""Curation files that are no plain YAML, or YAML in which things hide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hostile.project import CURATION, EVENT, FIGURE, Case, header

A = "curation/a.yaml"

COUNTRIES = ("unused-register-record", "curation/registers/countries.yaml")
UNUSED = frozenset(("unused-register-record", f"curation/registers/{table}.yaml") for table in ("people", "countries"))
"""What is found of the registers where the file that refers to them says nothing."""


def spoiled(
    name: str, content: str | bytes, *rules: str, also: frozenset[tuple[str, str]] = frozenset(), **more: object
) -> Case:
    """A case in which curation/a.yaml has this content, and findings of these rules."""
    return Case(f"yaml: {name}", {A: content}, also | {(rule, A) for rule in rules}, **more)  # type: ignore[arg-type]


def placed(value: str) -> str:
    """The correct file with another `place`."""
    return CURATION.replace("place: Hanoi", f"place: {value}")


def cases() -> Iterator[Case]:
    """All of them."""
    yield Case("nothing is wrong", {})
    yield from _no_part_of_a_curation_file()
    yield from _bombs()
    yield from _nesting()
    yield from _keys()
    yield from _broken()
    yield from _readings()
    yield from _wrong_kinds()
    yield from _encodings()
    yield from _many()


def _no_part_of_a_curation_file() -> Iterator[Case]:
    tags = [
        "!!python/object/apply:os.system [touch pwned]", "!!python/name:os.system", "!!python/object/new:type [x]",
        "!!python/module:os", "!!binary aGVsbG8=", "!!set {a}", "!!omap [a: b]", "!!timestamp 2022-04-12", "!!int 3",
        "!!float 3.0", "!!bool yes", "!!null x", "!!str Hanoi", "!include ../outside/secret.yaml",
        "!ENV ${HOME}", "!Ref x", "! Hanoi", "!<tag:yaml.org,2002:str> Hanoi",
        "!!python/object/apply:subprocess.check_output [[cat, ../outside/secret.txt]]",
    ]  # fmt: skip
    for tag in tags:
        is_text = " " in tag and not tag.endswith(("]", "a}", "b]"))
        known = ("yaml-syntax",) if is_text else ("yaml-syntax", "invalid-value")
        wrong = ("value-not-in-quote",) if is_text and not tag.endswith("Hanoi") else ()
        yield spoiled(f"tag {tag}", placed(tag), *known, *wrong, says=("tags",))
    yield spoiled("anchor", placed("&a Hanoi"), "yaml-syntax", says=("anchors",))
    yield spoiled("alias of nothing", placed("*nowhere"), "yaml-syntax", "invalid-value", says=("aliases",))
    yield spoiled("anchor and alias", placed("&a Hanoi\n    document: *a"), "yaml-syntax", "invalid-value")
    yield spoiled("cycle", placed("&a [*a]"), "yaml-syntax", "invalid-value")
    yield spoiled("cycle through a mapping", placed("&a {b: *a}"), "yaml-syntax", "invalid-value")
    yield spoiled("cycle through the document", "&a\nevents: *a\n", "yaml-syntax", "invalid-value", also=UNUSED)
    merge = "common: &c {place: Hanoi}\n" + CURATION.replace("place: Hanoi", "<<: *c")
    yield spoiled("merge key", merge, "yaml-syntax", "unknown-table", says=("merge keys",))
    yield spoiled("merge key of itself", placed("Hanoi\n    <<: {place: Hue}"), "yaml-syntax")
    yield spoiled("merge key of a list", placed("Hanoi\n    <<: [{a: b}, {c: d}]"), "yaml-syntax")
    yield spoiled("default key", placed("Hanoi\n    =: x"), "unknown-field")
    yield spoiled("second document", CURATION + "---\nevents: []\n", "yaml-syntax", says=("one YAML document",))
    yield spoiled("document end and more", CURATION + "...\nevents: []\n", "yaml-syntax")
    yield spoiled("document start", "---\n" + CURATION)
    yield spoiled("document end", CURATION + "...\n")
    yield spoiled("directive", "%YAML 1.1\n---\n" + CURATION)
    yield spoiled("directive of a later YAML", "%YAML 9.9\n---\n" + CURATION, "yaml-syntax")
    yield spoiled("tag directive", "%TAG ! tag:evil.example,2022:\n---\n" + placed("!x Hanoi"), "yaml-syntax")
    yield spoiled("unknown directive", "%EVIL x\n---\n" + CURATION, "yaml-syntax")


def _bombs() -> Iterator[Case]:
    for width in (2, 9, 100):
        levels = list(pairwise("abcdefghijklmnopqrstuvwxyz"))
        lists = "".join(f"{c}: &{c} [{', '.join([f'*{p}'] * width)}]\n" for p, c in levels)
        yield spoiled(f"alias bomb, {width} wide", CURATION + "a: &a [x]\n" + lists, "yaml-syntax", "unknown-table")
        maps = "".join(f"{c}: &{c} {{{', '.join(f'k{i}: *{p}' for i in range(width))}}}\n" for p, c in levels)
        yield spoiled(f"mapping bomb, {width} wide", CURATION + "a: &a [x]\n" + maps, "yaml-syntax", "unknown-table")
    keys = "".join(f"{c}: &{c} {{? *{p} : *{p}}}\n" for p, c in pairwise("abcdefghij"))
    yield spoiled("bomb of keys", CURATION + "a: &a [x]\n" + keys, "yaml-syntax", "unknown-table")


def _nesting() -> Iterator[Case]:
    for what in ("[", "{", "- ", "? ", "a: [", "{a: ", "[[", "- - ", "[{"):
        for depth in (19, 100, 100_000):
            yield spoiled(f"{depth} times {what}", placed(what * depth), "yaml-syntax")
    yield spoiled("closed nesting", placed("[" * 50_000 + "]" * 50_000), "yaml-syntax")
    yield spoiled(
        "nesting by indentation", placed("\n" + "".join(" " * (6 + i) + "a:\n" for i in range(900))), "yaml-syntax"
    )
    yield spoiled("nothing but nesting", "[" * 300_000, "yaml-syntax")
    yield spoiled("nothing but quoting", "'" * 300_001, "yaml-syntax")
    yield spoiled("a block of blocks", placed("|\n" * 3_000), "yaml-syntax")


def _keys() -> Iterator[Case]:
    yield spoiled("second key", placed("Hanoi\n    place: Hue"), "duplicate-key", says=("a second time",))
    yield spoiled("second key, quoted", placed("Hanoi\n    'place': Hue"), "duplicate-key")
    yield spoiled("second table", CURATION + "events:\n" + EVENT, "duplicate-key")
    yield spoiled("a key 10,000 times", placed("Hanoi\n" + "    place: Hue\n" * 10_000), "duplicate-key")
    for key in ("~", "null", "[a]", "{a: b}", "? [a, b]\n    ", "? {a: b}\n    "):
        yield spoiled(f"key {key.split()}", placed(f"Hanoi\n    {key}: x"), "yaml-syntax", says=("a key is a word",))
    for key in ("1", "1.5", "true", "yes", "2022-04-12", "0x1F", "''", "' '", ".nan", "-", "__class__", "__proto__",
                "model_config", "__init__", "self", "table", "constructor", "'place '", "'place\\t'", "Place", "plаce",
                "pl\u200bace", "plac\u0065\u0301"):  # fmt: skip
        yield spoiled(f"key {key!a}", placed(f"Hanoi\n    {key}: x"), "unknown-field")
    yield spoiled("a key of 1,000 letters", placed(f"Hanoi\n    {'k' * 1000}: x"), "unknown-field", never=("k" * 500,))
    yield spoiled("a key of 100,000 letters", placed(f"Hanoi\n    ? {'k' * 100_000}\n    : x"), "unknown-field")
    yield spoiled("a key that is a sentence", placed("Hanoi\n    Ann Lee spoke. She said: x"), "unknown-field")
    for table in ("articles", "people", "__class__", "Events", "еvents", "events ", "omitted_", "1", "''"):
        yield spoiled(f"table {table!a}", CURATION + f"'{table}':\n  - id: x\n", "unknown-table")


def _broken() -> Iterator[Case]:
    broken = {
        "a second colon": "  - id: evt-x\n    name: a: b\n",
        "an open quotation mark": "  - id: evt-x\n    name: 'a\n",
        "an open double quotation mark": '  - id: evt-x\n    name: "a\n',
        "an open list": "  - id: evt-x\n    name: [a\n",
        "an open mapping": "  - {id: evt-x, name: a\n",
        "a closing bracket": "  - id: evt-x\n    name: a]\n    quotes: ]\n",
        "a reserved sign": "  - id: evt-x\n    name: @a\n",
        "a backtick": "  - id: evt-x\n    name: `a`\n",
        "a percent sign": "  - id: evt-x\n    name: %a\n",
        "a tab": "\t- id: evt-x\n",
        "a tab further in": "  - id: evt-x\n\tname: a\n",
        "a wrong indentation": "  - id: evt-x\n   name: a\n",
        "no blank behind the dash": "  -id: evt-x\n",
        "an unknown escape": '  - id: evt-x\n    name: "\\q"\n',
        "half an escape": '  - id: evt-x\n    name: "\\u12"\n',
        "an escaped surrogate": '  - id: evt-x\n    name: "\\ud800"\n',
        "an escape beyond Unicode": '  - id: evt-x\n    name: "\\U00110000"\n',
        "a wrong block header": "  - id: evt-x\n    name: |99\n      a\n",
        "an anchor without a name": "  - id: evt-x\n    name: & a\n",
        "an alias without a name": "  - id: evt-x\n    name: *\n",
        "a tag without an end": "  - id: evt-x\n    name: !<a b\n",
    }
    for name, record in broken.items():
        yield spoiled(name, header() + "events:\n" + EVENT + record + FIGURE, "yaml-syntax")
        also = ("invalid-value",) if name == "no blank behind the dash" else ()
        yield spoiled(f"{name}, first", header() + "events:\n" + record + EVENT + FIGURE, "yaml-syntax", *also)


_TRAPS = [
    "no", "NO", "yes", "on", "off", "y", "n", "true", "False", "012", "0o14", "0x1F", "0b11", "12:30", "12:30:45",
    "190:20:30", "1_000", "1e3", "1e400", "-1e400", ".inf", "-.inf", ".nan", ".NaN", "+1", "-0", "1.", ".5", "1,000",
    "1.0e+1", "=", "<", "2022-04-12", "2022-04-12T10:00:00Z", "2022-13-45", "9" * 5000, "١٢٣", "１２３", "½", "²",
]  # fmt: skip


def _readings() -> Iterator[Case]:
    """YAML 1.1 reads these as something else than what is written; here each is text, and no number."""
    for trap in _TRAPS:
        shown = trap if len(trap) < 30 else f"{trap[:3]}... of {len(trap)}"
        yield spoiled(f"text {shown!a}", placed(trap), *(["value-not-in-quote"] if trap != "on" else []))
        yield spoiled(f"number {shown!a}", CURATION.replace("value: 120", f"value: {trap}"), "invalid-value")
    dates = ["2022-02-30", "2022-13-01", "2022-00-01", "2022-04-31", "0000-01-01", "2021-02-29", "99999-01-01",
             "2022-4-12", "12.04.2022", "2022/04/12", "20220412", "-2022-04-12", "2022-04-12/2021-01-01", "../..",
             "2022-04-12T00:00:00", "٢٠٢٢-٠٤-١٢", "2022-W15", "2022-102", "1e3", "today", "2" * 10_000]  # fmt: skip
    for date in dates:
        yield spoiled(f"date {date[:30]!a}", CURATION.replace("date: 2022-04-12", f"date: {date}"), "invalid-value")
    for identity in ("Evt-Forum", "evt_forum", "evt--forum", "-evt", "evt-", "еvt-forum", "evt-forüm", "evt\u200b-forum",
                     "evt-foru\u0301m", "a" * 101, "1-forum", "evt forum", "../evt", "evt/forum", "evt-forum\u202e",
                     "ｅvt", "<b>", "=1+1"):  # fmt: skip
        hidden = "yaml-syntax" if "\u202e" in identity else "invalid-value"
        more = () if "\u202e" in identity else ("unknown-reference",)
        content = CURATION.replace("id: evt-forum", f"id: {identity!s}")
        yield spoiled(f"id {identity[:30]!a}", content, hidden, *more)


def _wrong_kinds() -> Iterator[Case]:
    for name, value in {"a list": "[Hanoi]", "a mapping": "{in: Hanoi}", "a list of lists": "[[Hanoi]]"}.items():
        yield spoiled(f"{name} for a text", placed(value), "invalid-value")
        yield spoiled(f"{name} for a number", CURATION.replace("value: 120", f"value: {value}"), "invalid-value")
    for name, value in {"a text": "ann-lee", "a mapping": "{ann-lee: x}", "lists": "[[ann-lee]]"}.items():
        yield spoiled(
            f"{name} for a list",
            CURATION.replace("speakers: [ann-lee]", f"speakers: {value}"),
            "invalid-value",
            also=UNUSED - {COUNTRIES},
        )
    for name, value in {"nothing": "", "~": "~", "an empty list": "[]", "an empty mapping": "{}", "''": "''"}.items():
        yield spoiled(f"{name} for a place", placed(value), "invalid-value")
    for name, content in {
        "a text": "Hanoi\n", "a list": "- a\n- b\n", "a number": "12\n", "a quoted text": "'a'\n", "a list of lists": "[[]]\n",
    }.items():  # fmt: skip
        yield spoiled(f"{name} for a file", content, "invalid-value", "missing-source", also=UNUSED)
    for name, content in {
        "nothing": "",
        "a comment": "# a\n",
        "blanks": "  \n\n \n",
        "line ends": "\n" * 100_000,
    }.items():
        yield spoiled(f"{name} for a file", content, "missing-source", also=UNUSED)
    for name, value in {"a text": "Hanoi", "a mapping": "{id: x}", "nothing": "", "an empty list": "[]"}.items():
        rules = ("invalid-value",) if name != "an empty list" else ()
        yield spoiled(f"{name} for a table", CURATION.replace(FIGURE, f"figures: {value}\n"), *rules)
        wrong = ["missing-field", "missing-quote"] if name == "a mapping" else ["invalid-value"]
        yield spoiled(f"{name} for a record", CURATION + f"  - {value}\n", *wrong)
    for name, value in {"a list": "[a]", "a text": "a", "nothing": ""}.items():
        lost = CURATION.replace(header(), f"article: {value}\n")
        yield spoiled(f"{name} for the article", lost, "invalid-value")


def _encodings() -> Iterator[Case]:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"):
        yield spoiled(encoding, CURATION.encode(encoding), "unreadable-file", says=("UTF-16",))
    raw = CURATION.encode()
    invalid = {
        "a Latin-1 letter": b"\xe9", "a lone continuation byte": b"\x80", "an overlong slash": b"\xc0\xaf",
        "a surrogate": b"\xed\xa0\x80", "half a letter": b"\xe1\xba", "beyond Unicode": b"\xf4\x90\x80\x80",
        "0xFF": b"\xff", "five bytes": b"\xf8\x88\x80\x80\x80",
    }  # fmt: skip
    for name, bad in invalid.items():
        yield spoiled(
            f"not UTF-8: {name}",
            raw.replace(b"Hanoi\n", b"Han" + bad + b"oi\n", 1),
            "unreadable-file",
            says=("not UTF-8",),
        )
        yield spoiled(f"not UTF-8 at the end: {name}", raw + b"#" + bad, "unreadable-file")
    yield spoiled("a byte order mark", b"\xef\xbb\xbf" + raw)
    yield spoiled("two byte order marks", b"\xef\xbb\xbf" * 2 + raw)
    yield spoiled("CRLF", raw.replace(b"\n", b"\r\n"))
    yield spoiled("CR", raw.replace(b"\n", b"\r"))
    yield spoiled("mixed line ends", raw.replace(b"\n", b"\r\n", 5))
    unseen = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F),
              *range(0x2066, 0x206A), 0xFFFE, 0xFFFF]  # fmt: skip
    for code in unseen:
        yield spoiled(
            f"U+{code:04X}", placed(f"Ha{chr(code)}noi"), "yaml-syntax", "value-not-in-quote", says=(f"U+{code:04X}",)
        )
    for code in (0x1B, 0x00, 0x9B, 0x202E):
        yield spoiled(f"U+{code:04X} escaped", placed(f'"Ha\\u{code:04X}noi"'), "yaml-syntax", "value-not-in-quote")
        yield spoiled(f"U+{code:04X} in a comment", CURATION + f"# {chr(code)}\n", "yaml-syntax")
        yield spoiled(f"U+{code:04X} in a key", placed(f"Hanoi\n    a{chr(code)}b: x"), "yaml-syntax", "unknown-field")
    yield spoiled("a million NULs", raw + b"\0" * 1_000_000, "yaml-syntax")
    yield spoiled("nothing but NULs", b"\0" * 1_000_000, "unreadable-file")
    yield spoiled("zero-width characters", placed("Ha\u200bnoi"))
    yield spoiled("a homoglyph", placed("H\u0430noi"), "value-not-in-quote")
    yield spoiled("soft hyphen", placed("Ha\u00adnoi"))


def _many() -> Iterator[Case]:
    """Much of what is short for itself: the number of messages is bounded."""
    extra = {
        "aliases": "*a", "tags": "!t x", "anchors": "&a x", "empty lists": "[]",
    }  # fmt: skip
    for name, value in extra.items():
        content = CURATION + "omitted: [" + ", ".join([value] * 20_000) + "]\n"
        rules = {"yaml-syntax", "invalid-value"} if name != "empty lists" else {"invalid-value"}
        yield spoiled(f"20,000 {name}", content, *rules, seconds=4)
    yield spoiled("broken records without end", CURATION + "  - id: x: y\n" * 5_000, "yaml-syntax", seconds=4)
    yield spoiled("an endless plain text", placed("word " * 200_000), "value-not-in-quote", seconds=4)
    yield spoiled("an endless quoted text", placed(f"'{'word ' * 200_000}'"), "value-not-in-quote", seconds=4)
    yield spoiled(
        "an endless folded text",
        placed(">\n" + "      word\n" * 100_000),
        "value-not-in-quote",
        seconds=4,
    )
    yield spoiled("an endless comment", CURATION + "#" * 1_000_000)
    yield spoiled("endless blanks", placed("Hanoi" + " " * 1_000_000))
    yield spoiled("comments without end", CURATION + "# factpack: ignore[x] y\n" * 20_000, "invalid-ignore", seconds=4)
    yield spoiled(
        "rules without end", CURATION + "# factpack: ignore[" + "x," * 50_000 + "] y\n", "invalid-ignore", seconds=4
    )
    for length in (1_000, 100_000, 1_000_000):
        yield spoiled(
            f"a number of {length} digits",
            CURATION.replace("value: 120", "value: " + "9" * length),
            "invalid-value",
            never=("9" * 400,),
        )
        yield spoiled(
            f"a quote of {length} letters",
            CURATION.replace("- Ann Lee spoke", "- " + "x" * length),
            "quote-not-found",
            "quote-too-long",
        )
