"""Which findings of a run are asked for: by file, by rule, by what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from factpack.checks import RULES, is_whole
from factpack.config import Config, ConfigurationError
from factpack.diagnostic import Diagnostic
from factpack.files import Listing
from factpack.suggest import closest


class Selection(NamedTuple):
    """What is asked for. Whatever is left out, what is reported is what a whole run reports of it.

    `files` and `changed` are paths in the dataset, None for all. A change may break what stands in a file
    that has not changed, so of the checks over all files every finding counts as soon as anything has changed.
    """

    files: frozenset[str] | None = None
    changed: frozenset[str] | None = None
    rules: frozenset[str] | None = None

    def only(self, curated: Set[str]) -> frozenset[str] | None:
        """The curation files that all findings asked for stand in; None where others may hold some, too."""
        return self.files if self.files is not None and self.files <= curated else None

    @property
    def is_partial(self) -> bool:
        """Whether anything is left out."""
        return any(part is not None for part in (self.files, self.changed, self.rules))

    def keeps(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is asked for."""
        path = diagnostic.location.text.path
        if self.rules is not None and diagnostic.rule not in self.rules:
            return False
        if self.files is not None and path not in self.files:
            return False
        return self.changed is None or path in self.changed or (bool(self.changed) and is_whole(diagnostic.rule))

    def covers(self, path: str) -> bool:
        """Whether a file's findings are asked for."""
        return all(paths is None or path in paths for paths in (self.files, self.changed))

    def since(self, changes: frozenset[str], config: Config, listing: Listing, sources: Mapping[str, str]) -> Selection:
        """Only what has changed, and the articles whose source has; all where the models have.

        `changes` are the files that git says have changed, `sources` the paths of the articles' sources by their files.
        """
        files = _all_files(listing)
        if "pyproject.toml" in changes or any(path.startswith(f"{config.schema}/") for path in changes):
            return self._replace(changed=frozenset(files))
        reported = {file for file, source in sources.items() if source in changes}
        return self._replace(changed=frozenset({*(set(files) & changes), *reported}))


def select(
    config: Config, listing: Listing, paths: Sequence[str], chosen: str | None, unwanted: str | None
) -> Selection:
    """Read what was asked for on the command line; raises ConfigurationError for a rule that there is not."""
    return Selection(
        _named(paths, config, listing) if paths else None,
        None,
        (_rules(chosen) if chosen else frozenset(RULES)) - _rules(unwanted) if chosen or unwanted else None,
    )


def _rules(names: str | None) -> frozenset[str]:
    wanted = frozenset(name.strip() for name in (names or "").split(",") if name.strip())
    for name in sorted(wanted - RULES.keys()):
        near = closest(name, RULES)
        raise ConfigurationError(f"there is no rule `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    return wanted


def _named(paths: Sequence[str], config: Config, listing: Listing) -> frozenset[str]:
    """The dataset's files that the paths of the command line name."""
    root = config.root.resolve()
    wanted = [Path(path).resolve() for path in paths]
    files = _all_files(listing)
    return frozenset(
        file for file in files if any(root / file == path or path in (root / file).parents for path in wanted)
    )


def _all_files(listing: Listing) -> list[str]:
    return [*listing.articles, *listing.registers, *listing.sources, *(path for _, path, _ in listing.problems)]
