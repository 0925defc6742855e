"""What a package says of itself beyond its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """A package's metadata and free texts, from `[tool.factpack]`.

    `licenses`, `sources` and `contributors` have the properties of the standard (`name`, `title`, `path`,
    `roles`, ...: https://datapackage.org/standard/data-package/). `created` is an ISO day, given by whoever
    releases and never read from a clock. `readme` is the curators' own part of the release card, Markdown;
    `texts` are further files of the package, name to content, such as CHANGELOG.md; a LICENSE or a text in
    LICENSES/ among them replaces the usual one. `inputs` are what the tables were made from, path to SHA-256,
    `commit` is the Git commit where they
    lie, if that is known, and `checked_with` the range of factpack's versions that the dataset names, if any.

    Raises ValueError for a name, version or day that is none: the first two end in file names.
    """

    name: str
    title: str
    description: str
    version: str
    licenses: tuple[dict[str, str], ...] = ()
    sources: tuple[dict[str, str], ...] = ()
    contributors: tuple[dict[str, object], ...] = ()
    homepage: str = ""
    keywords: tuple[str, ...] = ()
    created: str = ""
    readme: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    commit: str = ""
    checked_with: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9._-]*", self.name):
            raise ValueError(f"{self.name!r} is no package name: lower-case letters, digits, - _ .")
        if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", self.version, re.ASCII):
            raise ValueError(f"{self.version!r} is no version: three numbers, as in 1.0.0")
        if self.created and date.fromisoformat(self.created).isoformat() != self.created:
            raise ValueError(f"{self.created!r} is no day: YYYY-MM-DD")
        if self.commit and not re.fullmatch(r"[0-9a-f]{7,64}", self.commit):
            raise ValueError(f"{self.commit!r} is no Git commit: its hash, in hexadecimal digits")
