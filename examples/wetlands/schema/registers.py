"""What the articles share: species, sites, people, bodies, countries."""

from typing import Annotated

from factpack import Entity, External, Judged, Ref, Words

CURATOR = Judged("by the codebook")


class Species(Entity, table="species"):
    """Species of birds, with every form in which a text prints their names."""

    name: Annotated[Words, CURATOR]
    """Name in English."""
    scientific_name: Annotated[Words, External("IOC World Bird List, names in use in 2024")]
    """Name in Latin."""
    vietnamese_name: Annotated[Words | None, CURATOR] = None
    """Name in Vietnamese, where a text prints it."""


class Country(Entity, table="countries", id_pattern="[A-Z]{3}"):
    """Countries in which the reserves lie."""

    name: Annotated[Words, External("ISO 3166-1")]
    """Short name in English."""


class Site(Entity, table="sites"):
    """The reserves."""

    name: Annotated[Words, CURATOR]
    """Name with diacritics."""
    country: Annotated[str, Ref("countries"), CURATOR]
    """The country it lies in."""


class Person(Entity, table="people"):
    """Observers and wardens; two pairs of them share a surname."""

    name: Annotated[Words, CURATOR]
    """Full name."""


class Body(Entity, table="bodies"):
    """The network and those who give it money."""

    name: Annotated[Words, CURATOR]
    """Name in English."""
