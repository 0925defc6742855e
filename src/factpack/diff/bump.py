"""How much the version must rise: every case that the rules know, and which of them a difference is.

After the recipe https://datapackage.org/recipes/data-package-version/; docs/versioning.md says case by
case why, and where the recipe leaves a case open or this departs from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from factpack.diff.change import Change
from factpack.diff.release import DERIVED, Release, aligned, moved, normal, renamed, renamed_tables
from factpack.diff.rows import row_reasons
from factpack.diff.schemas import schema_reasons


class Bump(IntEnum):
    """The part of MAJOR.MINOR.PATCH that must rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


CASES: Mapping[str, Bump] = {
    "package-renamed": Bump.MAJOR,
    "table-removed": Bump.MAJOR,
    "table-renamed": Bump.MAJOR,
    "field-removed": Bump.MAJOR,
    "field-renamed": Bump.MAJOR,
    "field-moved": Bump.MAJOR,
    "required-field-added": Bump.MAJOR,
    "fields-reordered": Bump.MAJOR,
    "type-changed": Bump.MAJOR,
    "constraint-tightened": Bump.MAJOR,
    "key-changed": Bump.MAJOR,
    "reference-added": Bump.MAJOR,
    "row-removed": Bump.MAJOR,
    "referenced-row-removed": Bump.MAJOR,
    "id-changed": Bump.MAJOR,
    "meaning-changed": Bump.MAJOR,
    "table-added": Bump.MINOR,
    "field-added": Bump.MINOR,
    "constraint-loosened": Bump.MINOR,
    "reference-removed": Bump.MINOR,
    "row-added": Bump.MINOR,
    "value-completed": Bump.MINOR,
    "value-corrected": Bump.PATCH,
    "element-removed": Bump.PATCH,
    "description-changed": Bump.PATCH,
    "derived-changed": Bump.PATCH,
}
"""Case -> what it asks for."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the version must rise: a case of CASES, and the sentence that says where it is met."""

    case: str
    message: str

    @property
    def bump(self) -> Bump:
        """What the case asks for."""
        return CASES[self.case]


def reasons(older: Release, newer: Release, *, rows: Sequence[Change], derived: bool) -> list[Reason]:
    """Every case that a difference meets, the weightiest first; `rows` are its changes, cell by cell."""
    before, after = normal(older.tables), normal(newer.tables)
    found = list(_package(older, newer))
    called = renamed_tables(before, after)
    found += [Reason("table-renamed", f"the table {old} is called {new}") for old, new in called.items()]
    for name, table in ((called.get(name, name), table) for name, table in before.items()):
        if name in after and name not in DERIVED:
            fields = renamed(table, after[name]).items()
            found += [Reason("field-renamed", f"{name}.{old} is called {new}") for old, new in fields]
    places = moved(before, after).items()
    found += [Reason("field-moved", f"{'.'.join(old)} is {'.'.join(new)} now") for old, new in places]
    before = aligned(before, after)
    names = [name for name in dict.fromkeys([*before, *after]) if name not in DERIVED]
    for name in names:
        found += [Reason(*met) for met in schema_reasons(before.get(name), after.get(name))]
    found += [Reason(*met) for met in row_reasons(before, after, rows)]
    if derived:
        found.append(Reason("derived-changed", "what the dataset's own tables rest on (evidence, statements, ...)"))
    return sorted(found, key=lambda reason: -reason.bump)


def _package(older: Release, newer: Release) -> Iterator[Reason]:
    if older.name and newer.name and older.name != newer.name:
        yield Reason("package-renamed", f"the package {older.name} is called {newer.name}")


def smallest(version: str, bump: Bump) -> str:
    """The smallest version that may follow `version` with such a change.

    Before 1.0.0 nothing is promised for good (https://semver.org/#spec-item-4): there, what would be a
    major step is a minor one.
    """
    major, minor, patch = parts(version)
    if bump is Bump.MAJOR and major:
        return f"{major + 1}.0.0"
    if bump >= Bump.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def parts(version: str) -> tuple[int, int, int]:
    """A version as numbers, to compare."""
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch
