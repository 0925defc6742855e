"""A published package read back as the tables it was written from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from factpack.disk import mode_of
from factpack.package import descriptor, tableschema, twins
from factpack.package.descriptor import Descriptor
from factpack.package.packed import Packed
from factpack.package.problem import PackageInvalid, Problem
from factpack.resource import Resource


def read_package(directory: Path, only: Collection[str] | None = None) -> tuple[Descriptor, list[Resource]]:
    """The descriptor and the tables of a package, or `only` some, from its CSV files; raises PackageInvalid.

    Read is what a reader needs to trust the cells' form; whether the package holds is for `verify` to say.
    """
    package, problems = descriptor.load(member(directory, descriptor.FILE))
    if package is None:
        raise PackageInvalid(problems)
    shapes = package.tables()
    if found := [Problem(descriptor.FILE, f"{name}: {message}") for name, message in tableschema.flaws(shapes)]:
        raise PackageInvalid(found)
    return package, [_with_rows(shape, directory) for shape in shapes if only is None or shape.name in only]


def _with_rows(shape: Resource, directory: Path) -> Resource:
    with _found(directory, f"data/{shape.name}.csv") as place:
        return replace(shape, rows=Packed(twins.read_csv(place, shape).table()))


def member(directory: Path, path: str) -> bytes:
    """A file of a package's folder; raises PackageInvalid for a link or a pipe, and where it cannot be read."""
    with _found(directory, path) as place:
        return place.read_bytes()


@contextmanager
def _found(directory: Path, path: str) -> Iterator[Path]:
    """Where a file lies that is to be read."""
    place = directory / path
    try:
        if place.is_symlink() or (place.parent != directory and place.parent.is_symlink()):
            raise PackageInvalid([Problem(path, "is a link; a package holds only files of its own")])
        if mode_of(place) and not place.is_file():
            raise PackageInvalid([Problem(path, "is not a regular file")])
        yield place
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise PackageInvalid([Problem(path, f"cannot be read: {why}")]) from None
