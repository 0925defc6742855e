"""Changes of curation files that a curator asks for: begin an article, format, rename and move records."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for cannot be done as it stands; nothing was written. The message says why."""
