"""A page, and how it is written: a template, values that are only ever text, and nothing fetched from anywhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup

from factpack.config import ConfigurationError
from factpack.site import address

_ASSETS = resources.files("factpack.site") / "assets"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: where it stands, what it is called, and the template and values that make it.

    `styles` and `scripts` name the files of `assets` that it carries inside, beside those that all pages have;
    `policy` is what its scripts need beyond the strict content security policy of all pages.
    """

    path: str
    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    own_style: str = ""
    """The style of a page that a dataset brings itself."""
    policy: str = ""
    description: str = ""
    data: Mapping[str, Any] | None = None
    """schema.org metadata for the head of the page."""


@dataclass(frozen=True)
class Frame:
    """What all pages share: the dataset's title and version, where the site will stand, and the way about it."""

    title: str
    version: str
    base_url: str
    ways: tuple[tuple[str, str], ...]
    """Name and path of the pages in the head of every page."""
    facts: tuple[str, ...]
    """The tables whose rows have a record's page."""
    entities: tuple[str, ...]
    """The tables whose rows have an entity's page."""
    licence: str
    made_with: str
    own: Path | None = None
    """The folder of the dataset's own templates."""

    def render(self, page: Page) -> str:
        """The page as HTML; raises ConfigurationError where a dataset's own template is wrong."""
        root = address.root_of(page.path)
        style = "".join([*map(asset, ("base.css", *page.styles)), page.own_style]).replace("</", "<\\/")
        scripts = [asset(name) for name in page.scripts]
        policy = "; ".join(
            [
                "default-src 'none'",
                f"style-src {_digest(style)}",
                f"script-src {' '.join([*map(_digest, scripts), page.policy]).strip() or _NONE}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        )
        try:
            return self._environment.get_template(page.template).render(
                **page.values,
                page=page,
                frame=self,
                root=root,
                style=Markup(style),
                scripts=[Markup(script) for script in scripts],
                policy=policy,
                data=inert(page.data) if page.data else "",
                to=lambda path: address.href(path, root),
                link=lambda table, identity: self._link(table, identity, root),
            )
        except TemplateError as error:
            line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
            raise ConfigurationError(f"{page.template}{line}: {error.message}") from error

    def _link(self, table: str, identity: str, root: str) -> str:
        """The way to a row's page; nothing where its table's rows have none."""
        known = table in ("articles", "records", *self.facts, *self.entities)
        return address.href(address.of(table, identity, self.facts), root) if known else ""

    @cached_property
    def _environment(self) -> Environment:
        loaders: list[Any] = [PackageLoader("factpack.site")]
        if self.own:
            loaders.append(PrefixLoader({"own": FileSystemLoader(self.own)}))
        environment = Environment(
            loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        environment.filters |= {"fragment": address.fragment, "file": address.file}
        return environment


_NONE = "'none'"


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script that pages carry inside."""
    return (_ASSETS / name).read_text("utf-8")


def inert(value: Any) -> Markup:
    """JSON for a script element: no `<` in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


@cache
def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
