"""Hostile packages: each is refused with little memory and time, in a process that has no more."""

from __future__ import annotations

import io
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from faults import run
from sample_package import INFO, files, resources, save
from test_archive import EDITS, MORE, entry, zipped
from test_verify import TAMPERED

import factpack.package.verification  # noqa: F401  (imported before the forks)
from factpack.cli import main
from factpack.package import archive

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no limits of memory as Linux has them")

MEMORY = 200_000_000
"""Bytes that verifying a hostile package may need."""
SECONDS = 5
"""Of the processor."""
LARGE = 500_000_000
"""Bytes that a bomb unpacks to."""


def bounded(folder: Path, log: Path) -> str:
    """What verifying all packages of a folder, one by one within bounds, says; none may verify."""

    def work() -> int:
        import resource

        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
        for place in sorted(folder.iterdir()):
            before = time.process_time()
            # A process that needs more is killed; one that gets no memory ends with another code.
            limit = int(before) + SECONDS + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            print(f"== {place.name}")
            sys.stdout.flush()
            if main(["verify", str(place)]) != 1:
                return 70
        return 0

    code, _ = run(work, log)
    said = log.read_text()
    assert code == 0, (code, said[-2000:])
    return said


def bomb() -> bytes:
    """A member that unpacks to much, made piece by piece."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    piece = b"\0" * 10_000_000
    return b"".join([*(packer.compress(piece) for _ in range(LARGE // len(piece))), packer.flush()])


def member(name: bytes, data: bytes, size: int, offset: int, *, extra: bytes = b"") -> tuple[bytes, bytes]:
    """A local header with its data, and its place in the directory, whatever they say."""
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, 0, len(data), size, len(name), len(extra))
    place = struct.pack("<HHHLL", 0, 0, 0, 0o100644 << 16, offset)
    return (
        b"PK\3\4" + common + name + extra + data,
        b"PK\1\2" + b"\x14\0" + common + place + name + extra,
    )


def whole(members: list[tuple[bytes, bytes]], *, count: int | None = None, comment: bytes = b"") -> bytes:
    body = b"".join(local for local, _ in members)
    directory = b"".join(listed for _, listed in members)
    said = len(members) & 0xFFFF if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, len(directory), len(body), len(comment))
    return body + directory + end + comment


def many(number: int) -> list[tuple[bytes, bytes]]:
    found = []
    offset = 0
    for count in range(number):
        found.append(member(b"data/%06d.csv" % count, b"\3\0", 0, offset))
        offset += len(found[-1][0])
    return found


def hostile(clean: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Archives by name."""
    packed = archive.dump(clean)
    large = bomb()
    honest = member(b"data/bomb.csv", large, LARGE, 0)
    yield "bomb", whole([honest])
    yield "bomb that hides its size", whole([member(b"data/bomb.csv", large, 100, 0)])
    yield "bomb in a bomb", zipped(clean, ("data/bomb.zip", whole([honest])))
    yield (
        "one bomb listed often",
        whole([honest, *[(b"", honest[1].replace(b"bomb", b"%04d" % n)) for n in range(999)]]),
    )
    wide = struct.pack("<HHQQ", 1, 16, LARGE << 10, len(large))
    yield "64-bit sizes", whole([member(b"data/bomb.csv", b"", 0xFFFFFFFF, 0, extra=wide)])
    thousands = many(100_000)
    yield "100000 entries", whole(thousands)
    yield "100000 entries that say 5000", whole(thousands, count=5_000)
    yield "60000 entries", whole(thousands[:60_000])
    yield "a zip in the comment", whole([honest], comment=packed[:60_000])
    yield "a zip behind a zip", packed + packed
    yield "another name in the local header", packed.replace(b"README.md", b"SECRET.md", 1)
    names = {"right to left": "data/\u202evsc.exe", "wide": "\uff0e\uff0e\uff0fevil", "accent": "README\u0301.md"}
    for title, name in names.items():
        yield title, zipped(clean, (name, b"x"))
    path = b"../evil.txt"
    field = struct.pack("<HHBL", 0x7075, 5 + len(path), 1, zlib.crc32(b"plain.txt")) + path
    yield "another name beside the name", zipped(clean, (entry("plain.txt", extra=field), b"x"))


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return files(resources(), INFO)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_archives_cost_little(clean: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "zips").mkdir()
    found = dict(hostile(clean))
    found |= {f"entry {case}": zipped(clean, more) for case, more in MORE.items()}
    found |= {f"edit {case}": edit(zipped(clean)) for case, edit in EDITS.items()}
    for name, data in found.items():
        (tmp_path / "zips" / f"{name}.zip").write_bytes(data)
    said = bounded(tmp_path / "zips", tmp_path / "log")
    assert said.count("does not verify") == len(found)


def test_any_byte_of_an_archive(clean: dict[str, bytes], tmp_path: Path) -> None:
    packed = archive.dump(clean)
    (tmp_path / "zips").mkdir()
    chosen = Random("archive")
    for how, tamper in TAMPERED.items():
        for at in chosen.sample(range(len(packed)), 15):
            (tmp_path / "zips" / f"{how}-{at}.zip").write_bytes(tamper(packed, at))
    said = bounded(tmp_path / "zips", tmp_path / "log")
    for part in said.split("== ")[1:]:
        name, _, rest = part.partition("\n")
        assert name in rest or any(f"{path}:" in rest for path in clean), part


def test_a_table_that_unpacks_to_much_costs_little(clean: dict[str, bytes], tmp_path: Path) -> None:
    """Columns of one value need hardly a byte for a million rows."""
    held = pq.read_table(io.BytesIO(clean["data/visits.parquet"]))
    piece = pa.concat_tables([held.slice(0, 1)] * 100_000).combine_chunks()
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, held.schema) as writer:
        for _ in range(100):
            writer.write_table(piece)
    assert len(sink.getvalue()) < 1_000_000
    save(tmp_path / "packages" / "p", clean | {"data/visits.parquet": sink.getvalue()})
    assert "data/visits.parquet: has 10000000 rows, its CSV twin 3" in bounded(tmp_path / "packages", tmp_path / "log")
