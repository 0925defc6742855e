"""The tables: birds, the sites they need, and the texts that tell of them."""

from . import articles, birds, registers, sites

__all__ = ["articles", "birds", "registers", "sites"]
