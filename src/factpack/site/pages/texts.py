"""The pages that are read: the codebook, the changes of each version, the rules, and about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from factpack.checks import RULES
from factpack.package import shelf
from factpack.site import address
from factpack.site.page import Page
from factpack.site.prose import codebook, html, section
from factpack.site.published import Published, text_of
from factpack.site.settings import Settings

ABOUT = "about.html"


def pages(published: Published, settings: Settings) -> Iterator[Page]:
    """All of them."""
    yield _prose("codebook.html", "Codebook", codebook(published.text("codebook.md")).general, "tables/index.html")
    yield from _changes(published)
    for name, check in RULES.items():
        text = f"# {name}\n\n{(check.__doc__ or '').strip()}\n"
        yield _prose(address.rule(name), name, html(text), ABOUT, heading=False)
    yield Page(
        path=ABOUT,
        title="About",
        template="about.html",
        values={
            "package": published.package,
            "cite": published.text("CITATION.cff"),
            "licence": html(published.text("LICENSE")),
            "limits": html(section(published.text("README.md"), "Limits")),
            "rules": [(name, (check.__doc__ or "").strip().splitlines()[0]) for name, check in RULES.items()],
        },
    )


def _prose(path: str, title: str, body: str, section: str, heading: bool = True) -> Page:
    return Page(
        path=path, title=title, template="prose.html", section=section,
        values={"body": body, "heading": heading and not body.lstrip().startswith("<h1>")},
    )  # fmt: skip


def _changes(published: Published) -> Iterator[Page]:
    """What every version changed, and the newest first on a page of its own."""
    known = history(published)
    sections = told(published)
    versions = [version for version in sections if version in known or version == published.package.version]
    yield Page(
        path="changes/index.html",
        title="Versions",
        template="changes.html",
        section=ABOUT,
        values={"versions": [(version, known.get(version)) for version in versions]},
    )
    for version in versions:
        title = f"Changes in {version}"
        yield _prose(address.changes(version), title, html(f"# {title}\n{sections[version]}"), ABOUT)


def newest(published: Published) -> Markup:
    """What the version changed."""
    return html(told(published).get(published.package.version, "").strip())


def history(published: Published) -> dict[str, shelf.Entry]:
    """The published versions, where the list of them is at hand."""
    return {entry.version: entry for entry in shelf.entries(published.dist)} if published.dist else {}


def told(published: Published) -> dict[str, str]:
    """What every version changed: those before are told by the changelog of all, its own by the release."""
    before = _sections(text_of(published.dist, "CHANGELOG.md")) if published.dist else {}
    return before | _sections(published.text("CHANGELOG.md"))


def _sections(changelog: str) -> dict[str, str]:
    """A changelog's text by version, without the version's own heading."""
    heads = list(re.finditer(r"^## \[?(\d+\.\d+\.\d+)\]?.*$", changelog, re.MULTILINE))
    ends = [*(head.start() for head in heads[1:]), len(changelog)]
    return {head[1]: changelog[head.end() : end] for head, end in zip(heads, ends, strict=False)}
