"""Whether a package is what it says it is: every check that a stranger can make with its folder or zip alone.

A problem never ends the run: one broken file does not hide another's faults. But nothing that is unsafe is
followed, and stock frictionless, which could only repeat what our own validator has said, is asked where
that found nothing wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from factpack import staging
from factpack.diagnostic import Severity
from factpack.package import archive, checksums, descriptor, provenance, quotations, shelf, tableschema, twins
from factpack.package.descriptor import Descriptor
from factpack.package.problem import Problem
from factpack.package.renditions import agreement
from factpack.package.validation import validate
from factpack.resource import Resource
from factpack.scratch import scratch

if TYPE_CHECKING:
    import pyarrow as pa


def verify(place: Path, sources: Path | None = None, *, stock: bool = True) -> Iterator[Problem]:
    """What is wrong with the package in a folder or zip; nothing of severity error means that it holds.

    Checked are the checksums (no file missing, extra or changed), the descriptor, types, constraints and keys,
    that CSV, Parquet, SQLite file and workbook hold the same values, and stock frictionless' verdict; where an
    index.json lies beside it that lists it, that it is the one listed.
    With `sources`, the folder of the source texts, every quote is held against its source at its offsets.
    What could not be re-checked is said, too, as an info. Without `stock`, frictionless is not asked.
    """
    problems: list[Problem]
    files: Mapping[str, bytes]
    files, problems = archive.read(place) if place.is_file() else read(place)
    yield from problems
    if not files:
        if not problems:
            yield Problem(place.as_posix(), "is not a folder with a package in it")
        return
    yield from shelf.remarks(place)
    stock = stock and not any(one.severity is Severity.ERROR for one in problems)
    yield from _contents(place, files, sources, stock=stock)


def _contents(place: Path, files: Mapping[str, bytes], sources: Path | None, *, stock: bool) -> Iterator[Problem]:
    """What is wrong with a package's files, in the end by stock frictionless, which is not asked over odd ones."""
    changed = list(checksums.differences(files))
    yield from changed
    yield from provenance.remarks(files)
    named = {problem.file for problem in changed}
    if descriptor.FILE not in files:
        if descriptor.FILE not in named:
            yield Problem(descriptor.FILE, "is missing: nothing says what the tables mean")
        return
    package, problems = descriptor.load(files[descriptor.FILE])
    yield from problems
    if package is None:
        return
    problems = [problem for problem in _listed(package, files) if problem.file not in named]
    tables, unlike = _tables(package.tables(), files)
    problems += unlike
    # What is wrong in a table's own files is not told again of its copies.
    wrong = named | {problem.file for problem in problems if problem.severity is Severity.ERROR}
    sound = files.keys() - wrong
    whole = {name: table for name, table in tables.items() if {f"data/{name}.csv", f"data/{name}.parquet"} <= sound}
    problems += agreement.differences(package, Files(files.__getitem__, sound), whole)
    yield from problems
    yield from quotations.differences(tables, sources)
    del tables, whole
    if not stock or changed or any(problem.severity is Severity.ERROR for problem in problems):
        return
    if place.is_dir():
        yield from frictionless_verdict(package, place)
        return
    with scratch() as folder:
        # Their names are those that the descriptor's model allows: nothing lands outside.
        staging.fill(folder, {file.path: files[file.path] for file in package.resources})
        yield from frictionless_verdict(package, folder)


class Files(Mapping[str, bytes]):
    """Files, path to bytes, that are read when they are asked for and not kept."""

    def __init__(self, get: Callable[[str], bytes], paths: Iterable[str]) -> None:
        self._get, self._paths = get, dict.fromkeys(paths)

    def __getitem__(self, path: str) -> bytes:
        """A file's bytes; raises KeyError for none of that path."""
        if path not in self._paths:
            raise KeyError(path)
        return self._get(path)

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file; it is not read."""
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self._paths)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._paths)


def read(directory: Path) -> tuple[Files, list[Problem]]:
    """The regular files of a folder, path to bytes; links and special files are named and not followed."""
    paths: list[str] = []
    problems: list[Problem] = []

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            path = Path(error.filename).relative_to(directory).as_posix()
            problems.append(Problem(path, f"cannot be read: {error.strerror}"))

    for folder, names, others in os.walk(directory, onerror=unread, followlinks=False):
        for name in sorted(names + others):
            place = Path(folder, name)
            path = place.relative_to(directory).as_posix()
            if place.is_symlink():
                problems.append(Problem(path, "is a link; a package holds only files of its own"))
            elif place.is_file():
                paths.append(path)
            elif not place.is_dir():
                problems.append(Problem(path, "is not a regular file"))
    return Files(lambda path: (directory / path).read_bytes(), paths), problems


def _listed(package: Descriptor, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Data files that the descriptor lists and the folder has not, or has otherwise, or the other way round."""
    listed = {file.path: file for file in package.resources}
    for path, file in listed.items():
        if path not in files:
            yield Problem(path, f"is missing: {descriptor.FILE} lists it")
        elif file.bytes != len(data := files[path]) or file.hash != f"sha256:{sha256(data).hexdigest()}":
            yield Problem(path, f"is not the file that {descriptor.FILE} describes: bytes and hash differ")
    for path in sorted(files):
        if path.startswith("data/") and path not in listed:
            yield Problem(path, f"is not listed in {descriptor.FILE}")


def _tables(resources: Sequence[Resource], files: Mapping[str, bytes]) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The tables that could be read, and all that our own validator finds in both their files."""
    problems = [Problem(descriptor.FILE, f"{name}: {message}") for name, message in tableschema.flaws(resources)]
    if problems:
        return {}, problems
    ours: dict[str, pa.Table] = {}
    twin: dict[str, pa.Table] = {}
    unlike: list[Resource] = []
    for resource in resources:
        name = resource.name
        for suffix, reader, tables in (("csv", twins.read_csv, ours), ("parquet", twins.read_parquet, twin)):
            if (data := files.get(f"data/{name}.{suffix}")) is not None:
                table, found = reader(data, resource)
                problems += found
                if table is not None:
                    tables[name] = table
        if name in ours and name in twin:
            found = list(twins.differences(resource, ours[name], twin[name]))
            problems += found
        if name in twin and (name not in ours or found):
            unlike.append(resource)
        else:
            twin.pop(name, None)  # of equals one is held
    # Twins that agree need one validation; one that differs is validated for itself.
    problems += validate([resource for resource in resources if resource.name in ours], twin | ours)
    problems += validate(unlike, ours | twin, "parquet")
    return twin | ours, problems


def frictionless_verdict(package: Descriptor, directory: Path) -> Iterator[Problem]:
    """What stock frictionless finds in the package; the folder must hold no links.

    It reads the CSV files and of their Parquet twins, which it cannot read with our dependencies, the bytes.
    """
    from frictionless import FrictionlessException, Package

    try:
        content = json.loads(descriptor.dump(package))
        report = Package.from_descriptor(content, basepath=str(directory)).validate()
    except FrictionlessException as refusal:
        for reason in refusal.reasons or [refusal.error]:
            yield Problem(descriptor.FILE, f"frictionless: {reason.message}")
        return
    for error in report.errors:
        yield Problem(descriptor.FILE, f"frictionless: {error.message}")
    for task in report.tasks:
        for error in task.errors:
            line = getattr(error, "row_number", None)  # counted from the header
            yield Problem(task.place, f"frictionless: {error.message}", line and line - 1)
