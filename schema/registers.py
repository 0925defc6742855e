"""What all articles share: countries, places, actors, posts, series of events, themes."""

from typing import Annotated

from factpack import Entity, External, Flag, Integer, Judged, Ref, Words

from .vocabularies import ActorClassification, ActorKind, PlaceType

ISO = External("ISO 3166-1")
COW = External("Correlates of War, State System Membership v2016")
CURATOR = Judged("by the codebook")


class Country(Entity, table="countries", id_pattern="[A-Z]{3}"):
    """Countries, one row per ISO 3166-1 state named in the articles."""

    iso2: Annotated[Words, ISO]
    """ISO 3166-1 alpha-2 code."""
    name: Annotated[Words, ISO]
    """Short name in English."""
    cow_code: Annotated[Integer | None, COW] = None
    """Correlates of War state number (ccode)."""
    m49_region: Annotated[Words, External("UN M49, geographic regions")]
    """UN M49 region."""
    asean_member: Annotated[Flag, External("ASEAN, membership in 2021-2024")]
    """Whether the country was a member of ASEAN in the period covered."""


class CountryGroup(Entity, table="country_groups"):
    """Groups of countries that the articles name without listing their members."""

    name: Annotated[Words, CURATOR]
    """Label of the group."""
    definition: Annotated[Words, CURATOR]
    """What the articles say, or do not say, about who belongs to it."""


class Place(Entity, table="places"):
    """Places below the level of countries."""

    name: Annotated[Words, CURATOR]
    """Name with diacritics."""
    place_type: Annotated[PlaceType, CURATOR]
    """City, town or port."""
    country: Annotated[str, Ref("countries"), CURATOR]
    """The country it lies in."""
    where_precision: Annotated[Integer, External("UCDP GED where_prec: 1 exact place, 2 city or town, 6 country only")]
    """How exactly the place is known."""


class Actor(Entity, table="actors"):
    """Persons, organisations and collectives (Popolo Person and Organization, FollowTheMoney LegalEntity)."""

    actor_kind: Annotated[ActorKind, CURATOR]
    """Person, organisation or unnamed collective."""
    name: Annotated[Words, CURATOR]
    """Canonical name, with diacritics where an article prints them."""
    abbreviation: Annotated[Words | None, CURATOR] = None
    """Abbreviation printed in an article."""
    classification: Annotated[ActorClassification | None, CURATOR] = None
    """Popolo classification; empty for reports, which are no bodies."""
    parent_actor: Annotated[str | None, Ref("actors"), CURATOR] = None
    """The body it belongs to, where an article says so."""
    country: Annotated[str | None, Ref("countries"), CURATOR] = None
    """The country it belongs to."""


class Post(Entity, table="posts"):
    """Posts that persons hold (Popolo Post, FollowTheMoney Position)."""

    name: Annotated[Words, CURATOR]
    """Title of the post."""
    organization: Annotated[str | None, Ref("actors"), CURATOR] = None
    """The organisation the post belongs to."""
    country: Annotated[str | None, Ref("countries"), CURATOR] = None
    """The country the post belongs to."""
    topic: Annotated[Words | None, External("FollowTheMoney topics")] = None
    """FollowTheMoney topic, such as role.pep."""


class EventSeries(Entity, table="event_series", key="event_series_id"):
    """Events that recur."""

    name: Annotated[Words, CURATOR]
    """Name of the series."""


class Theme(Entity, table="themes"):
    """What tasks, results, lessons and programmes are about (SKOS concepts)."""

    name: Annotated[Words, CURATOR]
    """Preferred label."""
    definition: Annotated[Words, CURATOR]
    """What falls under the theme."""
