"""Bytes that a page carries inside: compressed, as text of a script element that no browser runs."""

from __future__ import annotations

import base64
import gzip
from importlib import resources

from markupsafe import Markup

_VENDOR = resources.files("factpack.site") / "assets" / "vendor"


def packed(data: bytes) -> Markup:
    """Bytes as `assets/inlined.js` reads them: gzip, which every browser opens by itself, in Base64."""
    return Markup(base64.b64encode(gzip.compress(data, compresslevel=6, mtime=0)).decode("ascii"))


def vendored(name: str) -> bytes:
    """A file of `assets/vendor`."""
    return (_VENDOR / name).read_bytes()
