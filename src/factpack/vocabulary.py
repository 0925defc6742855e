"""Controlled values with their definitions: the base class, and the vocabularies of evidence itself."""

from __future__ import annotations

from enum import StrEnum


class Vocabulary(StrEnum):
    """A closed list of values; each has a definition and may name the term of another standard.

    A dataset writes `PLANNED = "planned", "announced intention or scheduled", "PLOVER: AGREE"`.
    """

    definition: str
    maps_to: str

    def __new__(cls, value: str, definition: str, maps_to: str = "") -> Vocabulary:
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        member.maps_to = maps_to
        return member


class DatePrecision(Vocabulary):
    """To what a date is known."""

    DAY = "day", "exact calendar day known", "UCDP GED date_prec 1; ACLED time_precision 1"
    MONTH = "month", "only the month known", "UCDP GED date_prec 4; ACLED 3"
    YEAR = "year", "only the year known", "UCDP GED date_prec 5"
    QUARTER = "quarter", "only the quarter known"
    HALF = "half", "only the half-year known"
    SEASON = "season", "only the season known"
    DECADE = "decade", "only the decade known"
    CENTURY = "century", "only the century known"
    INTERVAL = "interval", "an explicit or relative span", "EDTF interval"
    UNKNOWN = "unknown", "the articles give no usable date", "EDTF empty / XXXX"


class DateBasis(Vocabulary):
    """How a date was obtained from the words."""

    STATED = "stated", "full date printed in the text"
    STATED_PARTIAL = "stated_partial", "part printed (day+month, or year only); nothing added"
    HEADER_LINE = "header_line", 'only in the crawler line " date YYYY-MM-DD"'
    DERIVED_WEEKDAY = "derived_weekday", "resolved from a weekday plus the dateline"
    DERIVED_RELATIVE = "derived_relative", 'resolved from "this year", "past two years", "upcoming"'
    INFERRED_CONTEXT = (
        "inferred_context",
        'missing component (usually the year) inferred from other statements; EDTF carries "?"',
        "EDTF ?",
    )
    EXTERNAL = "external", "only from a source outside the corpus; never without external_ref"
    NONE = "none", "no date"


class EvidenceRelation(Vocabulary):
    """How a quote stands to the values of its record."""

    SUPPORTS = "supports", "quote entails the curated value", "Wikidata reference"
    PARTIALLY_SUPPORTS = "partially_supports", "quote entails a coarser or partial value"
    CONTRADICTS = (
        "contradicts",
        "quote entails a different value for the same field",
        "Wikidata deprecated rank",
    )
    CONTEXT = "context", "needed to resolve reference or scope only"


class Comparator(Vocabulary):
    """How a printed number bounds or approximates the quantity."""

    EQ = "eq", "stated as exact"
    GT = "gt", '"over", "exceeding", "more than": value is an exclusive lower bound', "FtM/xsd minExclusive"
    GE = "ge", '"at least"', "minInclusive"
    LE = "le", '"up to", "at most"', "maxInclusive"
    BETWEEN = "between", "a stated range", "value_min, value_max"
    LT = "lt", '"under"', "maxExclusive"
    APPROX_BELOW = "approx_below", '"nearly": close to and below value', "approximate, maxExclusive"
    APPROX = "approx", '"about"', "approximate"
    MAGNITUDE = (
        "magnitude",
        '"thousands of", "millions of": order of magnitude only',
        "value empty, value_min=1 unit of the magnitude",
    )
    UNSPECIFIED_MANY = "unspecified_many", '"numerous", "a number of", "several": no number may be recorded'


class SpanRole(Vocabulary):
    """What a passage of an article is."""

    BODY = "body", "article text"
    HEADLINE = "headline", "headline"
    HEADING = "heading", "section heading"
    DATELINE = "dateline", "dateline or agency credit"
    QUESTION = "question", "interviewer question"
    CAPTION = "caption", "photo/video caption and credit"
    TEASER = "teaser", "related article teaser"
    CRAWL_HEADER = "crawl_header", '" date ..." prefix added by the crawler'
    BOILERPLATE = "boilerplate", "platform furniture; evidence forbidden except for article metadata"


class ArticleRelationType(Vocabulary):
    """How one article depends on another."""

    SAME_EVENT = "same_event", "reports the same event"
    LIKELY_REWRITE_OF = "likely_rewrite_of", "same facts in the same order, paraphrased, later or undated"
    SHARES_SOURCE_TEXT = "shares_source_text", "both render one underlying text (interview)"
    SERIES = "series", "parts of one series", "schema.org isPartOf"


class ReviewStatus(Vocabulary):
    """How far a record has been reviewed."""

    DRAFT = "draft", "written, not yet read against its source by a second person"
    REVIEWED = "reviewed", "a second reader tried to refute it from the text and could not"
