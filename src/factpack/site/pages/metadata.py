"""What the site says to machines: schema.org metadata, the feed of releases, and the map of the site.

The first page has the schema.org metadata inside and links to the Croissant metadata, which name every column of
every table: they are many times larger than a page may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree

from markupsafe import Markup

from factpack.package.renditions import croissant
from factpack.site import address
from factpack.site.page import Page
from factpack.site.pages.texts import history, told
from factpack.site.prose import html
from factpack.site.published import Published
from factpack.site.settings import Settings

FEED, MAP, ROBOTS = "releases.atom", "sitemap.xml", "robots.txt"

_ATOM, _SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"

ON_A_MAP = 50_000
"""How many addresses a map of a site may have (https://www.sitemaps.org/protocol.html)."""


def dataset(published: Published, settings: Settings) -> Mapping[str, Any]:
    """The dataset as schema.org has it (https://schema.org/Dataset), from what the package says of itself."""
    package = published.package
    licences = [one["path"] for one in package.licenses or () if one.get("path")]
    makers = [{"@type": "Person" if "familyName" in one else "Organization", "name": one["title"]}
              for one in package.contributors or () if one.get("title")]  # fmt: skip
    said = {
        "name": published.title,
        "description": " ".join((package.description or "").split()),
        "version": package.version,
        "datePublished": (package.created or "")[:10],
        "license": licences[0] if len(licences) == 1 else licences,
        "creator": makers,
        "keywords": package.keywords or [],
        "url": settings.base_url or package.homepage or "",
        "sameAs": package.homepage if settings.base_url else "",
        "isAccessibleForFree": True,
        "distribution": _distribution(published, settings),
    }
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        **{key: value for key, value in said.items() if value},
    }


def _distribution(published: Published, settings: Settings) -> list[dict[str, Any]]:
    """The tables' files, where it is known at which address they lie."""
    return [
        {
            "@type": "DataDownload",
            "name": file.path,
            "contentUrl": url,
            "encodingFormat": file.mediatype,
            "contentSize": f"{file.bytes} B",
            "sha256": file.hash.removeprefix("sha256:"),
        }
        for file in published.package.resources
        if (url := settings.file(file.path, published.package.version))
    ]


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """The release's Croissant metadata, and the feed of releases where there are any."""
    if found := published.text(croissant.FILE):
        yield _plain(croissant.FILE, found, "application/ld+json", "Croissant metadata")
    if feed := _feed(published, settings):
        yield _plain(FEED, _xml(feed), "application/atom+xml", "Versions")


def _feed(published: Published, settings: Settings) -> ElementTree.Element | None:
    """An Atom feed (RFC 4287) of the published versions, newest first; what has no date has no place in it."""
    changes = told(published)
    dated = [entry for entry in history(published).values() if entry.date]
    if not dated:
        return None
    name = published.package.name
    makers = [one["title"] for one in published.package.contributors or () if one.get("title")]
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "id", _identity(name))
    _add(feed, "title", published.title)
    _add(feed, "updated", f"{max(entry.date or '' for entry in dated)}T00:00:00Z")
    for maker in makers or [published.title]:
        _add(_add(feed, "author"), "name", maker)
    if settings.base_url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=settings.base_url + FEED)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{settings.base_url}changes/index.html")
    for entry in reversed(dated):
        item = _add(feed, "entry")
        _add(item, "id", _identity(f"{name}@{entry.version}"))
        _add(item, "title", f"{entry.version} (not to be used)" if entry.yanked else entry.version)
        _add(item, "updated", f"{entry.date}T00:00:00Z")
        page = address.href(address.changes(entry.version), settings.base_url)
        _add(item, "link", rel="alternate", type="text/html", href=page)
        said = html("\n\n".join(part for part in (entry.why or "", changes.get(entry.version, "").strip()) if part))
        _add(item, "content", said or entry.version, type="html")
    return feed


def _identity(name: str) -> str:
    """The same for ever, wherever the site stands: that is what a feed reader knows an entry by."""
    return f"urn:uuid:{uuid5(NAMESPACE_DNS, name)}"


def maps(paths: Sequence[str], settings: Settings) -> Iterator[Page]:
    """The map of a site whose address is known: its pages, in several maps where they are many."""
    if not settings.base_url:
        return
    pages = [address.href(path, settings.base_url) for path in paths if path.endswith(".html")]
    parts = [pages[start : start + ON_A_MAP] for start in range(0, len(pages), ON_A_MAP)]
    if len(parts) == 1:
        yield _plain(MAP, _xml(_map("urlset", "url", parts[0])))
    else:
        names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _plain(name, _xml(_map("urlset", "url", part)))
        yield _plain(MAP, _xml(_map("sitemapindex", "sitemap", [settings.base_url + name for name in names])))
    if urlsplit(settings.base_url).path == "/":  # Robots ask for it at the root of a host only.
        yield _plain(ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {settings.base_url}{MAP}\n")


def _map(name: str, item: str, addresses: Sequence[str]) -> ElementTree.Element:
    found = ElementTree.Element(name, xmlns=_SITEMAP)
    for one in addresses:
        _add(_add(found, item), "loc", one)
    return found


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = _NO_XML.sub("", text) or None
    return child


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot write."""


def _xml(element: ElementTree.Element) -> str:
    ElementTree.indent(element)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(element, encoding="unicode")}\n'


def _plain(path: str, text: str, mediatype: str = "", title: str = "") -> Page:
    """A file that is no HTML: its text as it is. The first page links to it where it has a title."""
    return Page(path=path, title=title, template="plain.txt", values={"text": Markup(text), "mediatype": mediatype})
