"""A change of a text."""

Change = tuple[int, int, str]
"""A span, and what belongs there."""
