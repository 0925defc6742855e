"""Where a page stands: an address depends on an id alone, so that a link to it stays."""

from __future__ import annotations

from urllib.parse import quote


def file(identity: str) -> str:
    """The file name of an id, without its ending; what is no plain letter or digit is percent-encoded."""
    return quote(identity, safe="")


def article(identity: str) -> str:
    """The evidence page of an article."""
    return f"articles/{file(identity)}.html"


def record(identity: str) -> str:
    """The page of a record."""
    return f"records/{file(identity)}.html"


def entity(table: str, identity: str, page: int = 1) -> str:
    """The page of a person, a body, a country: a row that records refer to."""
    return f"entities/{file(table)}/{file(identity)}{_page(page)}.html"


def table(name: str, page: int = 1) -> str:
    """A page of a table."""
    return f"tables/{file(name)}{_page(page)}.html"


def articles(page: int = 1) -> str:
    """A page of the list of articles."""
    return f"articles/index{_page(page)}.html"


def coverage(page: int = 1) -> str:
    """A page of the coverage matrix."""
    return f"coverage{_page(page)}.html"


def rule(name: str) -> str:
    """The page of a rule."""
    return f"rules/{file(name)}.html"


def changes(version: str) -> str:
    """The page of what a version changed."""
    return f"changes/{file(version)}.html"


def of(table_name: str, identity: str, facts: tuple[str, ...]) -> str:
    """The page of a row that another row refers to."""
    if table_name == "articles":
        return article(identity)
    return record(identity) if table_name in ("records", *facts) else entity(table_name, identity)


def href(page: str, root: str = "") -> str:
    """A page's address as a link writes it: what is encoded in a file's name is encoded once more."""
    return root + quote(page, safe="/,")


def fragment(words: str) -> str:
    """A text fragment (https://wicg.github.io/scroll-to-text-fragment/) that leads to these words of a page."""
    parts = words.split()
    if len(parts) > 2 * _WORDS:
        ends = (" ".join(parts[:_WORDS]), " ".join(parts[-_WORDS:]))
        return ",".join(map(_encoded, ends))
    return _encoded(" ".join(parts))


_WORDS = 4
"""How many words at each end of a long passage name it."""


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def root_of(page: str) -> str:
    """The way from a page up to the site's root."""
    return "../" * page.count("/")


def _page(number: int) -> str:
    # No file name made of an id has a comma: see `file`.
    return "" if number == 1 else f",{number}"
