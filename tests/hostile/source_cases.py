"""Source texts that are no text, or text in which matching and reading numbers could lose themselves."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.project import CURATION, EVENT, FIGURE, SOURCE, Case, header

A, S = "curation/a.yaml", "seeds/a.txt"


def of(name: str, source: str, *rules: str, quote: str = "", **more: object) -> Case:
    """A case with this behind the source's text, and one more quote, which is found in it unless `rules` say so."""
    text = SOURCE + source
    event = EVENT + (f"      - {quote}\n" if quote else "")
    content = header(text) + "events:\n" + event + FIGURE
    return Case(f"source: {name}", {S: text, A: content}, frozenset((rule, A) for rule in rules), **more)  # type: ignore[arg-type]


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _changed()
    yield from _encodings()
    yield from _twins()
    yield from _much()


def _changed() -> Iterator[Case]:
    yield Case("source: a letter added after curation", {S: SOURCE + "x"}, frozenset({("source-changed", A)}))
    yield Case("source: CRLF after curation", {S: SOURCE.replace("\n", "\r\n")}, frozenset({("source-changed", A)}))
    words = frozenset(
        {("source-changed", A), ("quote-not-found", A), ("name-in-no-source", "curation/registers/people.yaml")}
    )
    yield Case("source: another name after curation", {S: SOURCE.replace("Ann", "Anne")}, words)
    yield Case(
        "source: empty after curation", {S: ""}, words | {("name-in-no-source", "curation/registers/countries.yaml")}
    )
    for name, digest in {"short": "abc", "upper case": "A" * 64, "no": "", "a number": "1" * 64}.items():
        content = header().replace(header().split("sha256: ")[1][:64], digest) + CURATION[len(header()) :]
        rule = "source-changed" if name == "a number" else "invalid-value"
        yield Case(f"source: {name} checksum", {A: content}, frozenset({(rule, A)}))


def _encodings() -> Iterator[Case]:
    raw = SOURCE.encode()
    for name, bad in {
        "Latin-1": b"\xe9",
        "0xFF": b"\xff",
        "a surrogate": b"\xed\xa0\x80",
        "overlong": b"\xc0\x80",
    }.items():
        found = frozenset({("unreadable-file", S), ("missing-source", A)})
        yield Case(f"source: {name}", {S: raw + bad}, found, says=("not UTF-8",))
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        found = frozenset({("unreadable-file", S), ("missing-source", A)})
        yield Case(f"source: {encoding}", {S: SOURCE.encode(encoding)}, found)
    for name, text in {
        "a byte order mark": "\ufeff" + SOURCE, "CRLF": SOURCE.replace("\n", "\r\n"), "CR": SOURCE.replace("\n", "\r"),
        "form feeds": SOURCE.replace("\n", "\f"), "NUL at the end": SOURCE + "\0", "ESC at the end": SOURCE + "\x1b[2J",
        "bidi at the end": SOURCE + "\u202e", "line separators": SOURCE.replace("\n", "\u2028"),
        "tabs": SOURCE.replace(" ", "\t"), "no-break spaces": SOURCE.replace(" ", "\u00a0"),
        "zero-width spaces in words": SOURCE.replace("forum", "fo\u200brum"), "soft hyphens": SOURCE.replace("held", "he\u00adld"),
    }.items():  # fmt: skip
        content = header(text) + "events:\n" + EVENT + FIGURE
        yield Case(f"source: {name}", {S: text, A: content})


def _twins() -> Iterator[Case]:
    yield of("NFC, quoted in NFD", "Café Việt opened.\n", quote="Cafe\u0301 Vie\u0323\u0302t opened")
    yield of("NFD, quoted in NFC", "Cafe\u0301 Vie\u0323\u0302t opened.\n", quote="Café Việt opened")
    yield of("a homoglyph in the quote", "Mara came.\n", "quote-not-found", quote="M\u0430ra came")
    yield of("full-width letters", "Ｍａｒａ came.\n", "quote-not-found", quote="Mara came")
    yield of("another case", "Mara came.\n", "quote-not-found", quote="mara came")
    yield of("a superscript digit", "There were 10² men.\n", "quote-not-found", quote="There were 102 men")
    yield of("Arabic digits", "There were ١٢ men.\n", "quote-not-found", quote="There were 12 men")
    yield of("an entity", "Tom &amp; Ann &lt;b&gt; sang.\n", quote="'Tom & Ann <b> sang'")
    yield of("an entity of an entity", "Tom &amp;amp; Ann sang.\n", "quote-not-found", quote="Tom & Ann sang")
    yield of("an entity that is a control character", "Tom &#27;[31m sang &#x202e; there.\n")
    yield of("an entity beyond Unicode", "Tom &#9999999; &#xFFFFFF; sang.\n")


def _much() -> Iterator[Case]:
    yield of("64,000 combining marks", "e" + "\u0301\u0323" * 32_000 + " end.\n")
    yield of(
        "64,000 combining marks, quoted",
        "e" + "\u0301\u0323" * 32_000 + " end of three roads.\n",
        "quote-too-long",
        quote="e" + "\u0301\u0323" * 32_000 + " end of three roads",
    )
    yield of(
        "40,000 blanks", "One" + " " * 40_000 + "two and three birds flew.\n", quote="One two and three birds flew"
    )
    yield of(
        "40,000 blanks in the quote",
        "One two and three birds flew.\n",
        quote="'One" + " " * 40_000 + "two and three birds flew'",
    )
    yield of("40,000 blanks at the end", "One two." + " " * 40_000)
    yield of(
        "40,000 line ends", "One" + "\n" * 40_000 + "two birds flew.\n", "quote-not-found", quote="One two birds flew"
    )
    yield of("a million digits", "It cost " + "9" * 1_000_000 + " dollars.\n")
    yield of("20,000 digits and commas", "It cost " + "9," * 10_000 + " dollars.\n")
    yield of("20,000 digits and points", "It cost " + "1." * 10_000 + " dollars.\n")
    yield of("10,000 number words", "There were " + "hundred " * 10_000 + "men.\n", seconds=4)
    yield of("10,000 and words", "There were one " + "and one " * 10_000 + "men.\n", seconds=4)
    yield of("100,000 hyphens", "One" + "-" * 100_000 + "two.\n")
    yield of("10,000 hyphenated words", "twenty-" * 10_000 + "one men.\n", seconds=4)
    yield of("100,000 signs", "It cost " + "$" * 100_000 + "5.\n")
    yield of("100,000 ampersands", "&" * 100_000 + "\n")
    yield of("10,000 entities", "&#0;" * 10_000 + "\n", seconds=4)
    yield of("100,000 brackets", "(" * 100_000 + "\n")
    yield of("100,000 quotation marks", "“" * 100_000 + "\n")
    yield of("100,000 points", "." * 100_000 + "\n")
    yield of("100,000 letters", "x" * 100_000 + "\n")
    yield of("10,000 slashes", "1/" * 10_000 + "2 parts.\n", seconds=4)
    yield of("100,000 zero-width spaces", "One\u200b" + "\u200b" * 100_000 + "two.\n")
    yield of(
        "a periodic source and quote",
        "a " * 20_000 + "\n",
        "ambiguous-quote",
        "quote-too-long",
        quote="a " * 2_000 + "a",
        seconds=4,
    )
    yield of(
        "a quote of 100,000 letters, not there",
        "b" * 100_000 + "\n",
        "quote-not-found",
        "quote-too-long",
        quote="a" * 100_000,
        seconds=4,
    )
    yield of(
        "a quote of 10,000 words, nearly there",
        "word " * 10_000 + "\n",
        "quote-not-found",
        "quote-too-long",
        quote="word " * 9_000 + "end",
        seconds=4,
    )
    yield of(
        "10,000 dates", "on 12 April 2022, " * 5_000 + "\n", "ambiguous-quote", quote="on 12 April 2022", seconds=4
    )
    yield of("10,000 relative dates", "two days before the last Monday of next month, " * 2_000 + "\n", seconds=6)
    yield of("10,000 sums of money", "more than US$1.5 million, " * 4_000 + "\n", seconds=6)
    yield of("10,000 names", "Ann Lee and Laos, " * 5_000 + "\n", seconds=4)
    yield of("10,000 lines", "Ann.\n" * 10_000, seconds=4)
