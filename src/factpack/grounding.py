"""How a field says what supports it: markers for `typing.Annotated`.

A field's type gives a default: text stands in the quote word for word, numbers and dates are among the
mentions of the quote, a reference is supported by a printed name. Anything else says so with one of these
markers. Each has a `basis`, how its value is published, and `find`, which returns the spans of the source
that state a value, or the problem when nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from typing import Any, Literal, Protocol

from factpack.edtf import Edtf
from factpack.mention import Mention, mentions
from factpack.nearest import likeliest, nearest
from factpack.quote import Folded, find_names, fold_quote, plain

Basis = Literal["grounded", "judged", "derived", "external"]
Span = tuple[int, int]

WORDING_MAX_FOREIGN = 1 / 3
"""The share of a wording's content words that need not come from its quotes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not supported: the rule that says so, a sentence, what the source has instead.

    `meant` finds the value to write, where one is likely; asked only for what is reported. A reason in `judged`
    stands for what is not printed, unless the problem is not `excusable`.
    """

    rule: str
    message: str
    instead: tuple[tuple[Span, str], ...] = ()
    meant: Callable[[], str | None] = lambda: None
    excusable: bool = True


@dataclass(frozen=True, slots=True)
class Support:
    """The spans that state a value, or the problem; `reason` for what is judged, derived or external.

    `derived` holds what is published beside the value: bounds, the basis of a date, words as printed.
    """

    basis: Basis = "grounded"
    spans: tuple[Span, ...] = ()
    problem: Problem | None = None
    reason: str = ""
    derived: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Context:
    """What a value is compared with: the record's quotes in one article, and what stands around them.

    `quotes` are spans of the source, `mentions` those that lie in them, `values` the record's other
    values, `names` the printed forms of a record of a register, `published` the article's date with the
    spans that state it, `names_around` all names that the article prints, `names_in` the registered names
    in any text, `stating` the quotes that do more than give context, `bearers` who else of a register a name may
    mean in this article, `referred` the ids that the record refers to.
    """

    source: Folded
    quotes: tuple[Span, ...]
    mentions: Sequence[Mention]
    values: Mapping[str, Any]
    names: Callable[[str, str], Sequence[str]]
    published: Edtf | None = None
    published_spans: tuple[Span, ...] = ()
    language: str = "en"
    names_around: Sequence[Mention] = ()
    names_in: Callable[[str], Iterable[Mention]] = lambda text: ()
    stating: tuple[Span, ...] = ()
    bearers: Callable[[str, str, str], Sequence[str]] = lambda table, identity, name: ()
    referred: frozenset[str] = frozenset()

    def where(self, words: str, *, exact: bool = True) -> tuple[Span, ...]:
        """Where words stand in the quotes, on word boundaries; not `exact`: diacritics and case folded."""
        spans = find_names(self.source, words, self._folded_quotes, exact=exact)
        return tuple(dict.fromkeys(spans)) if len(spans) > 1 else tuple(spans)

    @cached_property
    def _folded_quotes(self) -> list[Span]:
        """The quotes as spans of the folded text: a record's values are all looked for in the same ones."""
        return [(self.source.forward(start), self.source.forward(end)) for start, end in self.quotes]

    @cached_property
    def content_words(self) -> frozenset[str]:
        """The longer words of the quotes, without diacritics and in lower case."""
        plain = self.source.plain
        return frozenset(word for span in self._folded_quotes for word in _CONTENT_WORD.findall(plain, *span))

    def inside(self, values: Mapping[str, Any]) -> Context:
        """The same for the values of an element of the record's list; what is worked out already is kept."""
        # Not dataclasses.replace, which would look at each of the other fields again for each element.
        element = object.__new__(Context)
        element.__dict__.update(self.__dict__, values=values)
        return element

    def inside_other_name(self, span: Span, identity: str, *, country: bool = False) -> bool:
        """Whether a name is only a part of the longer name of something else.

        UNICEF Viet Nam is no country, and "people's organisations" are not the people; "Vietnamese people" still
        names a country, and "foreign and local NGOs" are local ones. "People-to-people" names no people.
        """
        start, end = span
        printed = self.source.original
        if printed[start:end].islower() and "-" in (printed[start - 1 : start], printed[end : end + 1]):
            return True
        around = [m for m in self.names_around if m.start <= start and end <= m.end]
        if any(m.value == identity for m in around):
            return False
        longer = [m for m in around if m.end - m.start > end - start]
        if not country and any(m.end > end and printed[end : end + 1] != "," for m in longer):
            return True
        return any(not _LOWER_WORD.search(printed[m.start : m.end]) for m in longer)


_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z]{3}")


class Grounding(Protocol):
    """What every marker can do."""

    @property
    def basis(self) -> Basis:
        """How the value is published."""

    def find(self, value: Any, context: Context) -> Support:
        """The spans that state a value, or why it has none."""


def _unsupported(
    rule: str, message: str, instead: Sequence[Mention] = (), meant: Callable[[], str | None] = lambda: None
) -> Support:
    return Support(problem=Problem(rule, message, _instead(instead), meant))


def _instead(mentions: Sequence[Mention]) -> tuple[tuple[Span, str], ...]:
    """What the source has in place of a value, for a message."""
    return tuple(((m.start, m.end), _say(m)) for m in mentions[:4])


def _say(mention: Mention) -> str:
    if mention.kind in ("name", "country"):
        return f"the article names `{mention.value}`"
    value = f"{mention.value} {mention.unit}".strip() if mention.kind == "money" else mention.value or "no number"
    return f"the article says {_IN_WORDS.get(mention.comparator, '')}{value}"


_IN_WORDS = {
    "gt": "more than ",
    "ge": "at least ",
    "lt": "less than ",
    "le": "at most ",
    "approx": "about ",
    "approx_below": "nearly ",
    "between": "from ",
    "magnitude": "some number of times ",
    "unspecified_many": "many, ",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The curator's reading, by the codebook; `why` is published with every value."""

    why: str
    basis: Basis = "judged"

    def find(self, value: Any, context: Context) -> Support:
        return Support("judged", context.quotes, reason=self.why)


@dataclass(frozen=True, slots=True)
class External:
    """A code list or other outside source; `source` names it with its version."""

    source: str
    basis: Basis = "external"

    def find(self, value: Any, context: Context) -> Support:
        return Support("external", reason=self.source)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """The value stands in a quote word for word."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        spans = context.where(str(value))
        if spans:
            return Support(spans=spans)
        meant = partial(self._meant, str(value), context)
        return _unsupported("value-not-in-quote", "the quotes do not have these words", meant=meant)

    def _meant(self, text: str, context: Context) -> str | None:
        near = next(filter(None, (nearest(context.source, text, quote) for quote in context.quotes)), None)
        return " ".join(context.source.original[slice(*near.span)].split()) if near else None


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a record of `table`, supported by one of the names that the article prints."""

    table: str
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        spans = [(m.start, m.end) for m in context.mentions if m.kind == "country" and m.value == value]
        is_country = bool(re.fullmatch("[A-Z]{3}", str(value)))
        names = context.names(self.table, str(value))
        shared: dict[str, Sequence[str]] = {}
        for name in names:
            found = context.where(name, exact=_is_acronym(name))
            if found and (bearers := context.bearers(self.table, str(value), name)):
                shared[name] = bearers
            else:
                spans.extend(found)
        spans = [span for span in spans if not context.inside_other_name(span, str(value), country=is_country)]
        if spans:
            return Support(spans=tuple(sorted(set(spans))))
        others = [m for m in context.mentions if (m.kind == "country" if is_country else m.unit == self.table)]
        alike = _alike(others, names, context) if names else others
        meant = partial(likeliest, str(value), _not_yet([m.value for m in alike], context.referred))
        if is_country:
            message = f"the quotes do not name the country {value}"
            return _unsupported("country-not-in-quote", message, others, meant)
        for name, bearers in shared.items():
            message = f"“{name}” alone may also be `{bearers[0]}`: quote words that only `{value}` goes by"
            return _unsupported("name-not-in-quote", message)
        printed = ", ".join(f"“{name}”" for name in names[:4]) or "none is registered"
        message = f"no printed name of `{value}` stands in the quotes ({printed})"
        return _unsupported("name-not-in-quote", message, others, meant)


def _alike(found: Sequence[Mention], names: Sequence[str], context: Context) -> Sequence[Mention]:
    """Proper names for a proper name, where there are any, and others for others."""
    proper = any(name[0].isupper() for name in names)
    return [m for m in found if context.source.original[m.start].isupper() == proper] or found


def _not_yet(identities: Sequence[str], referred: frozenset[str]) -> Sequence[str]:
    """Those that the record does not refer to, where there are any."""
    return [identity for identity in identities if identity not in referred] or identities


def _is_acronym(name: str) -> bool:
    return len(name) <= 4 or name.isupper()


_NUMERIC = ("number", "money", "percent", "ordinal", "fraction", "range", "duration")


def _numbers(mention: Mention) -> list[Decimal]:
    """The numbers that a mention states: one, or both ends of a range; "millions of" states none."""
    if mention.kind == "duration":
        return [Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", mention.value)]
    if mention.kind == "date":
        return [Decimal(mention.value)] if mention.precision == "year" and mention.value.isdigit() else []
    if mention.kind not in _NUMERIC or mention.comparator == "magnitude":
        return []
    values = [mention.value, mention.upper]
    return [Decimal(v) for v in values if re.fullmatch(r"-?\d+(?:\.\d+)?", v)]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: among the numbers, ordinals and years of the quotes.

    `unit` names the sibling field with the unit; of equal numbers the one with that unit is meant.
    """

    unit: str = ""
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        number = Decimal(value)
        stated = [m for m in context.mentions if _numbers(m)]
        equal = [m for m in stated if number in _numbers(m)]
        if not equal:
            numbers = [m for m in stated if m.kind != "date"] or stated
            meant = partial(likeliest, f"{number:f}", [f"{each:f}" for m in numbers for each in _numbers(m)])
            return _unsupported("value-not-in-quote", "the quotes do not have that number", numbers, meant)
        chosen = _with_unit(equal, str(context.values.get(self.unit) or ""), context) or equal
        return Support(spans=tuple((m.start, m.end) for m in chosen))


def _with_unit(candidates: Sequence[Mention], unit: str, context: Context) -> list[Mention]:
    if not unit:
        return list(candidates)
    if re.fullmatch("[A-Z]{3}", unit):
        return [m for m in candidates if m.kind == "money" and (m.unit == unit or unit in m.readings)]
    return [m for m in candidates if m.kind != "money" and _unit_span(m, unit, context)]


def _unit_span(mention: Mention, unit: str, context: Context) -> Span | None:
    """Where a unit stands: where the noun behind its number does; else by it, with no other number nearer."""
    numbers = [m for m in context.mentions if m.kind in _NUMERIC and m is not mention]
    for start, end in context.where(unit, exact=False):
        if not _counted_by(mention, start, context.source.original):
            continue
        quote = next((q for q in context.quotes if q[0] <= min(start, mention.start) and end <= q[1]), None)
        if quote is None:
            continue
        if end <= mention.start:
            # A number before the unit is the one that counts it: "49 trees and 50 shrubs".
            nearer = [m for m in numbers if quote[0] <= m.start and m.end <= mention.start]
        else:
            nearer = [m for m in numbers if mention.end <= m.start < start]
        if not nearer:
            return start, end
    return None


def _counted_by(mention: Mention, start: int, source: str) -> bool:
    """Whether words that begin here can be what a number counts, where a noun or a unit of time stands behind it.

    Of an exact count the noun counts in full: 100 international delegates are not all delegates.
    """
    if mention.kind == "duration":
        return mention.start <= start <= mention.end
    if mention.kind != "number" or mention.unit_span is None:
        return True
    first, last = mention.unit_span
    behind = not source[last:start].strip() and last < start
    return start == first or behind or (not mention.value and first < start < last)


def _counts(value: str, context: Context) -> list[Mention]:
    """What states the sibling number; where none is typed, the words that bound no number: "several"."""
    number = context.values.get(value)
    stated = [m for m in context.mentions if m.kind in _NUMERIC]
    if number is None:
        return [m for m in stated if m.comparator in ("magnitude", "unspecified_many")]
    return [m for m in stated if number in _numbers(m)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How printed words bound the sibling number: "over", "nearly", "millions of", or nothing at all."""

    value: str
    unit: str = ""
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        wanted = str(value)
        number = context.values.get(self.value)
        unit = str(context.values.get(self.unit) or "")
        stated = _counts(self.value, context)
        chosen = _with_unit(stated, unit, context) or stated
        fitting = [m for m in chosen if m.comparator == wanted]
        if fitting:
            first = fitting[0]
            spans = tuple(m.qualifier or (m.start, m.end) for m in fitting)
            return Support(spans=spans, derived=_bounds(first, number, wanted, context.source.original))
        if chosen or stated:
            message = f"the quotes do not say `{wanted}` of this number"
            only = chosen[0].comparator if len({m.comparator for m in chosen}) == 1 else None
            return _unsupported("comparator-mismatch", message, chosen or stated, lambda: only)
        return _unsupported("value-not-in-quote", "the quotes have no number or quantity that this could belong to")


def _bounds(mention: Mention, number: Decimal | None, comparator: str, source: str) -> dict[str, str]:
    start = min(mention.start, mention.qualifier[0]) if mention.qualifier else mention.start
    end = max(mention.end, mention.qualifier[1]) if mention.qualifier else mention.end
    printed = {"as_reported": source[start:end]}
    value = mention.value if number is None else format(number.normalize(), "f")
    low = {"eq", "gt", "ge", "magnitude", "between"}
    high = {"eq", "lt", "le", "approx_below"}
    if comparator in low and value:
        printed["min"] = value
    if comparator in high and value:
        printed["max"] = value
    if comparator == "between":
        printed["max"] = mention.upper
    return printed


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of the sibling number: the noun counted, or the sign or name of a currency for its ISO code."""

    value: str
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        unit = str(value)
        stated = _counts(self.value, context)
        chosen = _with_unit(stated, unit, context)
        if not chosen:
            if narrower := next((m.unit for m in stated if _ends_with(m.unit, unit)), ""):
                message = f"the quotes count “{narrower}”, not all {unit}"
                return _unsupported("unit-or-currency-mismatch", message, meant=partial(str, narrower))
            if not re.fullmatch("[A-Z]{3}", unit) and context.where(unit, exact=False):
                message = f"this number does not count {unit}: another one stands by that word"
                return _unsupported("number-of-another-noun", message, stated)
            return _unsupported("unit-or-currency-mismatch", f"the quotes do not count in {unit}", stated)
        if re.fullmatch("[A-Z]{3}", unit):
            return Support(spans=tuple(m.unit_span or (m.start, m.end) for m in chosen))
        return Support(spans=tuple(span for m in chosen if (span := _unit_span(m, unit, context))))


def _ends_with(phrase: str, noun: str) -> bool:
    return plain(phrase).endswith(" " + plain(noun))


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document in normal form, such as 12-CT/TW."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        documents = [m for m in context.mentions if m.kind == "document"]
        found = [m for m in documents if m.value == value]
        if found:
            first = found[0]
            printed = {"as_printed": context.source.original[first.start : first.end]}
            return Support(spans=tuple((m.start, m.end) for m in found), derived=printed)
        meant = partial(likeliest, str(value), [m.value for m in documents])
        message = f"the quotes do not have a document with the number {value}"
        return _unsupported("document-id-not-in-quote", message, documents, meant)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: a date of the quotes, or of the article, is at least as precise and says the same.

    Published beside it: `basis`, how the date was obtained, and the words as printed.
    """

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        support = self._find(value, context)
        if support.problem is None:
            return support
        return replace(support, problem=replace(support.problem, meant=partial(self._meant, value, context)))

    def _meant(self, wanted: Edtf, context: Context) -> str | None:
        others = filter(None, map(_edtf, self._others(wanted, context)))
        return likeliest(wanted.text, [other.text for other in others if not self._find(other, context).problem])

    def _others(self, wanted: Edtf, context: Context) -> Iterator[str]:
        """The dates of the quotes as they would be typed in place of this one."""
        dates = [m for m in context.mentions if m.kind == "date"]
        readings = [text for m in dates for text in (m.value, *m.readings)]
        if context.published and not dates:
            readings.append(context.published.text)
        stated = list(dict.fromkeys(_MARKS.sub("", point) for text in readings for point in text.split("/")))
        points = wanted.text.split("/")
        for index, point in enumerate(points):
            plain = _MARKS.sub("", point)
            for text in stated if point not in _OPEN else ():
                known = plain[:4] + text[4:] if text.startswith("XXXX") else text
                for end in {len(plain), 7, 4}:
                    if len(known) >= end and end <= len(plain):
                        other = known[:end] + point[len(plain) :]
                        yield "/".join([*points[:index], other, *points[index + 1 :]])

    def _find(self, wanted: Edtf, context: Context) -> Support:
        dates = [m for m in context.mentions if m.kind == "date"]
        for mention in dates:
            if any(reading and _states(reading, wanted) for reading in _readings(mention)):
                return self._support(wanted, [mention], context)
        # Both ends of an interval may be stated apart; one of them alone does not state it.
        points = [point for point in wanted.text.split("/") if point not in _OPEN] if "/" in wanted.text else []
        ends = [self._end(point, dates) for point in points]
        if ends and all(ends):
            return self._support(wanted, [mention for mention in ends if mention], context)
        coarse = [
            mention
            for mention in dates
            if (any(r and r.covers(wanted) for r in _readings(mention)) or _day_fits(mention, wanted))
            and not _between_days(mention, dates)
        ]
        if coarse and wanted.mark:
            return self._support(wanted, coarse, context)
        # Words that give a date of their own are not overruled by the day of publication.
        if context.published and not points and not dates and wanted.covers(context.published):
            return Support(spans=context.published_spans, derived={"basis": "derived_relative"})
        if coarse:
            message = f"`{wanted}` is more precise than the words of the quotes"
            return _unsupported("date-more-precise-than-words", message, coarse)
        problem = Problem(
            "date-not-in-quote",
            f"the quotes do not have the date {wanted}",
            _instead(dates),
            # A reason stands for the part that `?` marks as inferred, not for what is printed otherwise.
            excusable=not (wanted.mark and dates),
        )
        return Support(problem=problem)

    def _end(self, text: str, dates: Sequence[Mention]) -> Mention | None:
        point = Edtf.parse(text)
        return next((m for m in dates if any(r and point.covers(r) for r in _readings(m))), None)

    def _support(self, wanted: Edtf, found: Sequence[Mention], context: Context) -> Support:
        basis = "inferred_context" if wanted.mark else found[0].basis or "stated"
        if basis == "stated" and found[0].precision not in ("day", "interval"):
            basis = "stated_partial"
        words = "; ".join(dict.fromkeys(context.source.original[m.start : m.end] for m in found))
        return Support(spans=tuple((m.start, m.end) for m in found), derived={"basis": basis, "as_reported": words})


@lru_cache(maxsize=4096)
def _edtf(text: str) -> Edtf | None:
    try:
        return Edtf.parse(text)
    except ValueError:
        return None


def _readings(mention: Mention) -> list[Edtf | None]:
    return [_edtf(text) for text in (mention.value, *mention.readings)]


_OPEN = ("", "..")
_MARKS = re.compile(r"[?~%]+$")


def _states(reading: Edtf, wanted: Edtf) -> bool:
    """Whether a date that is read says what is wanted, at least as precisely; of an interval, both its ends."""
    if "/" not in wanted.text:
        return wanted.covers(reading)
    ends = zip(wanted.text.split("/"), reading.days, strict=True)
    return reading.precision == "interval" and all(_within(day, point) for point, day in ends)


def _within(day: date | None, point: str) -> bool:
    if day is None or point in _OPEN:
        return day is None and point in _OPEN
    return Edtf.parse(point).covers(Edtf.parse(day.isoformat()))


def _between_days(mention: Mention, dates: Sequence[Mention]) -> bool:
    """Whether a period has days for its ends: there is nothing vague in it that a day could be inferred from."""
    inside = [m for m in dates if mention.start <= m.start and m.end <= mention.end]
    return mention.precision == "interval" and any(m.precision == "day" for m in inside)


def _day_fits(mention: Mention, wanted: Edtf) -> bool:
    """Whether a date printed without its year, `XXXX-04-12`, is this day or month of some year."""
    return mention.value.startswith("XXXX-") and wanted.text.rstrip("?~%")[4:] == mention.value[4:]


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A value of a closed list, carried by one of its words; `default` needs none.

    `contradicted_by` names values whose words contradict the default: "planned" in the quote of a visit
    that is said to have been realised. `yields` maps a value to others whose words are stronger: "will" says
    planned, but not in "it is expected that it will". Where every value needs a word, quotes that only give
    context are looked at where no word of the others says anything.
    """

    words: Mapping[Any, Sequence[str]]
    default: Any = None
    contradicted_by: Sequence[Any] = ()
    yields: Mapping[Any, Sequence[Any]] = field(default_factory=dict)
    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        stating = replace(context, quotes=context.stating) if context.stating else context
        if self.default is None and any(self._spans(known, stating) for known in self.words):
            context = stating
        own = self._spans(value, context)
        if own and self.default is None and (broader := self._broader(value, own, context)):
            start, end = broader
            message = f"the quotes count it among others: “{context.source.original[start:end]}”"
            return Support(problem=Problem("status-contradicts-cue", message, ((broader, "what all of them are"),)))
        if own and not any(self._spans(other, context) for other in self.yields.get(value, ())):
            return Support(spans=own)
        if _cue_key(value) != _cue_key(self.default):
            known = ", ".join(f"“{word}”" for word in self._words(value)) or "none is known"
            said = _cue_key(value)
            return _unsupported(
                "status-contradicts-cue", f"no word of the quotes says `{said}` (words for it: {known})"
            )
        for other in self.contradicted_by:
            if spans := self._spans(other, context):
                shown = tuple((span, f"this says `{other}`") for span in spans)
                message = f"the quotes say `{other}`, not `{value}`"
                return Support(problem=Problem("status-contradicts-cue", message, shown, partial(str, other)))
        return Support("judged", context.quotes, reason="no word of the quotes says otherwise")

    def _broader(self, value: Any, own: Sequence[Span], context: Context) -> Span | None:
        """The word of another value that all words of this one are only examples of: "resolutions and other papers"."""
        others = OTHERS.get(context.language.partition("-")[0], _NEVER)
        for word in (word for key in self.words if _cue_key(key) != _cue_key(value) for word in self._words(key)):
            for start, end in context.where(word, exact=False):
                quote = next((q for q in context.quotes if q[0] <= start and end <= q[1]), (start, end))
                if others.search(context.source.original[quote[0] : start]) and all(
                    quote[0] <= span[0] < start for span in own
                ):
                    return start, end
        return None

    def _words(self, value: Any) -> Sequence[str]:
        return next((words for key, words in self.words.items() if _cue_key(key) == _cue_key(value)), ())

    def _spans(self, value: Any, context: Context) -> tuple[Span, ...]:
        return tuple(span for word in self._words(value) for span in context.where(word, exact=False))


def _cue_key(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


_ORDINAL = re.compile(r"\b\d+[^\W\d_]{1,3}\s+$")
"""The number of an assembly is a part of its name."""
_COUNTS = {*_NUMERIC, "date"}
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Free text in the words of the quotes: every number, date, document, country and name of it must stand
    in them, and its content words, stemmed, must come from them but for a third."""

    basis: Basis = "grounded"

    def find(self, value: Any, context: Context) -> Support:
        own = text = fold_quote(str(value))
        stated = {(m.kind, m.value) for m in context.mentions}
        for mention in mentions(text, language=context.language, date=context.published):
            if mention.kind in ("name", "date") and mention.basis == "derived_relative":
                continue
            if mention.value and (mention.kind, mention.value) not in stated:
                printed = text[mention.start : mention.end]
                same = [m for m in context.mentions if m.kind == mention.kind or {m.kind, mention.kind} <= _COUNTS]
                meant = partial(_reworded, str(value), printed, same, context)
                return _unsupported("value-not-in-quote", f"the quotes do not have “{printed}”", same, meant)
            if mention.value:
                # What it states is in the quotes, be it in other words: 49 for forty-nine.
                own = own[: mention.start] + " " * (mention.end - mention.start) + own[mention.end :]
        if foreign_name := self._foreign_name(text, context):
            named = [m for m in context.mentions if m.kind in ("name", "country")]
            meant = partial(_reworded, str(value), foreign_name, named, context)
            message = f"the quotes do not have the name “{foreign_name}”"
            return _unsupported("value-not-in-quote", message, named, meant)
        negation = NEGATIONS.get(context.language.partition("-")[0], _NEVER)
        denied = negation.search(text)
        if denied and not any(negation.search(context.source.original, *span) for span in context.quotes):
            return _unsupported("value-not-in-quote", f"the quotes do not have “{denied[0]}”")
        words = dict.fromkeys(_CONTENT_WORD.findall(plain(own)))
        allowed = WORDING_MAX_FOREIGN * len(words)
        foreign = [word for word in words if word not in context.content_words]
        if len(foreign) > allowed:  # Stemming costs more than all else here, and most words are the quotes' own.
            stems = {_stem(word, context.language) for word in context.content_words}
            foreign = [word for word in foreign if _stem(word, context.language) not in stems]
        if len(foreign) > allowed:
            listed = ", ".join(foreign[:8])
            return _unsupported("wording-not-from-quote", f"these words are not the quotes' own: {listed}")
        return Support(spans=context.quotes)

    def _foreign_name(self, text: str, context: Context) -> str:
        """The first registered name of a text that the quotes have in none of its forms."""
        named: dict[Span, set[str]] = {}
        for mention in context.names_in(text):
            named.setdefault((mention.start, mention.end), set()).add(mention.value)
        printed = context.source.original
        places = [m for m in context.mentions if m.kind in ("name", "country")]
        for (start, end), identities in named.items():
            # A common noun is nobody's name: "Vietnamese people" are not named by "people-to-people".
            common = text[start:end].islower()
            found = [m for m in places if m.value in identities and (common or not printed[m.start : m.end].islower())]
            spans = [(m.start, m.end) for m in found] or context.where(text[start:end], exact=False)
            unnumbered = not _ORDINAL.search(text[max(0, start - 9) : start]) and not common
            if not spans or (unnumbered and all(_ORDINAL.search(printed[max(0, at - 9) : at]) for at, _ in spans)):
                return text[start:end]
        return ""


def _reworded(text: str, foreign: str, stated: Sequence[Mention], context: Context) -> str | None:
    """The text with what the quotes do not have replaced by the one thing in them that may have been meant."""
    printed = (" ".join(context.source.original[m.start : m.end].split()) for m in stated)
    meant = likeliest(foreign, (words for words in printed if words not in text))
    return text.replace(foreign, meant) if meant and text.count(foreign) == 1 else None


NEGATIONS = {
    "en": re.compile(r"\b(?:not|never|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:không|chưa|chẳng)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:ne|jamais)\b|\bn['’]", re.IGNORECASE),
}
"""The words that deny, by language."""
_NEVER = re.compile(r"(?!)")
OTHERS = {
    "en": re.compile(r"\b(?:and|or) other\s+$", re.IGNORECASE),
    "fr": re.compile(r"\b(?:et|ou) (?:d['’])?autres\s+$", re.IGNORECASE),
}
"""The words before the kind that all of a list belong to, by language."""


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer else word


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    names = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "pt": "portuguese", "it": "italian"}
    name = names.get(language.partition("-")[0])
    return snowballstemmer.stemmer(name) if name else None
