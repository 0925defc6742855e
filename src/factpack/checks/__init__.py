"""The checks, and running them.

A module is a check: its docstring the manual page, `SEVERITY` its weight, `check` the function. `check` sees
one file (`file: File`), one article (`article: Article`) or compact extracts of all (`extracts: Extracts`),
never the whole dataset: that is what lets a check be cached, or run anywhere. One that sees extracts says in `MEETS`
on what its findings in one file depend: where nothing of that has changed, they are what they were. A check whose finding says
more than another's at the same place names the other in `SUPERSEDES`; one whose finding may be but a consequence
of other errors in the file says `WAITS`. What ignores did to the findings of all
others is seen by one check alone (`silenced: Silenced`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, groupby
from types import ModuleType
from typing import NamedTuple

from factpack.article import Article, File
from factpack.checks import (
    ambiguous_quote,
    comparator_mismatch,
    conflicting_values,
    country_not_in_quote,
    date_more_precise_than_words,
    date_not_in_quote,
    document_id_not_in_quote,
    duplicate_id,
    duplicate_key,
    duplicate_source,
    event_after_report,
    impossible_date,
    invalid_ignore,
    invalid_value,
    list_item_not_in_quote,
    low_coverage,
    missing_field,
    missing_quote,
    missing_source,
    name_clash,
    name_in_no_source,
    name_not_in_quote,
    near_duplicate_record,
    needless_selector,
    negated_in_source,
    number_of_another_noun,
    ordinal_or_anniversary_arithmetic,
    quote_from_page_furniture,
    quote_in_other_article,
    quote_is_title,
    quote_not_found,
    quote_not_on_word_boundary,
    quote_reused_for_many,
    quote_too_long,
    quote_too_thin,
    quote_typography,
    same_fact_twice,
    source_changed,
    source_curated_twice,
    source_not_curated,
    status_contradicts_cue,
    stray_file,
    subject_not_near_quote,
    unit_or_currency_mismatch,
    unknown_field,
    unknown_reference,
    unknown_table,
    unreadable_file,
    unsafe_path,
    untested_factpack,
    unused_ignore,
    unused_register_record,
    value_not_in_quote,
    weekday_does_not_fit,
    wording_not_from_quote,
    yaml_syntax,
)
from factpack.dataset import Dataset, Extract, Extracts
from factpack.diagnostic import MANY, MORE, Diagnostic, Finding, Pointer, Severity
from factpack.ignores import Ignored, may_ignore, silence
from factpack.text import Location, Text

GROUPS: Mapping[str, tuple[ModuleType, ...]] = {
    "Files": (
        unreadable_file,
        untested_factpack,
        stray_file,
        name_clash,
        unsafe_path,
        yaml_syntax,
        duplicate_key,
    ),
    "Tables, fields and ids": (
        unknown_table,
        unknown_field,
        invalid_value,
        missing_field,
        impossible_date,
        duplicate_id,
        unknown_reference,
        near_duplicate_record,
        same_fact_twice,
        unused_register_record,
    ),
    "Sources": (
        missing_source,
        source_changed,
        source_not_curated,
        source_curated_twice,
        duplicate_source,
        low_coverage,
    ),
    "Quotes": (
        missing_quote,
        quote_not_found,
        quote_in_other_article,
        ambiguous_quote,
        quote_not_on_word_boundary,
        quote_from_page_furniture,
        quote_too_thin,
        quote_too_long,
        quote_typography,
        needless_selector,
        quote_reused_for_many,
        quote_is_title,
        negated_in_source,
        subject_not_near_quote,
    ),
    "Values": (
        value_not_in_quote,
        comparator_mismatch,
        unit_or_currency_mismatch,
        number_of_another_noun,
        date_not_in_quote,
        date_more_precise_than_words,
        weekday_does_not_fit,
        event_after_report,
        ordinal_or_anniversary_arithmetic,
        name_not_in_quote,
        name_in_no_source,
        country_not_in_quote,
        list_item_not_in_quote,
        document_id_not_in_quote,
        status_contradicts_cue,
        wording_not_from_quote,
        conflicting_values,
    ),
    "Ignores": (
        invalid_ignore,
        unused_ignore,
    ),
}
"""All checks by what they are about."""

CHECKS = tuple(check for checks in GROUPS.values() for check in checks)


def rule_name(check: ModuleType) -> str:
    """The rule's name: the module's, in kebab case."""
    return check.__name__.rpartition(".")[2].replace("_", "-")


RULES: dict[str, ModuleType] = {rule_name(check): check for check in CHECKS}
"""All checks by their rule's name."""

WAITING = frozenset(rule for rule, check in RULES.items() if getattr(check, "WAITS", False))
"""The rules whose findings may be but a consequence of others."""


def is_whole(rule: str) -> bool:
    """Whether a rule's check sees all files together."""
    return _sees(RULES[rule]) == "extracts"


class Tally(NamedTuple):
    """What one curation file adds to the counts of a run; `source` is the path of an article's source, if it has one.

    `lost` counts records that could not be read.
    """

    file: str
    source: str
    facts: int
    quotes: int
    values: int
    lost: int


class Examined(NamedTuple):
    """What there is to know of one file without looking at others.

    `found` are the findings of all checks of one file, `ignores` says whether a comment in it may let some stand,
    `facts`, `quotes` and `values` count what was checked. `unread` is the source that could not be read, with the
    reason.
    """

    extract: Extract
    found: tuple[Diagnostic, ...]
    ignores: bool
    facts: int
    quotes: int
    values: int
    unread: tuple[str, str] | None = None

    @property
    def tally(self) -> Tally:
        """What it adds to the counts."""
        extract = self.extract
        return Tally(extract.file, extract.source, self.facts, self.quotes, self.values, len(extract.lost))


class Concluded(NamedTuple):
    """What was found in one file in the end, in reading order, and what of it the curators let stand."""

    found: Sequence[Diagnostic]
    ignored: Sequence[Ignored] = ()


Said = tuple[str, ModuleType, Finding]
"""A finding with its rule and check."""


class Outcome(NamedTuple):
    """What the checks found, in reading order, and what of it the curators let stand, with their reasons.

    `counted` are the files that were asked for, `examined` is what was found in each that was looked at, where that
    is taken over by a later reading.
    """

    found: Sequence[Diagnostic]
    ignored: tuple[Ignored, ...]
    counted: tuple[Tally, ...]
    examined: tuple[Examined, ...]


def run(dataset: Dataset) -> list[Diagnostic]:
    """Run all checks; findings in reading order, without those that are ignored with a reason."""
    return list(examine(dataset).found)


def examine(
    dataset: Dataset, only: Container[str] | None = None, before: Outcome | None = None, most: float = MANY
) -> Outcome:
    """Run all checks, then take out what is ignored; with `only`, of these curation files alone.

    Checks over all files see all of them all the same; those of one file are run on these files alone. What was
    found `before` in files that were taken over from that reading is taken over, too. `most` is how many findings of
    one rule are listed in one file; those found before were at least as many.
    """
    known = {id(each.extract): each for each in before.examined if len(each.found) <= most} if before else {}
    pairs = zip(dataset.files, dataset.extracts.files, strict=True)
    wanted = [(file, extract) for file, extract in pairs if only is None or file.path in only]
    examined = [known.get(id(extract)) or examine_file(file, extract, most=most) for file, extract in wanted]
    return conclude(examined, dataset.extracts, dataset.by_path, most)


def examine_file(file: File, extracted: Extract, unread: tuple[str, str] | None = None, most: float = MANY) -> Examined:
    """Run all checks that see one file on this one."""
    article = file if isinstance(file, Article) else None
    files = {file.path: file}
    locate = partial(_locate, files=files)
    found = tuple(
        _resolve(rule, check, finding, locate, files)
        for rule, check in RULES.items()
        if _sees(check) == "file" or (article and _sees(check) == "article")
        for finding in _first(check.check(file), most)
    )
    counts = (len(extracted.entries), len(article.quotes), len(article.statements)) if article else (0, 0, 0)
    return Examined(extracted, found, may_ignore(file), *counts, unread)


def conclude(
    examined: Sequence[Examined], extracts: Extracts, files: Mapping[str, File], most: float = MANY
) -> Outcome:
    """Run the checks over all files, and take out what is superseded or ignored in the files examined.

    `files` are all curation files of the dataset; what is found in those that were not examined is left out.
    """
    concluded = [*conclude_on(examined, extracts, files, most)]
    return Outcome(
        tuple(sorted((d for each in concluded for d in each.found), key=lambda d: d.order)),
        tuple(sorted((i for each in concluded for i in each.ignored), key=lambda i: i.diagnostic.order)),
        tuple(each.tally for each in examined),
        tuple(examined),
    )


def conclude_on(
    examined: Iterable[Examined], extracts: Extracts, files: Mapping[str, File], most: float = MANY
) -> Iterator[Concluded]:
    """The same file by file, in no order of these."""
    said = _said(extracts, most)
    del extracts  # of many articles, who calls this holds them no longer
    places = _places((finding for several in said.values() for _, _, finding in several), files)

    def over_all(several: Iterable[Said]) -> Iterator[Diagnostic]:
        return (_resolve(*each, places.__getitem__, files) for each in several)

    for each in examined:
        found = chain(each.found, over_all(said.pop(each.extract.file, ())))
        yield _concluded(each, _without_superseded(found), files)
    for path, several in said.items():
        if path not in files:
            yield Concluded(sorted(_without_superseded(over_all(several)), key=lambda d: d.order))


def _said(extracts: Extracts, most: float) -> dict[str, list[Said]]:
    """What the checks over all files find, by the file that it is about."""
    said: dict[str, list[Said]] = {}
    for rule, check in RULES.items():
        if _sees(check) == "extracts":
            for finding in _first_of_each(check.check(extracts), most):
                said.setdefault(_path(finding.at), []).append((rule, check, finding))
    return said


def _concluded(each: Examined, found: Sequence[Diagnostic], files: Mapping[str, File]) -> Concluded:
    """What is left of what was found in a file."""
    if not each.ignores:
        return Concluded(sorted(found, key=lambda d: d.order))
    silenced = silence(files[each.extract.file], found)
    rule, locate = rule_name(unused_ignore), partial(_locate, files=files)
    unused = (_resolve(rule, unused_ignore, finding, locate, files) for finding in unused_ignore.check(silenced))
    return Concluded(
        sorted([*silenced.left, *unused], key=lambda d: d.order),
        sorted(silenced.ignored, key=lambda i: i.diagnostic.order),
    )


def told(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What of some findings, file by file, is worth telling: a mere consequence waits for the errors in its file.

    To be asked of what is reported in the end: where those errors are left out of it, nothing waits for them.
    """
    for _, in_file in groupby(found, lambda d: d.location.text.path):
        several = [*in_file]
        wrong = any(d.severity is Severity.ERROR and d.rule not in WAITING for d in several)
        yield from (d for d in several if not (wrong and d.rule in WAITING))


def _without_superseded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    found = list(diagnostics)
    superseded = {
        (name, d.location.text.path, d.location.start)
        for d in found
        for name in getattr(RULES[d.rule], "SUPERSEDES", ())
    }
    kept = {d.order: d for d in found if (d.rule, d.location.text.path, d.location.start) not in superseded}
    return list(kept.values())


@cache
def _sees(check: ModuleType) -> str:
    return str(next(iter(check.check.__annotations__)))


def _first(findings: Iterable[Finding], most: float) -> Iterator[Finding]:
    """As many findings in a file as anybody mends at once; that there are more is said, and not computed."""
    for number, finding in enumerate(findings, start=1):
        if number > most:
            yield _more(finding)
            return
        yield finding


def _first_of_each(findings: Iterable[Finding], most: float) -> Iterator[Finding]:
    """The same of findings in several files."""
    by_file = Counter[str]()
    for finding in findings:
        path = _path(finding.at)
        by_file[path] += 1
        if by_file[path] <= most:
            yield finding
        elif by_file[path] == most + 1:
            yield _more(finding)


def _more(finding: Finding) -> Finding:
    """What stands in the place of a finding that is one too many."""
    return finding._replace(message=MORE, label="", related=(), help=(), fix=None)


def _resolve(
    rule: str,
    check: ModuleType,
    finding: Finding,
    locate: Callable[[Pointer], Location],
    files: Mapping[str, File],
) -> Diagnostic:
    resolved = Diagnostic(
        rule,
        check.SEVERITY,
        locate(finding.at),
        finding.message,
        finding.label,
        tuple((locate(at), label) for at, label in finding.related),
        finding.help,
        finding.fix,
    )
    file = files.get(resolved.location.text.path) if finding.fix else None
    if file is None:
        return resolved
    from factpack.edits import edit_for  # which most files do not need

    return resolved._replace(mendable=edit_for(resolved, file) is not None)


def _places(findings: Iterable[Finding], files: Mapping[str, File]) -> dict[Pointer, Location]:
    """Where all is that some findings point at, told file by file."""
    pointers = {pointer for finding in findings for pointer in (finding.at, *(at for at, _ in finding.related))}
    return {pointer: _locate(pointer, files) for pointer in sorted(pointers, key=_path)}


def _path(pointer: Pointer) -> str:
    return pointer.text.path if isinstance(pointer, Location) else pointer.file


def _locate(pointer: Pointer, files: Mapping[str, File]) -> Location:
    if isinstance(pointer, Location):
        return pointer
    file = files.get(pointer.file)
    return file.tree.locate(pointer.route, pointer.part) if file else Text(pointer.file, "").whole()
