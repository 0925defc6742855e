"""A package as one file: written so that the same files are the same bytes, read as if a stranger had made it.

The archive is stored, not compressed: so its bytes follow from its files alone, whatever zlib is at hand,
anybody can make it again from the folder, and not one byte of it can be changed unseen. What is read may be
compressed by other tools; nothing is written to disk, and nothing is unpacked before it is known to be small.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from factpack.diagnostic import Severity
from factpack.package.problem import Problem, shown

MAX_FILES = 5_000
MAX_BYTES = 1 << 28
"""What an archive may be, packed and unpacked: all of it is held in memory, and what is curated by hand is small."""
MAX_RATIO = 200
"""How far the whole may grow when it is unpacked; tables shrink by much less."""

_DATE = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._+-]{1,120}(?:/(?!\.{1,2}$)[A-Za-z0-9._+-]{1,120})?")
_END = struct.Struct("<4s4H2LH")  # "end of central directory", the last record of an archive


def dump(files: Mapping[str, bytes]) -> bytes:
    """The archive of a package's files, path to bytes."""
    sink = io.BytesIO()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for path in sorted(files):
            entry = ZipInfo(path, _DATE)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[path])
    return sink.getvalue()


def read(place: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """An archive's files, path to bytes; none where anything about it is hostile or broken."""
    name = place.name
    if place.stat().st_size > MAX_BYTES:
        return {}, [Problem(name, f"is larger than {MAX_BYTES} bytes")]
    data = place.read_bytes()
    if reason := _framing(data):
        return {}, [Problem(name, reason)]
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            problems = list(_miscounted(entries, data, name))
            problems = problems or list(_refused(entries, name)) or list(_laid_out(entries, data, name))
            files = {} if problems else {one.filename: _unpacked(archive, one) for one in entries if not one.is_dir()}
    except (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return {}, [Problem(name, f"cannot be read as a zip archive: {shown(str(error))}")]
    return files, problems or list(_rewritten(entries, files, data, name))


def _framing(data: bytes) -> str:
    """Why these bytes are not exactly one plain archive, before anything in it is looked at."""
    if len(data) < _END.size or data[-_END.size :][:4] != b"PK\5\6":
        return "is not a zip archive, or something stands behind its end"
    _, disk, start, here, count, size, offset, comment = _END.unpack(data[-_END.size :])
    if (disk, start, comment) != (0, 0, 0) or here != count or offset + size + _END.size != len(data):
        return "is not one plain zip archive: it is split, in the 64-bit form, or has something before or behind it"
    # A name and what goes with it is never longer than this: the directory's own size is bounded, too.
    if count > MAX_FILES or size > count * 1024:
        return f"lists more than {MAX_FILES} files, or lists them at odd length"
    return ""


def _miscounted(entries: Sequence[ZipInfo], data: bytes, archive: str) -> Iterator[Problem]:
    count = _END.unpack(data[-_END.size :])[4]
    if len(entries) != count:
        yield Problem(archive, f"says that it holds {count} entries, and lists {len(entries)}")


def _refused(entries: Sequence[ZipInfo], archive: str) -> Iterator[Problem]:
    """Every entry that is not a plain file of a package."""
    roots = {one.orig_filename.partition("/")[0] for one in entries}
    if len(roots) == 1 and f"{(root := roots.pop())}/datapackage.json" in {one.orig_filename for one in entries}:
        yield Problem(archive, f"holds the package in its folder {shown(root)}, and not at its root: unpack it first")
        return
    seen: set[str] = set()
    for one in entries:
        path = one.orig_filename
        if path.casefold().removesuffix("/") in seen:
            yield Problem(archive, f"{shown(path)} stands in it twice")
        seen.add(path.casefold().removesuffix("/"))
        if reason := _unsafe(one):
            yield Problem(archive, f"{shown(path)} {reason}")
    names = {one.filename.casefold() for one in entries if not one.is_dir()}
    for one in entries:
        if not one.is_dir() and one.filename.rpartition("/")[0].casefold() in names:
            yield Problem(archive, f"{shown(one.filename)} lies in what is itself a file")
    if reason := too_much(entries):
        yield Problem(archive, reason)


def too_much(entries: Sequence[ZipInfo], most: int = MAX_BYTES) -> str:
    """Why these entries are more than anything of a package may unpack to; nothing where they are not."""
    whole = sum(one.file_size for one in entries)
    packed = sum(one.compress_size for one in entries)
    if whole > most or whole > MAX_RATIO * packed + (1 << 20):
        return f"would unpack to {whole} bytes, too many for its {packed}"
    return "" if len(entries) <= MAX_FILES else f"lists more than {MAX_FILES} files"


def _unsafe(entry: ZipInfo) -> str:
    """Why an entry is none that a package has."""
    path = entry.orig_filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not _NAME.fullmatch(path.removesuffix("/") if entry.is_dir() else path) or path != entry.filename:
        return "is no path that a package has"
    if kind not in (0, stat.S_IFDIR if entry.is_dir() else stat.S_IFREG):
        return "is a link or a special file"
    if entry.is_dir() and entry.file_size:
        return "is a folder with content"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    return "" if entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) else "is compressed in an unusual way"


def _laid_out(entries: Sequence[ZipInfo], data: bytes, archive: str) -> Iterator[Problem]:
    """Entries that share bytes: how small archives are made to unpack to much."""
    end = 0
    for one in sorted(entries, key=lambda entry: entry.header_offset):
        lengths = data[one.header_offset + 26 : one.header_offset + 30]
        if one.header_offset < end or len(lengths) < 4:
            yield Problem(archive, f"{shown(one.filename)} does not lie behind the entry before it")
            return
        end = one.header_offset + 30 + sum(struct.unpack("<2H", lengths)) + one.compress_size


def _unpacked(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archive.open(entry) as file:
        # Never more than it says, whatever it holds; reading to the end compares the CRC.
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise BadZipFile(f"{entry.filename} has another size than it says")
    return data


def _rewritten(entries: Sequence[ZipInfo], files: Mapping[str, bytes], data: bytes, archive: str) -> Iterator[Problem]:
    """Whether the archive's own bytes are those that its files make; of another tool's that cannot be said."""
    if dump(files) == data:
        return
    if any(one.compress_type != ZIP_STORED for one in entries):
        message = "was packed by another tool: its files are checked, its own bytes cannot be"
        yield Problem(archive, message, severity=Severity.WARNING)
    else:
        yield Problem(archive, "is not the archive that factpack makes of its files: some of its bytes are changed")
