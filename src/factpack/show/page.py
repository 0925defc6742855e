"""How a record is laid out in the terminal: headings, values, and the words behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from factpack.reporters.glyphs import shown
from factpack.reporters.paint import Paint
from factpack.reporters.place import place
from factpack.reporters.snippet import Mark, snippet
from factpack.suggest import closest
from factpack.text import Location

PLACES = 3
"""Places of one article drawn for one value; the others are counted."""


class Unknown(Exception):
    """There is no such record or field; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Page:
    """Colours, width, and the one field asked for, if any."""

    paint: Paint
    width: int
    field: str | None = None

    def heading(self, table: str, identity: str, label: str) -> str:
        """The first line of a record."""
        said = f": {shown(label)}" if label and label != identity else ""
        return self.paint("strong", f"{shown(table)} {shown(identity)}{said}")

    def value(self, name: str, value: str) -> str:
        """The line of one value."""
        return f"{self.paint('info', shown(name))}: {shown(value)}"

    def wants(self, *names: str) -> bool:
        """Whether the field of these names is asked for."""
        return self.field is None or self.field in names

    def words(self, locations: Sequence[Location], said: str) -> Iterator[str]:
        """Places in an article with their words underlined, those on one line together."""
        drawn = locations[:PLACES]
        gutter = max(len(str(place(location).line)) for location in drawn)
        for _, group in groupby(drawn, key=lambda location: place(location).line):
            marks = [Mark(location, role="info") for location in group]
            where = place(marks[0].location)
            arrow = self.paint("gutter", "-->")
            yield f"{' ' * max(gutter, 2)}{arrow} {shown(where.file, 200)}:{where.line}:{where.column} {shown(said)}"
            yield from snippet(marks, gutter=gutter, width=self.width, paint=self.paint)
        if (more := len(locations) - len(drawn)) > 0:
            yield f"   and {more} more {'place' if more == 1 else 'places'}"

    def known(self, known: Iterable[str], identity: str) -> None:
        """Raise Unknown where the field asked for is none of a record's."""
        names = list(dict.fromkeys(known))
        if self.field is not None and self.field not in names:
            near = closest(self.field, names)
            hint = f"did you mean `{near}`?" if near else f"it has {', '.join(names)}"
            raise Unknown(f"`{identity}` has no field `{self.field}`; {hint}")
