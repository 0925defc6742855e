"""What `verify` finds in those tables of a package that an input did not change: worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from unittest import mock

from factpack.package import descriptor, parquet, twins, verification
from factpack.package.held import Files
from factpack.package.parts import Content, Rows
from factpack.package.problem import Problem
from factpack.package.renditions import agreement
from factpack.resource import Resource

READERS: Mapping[str, Callable[..., Rows]] = {"csv": twins.read_csv, "parquet": parquet.read_parquet}


class Unchanged:
    """The tables of a sound package, its files given as path to bytes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        package, _ = descriptor.load(files[descriptor.FILE])
        assert package is not None
        self._files, self._package = files, package
        self._shapes = {one.name: one for one in package.tables()}
        self._read = {
            (name, suffix): reader(files[f"data/{name}.{suffix}"], shape)
            for name, shape in self._shapes.items()
            for suffix, reader in READERS.items()
        }
        # Of equal files, it is the second that is read again.
        self._tables = {name: self._read[name, "parquet"] for name in self._shapes}
        self._sizes = {
            name: parquet.Size(rows.count, len(files[f"data/{name}.csv"])) for name, rows in self._tables.items()
        }
        self._found: dict[object, list[Problem]] = {}

    @contextmanager
    def known(self) -> Iterator[None]:
        """Within this, it is not worked out again."""
        patches = (
            (twins, "read_csv", self._reader("csv")),
            (verification, "read_parquet", self._reader("parquet")),
            (verification, "validate", self._validate),
            (twins, "differences", self._differences),
            (agreement, "differences", self._agreement),
        )
        with ExitStack() as stack:
            for place, name, put in patches:
                stack.enter_context(mock.patch.object(place, name, put))
            yield

    def _reader(self, suffix: str) -> Callable[..., Rows]:
        def read(content: Content, resource: Resource, *twin: parquet.Size | None) -> Rows:
            data = content if isinstance(content, bytes) else content.read_bytes()
            same = self._is_shaped(resource) and data == self._files[f"data/{resource.name}.{suffix}"]
            same &= set(twin) <= {None, self._sizes.get(resource.name)}
            return self._read[resource.name, suffix] if same else READERS[suffix](content, resource, *twin)

        return read

    def _is_shaped(self, resource: Resource) -> bool:
        return resource == self._shapes.get(resource.name)

    def _validate(
        self, resources: Sequence[Resource], tables: Mapping[str, Rows], suffix: str = "csv"
    ) -> Iterator[Problem]:
        for one in resources:
            needed = {one.name, *(key.resource for key in one.foreign_keys)}
            same = self._is_shaped(one) and all(tables.get(name) is self._tables[name] for name in needed)
            key = (one.name, suffix) if same else None
            yield from self._once(key, lambda one=one: VALIDATE([one], tables, suffix))  # type: ignore[misc]

    def _differences(self, resource: Resource, ours: Rows | None, twin: Rows) -> Iterator[Problem]:
        name = resource.name
        same = ours is self._read[name, "csv"] and twin is self._tables.get(name)
        yield from self._once((name,) if same else None, lambda: DIFFERENCES(resource, ours, twin))

    def _agreement(self, package: descriptor.Descriptor, files: Files, tables: Mapping[str, Rows]) -> Iterator[Problem]:
        read = [path for path in self._files if path.endswith((".sql", ".sqlite", ".xlsx")) and path in files]
        same = package == self._package and all(files[path] == self._files[path] for path in read)
        same &= all(table is self._tables[name] for name, table in tables.items())
        key = (*read, *tables) if same else None
        yield from self._once(key, lambda: AGREEMENT(package, files, tables))

    def _once(self, key: object, work: Callable[[], Iterator[Problem]]) -> list[Problem]:
        if key is None:
            return list(work())
        if key not in self._found:
            self._found[key] = list(work())
        return self._found[key]


VALIDATE, DIFFERENCES, AGREEMENT = verification.validate, twins.differences, agreement.differences
