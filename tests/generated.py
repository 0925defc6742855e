"""Datasets as large or as hostile as a test wants them, made through the tool as a curator's are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import yaml
from pages import lay_out_models

from factpack.cli import main

PLACES = ["Accra", "Bergen", "Cusco", "Davao", "Erfurt", "Faro", "Galway", "Hobart", "Izmir", "Jaipur"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FILLING = "and many who had come from far away listened to what was said about the years that lie ahead of them all"

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "=HYPERLINK(evil) --> ]]> {{ 7*7 }} &lt;b&gt;",
    "\u05d0\u05d1\u05d2 right to left \U0001f389\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 10_000,
)
"""What may stand in an article and must never be more than text."""

OVERRIDE = "\u202eturned round"
"""A right-to-left override that nothing ends; a curation file may not have it, an article may."""

Record = dict[str, object]


def ordinary(article: int, number: int) -> tuple[str, Record]:
    """A sentence of about thirty words, and the record of what it says."""
    name, place = f"Meeting {article}x{number}", PLACES[number % len(PLACES)]
    month, year = number % 12, 1990 + article % 30
    said = f"{name} took place in {place} in {MONTHS[month]} {year}, hosted by Person {number % 40} Example"
    record = {"id": f"evt-{article}-{number}", "names": [name], "name": name, "place": place,
              "date": f"{year}-{month + 1:02}", "host": f"person-{number % 40}", "quotes": [said]}  # fmt: skip
    return f"{said}, {FILLING}.", record


def hostile() -> Iterator[tuple[str, Record]]:
    """A paragraph of each hostile text, and a record named so."""
    for number, text in enumerate(HOSTILE):
        yield f"{text} {OVERRIDE}", {"id": f"evt-hostile-{number}", "names": [text], "name": text, "quotes": [text]}


def release(folder: Path, articles: Sequence[Sequence[tuple[str, Record]]]) -> Path:
    """The candidate of a dataset whose articles are made of these paragraphs and records."""
    lay_out_models(folder)
    for name in ("curation/registers", "seeds"):
        (folder / name).mkdir(parents=True)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("max_quote = 20000\n")
    people = [{"id": f"person-{n}", "names": [f"Person {n} Example"], "name": f"Person {n} Example"} for n in range(40)]
    _write(folder / "curation/registers/people.yaml", {"people": people})
    for number, parts in enumerate(articles):
        text = "\n\n".join(paragraph for paragraph, _ in parts) + "\n"
        (folder / f"seeds/a{number:04}.txt").write_bytes(text.encode("utf-8"))
        about = {"source": f"a{number:04}.txt", "sha256": sha256(text.encode("utf-8")).hexdigest(), "language": "en",
                 "quotes": [str(parts[0][1]["name"])]}  # fmt: skip
        _write(folder / f"curation/a{number:04}.yaml", {"article": about, "events": [record for _, record in parts]})
    assert main(["build", "--project", str(folder)]) == 0
    return folder / ".factpack/candidate"


def _write(path: Path, content: object) -> None:
    path.write_text(
        yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000), "utf-8"
    )
