"""After any change to articles that have to do with each other, the report is that of a run that knows nothing."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import corpus
import pytest
from pages import lay_out_models

from factpack.article import File
from factpack.checks import RULES, Concluded, Examined, conclude_on, is_whole, run
from factpack.cli import main
from factpack.dataset import Extracts, Meets, load
from factpack.survey import gathering, late, surveying
from factpack.survey.change import Change
from factpack.survey.known import Known
from factpack.survey.standing import shard_of

Report = Callable[..., tuple[int, str]]

FORMATS = ("full", "concise", "json", "sarif", "rdjson")
MANY = 14
"""Articles of a dataset."""

NAMES = ("Ann Lee", "Bo Ek", "Cy Orr", "Di Ash")
PEOPLE = [name.lower().replace(" ", "-") for name in NAMES]
PLACES = ("Accra", "Bergen", "Cusco")


class Mill:
    """Makes a dataset whose articles share ids, likenesses, sources, names and quotes, and changes it at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice = root, random.Random(seed)
        self.spoilt: set[str] = set()
        lay_out_models(root)
        for folder in ("curation/registers", "seeds"):
            (root / folder).mkdir(parents=True)
        self.registers()
        for number in range(MANY):
            self.article(f"a{number}")

    def change(self) -> None:
        """One of the things that happen to a dataset."""
        dice = self.dice
        name = f"a{dice.randrange(MANY)}"
        path, source = self.root / f"curation/{name}.yaml", self.root / f"seeds/{name}.txt"
        often = {"article": 12, "source": 3, "gone": 2, "moved": 2, "copied": 2, "broken": 1, "bytes": 1,
                 "registers": 1, "stray": 1, "touched": 2, "mended": 3}  # fmt: skip
        kind = dice.choices([*often], [*often.values()])[0]
        if kind == "article":
            self.article(name)
        elif kind == "source":
            source.write_text(self.text(), "utf-8")
        elif kind == "registers":
            self.registers()
        elif kind == "stray":
            stray = self.root / dice.choice(["curation/x.yml", f"curation/{name.upper()}.yaml", "seeds/left.txt"])
            stray.unlink() if stray.exists() else stray.write_text("events: []\n", "utf-8")
        elif kind == "mended":
            for each in sorted(self.spoilt):
                (self.root / f"seeds/{each}.txt").unlink(missing_ok=True)
                self.article(each)
            self.spoilt.clear()
        elif kind == "bytes":
            self.spoilt.add(name)
            dice.choice([path, source]).write_bytes(b"events: \xff\n")
        elif not path.exists():
            self.article(name)
        elif kind == "gone":
            dice.choice([path, source]).unlink(missing_ok=True)
        elif kind == "moved":
            path.rename(path.with_name(f"a{dice.randrange(MANY)}.yaml"))
        elif kind == "copied":
            path.with_name(f"a{dice.randrange(MANY)}.yaml").write_bytes(path.read_bytes())
        elif kind == "touched":
            path.write_bytes(path.read_bytes() + b"# so\n")
        else:
            self.spoilt.add(name)
            lines = path.read_bytes().split(b"\n")
            lines.insert(dice.randrange(len(lines)), dice.choice([b"  - [", b"    name: {", b"\tx", b"  -"]))
            path.write_bytes(b"\n".join(lines))

    def registers(self) -> None:
        """People with some of their names, and conflicts."""
        dice, folder = self.dice, self.root / "curation/registers"
        known = [(p, n) for p, n in zip(PEOPLE, NAMES, strict=True) if dice.random() < 0.8]
        (folder / "people.yaml").write_text(
            "people:\n" + "".join(f"  - {{id: {p}, name: {n}, names: [{n}]}}\n" for p, n in known) + "\n", "utf-8"
        )
        settled = [number for number in range(5) if dice.random() < 0.4]
        (folder / "conflicts.yaml").write_text(
            "conflicts:" + (" []\n" if not settled else "\n") + "".join(
                f"  - {{id: con-{n}, record: evt-{n}, field: place, preferred: {dice.choice(PLACES)}, why: so}}\n"
                for n in settled
            ), "utf-8",
        )  # fmt: skip

    def text(self) -> str:
        """A source: of few sentences, so that some are equal."""
        dice = self.dice
        said = [f"{dice.choice(NAMES)} spoke in {dice.choice(PLACES)} on {dice.randint(1, 2)} May 2024."
                for _ in range(dice.randint(1, 2))]  # fmt: skip
        return " ".join(said) + "\n"

    def article(self, name: str) -> None:
        """Write an article with its source."""
        dice, source = self.dice, self.root / f"seeds/{name}.txt"
        if not source.exists() or dice.random() < 0.3:
            source.write_text(self.text(), "utf-8")
        lines = []
        if dice.random() < 0.4:
            of = source if dice.random() < 0.7 else self.root / f"seeds/a{dice.randrange(MANY)}.txt"
            digest = hashlib.sha256(of.read_bytes()).hexdigest() if of.exists() else "0" * 64
            lines = ["article:", f"  source: {of.name}", f"  sha256: {digest}", "  language: en", "  headline: x"]
        lines.append("events:")
        for number in range(dice.randint(1, 3)):
            lines.extend(self.event(source.read_bytes().decode("utf-8", "replace").rstrip(), name, number))
        if dice.random() < 0.3:
            own = dice.choice([f"fig-{name}", f"fig-{name}", self.id(name, 0)])
            lines += ["figures:", f"  - id: {own}", f"    event: {self.id(name, 0)}", "    measure: spoke"]
        (self.root / f"curation/{name}.yaml").write_text("\n".join(lines) + "\n", "utf-8")

    def event(self, text: str, name: str, number: int) -> Iterator[str]:
        """An event that may well be another article's, too."""
        dice = self.dice
        yield f"  - id: {self.id(name, number)}"
        if dice.random() < 0.8:
            yield f"    name: {dice.choice(['spoke', 'spoke in'])}"
        if dice.random() < 0.7:
            yield f"    date: {dice.choice(['2024-05-01', '2024-05-02', '2024-05', '2023'])}"
        if dice.random() < 0.6:
            yield f"    place: {dice.choice(PLACES)}" + dice.choice(
                ["", "", "  # factpack: ignore[conflicting-values] so"]
            )
        if dice.random() < 0.7:
            yield f"    host: {dice.choice([*PEOPLE, 'nobody'])}"
        quote = text if dice.random() < 0.8 else self.text().rstrip()
        yield f"    quotes: [{quote if quote.isprintable() and quote else 'spoke'}]"

    def id(self, name: str, number: int) -> str:
        """An id: the article's own, or one that others have."""
        own = f"evt-{name}-{number}"
        return self.dice.choice([own, own, own, f"evt-{self.dice.randrange(5)}", f"EVT-{self.dice.randrange(5)}"])


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Runs `check` and gives its exit code and all that it printed, without the time it took."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["check", *arguments])
        said = capsys.readouterr()
        return code, re.sub(r'( in |"milliseconds": )[0-9.,]+( m?s)?', r"\1-", said.out + said.err)

    return run


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """How many articles were concluded on anew after a change, and out of how many."""
    found: list[tuple[int, int]] = []
    reach = Change.reach

    def counted(change: Change, extracts: Extracts) -> set[str]:
        paths = reach(change, extracts)
        found.append((len(paths), len(change.now.lines)))
        return paths

    monkeypatch.setattr(Change, "reach", counted)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_the_report_is_that_of_a_run_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report, reached: list[tuple[int, int]], seed: int
) -> None:
    mill = Mill(tmp_path, seed)
    monkeypatch.chdir(tmp_path)
    for step in range(30):
        for _ in range(mill.dice.choice((1, 1, 1, 3))):
            mill.change()
        asked = ["--format", FORMATS[step % len(FORMATS)], *(["--show-ignored"] if step % 3 == 0 else [])]
        if step % 5 == 4:  # what others ask in between must not be taken for the whole
            part = [f"curation/a{mill.dice.randrange(MANY)}.yaml", "curation/registers/people.yaml"]
            part = [path for path in part if Path(path).exists()]
            assert report(*asked, *part) == report("--no-cache", *asked, *part)
        whole = report("--no-cache", *asked)
        reached.clear()
        assert report(*asked) == whole, (seed, step)
        assert report("--format", "json", "--select", ",".join(RULES)) == report("--no-cache", "--format", "json")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """While it lasts, a few articles are many."""

    @contextmanager
    def few_are_many() -> Iterator[None]:
        with monkeypatch.context() as few:
            few.setattr(gathering, "MANY", 1)
            few.setattr(gathering, "cores", lambda: 1)
            few.setattr(late, "KEPT", 2)
            yield

    return few_are_many


@pytest.mark.parametrize("seed", range(4, 7))
def test_of_many_articles_the_same_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: Report,
    held: Callable[[], AbstractContextManager[None]],
    seed: int,
) -> None:
    mill = Mill(tmp_path, seed)
    monkeypatch.chdir(tmp_path)
    for step in range(25):
        for _ in range(mill.dice.choice((1, 2, 5))):
            mill.change()
        asked = ["--format", FORMATS[step % len(FORMATS)], *(["--show-ignored"] if step % 3 == 0 else [])]
        part = [*asked, f"curation/a{mill.dice.randrange(MANY)}.yaml"]
        whole, of_part = report("--no-cache", *asked), report("--no-cache", *part)
        with held():
            assert report("--no-cache", *asked) == whole, (seed, step)
            assert report("--no-cache", *part) == of_part, (seed, step)
            assert report(*asked) == whole, (seed, step)


def test_of_many_articles_only_records_that_meet_are_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: Callable[[], AbstractContextManager[None]]
) -> None:
    corpus.make(tmp_path / "met", 6, length=100)
    corpus.make(tmp_path / "alone", 6, length=100, plain=True)
    seen: list[int] = []

    def counted(examined: Iterable[Examined], extracts: Extracts, files: Mapping[str, File]) -> Iterator[Concluded]:
        seen.append(sum(len(extract.entries) for extract in extracts.articles))
        return conclude_on(examined, extracts, files)

    monkeypatch.setattr(surveying, "conclude_on", counted)
    for name in ("met", "alone"):
        assert main(["check", "--no-cache", "--project", str(tmp_path / name)]) == 0
        with held():
            assert main(["check", "--no-cache", "--project", str(tmp_path / name)]) == 0
    # Half of its records are events, which are like others of the same country.
    each = 6 * (corpus.FACTS + 1)
    assert seen == [each, 6 * corpus.FACTS // 2, each, 0]


def test_the_mill_makes_findings_of_all_checks_over_all_files(tmp_path: Path) -> None:
    rules: set[str] = set()
    for seed in range(6):
        mill = Mill(tmp_path / str(seed), seed)
        for _ in range(40):
            mill.change()
            rules.update(diagnostic.rule for diagnostic in run(load(mill.root)))
    assert {rule for rule in RULES if is_whole(rule)} - rules == {"unsafe-path", "untested-factpack"}


def test_only_what_meets_a_change_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    lay_out_models(tmp_path)
    monkeypatch.chdir(tmp_path)
    for folder in ("curation/registers", "seeds"):
        Path(folder).mkdir(parents=True)
    Path("curation/registers/people.yaml").write_text("people:\n  - {id: ann-lee, name: Ann Lee, names: [Ann Lee]}\n")

    def write(number: int, identity: str, place: str) -> None:
        Path(f"seeds/a{number}.txt").write_text(f"Ann Lee spoke in {place}, {number} times.\n")
        Path(f"curation/a{number}.yaml").write_text(
            f"events:\n  - id: {identity}\n    name: spoke\n    place: {place}\n    host: ann-lee\n"
            f"    quotes: [Ann Lee spoke in {place}]\n"
        )

    for number in range(30):
        write(number, f"evt-{number}", "Accra")
    report()
    asked: list[str] = []
    articles = Known.articles

    def counted(known: Known, paths: Sequence[str]) -> Iterator[object]:
        asked.extend(paths)
        return articles(known, paths)

    monkeypatch.setattr(Known, "articles", counted)
    for identity, said, read in [("evt-7", 0, {3, 7}), ("evt-8", 1, {3, 7, 8}), ("evt-3", 0, {3, 8})]:
        asked.clear()
        write(3, identity, "Bergen")
        code, text = report("--format", "concise")
        assert {int(path[10:-5]) for path in asked} == read, identity
        assert (code, text) == report("--no-cache", "--format", "concise")
        assert text.count("[conflicting-values]") == bool(identity != "evt-3"), said


def test_only_sources_with_the_words_of_a_quote_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    lay_out_models(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("curation").mkdir()
    Path("seeds").mkdir()
    for number in range(40):
        said = "Cy & Co" if number == 39 else "Ann Lee"
        Path(f"seeds/a{number}.txt").write_text(f"{said} spoke in hall {number} of many.\n")
        Path(f"curation/a{number}.yaml").write_text(
            f"events:\n  - id: evt-{number}\n    name: spoke\n    quotes: [spoke in hall {number} of many]\n"
        )
    report()
    read: list[str] = []
    text = Extracts.text

    def counted(extracts: Extracts, path: str) -> object:
        read.append(path)
        return text(extracts, path)

    monkeypatch.setattr(Extracts, "text", counted)
    for hall, at_first in [(17, 40), (18, 0), (39, 0)]:
        read.clear()
        Path("curation/a3.yaml").write_text(
            f"events:\n  - id: evt-3\n    name: spoke\n    quotes: [spoke in hall {hall} of many]\n"
        )
        told = report("--format", "json")
        assert at_first < len(read) < at_first + 12
        assert f"they are in a{hall}" in told[1]
        assert told == report("--no-cache", "--format", "json")
    read.clear()
    Path("seeds/a5.txt").write_text("Ann Lee spoke in hall 39 of many, and in hall 5.\n")
    assert "they are in a5" in report("--format", "json")[1]
    assert "seeds/a5.txt" in read
    assert len(read) < 14


def test_rows_of_all_ages_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    # What runs that are cut short, or write in turns, could leave at worst.
    mill, ages = Mill(tmp_path, 77), []
    monkeypatch.chdir(tmp_path)
    with_rows = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)"
    for step in range(45):
        mill.change()
        if step > 20:
            names = sorted({row[0] for age in ages for row in age})
            mixed = [row for name in names for age in [mill.dice.choice(ages)] for row in age if row[0] == name]
            with sqlite3.connect(".factpack/cache.sqlite") as file:
                file.execute("DELETE FROM kept")
                file.executemany(with_rows, mixed)
            file.close()
        assert report("--format", "json") == report("--no-cache", "--format", "json"), step
        with sqlite3.connect(".factpack/cache.sqlite") as file:
            ages.append(file.execute("SELECT * FROM kept").fetchall())
        file.close()


def test_of_what_is_kept_only_what_has_changed_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    corpus.make(tmp_path / "c", 40, length=100, facts=2, plain=True)
    monkeypatch.chdir(tmp_path / "c")

    def kept() -> dict[str, bytes]:
        with sqlite3.connect(".factpack/cache.sqlite") as file:
            rows = dict(file.execute("SELECT name, value FROM kept").fetchall())
        file.close()
        return rows

    report()
    before = kept()
    articles = [f"curation/a{number}.yaml" for number in range(40)]
    shards = {path: f"survey:{shard_of(path)}" for path in articles}
    assert {name for name in before if name.startswith("survey:")} == {*shards.values()}
    with Path("curation/a7.yaml").open("a") as file:
        file.write("# changed\n")
    assert report() == report("--no-cache")
    after = kept()
    written = {name for name in after if after[name] != before.get(name)}
    assert written <= {"survey", "verdict", shards["curation/a7.yaml"], "article:curation/a7.yaml"}
    assert shards["curation/a7.yaml"] in written


def test_a_run_between_two_that_writes_makes_the_next_look_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report, reached: list[tuple[int, int]]
) -> None:
    corpus.make(tmp_path / "c", 40, length=100, facts=2, plain=True)
    monkeypatch.chdir(tmp_path / "c")
    report()
    with sqlite3.connect(".factpack/cache.sqlite") as file:
        (shard,) = file.execute("SELECT * FROM kept WHERE name = ?", [f"survey:{shard_of('curation/a7.yaml')}"])
        Path("curation/a7.yaml").write_text("events: []\n")
        report()
        file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", shard)
    file.close()
    reached.clear()
    Path("curation/a8.yaml").write_text("events: []\n")
    assert report() == report("--no-cache")
    assert reached[0] == (40, 40)


def test_every_check_over_all_files_says_how_it_meets() -> None:
    for rule, check in RULES.items():
        assert bool(getattr(check, "MEETS", ())) == is_whole(rule), rule
        assert all(isinstance(each, Meets) for each in getattr(check, "MEETS", ())), rule
