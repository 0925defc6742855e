"""The articles themselves and their pictures."""

from typing import Annotated

from factpack import ArticleFields, Cue, External, Integer, Judged, Ref, Verbatim, Words

from .record import Record
from .vocabularies import Attribution, Genre, MediaType, Realisation


class Article(Record, ArticleFields, table="articles", label="{headline}"):
    """Source articles (schema.org NewsArticle, Dublin Core)."""

    realisation: Annotated[Realisation, Judged("a description, not an event")] = Realisation.NOT_APPLICABLE
    """Articles are described, not reported."""
    headline: Words | None = None
    """Headline as printed."""
    genre: Annotated[Genre, Judged("the curator's reading of the whole article")]
    """What kind of article it is."""
    publisher: Annotated[Words | None, Verbatim()] = None
    """Publisher, only where the text names it."""
    news_agency_credit: Words | None = None
    """News agency credited, as printed."""
    platform: Words | None = None
    """Platform that distributes the article, as printed."""
    dateline_place: Words | None = None
    """Place of the dateline, as printed."""
    series_part: Integer | None = None
    """Number of the part, where the article is part of a series."""
    url: Annotated[Words | None, External("a public copy of the article, not named in the file")] = None
    """Address of a public copy."""
    attribution: Annotated[Attribution, Judged("who speaks in most of the article")]
    """Who asserts the article's quotes that do not say otherwise."""
    attributed_to: Annotated[str | None, Ref("actors"), Judged("who speaks in most of the article")] = None
    """The person or body who asserts them."""


class MediaItem(Record, table="media_items", key="media_item_id", label="{caption}"):
    """Photos and videos of the articles."""

    realisation: Annotated[Realisation, Judged("a description, not an event")] = Realisation.NOT_APPLICABLE
    """Pictures are described, not reported."""
    media_type: Annotated[MediaType, Cue({MediaType.PHOTO: ("photo",), MediaType.VIDEO: ("video",)})]
    """Photo or video."""
    caption: Words | None = None
    """Caption as printed."""
    credit: Words | None = None
    """Credit as printed."""
    depicted_record: Annotated[str | None, Ref("records"), Judged("the caption names what the record is about")] = None
    """The record that the picture shows."""
