"""What the next release is, beside its tables: whether its version may follow, its changes, its changelog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from factpack.config import Config
from factpack.diff import changelog
from factpack.diff.bump import Bump, parts, smallest
from factpack.diff.change import Change, Kind, changes_table, read_changes
from factpack.diff.difference import Difference, compare
from factpack.diff.release import CHANGES, Release, shaped
from factpack.diff.sides import published, versions
from factpack.package.info import PackageInfo
from factpack.resource import Resource


@dataclass(frozen=True, slots=True)
class NextRelease:
    """The tables to publish, the changelog, and where the version is too small the lines that refuse it."""

    resources: Sequence[Resource]
    changelog: str
    refusal: tuple[str, ...] = ()

    def described(self, info: PackageInfo) -> PackageInfo:
        """A package's metadata with the changelog among its texts."""
        return replace(info, texts={**info.texts, changelog.FILE: self.changelog})


def next_release(resources: Sequence[Resource], config: Config, date: str, note: str = "") -> NextRelease:
    """Compare with the newest published version; the first release has no `changes` and any version."""
    earlier = versions(config)
    if not earlier:
        return NextRelease(resources, changelog.first(config.version, date, resources, note))
    older = published(config.root / config.dist / earlier[0], earlier[0])
    difference = compare(older, Release(config.version, tuple(resources), config.name, config.version))
    text = changelog.entry(difference, config.version, date, note)
    if refusal := (*refuses(difference, config.version), *_risen(difference, config, earlier)):
        return NextRelease(resources, text, refusal)
    found = difference.explained()
    # Like every table without rows, an empty one is not published.
    return NextRelease([*resources, *([changes_table(found)] if found else [])], text)


def refuses(difference: Difference, version: str) -> tuple[str, ...]:
    """Why `version` may not follow the older side's: nothing where it may."""
    older = difference.older.version
    if parts(version) <= parts(older):
        return (f"{version} is not above {older}, the newest published version: raise `version` in [tool.factpack]",)
    least = smallest(older, difference.bump)
    if difference.bump is Bump.NONE or parts(version) >= parts(least):
        return ()
    lines = [f"{version} is too small a step from {older}: {least} at least, because of"]
    wanted = [reason for reason in difference.reasons if parts(smallest(older, reason.bump)) > parts(version)]
    return (*lines, *(f"  {reason.bump} {reason.case}: {reason.message}" for reason in wanted))


def _risen(difference: Difference, config: Config, earlier: Sequence[str]) -> Iterator[str]:
    """The ids that are new now and were removed in an earlier release: whoever kept one would find another record.

    The ids of a list's elements, which hold a slash, are made of values and come back with them.
    """
    gone: dict[tuple[str, str], str] = {}
    for version in reversed(earlier):
        for table in published(config.root / config.dist / version, version, only=(CHANGES,)).tables:
            found = read_changes(table.rows)
            gone = _renamed(gone, found)
            for change in found:
                if change.kind is Kind.REMOVED and "/" not in change.row_id:
                    gone[change.table, change.row_id] = version
    gone = _renamed(gone, difference.changes)
    for row in difference.rows:
        if row.kind is Kind.ADDED and (version := gone.get((row.table, row.row_id), "")):
            yield f"{row.table}: the id {row.row_id} was removed in {version} and is never used again"


def _renamed(gone: dict[tuple[str, str], str], changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """The removed rows under the names that their tables have after these changes."""
    called: dict[str, str] = {}
    for change in changes:
        if change.kind is Kind.SCHEMA and change.old is not None and change.new is not None:
            called[shaped(change.table, change.new).renamed_from] = change.table
    return {(called.get(table, table), row_id): version for (table, row_id), version in gone.items()}
