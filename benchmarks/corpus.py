"""Write a dataset of any size: articles made up from a fixed seed, with the curation that goes with them.

    python benchmarks/corpus.py DIR --articles 100 --length 5000

Each article has 30 facts in 30 sentences that stand among others; the models are those that a new dataset
begins with. The sources are set as newspapers set theirs (curly quotation marks, no-break spaces, decomposed
letters, soft hyphens), the quotes are typed plainly. There are no errors in it; where the typography differs a check
says so.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import unicodedata
from calendar import month_name
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import factpack

MODELS = Path(factpack.__file__).parent / "template/schema"
SEED = 20240412
FACTS = 30
"""Facts in an article; half of them events, half of them figures."""
NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"), ("Thị", "Văn", "Hữu", "Minh", "Quốc"), (
    "Hà", "Lâm", "Dũng", "Nga", "Trung", "Sơn", "Liên", "Huệ", "Khánh", "Bình", "Tú", "Yến", "Phúc", "Quỳnh",
)  # fmt: skip
COUNTRIES = {"LAO": "Laos", "KHM": "Cambodia", "FRA": "France", "CUB": "Cuba", "IND": "India", "MAR": "Morocco"}
PLACES = ("Vientiane", "Huế", "Đà Nẵng", "Lyon", "Havana", "Pune", "Cần Thơ", "Fez", "Siem Reap", "Nantes")
KINDS = ("annual", "regional", "joint", "open", "third", "renewed", "public", "rural")
TOPICS = ("fishery", "textile", "archive", "forestry", "nursing", "railway", "language", "museum", "harvest", "water")
FILLERS = (
    "It rained most of the morning, and the “old hall” by the river was full long before the doors were closed.",
    "Nobody present could remember when the first of these gatherings had been; some said “before the bridge”.",
    "The organisers’ thanks went to those who had cooked, carried chairs and swept the yard – often late at night.",
    "What was said there will be printed in the bulletin… or so the secretaries hope.",
)

Fact = dict[str, object]


def people(count: int) -> dict[str, str]:
    """Id -> full name, no two alike."""
    families, middles, given = NAMES
    every = [f"{a} {b} {c} {chr(65 + d)}." for d in range(26) for a in families for b in middles for c in given]
    return {f"person-{number}": every[number] for number in range(min(count, len(every)))}


def facts_of(
    number: int, dice: random.Random, register: dict[str, str], facts: int = FACTS
) -> Iterator[tuple[str, Fact]]:
    """The facts of an article with their sentences, as quotes have them: an event and its figure, by turns."""
    names = dice.sample([f"{kind} {topic} forum" for kind in KINDS for topic in TOPICS], facts // 2)
    for index, name in enumerate(names):
        event = f"forum-{number}-{index}"
        person, country, place = dice.choice(list(register)), dice.choice(list(COUNTRIES)), dice.choice(PLACES)
        whom, where = register[person], f"{place}, {COUNTRIES[country]}"
        day, month = dice.randint(1, 28), dice.randint(1, 12)
        yield (
            f"On {day} {month_name[month]} 2023, {whom} opened the {name} in {where}.",
            {"id": event, "name": name, "date": f"2023-{month:02}-{day:02}", "place": place, "speakers": [person],
             "country": country},
        )  # fmt: skip
        count = dice.randint(1001, 9999)
        yield (
            f"More than {count:,} delegates listened to the speakers of the {name}'s {index + 2} “working groups”.",
            {"id": f"{event}-delegates", "event": event, "measure": f"delegates listened to the speakers of the {name}",
             "value": str(count), "comparator": "gt", "unit": "delegates"},
        )  # fmt: skip


def printed(sentence: str, dice: random.Random) -> str:
    """A sentence as a newspaper's system leaves it."""
    sentence = sentence.replace("'", "’")
    if dice.random() < 0.3:
        sentence = sentence.replace(" 2023", "\u00a02023")
    if dice.random() < 0.3:
        sentence = unicodedata.normalize("NFD", sentence)
    if dice.random() < 0.3:
        sentence = sentence.replace("delegates", "dele\u00adgates")
    return sentence


def article(
    number: int, length: int, register: dict[str, str], facts: int = FACTS, plain: bool = False
) -> tuple[str, dict[str, object]]:
    """A source of about `length` characters, if its facts need no more, and its curation."""
    dice = random.Random(SEED + number)
    stated = list(facts_of(number, dice, register, facts))
    spare = max(0, length - sum(len(sentence) for sentence, _ in stated)) // len(stated)
    paragraphs = [f"The bulletin, number {number}"]
    for sentence, _ in stated:
        paragraph = sentence if plain else printed(sentence, dice)
        while len(paragraph) - len(sentence) + 50 < spare:
            paragraph += " " + dice.choice(FILLERS)
        paragraphs.append(paragraph)
    source = "\n".join(paragraphs) + "\n"
    if plain:
        records = [{**fact, "quotes": [sentence], "country": None} for sentence, fact in stated]
    else:
        records = [{**fact, "quotes": [sentence.replace("“", '"').replace("”", '"')]} for sentence, fact in stated]
    about = {
        "source": f"a{number}.txt", "sha256": sha256(source.encode()).hexdigest(), "language": "en",
        "headline": paragraphs[0], "published": "2024-01-05", "judged": {"published": "from the archive's list"},
        "quotes": [paragraphs[0]],
    }  # fmt: skip
    return source, {"article": about, "events": records[::2], "figures": records[1::2]}


def written(value: object, indent: str = "") -> str:
    """YAML in block style, texts in double quotation marks where they need any."""
    if isinstance(value, dict):
        stated = [(key, one) for key, one in value.items() if one is not None]
        return "".join(f"\n{indent}{key}:{written(one, indent + '  ')}" for key, one in stated)
    if isinstance(value, list):
        return "".join(f"\n{indent}-{written(one, indent + '  ')}" for one in value)
    text = str(value)
    return " " + (text if text.replace("-", "").replace(" ", "").isalnum() else json.dumps(text, ensure_ascii=False))


def make(folder: Path, articles: int, length: int = 5000, facts: int = FACTS, plain: bool = False) -> None:
    """Write the dataset to a new folder; a `plain` one is printed as it is quoted, so that nothing is found in it."""
    shutil.copytree(MODELS, folder / "schema", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_text('[tool.factpack]\nname = "c"\ntitle = "C"\nversion = "1.0.0"\n', "utf-8")
    (folder / "curation/registers").mkdir(parents=True)
    (folder / "seeds").mkdir()
    register = people(min(articles * facts // 10 + 5, 14000))
    for table, records in (
        ("people", [{"id": key, "name": name, "names": [name]} for key, name in register.items()]),
        ("countries", [{"id": code, "name": name, "names": [name]} for code, name in COUNTRIES.items()]),
    ):
        (folder / f"curation/registers/{table}.yaml").write_text(written({table: records})[1:] + "\n", "utf-8")
    for number in range(articles):
        source, curation = article(number, length, register, facts, plain)
        (folder / f"seeds/a{number}.txt").write_text(source, "utf-8", newline="\n")
        (folder / f"curation/a{number}.yaml").write_text(written(curation)[1:] + "\n", "utf-8")


def spoil(folder: Path) -> None:
    """Add a word to the quotes of a corpus that belong to events, so that none of these is found."""
    for path in (folder / "curation").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(" opened the ", " opened really the "), "utf-8")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--length", type=int, default=5000, help="characters of a source, 1,000 to 1,000,000")
    parser.add_argument("--facts", type=int, default=FACTS, help="facts of an article, an even number up to 160")
    parser.add_argument(
        "--plain", action="store_true", help="no typography but the quotes' own, and no near-duplicates"
    )
    options = parser.parse_args()
    make(options.folder, options.articles, options.length, options.facts, options.plain)


if __name__ == "__main__":
    main()
