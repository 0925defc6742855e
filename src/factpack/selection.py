"""Which findings of a run are asked for: by file, by rule, by what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from factpack.article import Article, File
from factpack.checks import RULES, is_whole
from factpack.config import ConfigurationError
from factpack.dataset import Dataset
from factpack.diagnostic import Diagnostic
from factpack.revision import changed_since
from factpack.suggest import closest


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for. Whatever is left out, what is reported is what a whole run reports of it.

    `files` and `changed` are paths in the dataset, None for all. A change may break what stands in a file
    that has not changed, so of the checks over all files every finding counts as soon as anything has changed.
    """

    files: frozenset[str] | None = None
    changed: frozenset[str] | None = None
    rules: frozenset[str] | None = None

    def only(self, dataset: Dataset) -> frozenset[str] | None:
        """The curation files that all findings asked for stand in; None where others may hold some, too."""
        return self.files if self.files is not None and self.files <= dataset.by_path.keys() else None

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

    def covers(self, file: File) -> bool:
        """Whether a file's findings are asked for."""
        return all(paths is None or file.path in paths for paths in (self.files, self.changed))


def select(
    dataset: Dataset, paths: Sequence[str], chosen: str | None, unwanted: str | None, since: str | None
) -> Selection:
    """Read what was asked for on the command line; raises ConfigurationError for a rule or revision unknown."""
    return Selection(
        _named(paths, dataset) if paths else None,
        _changed(dataset, since) if since is not None else None,
        (_rules(chosen) if chosen else frozenset(RULES)) - _rules(unwanted) if chosen or unwanted else None,
    )


def _rules(names: str | None) -> frozenset[str]:
    wanted = frozenset(name.strip() for name in (names or "").split(",") if name.strip())
    for name in sorted(wanted - RULES.keys()):
        near = closest(name, RULES)
        raise ConfigurationError(f"there is no rule `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    return wanted


def _named(paths: Sequence[str], dataset: Dataset) -> frozenset[str]:
    """The dataset's files that the paths of the command line name."""
    root = dataset.config.root.resolve()
    wanted = [Path(path).resolve() for path in paths]
    files = _all_files(dataset)
    return frozenset(
        file for file in files if any(root / file == path or path in (root / file).parents for path in wanted)
    )


def _all_files(dataset: Dataset) -> list[str]:
    listing = dataset.listing
    return [*listing.articles, *listing.registers, *listing.sources, *(path for _, path, _ in listing.problems)]


def _changed(dataset: Dataset, since: str) -> frozenset[str]:
    """The dataset's files that have changed, and the articles whose source has; all where the models have."""
    config = dataset.config
    changed = changed_since(config.root, since)
    files = _all_files(dataset)
    if "pyproject.toml" in changed or any(path.startswith(f"{config.schema}/") for path in changed):
        return frozenset(files)
    sources = {a.path for a in dataset.articles if _source(a) and f"{config.sources}/{_source(a)}" in changed}
    return frozenset({*(set(files) & changed), *sources})


def _source(article: Article) -> str:
    return article.source.path.rpartition("/")[2] if article.source else str(article.meta("source") or "")
