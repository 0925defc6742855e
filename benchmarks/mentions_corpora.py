"""Public corpora as cases for benchmarks/mentions.py, read from git clones; nothing of them is kept here.

Recognizers   github.com/microsoft/Recognizers-Text, Specs/**/English/*.json
Duckling      github.com/facebook/duckling, Duckling/<dimension>/<EN|VI>/Corpus.hs
TempEval-3    TimeBank and AQUAINT as TimeML, data/TBAQ-cleaned of a TempEval-3 clone
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Days = tuple[date, date]  # half-open


@dataclass
class Gold:
    start: int
    end: int
    values: list[Any]  # any of them is right
    counted: bool = True  # otherwise: annotated as something else, nobody gains or loses by it


@dataclass
class Case:
    corpus: str
    text: str
    gold: list[Gold]
    language: str = "en"
    today: date | None = None
    name: str = ""
    spans: bool = True  # whether the places of the gold values are known
    extra: dict[str, Any] = field(default_factory=dict)


def show(repository: Path, path: str) -> str:
    command = ["git", "-C", str(repository), "show", f"HEAD:{path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8-sig")


def paths(repository: Path, folder: str) -> list[str]:
    command = ["git", "-C", str(repository), "ls-tree", "-r", "--name-only", "HEAD", folder]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


# --- Recognizers ------------------------------------------------------------------------------

# What no news text contains, by the form of the input: powers and exponents, number riddles ("8 in 5",
# "1 over 3", "x out of y"), IP addresses, URLs, spoken editing commands, ordinals that are positions
# ("the last but one" has a value such as "end-1").
NOT_NEWS = re.compile(
    r"\^|\d[eE][-+]?\d|x\s?10|https?:|\d+\.\d+\.\d+\.\d|\b(?:in|over|out of) (?:\d|twenty|five|one|six)|"
    r"illionths?\b.*of|"
    r"\b\w+(?:illion|thousand|hundred)ths?\b|dzs?\b|\bover\b|"
    # fractions with large numerators or denominators in words ("twenty twenty fifths"), spaced suffixes and
    # signs ("- 10  k"), lengths and volumes glued to their number, which that model leaves out
    r"(?:one|twenty|thirty|ninety)\b.*\b(?:fifths?|firsts?|fourth)\b|a (?:twenty|half$|fifth$)|"
    r"per ?cents? of (?:\d|twenty)|"
    # other languages' separators, dates, and sums of a scale and a part of another
    r"\b5,00|\b1,3\b|111,11|\d/\d+/\d{4}|hundredths?|thirtieth|dozs|(?:billion|million) and (?:a|three) \w+ million|"
    r"^ ?- |\d\s+[kKMGTB]\b|\dml|29km",
    re.IGNORECASE,
)
KINDS = {
    "number": "Number/English/NumberModel",
    "ordinal": "Number/English/OrdinalModel",
    "percent": "Number/English/PercentModel",
    "currency": "NumberWithUnit/English/CurrencyModel",
}
RELATIVE_UNITS = {
    "Dollar": "USD",
    "Pound": "GBP",
    "Cent": "USD",
    "Pence": "GBP",
    "Penny": "GBP",
    "Rupee": "INR",
    "Peso": "MXN",
}


def recognizers(repository: Path, kind: str, *, news: bool) -> Iterator[Case]:
    for one in json.loads(show(repository, f"Specs/{KINDS[kind]}.json")):
        text = one["Input"]
        if news and NOT_NEWS.search(text):
            continue
        gold = []
        for result in one["Results"]:
            resolution = result.get("Resolution") or {}
            value = resolution.get("value")
            if value in (None, "null") or (kind == "ordinal" and re.search("[+-]", value)):
                continue
            place = text.lower().find(result["Text"].lower())
            start = result.get("Start", place)
            gold.append(Gold(start, start + len(result["Text"]), [_number(value, resolution)]))
        if kind == "ordinal" and not gold and one["Results"]:
            continue
        yield Case(f"recognizers/{kind}", text, gold)


def _number(value: str, resolution: dict[str, Any]) -> str:
    number = float(value.rstrip("%"))
    unit = resolution.get("unit") or ""
    if unit in ("Cent", "Pence", "Penny"):
        number /= 100
    return f"{number:.6g}"


HOLIDAYS = re.compile(
    r"christmas|easter|thanksgiving|holiday|new year'?s|eve\b|halloween|\bmlk\b|independence|labou?r day|mother|father|"
    r"earth day|ramadan|eid|diwali|juneteenth|memorial|veteran|columbus|president'?s|groundhog|patrick|valentine|fools|"
    r"\bday of\b|black friday|cyber|inauguration|lincoln|washington|martin|king|carnival|boxing",
    re.IGNORECASE,
)


# Requests to an assistant, as reports do not contain them.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_WEEKDAYS = "mon|tues|wednes|thurs|fri|satur|sun"
_UNITS = "day|week|month|year"
NOT_REPORTED = re.compile(
    "|".join(
        (
            r"(?<![\d/.-])\d{1,2}[-/.]\d{1,2}(?![-/.]?\d)",  # "5/12" without a year
            rf"\bthe \d+(?:st|nd|rd|th)\b(?! (?:of )?(?:{_MONTHS}))",  # "the 18th"
            rf"\b(?:{_WEEKDAYS})day (?:the )?(?:\d+|\w+teenth|eleventh|twelfth|thirty)\b",  # "Friday 31"
            r"\b(?:mon|tue|wed|thu|fri|sat|sun) \d+th",
            r"\b(?:from|after|before|since|starting|beginning|commencing) (?:\w+ ){0,2}"
            r"(?:today|tomorrow|tmrw|yesterday|now|next|new|\w+day|january|may 1)",  # "3 days from Tuesday"
            rf"\b(?:for|of|in) the (?:{_UNITS})\b(?! of)",  # "partner of the month"
            r"week \d|weeks? of\b(?! (?:\w+ )?\d)|\bnow\b|to date|tmrw|business|work ?week|w/c",
            r"\b(?:earlier|later|early|late|rest|remaining|end|middle|beginning|start|mid|first|last) "
            r"(?:of |in |part )?"
            rf"(?:the |this |that |next )?(?:{_UNITS}|january|march|june|september|\d{{4}})",  # "later this week"
            r"the day (?:before|after)|cy\d|within|starting|after next|2/29|feb 29|cortana|workers|new year",
            rf"\bin (?:a|an|\d+|two|three|five|nine|ten) (?:{_UNITS})",
            r"(?:jan|feb|mar|dec)\d|[a-z]{3}/\d|\d/[a-z]{3}|\d{8}|-\d{2,4}-[a-z]|[a-z]-\d{4}-\d",  # "Dec31"
            r"\botd\b|\$dec|\bof 87\b|fortnight",
        )
    ),
    re.IGNORECASE,
)


def recognizer_dates(repository: Path, *, news: bool) -> Iterator[Case]:
    """Cases whose every result is a date or a period of whole days."""
    for one in json.loads(show(repository, "Specs/DateTime/English/DateTimeModel.json")):
        text = one["Input"]
        results = one["Results"]
        types = {result.get("TypeName", "").removeprefix("datetimeV2.") for result in results}
        if not results or not types <= {"date", "daterange"} or HOLIDAYS.search(text):
            continue
        if news and NOT_REPORTED.search(text):
            continue
        gold = [_recognizer_gold(result) for result in results]
        if any(one is None for one in gold):
            continue
        reference = (one.get("Context") or {}).get("ReferenceDateTime", "")[:10]
        today = date.fromisoformat(reference) if reference else None
        yield Case("recognizers/date", text, [g for g in gold if g], today=today)


def _recognizer_gold(result: dict[str, Any]) -> Gold | None:
    days: list[Days] = []
    for value in (result.get("Resolution") or {}).get("values", []):
        if value.get("Mod") or not ("value" in value or {"start", "end"} <= set(value)):
            return None
        try:
            if "value" in value:
                day = date.fromisoformat(value["value"])
                days.append((day, day + timedelta(1)))
            else:
                days.append((date.fromisoformat(value["start"]), date.fromisoformat(value["end"])))
        except ValueError:
            return None
    if not days:
        return None
    if re.search(r"[-–~]|\b(?:to|and|through|till|until)\b", result["Text"]):
        # Recognizers leaves the last day, month or year of a period out ("May 3 to 7" ends on 6 May).
        # Whether it belongs to it is a convention; both are right here, for every system.
        days.extend(
            (first, _after(last, grain)) for first, last in list(days) for grain in ("Day", "Month", "Quarter", "Year")
        )
    return Gold(result["Start"], result["End"] + 1, list(days))


# --- Duckling -----------------------------------------------------------------------------------

_GROUP = re.compile(r"examples\s*\((.*?)\)\s*\[(.*?)\]\s*(?=,\s*examples|\]\s*(?:\n|$)|$)", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
DUCKLING_CODES = {"Dollar": "USD", "Pound": "GBP", "Cent": "USD", "Unnamed": "", "Dinar": "", "Rial": "", "Riyal": ""}


def duckling(repository: Path, dimension: str, language: str) -> Iterator[Case]:
    source = show(repository, f"Duckling/{dimension}/{language.upper()}/Corpus.hs")
    source = source[source.index("\nallExamples") :]
    for head, body in _GROUP.findall(source):
        values = _duckling_value(head)
        if values is None:
            continue
        for text in _STRING.findall(body):
            text = re.sub(r"\\x([0-9a-f]+)(?:\\&)?", lambda m: chr(int(m[1], 16)), text)
            yield Case(
                f"duckling/{language}/{dimension}", text, [Gold(0, len(text), values)], language,
                today=date(2017, 2, 2) if language == "vi" else date(2013, 2, 12),
            )  # fmt: skip


def _duckling_value(head: str) -> list[Any] | None:
    number = re.match(r"(?:NumeralValue|OrdinalData) \(?(-?[\d.e]+)", head)
    if number:
        return [f"{float(number[1]):.6g}"]
    money = re.match(r"simple (\w+) \(?(-?[\d.e]+)", head)
    if money:
        amount = float(money[2]) / (100 if money[1] == "Cent" else 1)
        return [f"{amount:.6g}"]
    money = re.match(r"between \w+ \(([\d.e]+), ([\d.e]+)", head)
    if money:
        return [f"{float(money[1]):.6g}..{float(money[2]):.6g}"]
    money = re.match(r"(?:under|above) \w+ ([\d.e]+)", head)
    if money:
        return [f"{float(money[1]):.6g}"]
    return _duckling_days(head)


def _duckling_days(head: str) -> list[Any] | None:
    interval = re.match(r"datetimeInterval \(\((.*?)\), \((.*?)\)\) (\w+)", head)
    if interval and interval[3] in ("Day", "Month", "Year"):
        first, last = (date(*map(int, part.split(",")[:3])) for part in (interval[1], interval[2]))
        return [(first, last)]
    one = re.match(r"datetime \((.*?)\) (\w+)", head)
    if one is None or one[2] not in ("Day", "Week", "Month", "Quarter", "Year"):
        return None
    first = date(*map(int, one[1].split(",")[:3]))
    return [(first, _after(first, one[2]))]


def _after(first: date, grain: str) -> date:
    if grain in ("Day", "Week"):
        return first + timedelta(7 if grain == "Week" else 1)
    months = first.year * 12 + first.month - 1 + {"Month": 1, "Quarter": 3, "Year": 12}[grain]
    return date(months // 12, months % 12 + 1, first.day)


# --- TempEval-3 -----------------------------------------------------------------------------------

_TIMEX = re.compile(r"<TIMEX3\b([^>]*)>(.*?)</TIMEX3>|<[^>]+>", re.DOTALL)


def timeml(repository: Path, corpus: str) -> Iterator[Case]:
    for path in paths(repository, f"data/TBAQ-cleaned/{corpus}/"):
        name = Path(path).name
        if name.startswith(".") or not name.endswith(".tml"):
            continue
        source = show(repository, path)
        created = re.search(r'<DCT>.*?value="([\d-]{10})', source, re.DOTALL)
        body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
        text, gold = timex(body)
        yield Case(corpus, text, gold, today=date.fromisoformat(created[1]) if created else None, name=name)


def timex(body: str) -> tuple[str, list[Gold]]:
    """A text without its TimeML tags, and the dates that these gave it."""
    parts: list[str] = []
    gold: list[Gold] = []
    at = length = 0

    def add(piece: str) -> None:
        nonlocal length
        piece = re.sub(r"<[^>]+>", "", piece)
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
            piece = piece.replace(entity, character)
        parts.append(piece)
        length += len(piece)

    for match in _TIMEX.finditer(body):
        add(body[at : match.start()])
        at = match.end()
        if match[1] is None:
            continue
        start = length
        add(match[2])
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        days = timex_days(attributes.get("value", "")) if attributes.get("type") == "DATE" else None
        gold.append(Gold(start, length, [days] if days else [], counted=days is not None))
    add(body[at:])
    return "".join(parts), gold


_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}


def timex_days(value: str) -> Days | None:
    """A TIMEX3 value as half-open days; None for what is no date (PRESENT_REF, times, unknown years)."""
    try:
        if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
            day = date.fromisoformat(value)
            return day, day + timedelta(1)
        if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
            first = date(int(match[1]), int(match[2]), 1)
            return first, _after(first, "Month")
        if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
            return first, first + timedelta(2 if match[3] else 7)
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
            first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
            return first, _after(first, "Quarter")
        if match := re.fullmatch(r"(\d{4})-H([12])", value):
            return date(int(match[1]), int(match[2]) * 6 - 5, 1), date(
                int(match[1]) + int(match[2]) // 2, 7 - 6 * (int(match[2]) // 2), 1
            )
        if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", value):
            month = _SEASONS[match[2]]
            first = date(int(match[1]), month, 1)
            return first, _after(first, "Quarter")
        if re.fullmatch(r"\d{4}", value):
            return date(int(value), 1, 1), date(int(value) + 1, 1, 1)
        if re.fullmatch(r"\d{3}", value):
            return date(int(value) * 10, 1, 1), date(int(value) * 10 + 10, 1, 1)
        if re.fullmatch(r"\d{2}", value):
            return date(int(value) * 100, 1, 1), date(int(value) * 100 + 100, 1, 1)
    except ValueError:
        return None
    return None
