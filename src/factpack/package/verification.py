"""Whether a package is what it says it is: every check that a stranger can make with its folder or zip alone.

A problem never ends the run: one broken file does not hide another's faults. But nothing that is unsafe is
followed, and stock frictionless, which could only repeat what our own validator has said, is asked where
that found nothing wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from factpack import staging
from factpack.diagnostic import Severity
from factpack.disk import mode_of
from factpack.package import archive, checksums, descriptor, provenance, quotations, shelf, tableschema, twins
from factpack.package.checksums import Sum
from factpack.package.descriptor import Descriptor
from factpack.package.held import Files
from factpack.package.parquet import Size, read_parquet
from factpack.package.parts import Rows, length
from factpack.package.problem import PackageInvalid, Problem
from factpack.package.renditions import agreement
from factpack.package.validation import validate
from factpack.resource import Resource
from factpack.scratch import scratch


def verify(place: Path, sources: Path | None = None, *, stock: bool = True) -> Iterator[Problem]:
    """What is wrong with the package in a folder or zip; nothing of severity error means that it holds.

    Checked are the checksums (no file missing, extra or changed), the descriptor, types, constraints and keys,
    that CSV, Parquet, SQLite file and workbook hold the same values, and stock frictionless' verdict; where an
    index.json lies beside it that lists it, that it is the one listed.
    With `sources`, the folder of the source texts, every quote is held against its source at its offsets.
    What could not be re-checked is said, too, as an info. Without `stock`, frictionless is not asked.
    """
    problems: list[Problem]
    files: Files
    if place.is_dir() and not any(mode_of(place / name) for name in (descriptor.FILE, checksums.FILE)):
        files, problems = Files({}), []  # whatever else it is, up to the whole disk, is not read
    else:
        files, problems = unpacked(place) if place.is_file() else read(place)
    yield from problems
    if not files:
        if not problems:
            yield Problem(place.as_posix(), "is not a folder with a package in it")
        return
    yield from shelf.remarks(place, files)
    stock = stock and not any(one.severity is Severity.ERROR for one in problems)
    yield from _contents(place, files, sources, stock=stock)


def _contents(place: Path, files: Files, sources: Path | None, *, stock: bool) -> Iterator[Problem]:
    """What is wrong with a package's files, in the end by stock frictionless, which is not asked over odd ones."""
    changed = list(checksums.differences(files.sums, files.get(checksums.FILE)))
    yield from changed
    yield from provenance.remarks(files, whole=not changed)
    named = {problem.file for problem in changed}
    if descriptor.FILE not in files:
        if descriptor.FILE not in named:
            yield Problem(descriptor.FILE, "is missing: nothing says what the tables mean")
        return
    package, problems = descriptor.load(files[descriptor.FILE])
    yield from problems
    if package is None:
        return
    problems = [problem for problem in _listed(package, files.sums) if problem.file not in named]
    tables, unlike = _tables(package.tables(), files)
    problems += unlike
    # What is wrong in a table's own files is not told again of its copies.
    wrong = named | {problem.file for problem in problems if problem.severity is Severity.ERROR}
    sound = files.keys() - wrong
    whole = {name for name in tables if {f"data/{name}.csv", f"data/{name}.parquet"} <= sound}
    problems += agreement.differences(package, files.only(sound), {name: tables[name] for name in whole})
    yield from problems
    yield from quotations.differences(tables, sources)
    if not stock or changed or any(problem.severity is Severity.ERROR for problem in problems):
        return
    if place.is_dir():
        yield from frictionless_verdict(package, place)
        return
    with scratch() as folder:
        # Their names are those that the descriptor's model allows: nothing lands outside.
        staging.fill(folder, ((file.path, files[file.path]) for file in package.resources))
        yield from frictionless_verdict(package, folder)


def unpacked(archived: Path) -> tuple[Files, list[Problem]]:
    """The files of a zip; none where anything about it is hostile or broken."""
    contents, problems = archive.read(archived)
    return Files(contents), problems


def read(directory: Path) -> tuple[Files, list[Problem]]:
    """The regular files of a folder; links and special files are named and not followed."""
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
    return Files({path: directory / path for path in paths}), problems


def _listed(package: Descriptor, sums: Mapping[str, Sum]) -> Iterator[Problem]:
    """Data files that the descriptor lists and the folder has not, or has otherwise, or the other way round."""
    listed = {file.path: file for file in package.resources}
    for path, file in listed.items():
        if path not in sums:
            yield Problem(path, f"is missing: {descriptor.FILE} lists it")
        elif (file.bytes, file.hash) != (sums[path].length, f"sha256:{sums[path].sha256}"):
            yield Problem(path, f"is not the file that {descriptor.FILE} describes: bytes and hash differ")
    for path in sorted(sums):
        if path.startswith("data/") and path not in listed:
            yield Problem(path, f"is not listed in {descriptor.FILE}")


def _tables(resources: Sequence[Resource], files: Files) -> tuple[dict[str, Rows], list[Problem]]:
    """The tables that could be read, and all that our own validator finds in both their files."""
    problems = [Problem(descriptor.FILE, f"{name}: {message}") for name, message in tableschema.flaws(resources)]
    if problems:
        return {}, problems
    ours: dict[str, Rows] = {}
    twin: dict[str, Rows] = {}
    for resource in resources:
        left, right, found = _twins(resource, files)
        problems += found
        if left:
            ours[resource.name] = left
        if right:
            twin[resource.name] = right
    # Twins that agree need one validation; one that differs is validated for itself.
    problems += validate([resource for resource in resources if resource.name in ours], twin | ours)
    problems += validate([resource for resource in resources if resource.name in twin], ours | twin, "parquet")
    return twin | ours, problems


def _twins(resource: Resource, files: Files) -> tuple[Rows | None, Rows | None, list[Problem]]:
    """A table's rows in its CSV file and in its twin, where they can be read, and what is wrong with them.

    Of equals there is one, the one that is read sooner.
    """
    left, right = f"data/{resource.name}.csv", f"data/{resource.name}.parquet"
    ours = twin = None
    problems: list[Problem] = []
    unlike: list[Problem] = []
    try:
        ours = twins.read_csv(files.content(left), resource) if left in files else None
    except PackageInvalid as refused:
        problems += refused.problems
    size = Size(ours.count, length(files.content(left))) if ours else None
    try:
        twin = read_parquet(files.content(right), resource, size) if right in files else None
        unlike += twins.differences(resource, ours, twin) if twin else ()
    except PackageInvalid as refused:
        return ours, None, [*problems, *refused.problems]
    return (twin, None, problems) if ours and twin and not unlike else (ours, twin, problems + unlike)


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
