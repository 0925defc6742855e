"""The site: static pages of a release that show every fact beside the words that state it.

    factpack site                     # of the candidate, in .factpack/site/
    factpack site --release 1.0.0     # of a published version

A page carries its style and script inside and asks nothing of a network; what it shows of a source is only text.
"""

from __future__ import annotations

from factpack.site.building import Built, build
from factpack.site.settings import Settings, settings

__all__ = ["Built", "Settings", "build", "settings"]
