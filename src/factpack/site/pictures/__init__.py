"""Pictures as plain SVG, made when the site is built; each has a table that says the same."""

SHADES = (1, 2, 4, 8, 16)
"""From how many records a cell or tile is a shade darker."""


def shade(count: int) -> int:
    """How dark a number of records is drawn, from 0, which is hollow."""
    return sum(count >= least for least in SHADES)
