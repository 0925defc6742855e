"""`verify`: a package that is not what was published is never passed, and nothing is written.

An input is a list of edits. Its first byte says who made them: somebody who left the checksums alone, somebody who
made them fit, or somebody who made the descriptor fit, too; and whether the package is a folder or a zip.

Stock frictionless costs most of the time and could only refuse more: our own validator has to do without it. The
package lies in one folder, in which no more is written than an input changes.
"""

from __future__ import annotations

import atexit
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

from fuzz.unchanged import Unchanged
from sample_package import INFO, files, resources, save, save_sources, sums

from factpack.diagnostic import Severity
from factpack.package import archive, checksums, descriptor, provenance, verification
from factpack.package.verification import verify

MODULES = ("factpack.package",)
LONGEST = 96
SEEDS = (
    *(bytes([who, 1, 0]) for who in (0, 2, 4)),
    *(
        bytes([who, 1, number, how, at, 0, 3]) + b"7,\n"
        for who in (0, 1, 2, 6)
        for number in (0, 1, 4, 7, 8, 12)
        for how, at in ((0, 40), (4, 9))
    ),
)
CLEAN = files(resources()[:3], INFO)
CONTENT = checksums.content_hash_from(sums(CLEAN)).encode()
PATHS = sorted(CLEAN)
HOSTILE: tuple[Any, ...] = (
    None, True, -1, 10**400, 1e308, "", "\u202e", "../x", "/etc/passwd", "https://example.org/", "a" * 300, [], {}, [[]],
    {"$ref": "#"}, "string", "number", "date", ["LAO"], "(a+)+$", "visits", "data/visits.csv", 2**63, "\ud800",
)  # fmt: skip
CELLS = ("", '""', "=1+1", "1e400", "nan", "true", "2022-02-30", "\u202e", "9" * 400, "a\x1bb", "x" * 70_000)


def check(data: bytes) -> None:
    """Edit the package, verify it, and look at what was said and done."""
    if len(data) < 3:
        return
    contents = dict(CLEAN)
    for edit in _edits(data[1:]):
        _apply(contents, *edit)
    changed = contents != CLEAN
    sealed = data[0] % 3
    if sealed == 2:
        _describe(contents)
    if sealed and checksums.FILE in contents:
        contents[checksums.FILE] = checksums.listed(sums(contents))
    zipped = data[0] & 4 != 0
    bent = zipped and data[0] & 8 != 0
    desk = _desk()
    with _laid_out(desk, contents, zipped=zipped, bent=bent) as place, _quickly():
        before = _stand(desk)
        with _Watch() as watch:
            found = list(verify(place, desk / "sources"))
        assert watch.written == [], "verify wrote"
        assert _stand(desk) == before, "verify wrote"
    for problem in found:
        str(problem).encode("utf-8")
    refused = any(problem.severity is Severity.ERROR for problem in found)
    assert changed or bent or not refused, "a sound package was refused"
    if refused:
        return
    if not sealed:
        assert not changed, "a changed package was passed"
    assert _values(contents) == _values(CLEAN) or _twins_agree(contents), "changed data were passed"


def _edits(data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Number of a file, kind of edit, place, and bytes."""
    while len(data) > 5:
        number, how, high, low, length = data[1:6] if len(data) > 6 else data[:5]
        yield number, how, high << 8 | low, data[6 : 6 + length % 16]
        data = data[6 + length % 16 :]


def _apply(contents: dict[str, bytes], number: int, how: int, at: int, new: bytes) -> None:
    path = PATHS[number % len(PATHS)]
    old = contents.get(path, b"")
    kind = how % 8
    if path == descriptor.FILE and kind >= 4:
        contents[path] = _bent_json(old, at, HOSTILE[(how >> 3) % len(HOSTILE)])
    elif path.endswith(".csv") and kind >= 4:
        contents[path] = _bent_csv(old, at, CELLS[(how >> 3) % len(CELLS)])
    elif kind in (0, 4):
        place = at % (len(old) + 1)
        contents[path] = old[:place] + new + old[place + len(new) :]
    elif kind in (1, 5):
        place = at % (len(old) + 1)
        contents[path] = old[:place] + new + old[place:]
    elif kind == 2:
        place = at % (len(old) + 1)
        contents[path] = old[:place] + old[place + 1 + len(new) :]
    elif kind == 3:
        contents.pop(path, None)
    elif kind == 6:
        contents[path] = contents.get(PATHS[at % len(PATHS)], b"")
    else:
        name = new.decode("ascii", "ignore").replace("/", "").replace("\0", "").strip(".")
        contents[f"data/x{name}" if at % 2 else f"x{name}"] = new


def _bent_json(old: bytes, at: int, value: Any) -> bytes:
    """The JSON with the value at one of its places replaced."""
    try:
        content = json.loads(old)
    except ValueError:
        return old
    places = list(_places(content))
    if not places:
        return old
    holder, key = places[at % len(places)]
    holder[key] = value
    return json.dumps(content, indent=2).encode("utf-8", "surrogatepass")


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(content) if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ():
        yield content, key
        yield from _places(content[key])


def _bent_csv(old: bytes, at: int, cell: str) -> bytes:
    """The CSV with one cell replaced."""
    rows = [line.split(",") for line in old.decode("utf-8", "replace").split("\n")]
    row = rows[at % len(rows)]
    row[(at >> 8) % len(row)] = cell
    return "\n".join(map(",".join, rows)).encode()


def _describe(contents: dict[str, bytes]) -> None:
    """Make sizes and hashes in the descriptor those of the files, and the content hash that of the tables."""
    try:
        content = json.loads(contents.get(descriptor.FILE, b""))
        for file in content["resources"]:
            data = contents[file["path"]]
            file["bytes"], file["hash"] = len(data), f"sha256:{sha256(data).hexdigest()}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    contents[descriptor.FILE] = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    if contents.get(provenance.FILE) == CLEAN[provenance.FILE]:
        own = checksums.content_hash_from(sums(contents)).encode()
        contents[provenance.FILE] = CLEAN[provenance.FILE].replace(CONTENT, own)


@cache
def _desk() -> Path:
    """A folder with the package and its sources, as long as the process lives."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    atexit.register(folder.cleanup)
    save(Path(folder.name, "package"), CLEAN, seal=False)
    save_sources(Path(folder.name, "sources"))
    return Path(folder.name)


@contextmanager
def _laid_out(desk: Path, contents: dict[str, bytes], *, zipped: bool, bent: bool) -> Iterator[Path]:
    """The package with these contents, which is as it was afterwards."""
    place = desk / "package"
    if zipped:
        data = archive.dump(contents)
        place = place.with_suffix(".zip")
        place.write_bytes(data[:-20] + b"\xff" + data[-19:] if bent else data)
        try:
            yield place
        finally:
            place.unlink()
        return
    changed = [path for path in {*CLEAN, *contents} if contents.get(path) != CLEAN.get(path)]
    _put(place, changed, contents)
    try:
        yield place
    finally:
        _put(place, changed, CLEAN)


def _put(folder: Path, paths: list[str], contents: Mapping[str, bytes]) -> None:
    for path in paths:
        if path in contents:
            (folder / path).write_bytes(contents[path])
        else:
            (folder / path).unlink(missing_ok=True)


@contextmanager
def _quickly() -> Iterator[None]:
    """Within this, stock frictionless has nothing to say, and what an input did not change is known."""
    with mock.patch.object(verification, "frictionless_verdict", return_value=()), _unchanged().known():
        yield


@cache
def _unchanged() -> Unchanged:
    return Unchanged(CLEAN)


def _stand(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for entry in os.scandir(folder):
        status = entry.stat(follow_symlinks=False)
        found[entry.path] = status.st_mtime_ns, status.st_size
        if entry.is_dir(follow_symlinks=False):
            found |= _stand(Path(entry.path))
    return found


def _values(contents: dict[str, bytes]) -> dict[str, list[list[str]]]:
    return {
        path: list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
        for path, data in contents.items()
        if path.endswith(".csv")
    }


def _twins_agree(contents: dict[str, bytes]) -> bool:
    """Whether whoever changed a table changed all its copies: that is another package, not a broken one."""
    return all(
        contents.get(path.replace(".csv", ".parquet")) != CLEAN.get(path.replace(".csv", ".parquet"))
        for path in CLEAN
        if path.endswith(".csv") and contents.get(path) != CLEAN[path]
    )


class _Watch:
    """Notes what is opened for writing, made or removed, outside of folders for temporary files of factpack's own."""

    current: _Watch | None = None
    written: list[str]

    def __enter__(self) -> _Watch:
        self.written = []
        _Watch.current = self
        return self

    def __exit__(self, *_: object) -> None:
        _Watch.current = None


_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    watch = _Watch.current
    if watch is None:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITES and "/.factpack-scratch-" not in str(path):
            watch.written.append(str(path))
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chmod", "os.symlink", "os.link"):
        if "/.factpack-scratch-" not in str(arguments[0]) and not isinstance(arguments[-1], int):
            watch.written.append(f"{event} {arguments[0]}")
    elif event.startswith(("subprocess", "socket", "os.system", "os.exec")):
        watch.written.append(event)


sys.addaudithook(_hook)
