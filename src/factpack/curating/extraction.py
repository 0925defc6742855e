"""The plain text of a page or a PDF, taken out by libraries that are imported only here (`factpack[extract]`)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from factpack.curating import Refused

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text, and what its file says of it: guesses, for a curator to check. `kind` is the original's ending."""

    content: str
    kind: str
    headline: str = ""
    published: str = ""
    language: str = ""


def kind_of(data: bytes, name: str) -> str:
    """`pdf`, `html`, or nothing for plain text: by the content, and the file's name."""
    if data.startswith(b"%PDF-") or name.lower().endswith(".pdf"):
        return "pdf"
    return "html" if name.lower().endswith((".html", ".htm", ".xhtml")) or _HTML.match(data[:4096]) else ""


def extract(data: bytes, kind: str) -> Extracted:
    """The text of a page or a PDF; raises Refused where there is none, or no library to read it."""
    try:
        found = _from_pdf(data) if kind == "pdf" else _from_html(data)
    except ModuleNotFoundError as error:
        raise Refused(f"to read {kind.upper()}, {error.name} is needed: pip install 'factpack[extract]'") from None
    content = _UNSEEN.sub("", found.content).replace("\r\n", "\n").strip()
    if not re.search(r"\w", content):
        raise Refused(_NOTHING[kind])
    return Extracted(content + "\n", kind, found.headline, found.published, found.language)


_NOTHING = {
    "pdf": "this PDF has no text, only pictures, such as scanned pages: run a text recognition over it first",
    "html": "no article's text was found in this page: copy the text itself into a .txt file",
}


def _from_pdf(data: bytes) -> Extracted:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Refused("this PDF is encrypted: save it without a password first")
        pages = [page.extract_text().strip() for page in reader.pages]
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except Refused:
        raise
    except PyPdfError as error:
        raise Refused(f"this PDF cannot be read: {error}") from None
    except Exception as error:  # a hostile file finds what a library did not think of
        raise Refused(f"this PDF cannot be read: {type(error).__name__}") from None
    if not pages:
        raise Refused("this PDF has no pages")
    return Extracted("\n\n".join(pages), "pdf", title.strip())


def _from_html(data: bytes) -> Extracted:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False, include_tables=True)
    except Exception as error:
        raise Refused(f"this page cannot be read: {type(error).__name__}") from None
    if found is None or isinstance(found, dict):
        raise Refused(_NOTHING["html"])
    language = re.search(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", data[:4096])
    # One paragraph is one line of a source; between two of them a blank line is easier to read.
    content = "\n\n".join(line.strip() for line in (found.text or "").split("\n") if line.strip())
    return Extracted(content, "html", found.title or "", found.date or "", language[1].decode() if language else "")
