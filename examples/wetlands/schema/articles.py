"""The articles themselves."""

from typing import Annotated

from factpack import ArticleFields, Judged, Words

from .record import Record
from .vocabularies import Genre, Status


class Article(Record, ArticleFields, table="articles", label="{headline}"):
    """Bulletins, press notes, diary entries and minutes."""

    status: Annotated[Status, Judged("a description, not an event")] = Status.NOT_APPLICABLE
    """Articles are described, not reported."""
    headline: Words
    """Headline as printed."""
    genre: Annotated[Genre, Judged("what the headline and the voice of the text are")]
    """What kind of text it is."""
