"""factpack: hand-curated facts, checked against the words of their sources."""

__version__ = "0.1.0"
