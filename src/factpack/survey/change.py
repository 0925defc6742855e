"""What has changed among a dataset's articles since the last survey, and what else that can have led to."""

from __future__ import annotations

from dataclasses import dataclass

from factpack.checks import RULES
from factpack.dataset import Extracts, Meets
from factpack.survey.contents import Contents
from factpack.survey.gathering import Gathering
from factpack.survey.meeting import numbers
from factpack.survey.standing import Standing


@dataclass(frozen=True, eq=False)
class Change:
    """From one standing to the next; `articles` are those that were added, removed or changed in between."""

    before: Standing
    now: Standing
    articles: frozenset[str]

    def reach(self, extracts: Extracts) -> set[str]:
        """The articles in which something else may be found now."""
        if extracts.uncertain != self.before.uncertain:
            return {*self.now.lines}
        lines = [line for path in self.articles for each in (self.before, self.now) if (line := each.lines.get(path))]
        found = self.now.meeting(numbers(line.meets for line in lines))
        for rule, path in self.before.told():
            # What these say depends on more than articles that meet.
            if {Meets.TABLE, Meets.LISTING} & {*getattr(RULES[rule], "MEETS", ())}:
                found.add(path)
        found.update(path for _, path, _ in extracts.listing.problems)
        if self.before.sources != self.now.sources:
            found.update(path for path, line in self.now.lines.items() if line.unfound)
        return found & self.now.lines.keys()


def fetch_changed(gathered: Gathering, before: Standing, contents: Contents) -> Change:
    """Look at the articles that are not what they were."""
    listing = contents.listing
    sources, curated = contents.ids_of(listing.sources), contents.ids_of(listing.articles)
    same = {
        path
        for path, line in before.lines.items()
        if line.curation_id == curated.get(path) and line.source_id == sources.get(line.named, "")
    }
    gathered.fetch(path for path in listing.articles if path not in same)
    known = {**{path: before.lines[path] for path in same}, **gathered.lines}
    lines = {path: known[path] for path in listing.articles if path in known}
    changed = frozenset({*before.lines, *lines} - same)
    return Change(before, Standing(lines, before.after(lines, changed), sources), changed)
