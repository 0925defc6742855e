"""A release as one zip: the same bytes, verified to the last one; hostile ones refused; zip and index repaired."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sample_package import INFO, VISITS, files, resources, save_sources

from factpack import load, staging
from factpack.cli import main
from factpack.config import ConfigurationError
from factpack.diagnostic import Severity
from factpack.package import PackageInfo, archive, content_hash, release, shelf
from factpack.package.problem import Problem
from factpack.package.verification import verify

NAME = "sample-0.1.0.zip"
PYTHONPATH = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return files(resources(), INFO)


@pytest.fixture(scope="module")
def packed(clean: dict[str, bytes]) -> bytes:
    return archive.dump(clean)


def placed(folder: Path, data: bytes) -> Path:
    place = folder / NAME
    place.write_bytes(data)
    return place


def errors(place: Path, sources: Path | None = None) -> list[Problem]:
    return [problem for problem in verify(place, sources) if problem.severity is Severity.ERROR]


def zipped(
    contents: dict[str, bytes], *more: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """An archive as other tools make it, with further entries."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as made:
        for entry, data in [*contents.items(), *more]:
            made.writestr(entry, data)
    return sink.getvalue()


# The archive itself.


def test_an_archive_is_sorted_and_has_no_clock(packed: bytes, clean: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        entries = found.infolist()
        assert {entry.filename: found.read(entry) for entry in entries} == clean
    assert [entry.filename for entry in entries] == sorted(clean)
    assert "datapackage.json" in {entry.filename for entry in entries}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {stat.S_IFREG | 0o644}


def test_an_archive_follows_from_its_files_alone(packed: bytes, clean: dict[str, bytes]) -> None:
    assert archive.dump(dict(reversed(clean.items()))) == packed


def test_other_tools_read_it(packed: bytes, tmp_path: Path) -> None:
    place = placed(tmp_path, packed)
    for command in (["unzip", "-tq", str(place)], [sys.executable, "-m", "zipfile", "-t", str(place)]):
        try:
            run = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            continue
        assert run.returncode == 0


def test_an_archive_verifies(packed: bytes, tmp_path: Path) -> None:
    place = placed(tmp_path, packed)
    assert errors(place, save_sources(tmp_path / "sources")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "sources"]


def test_any_one_changed_byte(packed: bytes, tmp_path: Path) -> None:
    """Headers, names, dates, content, directory and end: a byte of each sort, and many others."""
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        entry = found.getinfo("data/visits.csv")
    start = entry.header_offset
    content = start + 30 + len(entry.filename)
    directory = packed.index(b"PK\1\2")
    places = {*range(start, content + 3), *range(directory, directory + 60), *range(len(packed) - 22, len(packed))}
    places |= {len(packed) * step // 60 for step in range(60)}
    for place in sorted(places):
        changed = bytearray(packed)
        changed[place] ^= 1
        found_errors = errors(placed(tmp_path, bytes(changed)))
        assert found_errors, place
        assert {NAME} & {one.file for one in found_errors} or content <= place < directory


def test_a_changed_byte_of_content_names_its_file(packed: bytes, tmp_path: Path) -> None:
    place = placed(tmp_path, packed.replace(b"K-2", b"K-3", 1))
    assert "data/visits.csv" in " ".join(map(str, errors(place)))


def test_a_missing_and_an_extra_file(clean: dict[str, bytes], tmp_path: Path) -> None:
    rest = {path: data for path, data in clean.items() if path != "data/visits.csv"}
    assert "data/visits.csv" in {one.file for one in errors(placed(tmp_path, archive.dump(rest)))}
    more = clean | {"extra.txt": b"x"}
    assert {one.file for one in errors(placed(tmp_path, archive.dump(more)))} == {"extra.txt"}


def test_a_planted_error_is_found_in_a_zip(clean: dict[str, bytes], tmp_path: Path) -> None:
    changed = clean | {"data/visits.csv": clean["data/visits.csv"].replace(b"v3,VNM", b"v3,USA")}
    assert "data/visits.csv" in {one.file for one in errors(placed(tmp_path, archive.dump(changed)))}


def test_an_archive_of_another_tool_verifies_with_a_word_of_warning(clean: dict[str, bytes], tmp_path: Path) -> None:
    place = placed(tmp_path, zipped(clean, ("data/", b"")))
    found = list(verify(place))
    assert not [one for one in found if one.severity is Severity.ERROR]
    assert any("packed by another tool" in one.message for one in found)


# Hostile archives.


def entry(name: str, **values: Any) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = 0o100644 << 16
    for key, value in values.items():
        setattr(made, key, value)
    return made


LINK = entry("data/link.csv", external_attr=(stat.S_IFLNK | 0o777) << 16)
PIPE = entry("pipe", external_attr=(stat.S_IFIFO | 0o644) << 16)
MORE: dict[str, tuple[str | zipfile.ZipInfo, bytes]] = {
    "slip": ("../evil.txt", b"x"),
    "slip inside": ("data/../../evil.txt", b"x"),
    "slip at the end": ("data/..", b"x"),
    "dot": ("./evil.txt", b"x"),
    "absolute": ("/tmp/evil.txt", b"x"),
    "drive": ("C:/evil.txt", b"x"),
    "backslashes": ("..\\evil.txt", b"x"),
    "share": ("//host/evil.txt", b"x"),
    "two slashes": ("data//evil.txt", b"x"),
    "nothing": ("/", b""),
    "nested": ("a/b/c/evil.txt", b"x"),
    "nested folder": ("a/b/c/", b""),
    "control character": ("evil\n.txt", b"x"),
    "non-ASCII": ("évil.txt", b"x"),
    "long name": ("a" * 200, b"x"),
    "link": (LINK, b"/etc/passwd"),
    "pipe": (PIPE, b""),
    "folder with content": (entry("folder/"), b"x"),
    "twice": ("README.md", b"x"),
    "twice but for case": ("readme.MD", b"x"),
    "below a file": ("README.md/x", b"x"),
    "bomb by ratio": ("bomb.txt", b"\0" * 30_000_000),
}


@pytest.mark.parametrize("case", MORE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_entry_refuses_the_whole(
    case: str, clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*arguments: object) -> bytes:
        pytest.fail("something was unpacked")

    monkeypatch.setattr("factpack.package.archive._unpacked", unpacked)
    place = placed(tmp_path, zipped(clean, MORE[case]))
    found, problems = archive.read(place)
    assert found == {}
    assert problems
    assert {problem.file for problem in problems} == {NAME}
    assert errors(place)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def raw(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    assert len(old) == len(new)
    return data.replace(old, new)


def _nul(data: bytes) -> bytes:
    return raw(data, b"LICENSES/LicenseRef-Quotations.txt", b"LICENSES/LicenseRef-Quotation\0.txt")


def _overlap(data: bytes) -> bytes:
    """The second entry of the directory lies where the first one does."""
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 4)
    return data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]


def _encrypted(data: bytes) -> bytes:
    first = data.index(b"PK\1\2")
    return data[: first + 8] + b"\1\0" + data[first + 10 :]


def _method(data: bytes) -> bytes:
    first = data.index(b"PK\1\2")
    return data[: first + 10] + b"\x0c\0" + data[first + 12 :]


def _size(data: bytes, size: int) -> bytes:
    """The first entry says that it unpacks to this many bytes, in both its headers."""
    first = data.index(b"PK\1\2")
    packed_size = struct.pack("<L", size)
    data = data[: first + 24] + packed_size + data[first + 28 :]
    return data[:22] + packed_size + data[26:]


def _count(data: bytes, count: int) -> bytes:
    return data[:-14] + struct.pack("<2H", count, count) + data[-10:]


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "NUL in a name": _nul,
    "overlapping": _overlap,
    "encrypted": _encrypted,
    "unusual method": _method,
    "smaller than it says": lambda data: _size(data, 10_000),
    "larger than it says": lambda data: _size(data, 3),
    "bomb by size": lambda data: _size(data, 0xFFFFFFF0),
    "more entries than there are": lambda data: _count(data, 4_000),
    "too many entries": lambda data: _count(data, 60_000),
    "fewer entries than there are": lambda data: _count(data, 1),
    "something before": lambda data: b"MZ" + data,
    "something behind": lambda data: data + b"x",
    "a comment": lambda data: data[:-2] + b"\1\0x",
    "cut off": lambda data: data[:-30],
    "half": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "no zip": lambda data: b"x" * 1000,
    "an empty zip": lambda data: b"PK\5\6" + b"\0" * 18,
    "directory elsewhere": lambda data: data[:-6] + b"\0\0\0\0" + data[-2:],
    "64-bit": lambda data: data[:-6] + b"\xff\xff\xff\xff" + data[-2:],
}


@pytest.mark.parametrize("case", EDITS)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_tampered_archive(case: str, method: int, clean: dict[str, bytes], tmp_path: Path) -> None:
    place = placed(tmp_path, EDITS[case](zipped(clean, method=method)))
    found, problems = archive.read(place)
    assert found == {}
    assert errors(place)
    assert all(problem.file == NAME for problem in problems)


def test_too_large_a_file_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / NAME
    with place.open("wb") as file:
        file.truncate(archive.MAX_BYTES + 1)  # takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    assert [problem.file for problem in errors(place)] == [NAME]


def test_a_package_in_a_folder_of_its_zip_is_told_so(clean: dict[str, bytes], tmp_path: Path) -> None:
    place = placed(tmp_path, zipped({f"sample-0.1.0/{path}": data for path, data in clean.items()}))
    (problem,) = errors(place)
    assert "in its folder 'sample-0.1.0'" in problem.message


def test_a_zip_without_a_package(tmp_path: Path) -> None:
    assert errors(placed(tmp_path, zipped({"x.txt": b"x"})))


# What lies beside the folders.


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    release(resources(), INFO, folder)
    release(resources(visits=VISITS[:2]), version("0.2.0"), folder)
    return folder


@pytest.fixture
def dist(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "dist"))


def version(number: str) -> PackageInfo:
    return replace(INFO, version=number)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def index(dist: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((dist / "index.json").read_text())
    return found


def test_the_index_lists_what_is_published(dist: Path) -> None:
    first, second = index(dist)
    assert first == {
        "version": "0.1.0",
        "date": "2024-05-01",
        "zip": NAME,
        "sha256": sha256((dist / NAME).read_bytes()).hexdigest(),
        "content_hash": content_hash(dist / "0.1.0"),
        "yanked": False,
    }
    assert (second["version"], second["bump"]) == ("0.2.0", "minor")
    for number in ("0.1.0", "0.2.0"):
        assert errors(dist / f"sample-{number}.zip") == errors(dist / number) == []


def test_a_zip_holds_its_folder(dist: Path) -> None:
    with zipfile.ZipFile(dist / NAME) as found:
        assert {name: found.read(name) for name in found.namelist()} == snapshot(dist / "0.1.0")


@pytest.mark.parametrize(
    "lost", [[NAME], ["index.json"], [NAME, "index.json"], ["sample-0.2.0.zip", "index.json", NAME]]
)
def test_the_next_run_repairs(dist: Path, lost: list[str]) -> None:
    before = snapshot(dist)
    for name in lost:
        (dist / name).unlink()
    (dist / ".index.json.partial").write_text("half")
    (dist / ".0.3.0.partial").mkdir()
    done = shelf.derive(dist)
    assert {one.severity for one in done} == {Severity.INFO}
    assert {one.file for one in done} == {*lost, ".index.json.partial", ".0.3.0.partial"}
    assert snapshot(dist) == before
    assert shelf.derive(dist) == []
    assert snapshot(dist) == before


def test_a_run_that_died_behind_its_commit_is_repaired(
    dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(shutil.copytree(dist, tmp_path / "whole"))
    release(resources(), version("0.3.0"), whole)
    with monkeypatch.context() as patch:
        patch.setattr(staging, "write", lambda *arguments: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(OSError, match="No space"):
            release(resources(), version("0.3.0"), dist)
    assert [entry["version"] for entry in index(dist)] == ["0.1.0", "0.2.0"]
    shelf.derive(dist)
    assert snapshot(dist) == snapshot(whole)


KILLED = """
import os, signal, sys
from pathlib import Path
from sample_package import INFO, resources
from factpack.package import release
left = [int(sys.argv[2])]
replaced = os.replace
def killed(*arguments):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    replaced(*arguments)
os.replace = killed
release(resources(), INFO, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("count", [0, 1])
def test_a_run_killed_before_zip_or_index(published: Path, tmp_path: Path, count: int) -> None:
    environment = os.environ | {"PYTHONPATH": PYTHONPATH}
    target = tmp_path / "dist"
    run = subprocess.run([sys.executable, "-c", KILLED, str(target), str(count)], env=environment, check=False)
    assert run.returncode == -9
    assert not (target / "index.json").exists()
    shelf.derive(target)
    shutil.copytree(published / "0.1.0", tmp_path / "whole/0.1.0")
    shelf.derive(tmp_path / "whole")
    assert snapshot(target) == snapshot(tmp_path / "whole")


RELEASE = """
import os, sys
from pathlib import Path
from sample_package import INFO, resources
from factpack.package import release
os.umask(0o077)
release(resources(), INFO, Path(sys.argv[1]))
"""


def test_the_same_zip_and_index_elsewhere(tmp_path: Path) -> None:
    release(resources(), INFO, tmp_path / "dist")
    environment = os.environ | {
        "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "tr_TR.UTF-8", "PYTHONPATH": PYTHONPATH,
        "SOURCE_DATE_EPOCH": "0",
    }  # fmt: skip
    target = tmp_path / "some" / "where"
    subprocess.run([sys.executable, "-c", RELEASE, str(target)], env=environment, check=True, capture_output=True)
    assert snapshot(target) == snapshot(tmp_path / "dist")
    assert stat.S_IMODE((target / NAME).stat().st_mode) == 0o644


def test_a_folder_that_was_touched_is_told_and_not_archived(dist: Path) -> None:
    (dist / NAME).unlink()
    (dist / "0.1.0/README.md").write_text("changed")
    (problem,) = shelf.derive(dist)
    assert (problem.file, problem.severity) == ("0.1.0", Severity.ERROR)
    assert not (dist / NAME).exists()


def test_a_folder_that_was_made_anew_is_not_what_was_published(dist: Path) -> None:
    for path in files(resources(visits=VISITS[:1]), INFO).items():
        (dist / "0.1.0" / path[0]).write_bytes(path[1])
    (dist / NAME).unlink()
    (problem,) = shelf.derive(dist)
    assert "is not what was published" in problem.message
    assert any("not those listed" in one.message for one in errors(dist / "0.1.0"))


def test_another_zip_than_the_listed_one_does_not_verify(dist: Path) -> None:
    (dist / NAME).write_bytes(zipped(snapshot(dist / "0.1.0")))
    assert any("not the one in index.json" in one.message for one in errors(dist / NAME))


def test_an_index_that_is_none(dist: Path) -> None:
    (dist / "index.json").write_text("{}")
    with pytest.raises(ConfigurationError, match="is not an index"):
        shelf.derive(dist)
    assert [one.file for one in errors(dist / "0.1.0")] == ["index.json"]


# Yanking.


def project(dist: Path) -> Path:
    """The root of a dataset that published these."""
    (dist.parent / "pyproject.toml").write_text(
        '[tool.factpack]\nname = "sample"\ntitle = "Sample"\nversion = "0.3.0"\n'
    )
    return dist.parent


def test_yank(dist: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(dist)
    before = snapshot(dist)
    assert main(["yank", "0.1.0", "--why", "Wrong costs:\n use 0.2.0.", "--project", str(root)]) == 0
    assert "0.1.0 is yanked in dist/index.json: Wrong costs: use 0.2.0." in capsys.readouterr().out
    first, second = index(dist)
    assert (first["yanked"], first["why"], second["yanked"]) == (True, "Wrong costs: use 0.2.0.", False)
    changed = {path for path, data in snapshot(dist).items() if data != before.get(path)}
    assert changed == {"index.json", "CHANGELOG.md"}  # the latter names what is yanked
    assert main(["yank", "0.1.0", "--why", "again", "--project", str(root)]) == 2
    assert "yanked already" in capsys.readouterr().err
    assert main(["yank", "9.9.9", "--why", "x", "--project", str(root)]) == 2
    assert "not published" in capsys.readouterr().err
    # It stays yanked, and still verifies, with a word of warning.
    shelf.derive(dist)
    assert index(dist) == [first, second]
    monkeypatch.chdir(root)
    assert main(["verify", "0.1.0"]) == 0
    assert "is yanked: Wrong costs: use 0.2.0." in capsys.readouterr().out
    # So does its zip, and whoever loads either is warned.
    for place in (dist / "0.1.0", dist / NAME):
        assert main(["verify", str(place)]) == 0
        assert "is yanked: Wrong costs: use 0.2.0." in capsys.readouterr().out
        with pytest.warns(UserWarning, match=r"is yanked: Wrong costs: use 0\.2\.0\."):
            load(place)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load(dist / "0.2.0")


def test_verify_takes_a_folder_a_zip_or_a_version(
    dist: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(dist))
    sources = str(save_sources(dist.parent / "seeds"))
    for place in ("dist/0.1.0", f"dist/{NAME}", "0.1.0"):
        assert main(["verify", place, "--sources", sources]) == 0, capsys.readouterr()
    data = bytearray((dist / NAME).read_bytes())
    data[len(data) // 2] ^= 1
    (dist / NAME).write_bytes(bytes(data))
    capsys.readouterr()
    assert main(["verify", f"dist/{NAME}"]) == 1
    assert NAME in capsys.readouterr().out
    assert main(["verify", "7.7.7"]) == 2
    assert main(["verify", "dist/none.zip"]) == 2
