"""A new article: its source stored as it came, and a curation file to begin with."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factpack import staging
from factpack.anchor import as_yaml, selector
from factpack.curating import Refused
from factpack.curating.extraction import Extracted, extract, kind_of
from factpack.dataset import Dataset
from factpack.disk import mode_of
from factpack.edtf import Edtf
from factpack.fields import fields_of
from factpack.files import ORIGINALS, unsafe_name
from factpack.mention import mentions
from factpack.quote import find, fold, unwrapped
from factpack.scalar import Spot, written

_ID = re.compile(r"\w[\w.-]*")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MODELINE = "# yaml-language-server: $schema=../.factpack/article.schema.json"
CHECK = "  # guessed: check"


@dataclass(frozen=True, slots=True)
class Intake:
    """A new article's files, path -> content, and what is still to be filled in by the curator."""

    article_id: str
    files: Mapping[str, bytes]
    guessed: tuple[str, ...]
    open: tuple[str, ...]


def take_in(dataset: Dataset, data: bytes, name: str, identity: str | None = None) -> Intake:
    """The files for a source of this content and file name, the curation file last; raises Refused.

    `identity` is the article's id, by default the file's stem. None of the files exists yet, but for those that a run
    that was cut short has left: sources of this content whose article has no curation file.
    """
    kind, config = kind_of(data, name), dataset.config
    article_id = identity or re.sub(r"\s+", "-", name.rpartition("/")[2].rpartition(".")[0].strip())
    stored = f"{config.sources}/{article_id}.txt", f"{config.sources}/{ORIGINALS}/{article_id}.{kind}"
    begun = stored if f"{config.curation}/{article_id}.yaml" not in dataset.listing.articles else ()
    _refuse_known(dataset, data, begun)
    text = extract(data, kind) if kind else Extracted(_decoded(data), "")
    source = text.content.encode() if kind else data
    _refuse_known(dataset, source, begun)
    _refuse_taken(dataset, article_id, begun)
    digest = hashlib.sha256(source).hexdigest()
    body, guessed, open_ = _skeleton(dataset, f"{article_id}.txt", digest, text, name)
    files = {stored[1]: data} if kind else {}
    files |= {stored[0]: source, f"{config.curation}/{article_id}.yaml": body.encode()}
    return Intake(article_id, files, guessed, open_)


def store(dataset: Dataset, intake: Intake) -> None:
    """Write a new article's files, sources read-only: all of them or none, and none over another; raises Refused.

    What a run that is killed leaves is taken up by the next.
    """
    root = dataset.config.root
    written: list[Path] = []
    with staging.locked(root):
        try:
            for path, data in intake.files.items():
                place, is_source = root / path, not path.endswith(".yaml")
                if not mode_of(place):
                    written.append(place)
                    staging.write(place, data, 0o444 if is_source else 0o644)
                elif not is_source or place.read_bytes() != data:
                    raise Refused(f"{path} exists already")
        except BaseException:
            for place in written:
                staging.clear(place)
            raise


def _decoded(data: bytes) -> str:
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"this is not UTF-8 from line {line}, byte {error.start} on: save it as UTF-8 first") from None
    if not re.search(r"\w", content):
        raise Refused("there is no word in it")
    return content


def _refuse_known(dataset: Dataset, data: bytes, begun: Sequence[str]) -> None:
    """Nothing is taken in twice: neither as a source nor as the original that one was taken out of."""
    digest = hashlib.sha256(data).hexdigest()
    config = dataset.config
    originals = config.root / config.sources / ORIGINALS
    kept = [
        f"{config.sources}/{ORIGINALS}/{place.name}"
        for place in sorted(originals.iterdir() if originals.is_dir() else ())
    ]
    for path in sorted({*dataset.listing.sources, *kept}.difference(begun)):
        place = config.root / path
        if place.stat().st_size == len(data) and hashlib.sha256(place.read_bytes()).hexdigest() == digest:
            raise Refused(f"this text is stored already, as {path}")


def _refuse_taken(dataset: Dataset, identity: str, begun: Sequence[str]) -> None:
    if not identity:
        raise Refused("from standard input, say under which id: --id ID")
    if not _ID.fullmatch(identity) or unsafe_name(f"{identity}.txt"):
        raise Refused(f"`{identity}` is no id of an article: letters, digits, `-`, `_` and `.`; say another with --id")
    paths = [*dataset.listing.sources, *dataset.listing.articles]
    taken = {_key(path.rpartition("/")[2].rpartition(".")[0]): path for path in paths if path not in begun}
    if other := taken.get(_key(identity)):
        raise Refused(f"the id `{identity}` is taken by {other}; say another with --id")


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _skeleton(
    dataset: Dataset, source: str, digest: str, text: Extracted, name: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The curation file, which fields in it are guessed, and which are left to fill in."""
    fields = {field.name: field for field in fields_of(dataset.models.article)}
    guesses = {name: value for name, value in _guesses(dataset, text, name).items() if name in fields and value}
    lines = [MODELINE, "article:", f"  source: {written(source, Spot(''))}", f"  sha256: {digest}"]
    lines += [f"  {name}: {_value(name, value)}{CHECK}" for name, value in guesses.items()]
    blank = [field for field in fields.values() if field.required and field.name not in guesses]
    for field in blank:
        choices = f"  # one of: {', '.join(member.value for member in field.choices)}" if field.choices else ""
        lines.append(f"  {field.name}:{choices}")
    left = [field.name for field in blank]
    if quotes := list(_quotes(dataset, text, guesses)):
        lines += [f"  quotes:{CHECK}", *(f"    - {quote}" for quote in quotes)]
        return "\n".join(lines) + "\n", (*guesses, "quotes"), tuple(left)
    lines.append("  quotes: []  # the words that print what is said above")
    return "\n".join(lines) + "\n", tuple(guesses), (*left, "quotes")


def _quotes(dataset: Dataset, text: Extracted, guesses: Mapping[str, str]) -> Iterator[str]:
    """The words of the text that print the headline and the day, where it has them."""
    folded = fold(unwrapped(text.content) if dataset.config.paragraphs == "blank-line" else text.content)
    dates = _dates(text, guesses.get("language", ""))
    headline, day = guesses.get("headline", ""), dates.get(guesses.get("published", ""), "")
    for words in (headline, "" if day in headline else day):
        places = find(folded, words).spans if words else ()
        if places and (quote := selector(folded, places[0])):
            yield as_yaml(quote)


def _value(name: str, value: str) -> str:
    # Other readers of YAML take a day without quotation marks for more than its text.
    return f'"{value}"' if name == "published" else written(value, Spot("")) or '""'


def _guesses(dataset: Dataset, text: Extracted, name: str) -> dict[str, str]:
    """What the article may be: its language, headline and day, each for a curator to check."""
    language = text.language.partition("-")[0].lower() or _language(dataset, text.content)
    lines = (" ".join(line.split()) for line in text.content.splitlines())
    headline = " ".join(text.headline.split()) or next((line for line in lines if line), "")
    return {
        "language": language,
        "headline": headline if len(headline) <= dataset.config.max_quote and headline.isprintable() else "",
        "published": _day(text, language, name),
    }


def _language(dataset: Dataset, content: str) -> str:
    letters = sum(character.isalpha() for character in content) or 1
    if len(_VIETNAMESE.findall(unicodedata.normalize("NFC", content))) / letters > 0.05:
        return "vi"
    used = [article.language for article in dataset.articles]
    return max(sorted(set(used)), key=used.count) if used else "en"


def _dates(text: Extracted, language: str) -> dict[str, str]:
    """The dates of the first lines, and the words that print each first."""
    beginning = text.content[:1500]
    words: dict[str, str] = {}
    for mention in mentions(beginning, language=language):
        if mention.kind == "date":
            words.setdefault(mention.value, beginning[mention.start : mention.end])
    return words


def _day(text: Extracted, language: str, name: str) -> str:
    """The day that the file says, or its name, or the first full date of its first lines."""
    named = _DAY.search(name)
    for day in (text.published, named[0] if named else "", *_dates(text, language)):
        try:
            if _DAY.fullmatch(day) and Edtf.parse(day):
                return day
        except ValueError:
            continue
    return ""
