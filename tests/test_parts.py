"""Tables are read a part at a time: however small the parts, the same is said of a package, in the same words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_package import INFO, files, resources, save, save_sources

from factpack.package import arrow, parquet, parts, twins, validation
from factpack.package.verification import verify
from factpack.resource import Cell, Field, ForeignKey, Resource

Rows = Sequence[Mapping[str, Cell]]
Changes = Mapping[str, Rows]

SHAPES = {shape.name: shape for shape in resources()}
CLEAN = files(resources(), INFO)
SOLID = {path: data for path, data in CLEAN.items() if not path.endswith((".sqlite", ".xlsx"))}


@contextmanager
def sizes(part: int, piece: int) -> Iterator[None]:
    """Within this a part has so many rows, and so many bytes of a CSV file are read at a time."""
    changed = {(module, "PART"): part for module in (parts, parquet, twins)}
    with ExitStack() as stack:
        for (module, name), size in (changed | {(twins, "PIECE"): piece}).items():
            stack.enter_context(mock.patch.object(module, name, size))
        yield


def said(contents: Mapping[str, bytes]) -> list[str]:
    """What `verify` says of a package with these files, whose checksums are made to fit."""
    with TemporaryDirectory() as folder:
        place = save(Path(folder, "p"), dict(contents))
        return [str(one) for one in verify(place, save_sources(Path(folder, "sources")), stock=False)]


VALUES: Mapping[str, st.SearchStrategy[Cell]] = {
    "string": st.sampled_from(["K-1", "K-2", "1", "007", "NA", " x", "=1", "é\u2028", "x" * 200, 'a "b", c', "LAO"]),
    "integer": st.sampled_from([0, 1, 3, -5, 2**62]),
    "number": st.sampled_from([0.0, -0.0, 1.5, 2e9]),
    "boolean": st.booleans(),
    "date": st.sampled_from(["0001-01-01", "2022-02-28"]),
    "year": st.sampled_from([0, 1899, 2022]),
}
KEYS = st.sampled_from(["v1", "v2", "v3", "v10", "art", "trade"])


def changes(*tables: str) -> st.SearchStrategy[Changes]:
    """Other rows for some of these tables, of the right types and with whatever else may be wrong."""
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(
                st.fixed_dictionaries(
                    {
                        field.name: st.none() | (KEYS if field.name.endswith(("_id", "topic")) else VALUES[field.type])
                        for field in SHAPES[name].fields
                    }
                ),
                max_size=12,
            )
            for name in tables
        },
    )


PIECES = (b'"', b"\n", b",", b"\n\n", b"\r", b"\0", b"\xff", b"\xc3", b"1_0", b'""', b"x" * 100, b'"\n"')
EDITS = st.lists(st.tuples(st.sampled_from(sorted(SHAPES)), st.integers(0, 999), st.sampled_from(PIECES)), max_size=2)


@given(changes("visits", "visit_topics", "promises"), changes("visits", "promises"), EDITS)
@settings(max_examples=40, deadline=None)
def test_small_parts_say_what_the_whole_says(
    both: Changes, twin: Changes, edits: Sequence[tuple[str, int, bytes]]
) -> None:
    contents = dict(SOLID)
    for name, rows in both.items():
        contents[f"data/{name}.csv"] = arrow.csv(replace(SHAPES[name], rows=rows))
    for name, rows in (both | twin).items():  # type: ignore[operator]
        contents[f"data/{name}.parquet"] = arrow.parquet(replace(SHAPES[name], rows=rows))
    for name, at, piece in edits:
        data = contents[f"data/{name}.csv"]
        contents[f"data/{name}.csv"] = data[: at % len(data)] + piece + data[at % len(data) :]
    whole = said(contents)
    with sizes(2, 90):
        assert said(contents) == whole


def test_a_sound_package_is_sound_in_small_parts() -> None:
    whole = said(CLEAN)
    with sizes(2, 90):
        assert said(CLEAN) == whole


def test_what_is_held_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    fields = (Field("key", unique=True, required=True), Field("parent"), Field("words"))
    shape = Resource("t", "", "", fields, ("key",), (ForeignKey(("parent",), "t", ("key",)),))
    keys = [f"key-{number:06}" for number in range(200_000)]
    columns = [keys, [keys[0]] * len(keys), [f"{key} and its words, {'x' * 100}" for key in keys]]
    table = pa.table(columns, arrow.schema(shape))
    with (tmp_path / "t.csv").open("wb") as file:
        file.writelines(arrow.csv_pieces(shape, table))
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=1 << 13)
    usual, pool = pa.default_memory_pool(), pa.proxy_memory_pool(pa.system_memory_pool())
    pa.set_memory_pool(pool)
    try:
        with sizes(1 << 12, 1 << 16):
            ours = twins.read_csv(tmp_path / "t.csv", shape)
            size = parquet.Size(ours.count, (tmp_path / "t.csv").stat().st_size)
            twin = parquet.read_parquet(tmp_path / "t.parquet", shape, size)
            assert list(twins.differences(shape, ours, twin)) == []
            assert list(validation.validate([replace(shape, foreign_keys=())], {"t": twin})) == []
    finally:
        pa.set_memory_pool(usual)
    assert pool.max_memory() < table.nbytes / 2


def test_a_sparse_file_of_a_gigabyte_is_refused_in_little_memory(tmp_path: Path) -> None:
    folder = save(tmp_path / "p", SOLID)
    with (folder / "data/visits.csv").open("r+b") as file:
        file.truncate(1 << 30)
    code = (
        "import resource, sys; from pathlib import Path; from factpack.package.reading import read_package\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "read_package(Path(sys.argv[1]))"
    )
    run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    assert run.stderr.splitlines()[-2:] == [
        "factpack.package.problem.PackageInvalid: data/visits.csv: contains a NUL",
        "data/visits.csv: does not end with a line feed: its end may be missing",
    ]
